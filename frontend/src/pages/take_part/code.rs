//! A link whose end was cut: the code that stands below it in the message.

use super::WayProps;
use crate::texts::use_texts;
use yew::prelude::*;

/// Says what happened and what to do.
#[component]
pub(crate) fn CodeEntry(_props: &WayProps) -> Html {
    let texts = use_texts();
    html! {
        <section class="card narrow" data-test="code-entry">
            <h1>{ texts.say("code-title") }</h1>
            <div class="notice notice-warn" role="alert" data-test="error" data-code="link-cut">
                <p>{ texts.say("code-text") }</p>
            </div>
        </section>
    }
}
