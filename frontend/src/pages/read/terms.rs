//! What will happen, in plain words, before anything does.

use crate::components::{TroubleBox, Waiting};
use crate::pages::asked::asked;
use crate::services::taking_part::Visit;
use crate::services::{clock, download, numbers};
use crate::state::reading::Proof;
use crate::texts::{Texts, use_texts};
use protocol::{DimensionWire, GranularityWire, Manifest, MeasureWire, SurveyState};
use reporter::Warning;
use std::rc::Rc;
use yew::prelude::*;

/// What [`Terms`] gets.
#[derive(Properties, PartialEq)]
pub(crate) struct TermsProps {
    /// What there is to read.
    pub(crate) visit: Rc<Visit>,
    /// Whether the person can begin.
    pub(crate) proof: Proof,
    /// Begins.
    pub(crate) begin: Callback<()>,
    /// Has the key checked once more.
    pub(crate) prove: Callback<()>,
}

/// The survey, who sees what, and the button that begins.
#[component]
pub(crate) fn Terms(props: &TermsProps) -> Html {
    let texts = use_texts();
    let visit = &props.visit;
    let manifest = visit.survey().manifest().manifest();
    html! {
        <div data-test="survey-terms">
            <h2 tabindex="-1">{ texts.say("terms-title") }</h2>
            if !manifest.purpose.is_empty() { <p class="lead">{ &manifest.purpose }</p> }
            { for visit.survey().warnings().into_iter().map(|warning| notice(&texts, warning, manifest)) }
            { facts(&texts, manifest) }
            <h3>{ texts.say("terms-who-title") }</h3>
            <div data-test="operators">{ who(&texts, manifest) }</div>
            <h3>{ texts.say("terms-file-title") }</h3>
            { file(&texts, manifest) }
            if visit.survey().state() == SurveyState::Open {
                { begin(&texts, props) }
            } else {
                <div class="notice notice-warn" role="status" data-test="survey-closed">
                    <p>{ texts.with("terms-closed", [("contact", manifest.contact.clone().into())]) }</p>
                </div>
            }
            { fingerprint(&texts, &manifest.fingerprint().to_string()) }
        </div>
    }
}

/// The button that begins, once a worker has checked the survey's key; where none can, what that means.
fn begin(texts: &Texts, props: &TermsProps) -> Html {
    match &props.proof {
        Proof::Failed(trouble) => html! {
            <>
                <TroubleBox trouble={trouble.clone()} retry={props.prove.clone()} />
                <p data-test="unused">{ texts.say("terms-unused") }</p>
            </>
        },
        Proof::Awaited => {
            html! { <div class="later"><Waiting text={texts.say("terms-proving")} /></div> }
        }
        Proof::Holds => {
            let onclick = props.begin.reform(|_: MouseEvent| ());
            html! {
                <>
                    <p>{ texts.say("terms-begin-text") }</p>
                    <div class="actions">
                        <button type="button" class="button" data-test="begin" {onclick}>
                            { texts.say("terms-begin") }
                        </button>
                    </div>
                </>
            }
        }
    }
}

/// So many digits of a fingerprint people compare, and codes hold.
pub(crate) const COMPARED: usize = 24;

/// What programs compare as a whole, and people by its first 24 digits.
fn fingerprint(texts: &Texts, digits: &str) -> Html {
    let (first, rest) = digits.split_at_checked(COMPARED).unwrap_or((digits, ""));
    html! {
        <p class="fine">
            { texts.say("terms-fingerprint") }
            { " " }
            <code class="digits"><strong data-test="fingerprint">{ grouped(first, COMPARED) }</strong>{ " " }{ grouped(rest, rest.len()) }</code>
        </p>
    }
}

/// The first digits of a long number, as people compare them aloud.
pub(crate) fn grouped(digits: &str, first: usize) -> String {
    let digits = digits.as_bytes().get(..first).unwrap_or(digits.as_bytes());
    let groups: Vec<String> = digits.chunks(4).map(|c| String::from_utf8_lossy(c).into_owned()).collect();
    groups.join(" ")
}

fn notice(texts: &Texts, warning: Warning, manifest: &Manifest) -> Html {
    let operators = || {
        let operator = |server: &protocol::ServerWire| server.operator.clone().into();
        [("data", operator(&manifest.data_server)), ("computation", operator(&manifest.computation_server))]
    };
    let (name, text) = match warning {
        Warning::Rehearsal => ("rehearsal", texts.say("warning-rehearsal")),
        Warning::NoValidity => ("no-validity", texts.say("warning-no-validity")),
        Warning::SameOperator => ("same-operator", texts.with("terms-one-operator", operators())),
        Warning::SameHost => ("same-host", texts.say("warning-same-host")),
        Warning::SameDomain => ("same-domain", texts.say("warning-same-domain")),
    };
    // Stories ask for this one by its name, here as in the footer.
    let test = (warning == Warning::SameOperator).then_some("one-operator");
    html! {
        <div class="notice notice-warn" data-test="warning" data-warning={name}><p data-test={test}>{ text }</p></div>
    }
}

