//! What a reporter does: read, begin, choose a file, check, seal, keep the receipt.

mod choose;
mod code;
mod columns;
mod guide;
mod mistakes;
mod own;
mod receipt;
mod sealing;
mod terms;
mod totals;
mod typed;

use crate::components::{Steps, TroubleBox, Waiting, use_title};
use crate::pages::NotFound;
use crate::route::{TAKE_PART, path};
use crate::services::arrival::{self, Arrival, Listening};
use crate::services::config::Config;
use crate::services::leaving::use_guard;
use crate::state::way::{Stage, Way};
use crate::texts::{Texts, use_texts};
use guide::{Desk, Guide};
use std::rc::Rc;
use yew::prelude::*;

/// What every part of the way gets.
#[derive(Properties, PartialEq)]
pub(crate) struct WayProps {
    /// Who leads.
    pub(crate) guide: Guide,
}

/// The survey in the address, and the link it was opened with.
#[component]
pub(crate) fn TakePart() -> Html {
    let arrival = use_state(arrival::take);
    use_effect_with((), {
        let arrival = arrival.setter();
        move |()| {
            let listening = Listening::begin(move |came| arrival.set(came));
            move || drop(listening)
        }
    });
    let path = path();
    match path.strip_prefix(TAKE_PART).map(|id| id.trim_end_matches('/')).filter(|id| !id.is_empty()) {
        Some(id) => html! { <Reporting survey={id.to_owned()} arrival={(*arrival).clone()} /> },
        None => html! { <NotFound /> },
    }
}

/// Who comes to which survey.
#[derive(Properties, PartialEq)]
struct ReportingProps {
    /// 64 hexadecimal digits, as in the address.
    survey: String,
    arrival: Arrival,
}

/// The whole way.
#[component]
fn Reporting(props: &ReportingProps) -> Html {
    let texts = use_texts();
    use_title(texts.say("take-part-page"));
    let way = use_reducer(Way::default);
    let desk = use_memo((), |()| Desk::default());
    let Some(config) = use_context::<Config>() else { return html! {} };
    let (arrival, id) = (props.arrival.clone(), props.survey.as_str().into());
    let (way, events) = (Rc::new((*way).clone()), way.dispatcher());
    let guide = Guide { way, events, desk, config, arrival, id };
    {
        let guide = guide.clone();
        // Another link in the same address begins another way.
        use_effect_with(props.arrival.clone(), move |_| guide.arrive());
    }
    use_guard(guide.way.would_lose());
    use_focus(step_of(&guide.way.stage));
    html! {
        <>
            { steps(&texts, &guide.way.stage) }
            { title(&texts, &guide) }
            { trouble(&guide) }
            { stage(&texts, guide) }
        </>
    }
}

/// Takes keyboards and screen readers along when the next step begins.
#[hook]
fn use_focus(step: Option<usize>) {
    use_effect_with(step, |_| {
        let document = web_sys::window().and_then(|window| window.document());
        let heading =
            document.and_then(|document| document.query_selector("main h2[tabindex]").ok().flatten());
        if let Some(heading) = heading {
            // Fails for what cannot be focused; this can.
            let _ = wasm_bindgen::JsCast::unchecked_into::<web_sys::HtmlElement>(heading).focus();
        }
    });
}

const fn step_of(stage: &Stage) -> Option<usize> {
    match stage {
        Stage::Checking | Stage::NeedsCode | Stage::Stopped => None,
        Stage::Terms | Stage::Enrolling => Some(0),
        Stage::Choosing | Stage::Opening => Some(1),
        Stage::Columns | Stage::Reading | Stage::Mistakes(_) => Some(2),
        Stage::Totals | Stage::Sealing(_) | Stage::Sending => Some(3),
        Stage::Receipt => Some(4),
    }
}

fn steps(texts: &Texts, stage: &Stage) -> Html {
    let Some(current) = step_of(stage) else { return html! {} };
    let names = [
        texts.say("step-read"),
        texts.say("step-file"),
        texts.say("step-columns"),
        texts.say("step-seal"),
        texts.say("step-receipt"),
    ];
    html! { <Steps names={names.to_vec()} {current} /> }
}

/// The survey's title; until it is known, what this page is for. Whoever types a code reads that instead.
fn title(texts: &Texts, guide: &Guide) -> Html {
    match (&guide.way.visit, &guide.way.stage) {
        (Some(visit), _) => {
            let title = visit.survey().manifest().manifest().title.clone();
            html! { <h1 data-test="survey-title">{ title }</h1> }
        }
        (None, Stage::NeedsCode) => html! {},
        (None, _) => html! { <h1>{ texts.say("take-part-page") }</h1> },
    }
}

/// What went wrong, and the same again where that may help.
fn trouble(guide: &Guide) -> Html {
    let Some(trouble) = guide.way.trouble.clone() else { return html! {} };
    let again = guide.clone();
    let retry = match guide.way.stage {
        Stage::Stopped => Some(Callback::from(move |()| again.look())),
        Stage::NeedsCode => Some(Callback::from(move |()| again.enter_code_again())),
        Stage::Sending => Some(Callback::from(move |()| again.send())),
        Stage::Terms => Some(Callback::from(move |()| again.begin())),
        Stage::Totals => Some(Callback::from(move |()| again.seal())),
        Stage::Receipt => Some(Callback::from(move |()| again.count())),
        _ => None,
    };
    let retry = retry.filter(|_| trouble.may_retry);
    html! { <TroubleBox {trouble} {retry} /> }
}

fn stage(texts: &Texts, guide: Guide) -> Html {
    let failed = guide.way.trouble.is_some();
    match &guide.way.stage {
        Stage::Checking => html! { <Waiting text={texts.say("checking")} /> },
        Stage::NeedsCode => html! { <code::CodeEntry {guide} /> },
        Stage::Stopped => html! {},
        Stage::Terms => html! { <terms::Terms {guide} /> },
        Stage::Enrolling => html! { <Waiting text={texts.say("enrolling")} /> },
        Stage::Choosing => html! { <choose::Choose {guide} /> },
        Stage::Opening => html! { <Waiting text={texts.say("opening-file")} /> },
        Stage::Columns => html! { <columns::Columns {guide} /> },
        Stage::Reading => html! { <Waiting text={texts.say("reading-file")} /> },
        Stage::Mistakes(_) => html! { <mistakes::Mistakes {guide} /> },
        Stage::Totals => html! { <totals::Totals {guide} /> },
        Stage::Sealing(_) => html! { <sealing::Progress {guide} /> },
        Stage::Sending if failed => html! { <p>{ texts.say("sending-kept") }</p> },
        Stage::Sending => html! { <Waiting text={texts.say("sending")} /> },
        Stage::Receipt => html! { <receipt::ReceiptPage {guide} /> },
    }
}
