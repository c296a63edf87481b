//! Closing, which cannot be undone, after it was asked for twice.

use super::gate::{Failed, calm};
use crate::components::{Trouble, Waiting};
use crate::services::organizing::Desk;
use crate::texts::use_texts;
use organizer::OrganizerState;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// What closing gets.
#[derive(Properties, PartialEq)]
pub(crate) struct CloseProps {
    /// Who asks.
    pub(crate) desk: Desk,
    /// The survey's state.
    pub(crate) state: Rc<OrganizerState>,
    /// Goes on to the result.
    pub(crate) closed: Callback<()>,
    /// The survey is closed already, by its date or an earlier visit: only the total is to be opened.
    pub(crate) again: bool,
}

/// The button, the question, and what comes of it.
#[component]
pub(crate) fn Close(props: &CloseProps) -> Html {
    let texts = use_texts();
    let asked = use_state(|| false);
    let (trouble, busy) = (use_state(|| None::<Trouble>), use_state(|| false));
    let ask = |value: bool| {
        let asked = asked.clone();
        Callback::from(move |_| asked.set(value))
    };
    let go = {
        let (desk, state, closed) = (props.desk.clone(), props.state.clone(), props.closed.clone());
        let (trouble, busy) = (trouble.clone(), busy.clone());
        Callback::from(move |()| {
            let (desk, state, closed) = (desk.clone(), state.clone(), closed.clone());
            let (trouble, busy) = (trouble.clone(), busy.clone());
            busy.set(true);
            trouble.set(None);
            spawn_local(async move {
                let outcome = desk.close(&state.survey().to_string()).await;
                busy.set(false);
                match outcome {
                    Ok(()) => closed.emit(()),
                    Err(failed) => trouble.set(Some(failed)),
                }
            });
        })
    };
    let (title, text) = if props.again {
        (texts.say("release-title"), texts.say("release-text"))
    } else {
        (texts.say("close-title"), texts.say("close-text"))
    };
    html! {
        <section class="card no-print">
            <h2>{ title }</h2>
            <p>{ text }</p>
            if let Some(failed) = &*trouble {
                <Failed trouble={failed.clone()} desk={props.desk.clone()} again={go.clone()}
                    signed_in={calm(&trouble)} />
            }
            if *busy {
                <Waiting text={texts.say("closing")} />
            } else if props.again {
                <button type="button" class="button" data-test="release-survey" onclick={go.reform(|_| ())}>
                    { texts.say("release-go") }
                </button>
            } else if *asked {
                <div class="notice notice-warn" role="alertdialog" aria-label={texts.say("close-title")}>
                    <p>{ texts.with("close-sure", [("title", props.state.plan.title.clone().into())]) }</p>
                    <div class="actions">
                        <button type="button" class="button button-grave" data-test="confirm-close"
                            onclick={go.reform(|_| ())}>
                            { texts.say("close-yes") }
                        </button>
                        <button type="button" class="button button-quiet" onclick={ask(false)}>
                            { texts.say("close-no") }
                        </button>
                    </div>
                </div>
            } else {
                <button type="button" class="button button-quiet" data-test="close-survey" onclick={ask(true)}>
                    { texts.say("close-go") }
                </button>
            }
        </section>
    }
}
