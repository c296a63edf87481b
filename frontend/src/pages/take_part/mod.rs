//! What a reporter does: read, begin, choose a file, check, seal, keep the receipt.

mod choose;
mod columns;
mod failing;
mod guide;
mod mistakes;
mod own;
mod receipt;
mod sealing;
mod totals;
mod typed;

use crate::components::{TroubleBox, Waiting, use_title};
use crate::pages::NotFound;
use crate::pages::read::{CodeEntry, Terms, steps, survey_in_address, title, use_arrival, use_step};
use crate::services::arrival::Arrival;
use crate::services::config::Config;
use crate::services::focus;
use crate::services::handover::Handed;
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

/// The survey in the address. Whoever comes here has read its terms, now or earlier, in the start's program.
#[component]
pub(crate) fn TakePart() -> Html {
    let arrival = use_arrival();
    // The button that begins, which had the focus, went with the start's program.
    use_effect_with((), |()| focus::begin_at_content());
    match survey_in_address() {
        Some(survey) => html! { <Reporting {survey} {arrival} /> },
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
        // What the start's program handed over, the first time; another link in the same address begins another way.
        use_effect_with(props.arrival.clone(), move |_| guide.arrive(Handed::take()));
    }
    use_guard(guide.way.would_lose());
    let step = step_of(&guide.way.stage);
    use_step(step);
    html! {
        <>
            { steps(&texts, step) }
            // Whoever types a code reads that instead.
            if guide.way.stage != Stage::NeedsCode { { title(&texts, guide.way.visit.as_deref()) } }
            { trouble(&guide) }
            { stage(&texts, guide) }
        </>
    }
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
        Stage::NeedsCode => code(&guide),
        Stage::Stopped => html! {},
        Stage::Terms => terms(&guide),
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

/// A link whose end was cut off, opened in the same tab.
fn code(guide: &Guide) -> Html {
    let typed = guide.desk.typed.borrow().code.clone();
    let reader = guide.clone();
    let on_code = Callback::from(move |code| reader.enter_code(code));
    html! { <CodeEntry {typed} {on_code} calm={guide.way.trouble.is_none()} /> }
}

/// The terms once more, for whoever could not begin, or opened another link in the same tab.
fn terms(guide: &Guide) -> Html {
    let Some(visit) = guide.way.visit.clone() else { return html! {} };
    let (begins, proves) = (guide.clone(), guide.clone());
    let begin = Callback::from(move |()| begins.begin());
    let prove = Callback::from(move |()| proves.prove());
    html! { <Terms {visit} proof={guide.way.proof()} {begin} {prove} /> }
}
