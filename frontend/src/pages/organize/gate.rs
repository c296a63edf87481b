//! Who is signed in. Where a sign-in does not count any longer, the form comes beside what failed, and what was
//! typed elsewhere stays.

use crate::components::{Trouble, TroubleBox, Waiting};
use crate::pages::TokenForm;
use crate::services::config::Config;
use crate::services::handover;
use crate::services::organizing::Desk;
use crate::texts::use_texts;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Who signed in, for this tab and until it is closed.
pub(crate) type SignedIn = UseStateHandle<Option<Desk>>;

/// The page of those who come from the sign-in: opens what this browser keeps.
#[component]
pub(crate) fn Enter() -> Html {
    let texts = use_texts();
    let trouble = use_state(|| None::<Trouble>);
    let token = use_memo((), |()| handover::take_sign_in());
    let (config, signed_in) = (use_context::<Config>(), use_context::<SignedIn>());
    let go = {
        let trouble = trouble.clone();
        Callback::from(move |()| {
            let (Some(config), Some(signed_in)) = (config.clone(), signed_in.clone()) else { return };
            let (token, trouble) = (token.clone(), trouble.clone());
            trouble.set(None);
            spawn_local(async move {
                match Desk::enter(config.data_server, &token).await {
                    Ok(desk) => signed_in.set(Some(desk)),
                    Err(failed) => trouble.set(Some(failed)),
                }
            });
        })
    };
    {
        let go = go.clone();
        use_effect_with((), move |()| go.emit(()));
    }
    match &*trouble {
        Some(failed) => html! { <TroubleBox trouble={failed.clone()} retry={go} /> },
        None => html! { <Waiting text={texts.say("signing-in")} /> },
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
