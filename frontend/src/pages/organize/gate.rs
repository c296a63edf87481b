//! Signing in. What was typed elsewhere stays: at first the form comes in its place, and where a sign-in does
//! not count any longer it comes beside what failed.

use crate::components::{Field, Kind, Trouble, TroubleBox, Waiting, use_title};
use crate::services::config::Config;
use crate::services::organizing::Desk;
use crate::texts::use_texts;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Who signed in, for this tab and until it is closed.
pub(crate) type SignedIn = UseStateHandle<Option<Desk>>;

/// The page of those who are not signed in.
#[component]
pub(crate) fn SignIn() -> Html {
    let texts = use_texts();
    let (trouble, busy) = (use_state(|| None::<Trouble>), use_state(|| false));
    use_title(texts.say("sign-in-title"));
    let (Some(config), Some(signed_in)) = (use_context::<Config>(), use_context::<SignedIn>()) else {
        return html! {};
    };
    let go = {
        let (trouble, busy) = (trouble.clone(), busy.clone());
        Callback::from(move |token: String| {
            let (server, signed_in) = (config.data_server.clone(), signed_in.clone());
            let (trouble, busy) = (trouble.clone(), busy.clone());
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
            <p>{ texts.say("sign-in-text") }</p>
            <TokenForm on_token={go} trouble={(*trouble).clone()} busy={*busy} />
        </section>
    }
}

/// What [`Failed`] gets.
#[derive(Properties, PartialEq)]
pub(crate) struct FailedProps {
    /// What went wrong.
    pub(crate) trouble: Trouble,
    /// Whose sign-in it is.
    pub(crate) desk: Desk,
    /// Does the same again.
    pub(crate) again: Callback<()>,
    /// Offer that, whatever failed.
    #[prop_or_default]
    pub(crate) always: bool,
    /// After another sign-in, instead of doing the same again: what was asked for is asked for once more by
    /// the person.
    #[prop_or_default]
    pub(crate) signed_in: Option<Callback<()>>,
}

/// A failure on the organizer's way, and the way on: another try, or another sign-in and then another try.
#[component]
pub(crate) fn Failed(props: &FailedProps) -> Html {
    let retry = (props.always || props.trouble.may_retry).then(|| props.again.clone());
    if props.trouble.code != "sign-in-required" {
        return html! { <TroubleBox trouble={props.trouble.clone()} {retry} /> };
    }
    html! {
        <>
            <TroubleBox trouble={props.trouble.clone()} />
            <SignInAgain desk={props.desk.clone()}
                again={props.signed_in.clone().unwrap_or_else(|| props.again.clone())} />
        </>
    }
}

/// Puts a trouble away.
pub(super) fn calm(trouble: &UseStateHandle<Option<Trouble>>) -> Callback<()> {
    let trouble = trouble.setter();
    Callback::from(move |()| trouble.set(None))
}

/// What [`SignInAgain`] gets.
#[derive(Properties, PartialEq)]
struct AgainProps {
    desk: Desk,
    again: Callback<()>,
}

/// The form, in the middle of something.
#[component]
fn SignInAgain(props: &AgainProps) -> Html {
    let (trouble, busy) = (use_state(|| None::<Trouble>), use_state(|| false));
    let go = {
        let (desk, again) = (props.desk.clone(), props.again.clone());
        let (trouble, busy) = (trouble.clone(), busy.clone());
        Callback::from(move |token: String| {
            let (desk, again) = (desk.clone(), again.clone());
            let (trouble, busy) = (trouble.clone(), busy.clone());
            busy.set(true);
            trouble.set(None);
            spawn_local(async move {
                let signed_in = desk.sign_in_again(token).await;
                busy.set(false);
                match signed_in {
                    Ok(()) => again.emit(()),
                    Err(failed) => trouble.set(Some(failed)),
                }
            });
        })
    };
    html! { <TokenForm on_token={go} trouble={(*trouble).clone()} busy={*busy} /> }
}

/// What [`TokenForm`] gets.
#[derive(Properties, PartialEq)]
struct TokenProps {
    on_token: Callback<String>,
    trouble: Option<Trouble>,
    busy: bool,
}

/// The field and its button.
#[component]
fn TokenForm(props: &TokenProps) -> Html {
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
