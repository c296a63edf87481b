//! A button that copies, and says that it did.

use crate::components::{Trouble, TroubleBox};
use crate::services::clipboard;
use crate::texts::use_texts;
use yew::platform::spawn_local;
use yew::prelude::*;

/// What is copied, and what the button says.
#[derive(Properties, PartialEq)]
pub(crate) struct CopyProps {
    /// Made when it is asked for.
    pub(crate) text: Callback<(), String>,
    /// On the button.
    pub(crate) label: AttrValue,
    /// For those who hear the button alone: what it is about.
    #[prop_or_default]
    pub(crate) about: Option<AttrValue>,
    /// What tests find it by.
    pub(crate) name: &'static str,
}

/// The button.
#[component]
pub(crate) fn Copy(props: &CopyProps) -> Html {
    let texts = use_texts();
    let done = use_state(|| None::<Result<(), Trouble>>);
    let copy = {
        let (text, done) = (props.text.clone(), done.clone());
        Callback::from(move |_: MouseEvent| {
            let (text, done) = (text.emit(()), done.clone());
            spawn_local(async move { done.set(Some(clipboard::copy(&text).await)) });
        })
    };
    let label = match &*done {
        Some(Ok(())) => texts.say("copied"),
        _ => props.label.to_string(),
    };
    html! {
        <>
            <button type="button" class="button button-quiet" data-test={props.name} onclick={copy}>
                <span aria-live="polite">{ label }</span>
                if let Some(about) = &props.about { <span class="visually-hidden">{ format!(": {about}") }</span> }
            </button>
            if let Some(Err(trouble)) = &*done { <TroubleBox trouble={trouble.clone()} /> }
        </>
    }
}
