//! The result, shown only after it was verified: gap, bars, table, files.

use super::chart::{Bar, chart};
use super::gate::Failed;
use super::tables::tables;
use crate::components::{Trouble, Waiting};
use crate::services::organizing::{Desk, Outcome};
use crate::services::{download, focus, numbers};
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
    /// Somebody has just closed the survey here, further below, and is taken along.
    pub(crate) called: bool,
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
    // To the waiting, and once more to what comes of it.
    use_effect_with((outcome.is_some(), props.called), |(_, called)| {
        if *called {
            focus::go_to_heading();
        }
    });
    match &*outcome {
        None => in_between(&texts, html! { <Waiting text={texts.say("result-waiting")} /> }),
        Some(Err(trouble)) => in_between(
            &texts,
            html! { <Failed trouble={trouble.clone()} desk={props.desk.clone()} again={load} always=true /> },
        ),
        Some(Ok(outcome)) => match &outcome.result {
            VerifiedResult::Released { release, .. } => released(&texts, outcome, release),
            VerifiedResult::Ended { ended, .. } => ended_in_words(&texts, ended.reason),
        },
    }
}

/// Where the result will be.
fn in_between(texts: &Texts, content: Html) -> Html {
    html! {
        <section class="card">
            <h2 tabindex="-1">{ texts.say("result-title") }</h2>
            { content }
        </section>
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
            <h2 tabindex="-1">{ texts.say("ended-title") }</h2>
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
            <h2 tabindex="-1">{ texts.say("result-title") }</h2>
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

/// On narrow screens each row is a list, in which every figure has the head of its column beside it.
fn table(texts: &Texts, release: &Release, unit: &str) -> Html {
    let of_unit = |name: &str| texts.with(name, [("unit", unit.to_owned().into())]);
    let heads = [
        texts.say("result-reporters"),
        texts.say("totals-employees"),
        of_unit("totals-sum"),
        of_unit("result-mean"),
    ];
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={texts.say("result-table")}>
            <table class="stacked" role="table" data-test="result-table">
                <caption>{ texts.say("result-table") }</caption>
                <thead role="rowgroup"><tr role="row">
                    <th scope="col" role="columnheader">{ texts.say("totals-group") }</th>
                    { for heads.iter().map(|head| html! {
                        <th scope="col" role="columnheader" class="number">{ head }</th>
                    }) }
                </tr></thead>
                <tbody role="rowgroup">{ for release.cells.iter().map(|cell| row(texts, &heads, cell)) }</tbody>
            </table>
        </div>
    }
}

fn row(texts: &Texts, heads: &[String; 4], cell: &ReleaseCell) -> Html {
    let group = html! { <th scope="row" role="rowheader">{ name(cell) }</th> };
    if let Some(reason) = &cell.suppressed {
        return html! {
            <tr role="row">{ group }<td role="cell" colspan="4">{ reason_in_words(texts, reason) }</td></tr>
        };
    }
    let count = |number: Option<u64>| number.map(|number| numbers::count(number.into()));
    let decimal = |number: &Option<String>| number.as_deref().map(numbers::decimal);
    let figures = [
        (count(cell.reporters.map(u64::from)), None),
        (count(cell.employees), None),
        (decimal(&cell.sum), None),
        (decimal(&cell.mean), Some("mean")),
    ];
    let figure = |(head, (figure, test)): (&String, (Option<String>, Option<&'static str>))| {
        html! {
            <td role="cell" class="number" data-label={head.clone()} data-test={test}>
                { figure.unwrap_or_default() }
            </td>
        }
    };
    html! { <tr role="row">{ group }{ for heads.iter().zip(figures).map(figure) }</tr> }
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
