//! What a reporter reads before anything happens: the survey's terms; for a link whose end was cut off, how to go on.
//!
//! The start's program shows this, which is small. The one that takes part comes while the person reads, and goes on
//! from Begin; whoever has begun in this browser already goes straight on to it.

mod code;
mod reader;
mod terms;

pub(crate) use code::CodeEntry;
pub(crate) use terms::{COMPARED, Terms, grouped};

use crate::components::{Steps, TroubleBox, Waiting, use_title};
use crate::pages::NotFound;
use crate::route::{TAKE_PART, path};
use crate::services::arrival::{self, Arrival, Listening};
use crate::services::config::Config;
use crate::services::focus;
use crate::services::taking_part::Visit;
use crate::state::reading::{Reading, Stage};
use crate::texts::{Texts, use_texts};
use reader::{Desk, Reader};
use std::rc::Rc;
use yew::prelude::*;

/// The survey in the address, nothing where there is none.
pub(crate) fn survey_in_address() -> Option<String> {
    let path = path();
    let id = path.strip_prefix(TAKE_PART)?.trim_end_matches('/');
    (!id.is_empty()).then(|| id.to_owned())
}

/// What came with the address, and with every later link in the same tab.
#[hook]
pub(crate) fn use_arrival() -> Arrival {
    let arrival = use_state(arrival::take);
    use_effect_with((), {
        let arrival = arrival.setter();
        move |()| {
            let listening = Listening::begin(move |came| arrival.set(came));
            move || drop(listening)
        }
    });
    (*arrival).clone()
}

/// Takes keyboards and screen readers along when the next step begins.
#[hook]
pub(crate) fn use_step(step: Option<usize>) {
    use_effect_with(step, |_| focus::take_to_heading());
}

/// Where the reporter's way leads, and how far it is.
pub(crate) fn steps(texts: &Texts, step: Option<usize>) -> Html {
    let Some(current) = step else { return html! {} };
    let names = [
        texts.say("step-read"),
        texts.say("step-file"),
        texts.say("step-columns"),
        texts.say("step-seal"),
        texts.say("step-receipt"),
    ];
    html! { <Steps names={names.to_vec()} {current} /> }
}

/// The survey's title; until it is known, what this page is for.
pub(crate) fn title(texts: &Texts, visit: Option<&Visit>) -> Html {
    match visit {
        Some(visit) => {
            let title = visit.survey().manifest().manifest().title.clone();
            html! { <h1 data-test="survey-title">{ title }</h1> }
        }
        None => html! { <h1>{ texts.say("take-part-page") }</h1> },
    }
}

/// Everything before Begin.
#[component]
pub(crate) fn Read() -> Html {
    let arrival = use_arrival();
    match survey_in_address() {
        Some(survey) => html! { <ReadingOf {survey} {arrival} /> },
        None => html! { <NotFound /> },
    }
}

/// Who comes to which survey.
#[derive(Properties, PartialEq)]
struct ReadingProps {
    /// 64 hexadecimal digits, as in the address.
    survey: String,
    arrival: Arrival,
}

#[component]
fn ReadingOf(props: &ReadingProps) -> Html {
    let texts = use_texts();
    use_title(texts.say("take-part-page"));
    let reading = use_reducer(Reading::default);
    let desk = use_memo((), |()| Desk::default());
    let Some(config) = use_context::<Config>() else { return html! {} };
    let (arrival, id) = (props.arrival.clone(), props.survey.as_str().into());
    let (reading, events) = (Rc::new((*reading).clone()), reading.dispatcher());
    let reader = Reader { reading: reading.clone(), events, desk, config, arrival, id };
    {
        let reader = reader.clone();
        // Another link in the same address begins another way.
        use_effect_with(props.arrival.clone(), move |_| reader.arrive());
    }
    let step = reading.visit.as_ref().map(|_| 0);
    use_step(step);
    html! {
        <>
            { steps(&texts, step) }
            // Whoever types a code reads that instead.
            if reading.stage != Stage::NeedsCode { { title(&texts, reading.visit.as_deref()) } }
            { trouble(&reader) }
            { stage(&texts, &reader) }
        </>
    }
}

/// What went wrong, and the same again where that may help.
fn trouble(reader: &Reader) -> Html {
    let Some(trouble) = reader.reading.trouble.clone() else { return html! {} };
    let again = reader.clone();
    let retry = match reader.reading.stage {
        Stage::Stopped => Some(Callback::from(move |()| again.look())),
        Stage::NeedsCode => Some(Callback::from(move |()| again.enter_code_again())),
        Stage::Terms => Some(Callback::from(move |()| again.begin())),
        Stage::Checking | Stage::Leaving => None,
    };
    let retry = retry.filter(|_| trouble.may_retry);
    html! { <TroubleBox {trouble} {retry} /> }
}

fn stage(texts: &Texts, reader: &Reader) -> Html {
    let again = reader.clone();
    match (&reader.reading.stage, &reader.reading.visit) {
        (Stage::Checking, _) => html! { <Waiting text={texts.say("checking")} /> },
        (Stage::Leaving, _) => html! { <Waiting text={texts.say("terms-loading")} /> },
        (Stage::NeedsCode, _) => {
            let on_code = Callback::from(move |code| again.enter_code(code));
            let typed = reader.desk.code.borrow().clone();
            html! { <CodeEntry {typed} {on_code} calm={reader.reading.trouble.is_none()} /> }
        }
        (Stage::Terms, Some(visit)) => {
            let (begin, prove) = (reader.clone(), again);
            let begin = Callback::from(move |()| begin.begin());
            let prove = Callback::from(move |()| prove.prove());
            html! { <Terms visit={visit.clone()} proof={reader.reading.proof()} {begin} {prove} /> }
        }
        (Stage::Stopped | Stage::Terms, _) => html! {},
    }
}
