//! Signing in. What was typed elsewhere stays: the form comes in its place and goes again.

use crate::components::{Field, Kind, Trouble, TroubleBox, Waiting};
use crate::services::config::Config;
use crate::services::organizing::Desk;
use crate::texts::use_texts;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Who signed in, for this tab and until it is closed.
pub(crate) type SignedIn = UseStateHandle<Option<Desk>>;

/// The form.
#[component]
pub(crate) fn SignIn() -> Html {
    let texts = use_texts();
    let token = use_state(String::new);
    let trouble = use_state(|| None::<Trouble>);
    let busy = use_state(|| false);
    let (Some(config), Some(signed_in)) = (use_context::<Config>(), use_context::<SignedIn>()) else {
        return html! {};
    };
    let set = {
        let token = token.clone();
        Callback::from(move |text| token.set(text))
    };
    let go = {
        let (token, trouble, busy) = (token.clone(), trouble.clone(), busy.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (server, token) = (config.data_server.clone(), token.trim().to_owned());
            let (trouble, busy, signed_in) = (trouble.clone(), busy.clone(), signed_in.clone());
            busy.set(true);
            trouble.set(None);
            spawn_local(async move {
                match Desk::sign_in(server, token).await {
                    Ok(desk) => signed_in.set(Some(desk)),
                    Err(failed) => trouble.set(Some(failed)),
                }
                busy.set(false);
            });
        })
    };
    html! {
        <section class="card narrow">
            <h1>{ texts.say("sign-in-title") }</h1>
            <form onsubmit={go}>
                <Field name="sign-in-token" label={texts.say("sign-in-token")} hint={texts.say("sign-in-hint")}
                    kind={Kind::Secret} value={(*token).clone()} on_input={set} />
                if let Some(trouble) = &*trouble { <TroubleBox trouble={trouble.clone()} /> }
                if *busy { <Waiting text={texts.say("signing-in")} /> }
                <button class="button" data-test="sign-in" disabled={*busy || token.trim().is_empty()}>
                    { texts.say("sign-in-go") }
                </button>
            </form>
        </section>
    }
}
