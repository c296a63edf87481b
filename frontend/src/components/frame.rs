//! Header and footer.

use crate::route::Route;
use crate::texts::use_texts;
use yew::prelude::*;
use yew_router::prelude::*;

/// The mark, the name, and the way to what organizers do.
#[component]
pub(crate) fn Header() -> Html {
    let texts = use_texts();
    html! {
        <header class="header">
            <a class="skip" href="#main">{ texts.say("skip-to-content") }</a>
            <Link<Route> to={Route::Home} classes="brand">
                <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
                    <circle cx="16" cy="16" r="14" />
                    <path d="M10 19h12M10 13h12" />
                    <circle class="mark-seal" cx="16" cy="16" r="4.5" />
                </svg>
                { texts.say("brand") }
            </Link<Route>>
            <nav>
                <Link<Route> to={Route::Organize}>{ texts.say("header-organize") }</Link<Route>>
            </nav>
        </header>
    }
}

/// What this is, on every page.
#[component]
pub(crate) fn Footer() -> Html {
    let texts = use_texts();
    html! { <footer class="footer"><p>{ texts.say("footer-what") }</p></footer> }
}