fn facts(texts: &Texts, manifest: &Manifest) -> Html {
    let thresholds = &manifest.thresholds;
    let published = texts.with(
        "terms-thresholds",
        [
            ("reporters", thresholds.min_reporters.into()),
            ("cell", thresholds.min_cell_reporters.into()),
            ("employees", thresholds.min_cell_employees.into()),
        ],
    );
    let rows = [
        (texts.say("terms-published"), published),
        (texts.say("terms-closes"), clock::show(manifest.closes_at)),
        (texts.say("terms-contact"), manifest.contact.clone()),
    ];
    let period = [(texts.say("terms-period"), manifest.period.clone())].into_iter();
    let all = period.chain(asked(texts, &manifest.schema_wire())).chain(rows);
    table(all.filter(|(_, value)| !value.is_empty()))
}

fn who(texts: &Texts, manifest: &Manifest) -> Html {
    let server = |server: &protocol::ServerWire| format!("{} ({})", server.operator, server.url);
    let sees = match manifest.granularity {
        GranularityWire::Records => "terms-who-data",
        GranularityWire::Totals => "terms-who-data-added",
    };
    let data = texts.with(sees, [("server", server(&manifest.data_server).into())]);
    let computation =
        texts.with("terms-who-computation", [("server", server(&manifest.computation_server).into())]);
    let rows = [
        (texts.say("home-how-you"), texts.say("terms-who-you")),
        (texts.say("home-how-data"), data),
        (texts.say("home-how-computation"), computation),
        (texts.say("terms-who-organizer"), texts.say("terms-who-organizer-text")),
        (texts.say("home-how-everybody"), texts.say("home-how-everybody-text")),
    ];
    table(rows.into_iter())
}

fn table(rows: impl Iterator<Item = (String, String)>) -> Html {
    let row = |(name, value): (String, String)| html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> };
    html! { <dl class="facts">{ for rows.map(row) }</dl> }
}

/// How the file must look, and one to fill in.
fn file(texts: &Texts, manifest: &Manifest) -> Html {
    let sample = sample(manifest);
    let save =
        Callback::from(move |_| download::save("sealed-pay-template.csv", "text/csv", sample.as_bytes()));
    html! {
        <>
            <p>{ texts.with("terms-file-text", [("columns", columns(manifest).join(", ").into())]) }</p>
            <p>
                <button type="button" class="button button-quiet" data-test="template" onclick={save}>
                    { texts.say("terms-file-template") }
                </button>
            </p>
        </>
    }
}

/// What is written in a file: not what is computed of it.
fn entered(manifest: &Manifest) -> impl Iterator<Item = &MeasureWire> {
    manifest.measures.iter().filter(|measure| measure.computed.is_none())
}

/// The names of the columns that a file needs.
fn columns(manifest: &Manifest) -> Vec<String> {
    let dimensions = manifest.dimensions.iter().map(|dimension| dimension.name.clone());
    dimensions.chain(entered(manifest).map(|measure| measure.name.clone())).collect()
}

/// A file with the right names of columns and one made-up row for each category of the compared dimension.
fn sample(manifest: &Manifest) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let names: Vec<String> = columns(manifest).iter().map(|name| quoted(name)).collect();
    let amounts: Vec<String> = entered(manifest).map(middle).collect();
    let compared = manifest.dimensions.iter().find(|dimension| dimension.name == manifest.compared);
    let mut text = format!("{}\r\n", names.join(","));
    for category in compared.iter().flat_map(|dimension| &dimension.categories) {
        let categories = manifest
            .dimensions
            .iter()
            .map(|of| sample_category(of, &manifest.compared, category))
            .map(quoted);
        let row: Vec<String> = categories.chain(amounts.iter().cloned()).collect();
        text.push_str(&format!("{}\r\n", row.join(",")));
    }
    text
}

/// The category of a made-up row: the first one of every dimension that is not compared.
fn sample_category<'a>(dimension: &'a DimensionWire, compared: &str, category: &'a str) -> &'a str {
    if dimension.name == compared {
        category
    } else {
        dimension.categories.first().map_or("", String::as_str)
    }
}

/// An amount that nobody asks about.
fn middle(measure: &MeasureWire) -> String {
    let middle = measure.soft.min.midpoint(measure.soft.max);
    numbers::amount(middle.into(), measure.decimals).replace(',', "")
}
