//! What will be sent, added up, and the one button.

use super::WayProps;
use super::own::{self, OwnFigures};
use crate::services::numbers;
use crate::state::way::Ready;
use crate::texts::{Texts, use_texts};
use protocol::GranularityWire;
use reporter::GroupFigures;
use yew::prelude::*;

/// The totals, what is unusual in them, and the button.
#[component]
pub(crate) fn Totals(props: &WayProps) -> Html {
    let texts = use_texts();
    let (Some(session), Some(ready)) = (props.guide.way.session.clone(), props.guide.way.ready.clone())
    else {
        return html! {};
    };
    let admitted = session.survey().manifest();
    let (measure, granularity) = (admitted.schema().measure(), admitted.manifest().granularity);
    let (seal, back) = {
        let (one, two) = (props.guide.clone(), props.guide.clone());
        (Callback::from(move |_| one.seal()), Callback::from(move |_| two.columns_again()))
    };
    let people = numbers::count(ready.figures.employees().into());
    html! {
        <div data-test="totals">
            <h2 tabindex="-1">{ texts.say("totals-title") }</h2>
            { table(&texts, &ready, granularity, measure.decimals(), measure.unit().as_str()) }
            { own::sent(&texts, admitted.manifest(), &ready) }
            { own::left_out(&texts, &ready) }
            <p data-test="totals-text">{ texts.say(text_of(granularity)) }</p>
            { questions(&texts, &ready.questions) }
            <div class="actions">
                <button type="button" class="button" data-test="seal" onclick={seal}>
                    { button(&texts, granularity, people) }
                </button>
                <button type="button" class="button button-quiet" data-test="other-columns" onclick={back}>
                    { texts.say("other-columns") }
                </button>
            </div>
            <OwnFigures guide={props.guide.clone()} />
        </div>
    }
}

/// What leaves this machine: every salary on its own, or what is added up here.
const fn text_of(granularity: GranularityWire) -> &'static str {
    match granularity {
        GranularityWire::Records => "totals-text",
        GranularityWire::Totals => "totals-text-added",
    }
}

fn button(texts: &Texts, granularity: GranularityWire, people: String) -> String {
    match granularity {
        GranularityWire::Records => texts.with("totals-seal", [("count", people.into())]),
        GranularityWire::Totals => texts.say("totals-seal-added"),
    }
}

/// On narrow screens each row is a list, in which every figure has the head of its column beside it.
fn table(texts: &Texts, ready: &Ready, granularity: GranularityWire, decimals: u8, unit: &str) -> Html {
    // Of totals there is one entry for all groups together: a column of ones says nothing.
    let lists = granularity == GranularityWire::Records;
    let mut heads =
        vec![texts.say("totals-employees"), texts.with("totals-sum", [("unit", unit.to_owned().into())])];
    if lists {
        heads.push(texts.say("totals-entries"));
    }
    let row = |group: &GroupFigures| {
        let figures = [
            numbers::count(group.employees.into()),
            numbers::amount(group.sum_minor, decimals),
            numbers::count(group.entries as u128),
        ];
        let figure = |(head, figure): (&String, String)| {
            html! { <td role="cell" class="number" data-label={head.clone()}>{ figure }</td> }
        };
        html! {
            <tr role="row">
                <th scope="row" role="rowheader">{ &group.category }</th>
                { for heads.iter().zip(figures).map(figure) }
            </tr>
        }
    };
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={texts.say("totals-caption")}>
            <table class="stacked" role="table">
                <caption>{ texts.say("totals-caption") }</caption>
                <thead role="rowgroup"><tr role="row">
                    <th scope="col" role="columnheader">{ texts.say("totals-group") }</th>
                    { for heads.iter().map(|head| html! {
                        <th scope="col" role="columnheader" class="number">{ head }</th>
                    }) }
                </tr></thead>
                <tbody role="rowgroup">{ for ready.figures.groups.iter().map(row) }</tbody>
            </table>
        </div>
    }
}

/// Amounts that may be slips of the pen; they stop nobody.
fn questions(texts: &Texts, questions: &[String]) -> Html {
    const SHOWN: usize = 50;
    if questions.is_empty() {
        return html! {};
    }
    let more = questions.len().saturating_sub(SHOWN);
    html! {
        <div class="notice notice-warn" data-test="questions">
            <p>{ texts.say("totals-questions") }</p>
            <ul>{ for questions.iter().take(SHOWN).map(|question| html! { <li>{ question }</li> }) }</ul>
            if more > 0 {
                <p>{ texts.with("totals-questions-more", [("count", numbers::count(more as u128).into())]) }</p>
            }
        </div>
    }
}
