//! What this is, and the two ways in.

use crate::components::use_title;
use crate::pages::{NotFound, Read, SignIn};
use crate::route::{ORGANIZE, TAKE_PART, is_organizers, path};
use crate::texts::{Texts, use_texts};
use protocol::{Invitation, LinkAddress};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What stands at the beginning: of the page, of organizing, of taking part.
#[component]
pub(crate) fn Start() -> Html {
    match path().as_str() {
        "/" => html! { <Home /> },
        path if is_organizers(path) => html! { <SignIn /> },
        path if path.starts_with(TAKE_PART) => html! { <Read /> },
        _ => html! { <NotFound /> },
    }
}

/// The first page.
#[component]
fn Home() -> Html {
    let texts = use_texts();
    use_title(texts.say("home-page"));
    html! {
        <>
            <section class="hero">
                <h1>{ texts.say("home-title") }</h1>
                <p class="lead">{ texts.say("home-lead") }</p>
            </section>
            <div class="cards">
                <Invited />
                <section class="card">
                    <h2>{ texts.say("home-organize-title") }</h2>
                    <p>{ texts.say("home-organize-text") }</p>
                    <a href={ORGANIZE} class="button">{ texts.say("home-organize-go") }</a>
                </section>
            </div>
            { who_sees_what(&texts) }
        </>
    }
}

/// A link that was copied instead of opened.
#[component]
fn Invited() -> Html {
    let texts = use_texts();
    let link = use_node_ref();
    let wrong = use_state(|| false);
    let go = {
        let (link, wrong) = (link.clone(), wrong.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let text = link.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
            wrong.set(!follow(&text));
        })
    };
    html! {
        <section class="card">
            <h2>{ texts.say("home-invited-title") }</h2>
            <p>{ texts.say("home-invited-text") }</p>
            <form onsubmit={go}>
                <label for="invitation">{ texts.say("home-invited-label") }</label>
                <input id="invitation" ref={link} data-test="invitation" autocomplete="off" spellcheck="false"
                    aria-invalid={wrong.to_string()} aria-describedby="invitation-wrong" />
                <p id="invitation-wrong" class="wrong" role="alert" hidden={!*wrong}>
                    { texts.say("home-invited-wrong") }
                </p>
                <button class="button" data-test="invitation-go">{ texts.say("home-invited-go") }</button>
            </form>
        </section>
    }
}

/// Opens an invitation on this page, as if its link had been opened; says whether it is one. A link without
/// its end leads to where its code is typed.
fn follow(text: &str) -> bool {
    let (Ok(address), Some(window)) = (LinkAddress::parse(text), web_sys::window()) else { return false };
    let base = window.location().origin().unwrap_or_default();
    let link = match Invitation::parse(text) {
        Ok(invitation) => Invitation { base, ..invitation }.expose_link(),
        Err(_) => format!("{base}{TAKE_PART}{}", address.survey),
    };
    window.location().assign(&link).is_ok()
}

fn who_sees_what(texts: &Texts) -> Html {
    let rows = [
        (texts.say("home-how-you"), texts.say("home-how-you-text")),
        (texts.say("home-how-data"), texts.say("home-how-data-text")),
        (texts.say("home-how-computation"), texts.say("home-how-computation-text")),
        (texts.say("home-how-everybody"), texts.say("home-how-everybody-text")),
    ];
    html! {
        <section>
            <h2>{ texts.say("home-how-title") }</h2>
            <dl class="facts">
                { for rows.into_iter().map(|(who, what)| html! { <div><dt>{ who }</dt><dd>{ what }</dd></div> }) }
            </dl>
        </section>
    }
}
