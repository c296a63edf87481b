//! One survey of the organizer's, from the key to the result.

use super::close::Close;
use super::gate::{Failed, SignedIn};
use super::invited::Invited;
use super::prepare::Prepare;
use super::result::ResultPage;
use crate::components::{Trouble, Waiting, use_title};
use crate::services::organizing::Desk;
use crate::texts::use_texts;
use organizer::OrganizerState;
use protocol::{SurveyState, SurveyStatus};
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// A survey by its id.
#[derive(Properties, PartialEq)]
pub(crate) struct SurveyProps {
    /// 64 hexadecimal digits, as in the address.
    pub(crate) survey: String,
}

/// What is known of it.
#[derive(Clone, PartialEq, Default)]
struct Known {
    state: Option<Rc<OrganizerState>>,
    status: Option<Rc<SurveyStatus>>,
    trouble: Option<Trouble>,
}

/// What every part gets.
#[derive(Properties, PartialEq, Clone)]
pub(crate) struct PartProps {
    /// Who asks.
    pub(crate) desk: Desk,
    /// The survey's state.
    pub(crate) state: Rc<OrganizerState>,
    /// Looks at everything anew.
    pub(crate) refresh: Callback<()>,
}

/// The survey.
#[component]
pub(crate) fn Survey(props: &SurveyProps) -> Html {
    let signed_in = use_context::<SignedIn>();
    match signed_in.and_then(|handle| (*handle).clone()) {
        Some(desk) => html! { <Signed {desk} survey={props.survey.clone()} /> },
        None => html! {},
    }
}

/// Who asks for which.
#[derive(Properties, PartialEq)]
struct SignedProps {
    desk: Desk,
    survey: String,
}

#[component]
fn Signed(props: &SignedProps) -> Html {
    let texts = use_texts();
    let known = use_state(Known::default);
    let refresh = {
        let (desk, survey, known) = (props.desk.clone(), props.survey.clone(), known.setter());
        Callback::from(move |()| {
            let (desk, survey, known) = (desk.clone(), survey.clone(), known.clone());
            spawn_local(async move { known.set(look(&desk, &survey).await) });
        })
    };
    // Whether the survey was closed here: whoever did that is taken to the result.
    let called = use_state(|| false);
    {
        let (refresh, called) = (refresh.clone(), called.setter());
        use_effect_with(props.survey.clone(), move |_| {
            called.set(false);
            refresh.emit(());
        });
    }
    let closed = {
        let (refresh, called) = (refresh.clone(), called.setter());
        Callback::from(move |()| {
            called.set(true);
            refresh.emit(());
        })
    };
    let trouble = known.trouble.clone().map(|trouble| {
        html! { <Failed {trouble} desk={props.desk.clone()} again={refresh.clone()} always=true /> }
    });
    use_title(texts.say("survey-page"));
    let Some(state) = known.state.clone() else {
        return trouble.unwrap_or_else(|| html! { <Waiting text={texts.say("survey-waiting")} /> });
    };
    let part = PartProps { desk: props.desk.clone(), state: state.clone(), refresh };
    html! {
        <>
            <h1 data-test="organized-title">{ &state.plan.title }</h1>
            { trouble }
            { body(&part, known.status.clone(), *called, closed) }
        </>
    }
}

fn body(part: &PartProps, status: Option<Rc<SurveyStatus>>, called: bool, closed: Callback<()>) -> Html {
    let PartProps { desk, state, refresh } = part.clone();
    if state.opened.is_none() {
        return html! { <Prepare {desk} {state} {refresh} /> };
    }
    let Some(status) = status else { return html! {} };
    let over = status.state != SurveyState::Open;
    html! {
        <>
            if over {
                if status.state == SurveyState::Closed {
                    <Close desk={desk.clone()} state={state.clone()} closed={closed.clone()} again=true />
                } else {
                    <ResultPage desk={desk.clone()} state={state.clone()} {called} />
                }
            }
            <Invited desk={desk.clone()} state={state.clone()} refresh={refresh.clone()} {status} />
            if !over { <Close {desk} {state} {closed} again=false /> }
        </>
    }
}

/// The kept state, and the status if the survey is open to be asked about.
async fn look(desk: &Desk, survey: &str) -> Known {
    let state = match desk.state(survey).await {
        Ok(state) => state,
        Err(trouble) => return Known { trouble: Some(trouble), ..Known::default() },
    };
    let mut known = Known { state: Some(Rc::new(state.clone())), ..Known::default() };
    if state.opened.is_some() {
        match desk.status(&state).await {
            // Whom the status has invited the state names, if it is read afterwards.
            Ok(status) => match desk.state(survey).await {
                Ok(state) => {
                    known = Known { state: Some(Rc::new(state)), status: Some(Rc::new(status)), ..known }
                }
                Err(trouble) => known.trouble = Some(trouble),
            },
            Err(trouble) => known.trouble = Some(trouble),
        }
    }
    known
}
