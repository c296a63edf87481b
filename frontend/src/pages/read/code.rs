//! A link whose end was cut off: the code that stands beside it in the message is typed.

use crate::components::{Field, Kind};
use crate::texts::use_texts;
use yew::prelude::*;
use zeroize::Zeroizing;

/// What [`CodeEntry`] gets.
#[derive(Properties, PartialEq)]
pub(crate) struct CodeProps {
    /// What was typed before.
    pub(crate) typed: Zeroizing<String>,
    /// Gets what is typed.
    pub(crate) on_code: Callback<Zeroizing<String>>,
    /// Whether nothing else is wrong than the link.
    pub(crate) calm: bool,
}

/// Says what happened, and takes the code.
#[component]
pub(crate) fn CodeEntry(props: &CodeProps) -> Html {
    let texts = use_texts();
    let code = {
        let typed = props.typed.clone();
        use_state(move || typed)
    };
    let typed = {
        let code = code.clone();
        Callback::from(move |text: String| code.set(Zeroizing::new(text)))
    };
    let go = {
        let (on_code, code) = (props.on_code.clone(), code.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            on_code.emit((*code).clone());
        })
    };
    html! {
        <section class="card narrow" data-test="code-entry">
            <h1>{ texts.say("code-title") }</h1>
            if props.calm {
                <div class="notice notice-warn" role="alert" data-test="error" data-code="link-cut">
                    <p>{ texts.say("code-text") }</p>
                </div>
            }
            <form class="code-form" onsubmit={go}>
                <Field name="code" label={texts.say("code-label")} hint={texts.say("code-hint")}
                    kind={Kind::Lines} value={code.to_string()} on_input={typed} />
                <button class="button" data-test="code-go" disabled={code.trim().is_empty()}>
                    { texts.say("code-go") }
                </button>
            </form>
            <p class="fine">{ texts.say("code-instead") }</p>
        </section>
    }
}
