//! Waiting, drawn once.

use yew::prelude::*;

/// What is waited for, in words.
#[derive(Properties, PartialEq)]
pub(crate) struct WaitingProps {
    /// A sentence.
    pub(crate) text: AttrValue,
}

/// A sentence with a sign of life.
#[component]
pub(crate) fn Waiting(props: &WaitingProps) -> Html {
    html! {
        <p class="waiting" role="status" data-test="waiting">
            <span class="spinner" aria-hidden="true"></span>{ &props.text }
        </p>
    }
}
