//! No such page.

use crate::components::use_title;
use crate::texts::use_texts;
use yew::prelude::*;

/// Says so, and leads back.
#[component]
pub(crate) fn NotFound() -> Html {
    let texts = use_texts();
    use_title(texts.say("not-found-title"));
    html! {
        <section class="narrow">
            <h1>{ texts.say("not-found-title") }</h1>
            <p>{ texts.say("not-found-text") }</p>
            <a href="/" class="button">{ texts.say("to-start") }</a>
        </section>
    }
}
