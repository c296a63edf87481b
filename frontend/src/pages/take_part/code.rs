//! A link whose end was cut off: the code that stands beside it in the message is typed.

use super::WayProps;
use crate::components::{Field, Kind};
use crate::texts::use_texts;
use yew::prelude::*;
use zeroize::Zeroizing;

/// Says what happened, and takes the code.
#[component]
pub(crate) fn CodeEntry(props: &WayProps) -> Html {
    let texts = use_texts();
    let code = {
        let desk = props.guide.desk.clone();
        use_state(move || desk.typed.borrow().code.clone())
    };
    let typed = {
        let code = code.clone();
        Callback::from(move |text: String| code.set(Zeroizing::new(text)))
    };
    let go = {
        let (guide, code) = (props.guide.clone(), code.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            guide.enter_code((*code).clone());
        })
    };
    html! {
        <section class="card narrow" data-test="code-entry">
            <h1>{ texts.say("code-title") }</h1>
            if props.guide.way.trouble.is_none() {
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
