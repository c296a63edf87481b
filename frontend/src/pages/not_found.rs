//! No such page.

use crate::components::use_title;
use crate::route::Route;
use crate::texts::use_texts;
use yew::prelude::*;
use yew_router::prelude::*;

/// Says so, and leads back.
#[component]
pub(crate) fn NotFound() -> Html {
    let texts = use_texts();
    use_title(texts.say("not-found-title"));
    html! {
        <section class="narrow">
            <h1>{ texts.say("not-found-title") }</h1>
            <p>{ texts.say("not-found-text") }</p>
            <Link<Route> to={Route::Home} classes="button">{ texts.say("to-start") }</Link<Route>>
        </section>
    }
}
