//! The field for an organizer's sign-in, and its button.

use crate::components::{Field, Kind, Trouble, TroubleBox, Waiting};
use crate::texts::use_texts;
use yew::prelude::*;

/// What [`TokenForm`] gets.
#[derive(Properties, PartialEq)]
pub(crate) struct TokenProps {
    /// Gets what was typed.
    pub(crate) on_token: Callback<String>,
    /// What is wrong with it.
    pub(crate) trouble: Option<Trouble>,
    /// Whether it is being looked at.
    pub(crate) busy: bool,
}

/// The field and its button.
#[component]
pub(crate) fn TokenForm(props: &TokenProps) -> Html {
    let texts = use_texts();
    let token = use_state(String::new);
    let set = {
        let token = token.clone();
        Callback::from(move |text| token.set(text))
    };
    let go = {
        let (token, on_token) = (token.clone(), props.on_token.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            on_token.emit(token.trim().to_owned());
        })
    };
    let again = {
        let (token, on_token) = (token.clone(), props.on_token.clone());
        Callback::from(move |()| on_token.emit(token.trim().to_owned()))
    };
    html! {
        <form onsubmit={go}>
            <Field name="sign-in-token" label={texts.say("sign-in-token")} hint={texts.say("sign-in-hint")}
                kind={Kind::Secret} value={(*token).clone()} on_input={set} />
            if let Some(trouble) = &props.trouble {
                <TroubleBox trouble={trouble.clone()} retry={trouble.may_retry.then_some(again)} />
            }
            if props.busy { <Waiting text={texts.say("signing-in")} /> }
            <button class="button" data-test="sign-in" disabled={props.busy || token.trim().is_empty()}>
                { texts.say("sign-in-go") }
            </button>
        </form>
    }
}
