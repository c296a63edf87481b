//! The result, shown only after it was verified: gap, bars, table, files.

use super::chart::{Bar, chart};
use super::gate::Failed;
use super::tables::tables;
use crate::components::{Trouble, Waiting};
use crate::services::organizing::{Desk, Outcome};
use crate::services::{download, numbers};
use crate::state::result_tables::is_plain;
use crate::texts::{Texts, use_texts};
use organizer::{OrganizerState, VerifiedResult, export};
use protocol::{EndedReason, Release, ReleaseCell, ReleaseGap};
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// What the result gets.
#[derive(Properties, PartialEq)]
pub(crate) struct ResultProps {
    /// Who asks.
    pub(crate) desk: Desk,
    /// The survey's state.
    pub(crate) state: Rc<OrganizerState>,
}

/// Waits, verifies, shows.
#[component]
pub(crate) fn ResultPage(props: &ResultProps) -> Html {
    let texts = use_texts();
    let outcome = use_state(|| None::<Result<Outcome, Trouble>>);
    let load = {
        let (desk, state, outcome) = (props.desk.clone(), props.state.clone(), outcome.clone());
        Callback::from(move |()| {
            let (desk, state, outcome) = (desk.clone(), state.clone(), outcome.clone());
            outcome.set(None);
            spawn_local(async move { outcome.set(Some(desk.outcome(&state).await)) });
        })
    };
    {
        let load = load.clone();
        use_effect_with((), move |()| load.emit(()));
    }
    match &*outcome {
        None => html! { <Waiting text={texts.say("result-waiting")} /> },
        Some(Err(trouble)) => {
            html! { <Failed trouble={trouble.clone()} desk={props.desk.clone()} again={load} always=true /> }
        }
        Some(Ok(outcome)) => match &outcome.result {
            VerifiedResult::Released { release, .. } => released(&texts, outcome, release),
            VerifiedResult::Ended { ended, .. } => ended_in_words(&texts, ended.reason),
        },
    }
}

fn ended_in_words(texts: &Texts, reason: EndedReason) -> Html {
    let text = match reason {
        EndedReason::TooFewReporters => texts.say("ended-too-few"),
        EndedReason::TooManyMissing => texts.say("ended-too-many-missing"),
        EndedReason::Inconsistent => texts.say("ended-inconsistent"),
    };
    html! {
        <section class="card" data-test="ended" data-reason={export::ended_code(reason)}>
            <h2>{ texts.say("ended-title") }</h2>
            <p>{ text }</p>
        </section>
    }
}

fn released(texts: &Texts, outcome: &Outcome, release: &Release) -> Html {
    let manifest = outcome.manifest.manifest();
    let unit = manifest.measures.first().map(|measure| measure.unit.clone()).unwrap_or_default();
    let title = texts.with("result-means", [("unit", unit.clone().into())]);
    let bars: Vec<Bar> = release.cells.iter().map(|cell| bar(texts, cell)).collect();
    html! {
        <section class="card" data-test="result">
            <h2>{ texts.say("result-title") }</h2>
            <p>{ texts.with("result-counted", [("count", release.counted.into())]) }</p>
            if is_plain(manifest) {
                <div class="gaps">{ for release.gaps.iter().map(|gap| gap_in_words(texts, gap, &unit)) }</div>
                <div class="result">
                    <figure><figcaption>{ &title }</figcaption>{ chart(texts, &title, &bars) }</figure>
                    { table(texts, release, &unit) }
                </div>
            } else {
                { tables(texts, outcome, release, reason_in_words) }
            }
            { files(texts, outcome, release) }
            <p class="fine">{ texts.say("result-verified") }</p>
        </section>
    }
}

fn name(cell: &ReleaseCell) -> String {
    cell.categories.values().cloned().collect::<Vec<_>>().join(" / ")
}

fn bar(texts: &Texts, cell: &ReleaseCell) -> Bar {
    let shown = cell.mean.as_deref().map_or_else(|| texts.say("suppressed"), numbers::decimal);
    Bar { name: name(cell), mean: cell.mean.clone(), shown }
}

/// One gap, both ways it is usually said.
fn gap_in_words(texts: &Texts, gap: &ReleaseGap, unit: &str) -> Html {
    let (Some(percent), Some(cents)) = (&gap.percent, &gap.cents_per_unit) else {
        let text = texts.with("gap-suppressed", [("compared", gap.compared.clone().into())]);
        return html! { <p data-test="gap">{ text }</p> };
    };
    let gaps = [
        ("compared", gap.compared.clone().into()),
        ("reference", gap.reference.clone().into()),
        ("percent", numbers::decimal(percent).into()),
        ("cents", numbers::decimal(cents).into()),
        ("unit", unit.to_owned().into()),
    ];
    html! {
        <div class="gap" data-test="gap">
            <p class="figure">{ texts.with("gap-figure", [("percent", numbers::decimal(percent).into())]) }</p>
            <p>{ texts.with("gap-words", gaps) }</p>
        </div>
    }
}

fn table(texts: &Texts, release: &Release, unit: &str) -> Html {
    let cell = |value: Option<String>| value.unwrap_or_default();
    let row = |one: &ReleaseCell| {
        if let Some(reason) = &one.suppressed {
            return html! {
                <tr><th scope="row">{ name(one) }</th><td colspan="4">{ reason_in_words(texts, reason) }</td></tr>
            };
        }
        let count = |number: Option<u64>| cell(number.map(|number| numbers::count(number.into())));
        html! {
            <tr>
                <th scope="row">{ name(one) }</th>
                <td class="number">{ count(one.reporters.map(u64::from)) }</td>
                <td class="number">{ count(one.employees) }</td>
                <td class="number">{ cell(one.sum.as_deref().map(numbers::decimal)) }</td>
                <td class="number" data-test="mean">{ cell(one.mean.as_deref().map(numbers::decimal)) }</td>
            </tr>
        }
    };
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={texts.say("result-table")}>
            <table data-test="result-table">
                <caption>{ texts.say("result-table") }</caption>
                <thead><tr>
                    <th scope="col">{ texts.say("totals-group") }</th>
                    <th scope="col" class="number">{ texts.say("result-reporters") }</th>
                    <th scope="col" class="number">{ texts.say("totals-employees") }</th>
                    <th scope="col" class="number">{ texts.with("totals-sum", [("unit", unit.to_owned().into())]) }</th>
                    <th scope="col" class="number">{ texts.with("result-mean", [("unit", unit.to_owned().into())]) }</th>
                </tr></thead>
                <tbody>{ for release.cells.iter().map(row) }</tbody>
            </table>
        </div>
    }
}

fn reason_in_words(texts: &Texts, code: &str) -> String {
    match code {
        "too-few" => texts.say("suppressed-few"),
        _ => texts.say("suppressed"),
    }
}

fn files(texts: &Texts, outcome: &Outcome, release: &Release) -> Html {
    let json = export::released_json(&outcome.manifest, release);
    let csv = export::csv(&outcome.manifest, release);
    let save = |file: &'static str, kind: &'static str, text: String| {
        Callback::from(move |_| download::save(file, kind, text.as_bytes()))
    };
    html! {
        <div class="actions">
            <button type="button" class="button button-quiet" data-test="download-csv"
                onclick={save("pay-gap.csv", "text/csv", csv)}>{ texts.say("result-csv") }</button>
            <button type="button" class="button button-quiet" data-test="download-json"
                onclick={save("pay-gap.json", "application/json", json)}>{ texts.say("result-json") }</button>
        </div>
    }
}
