//! What the browser calls a page, in its tabs and its history. Never a secret, never anybody's name.

use crate::texts::use_texts;
use yew::prelude::*;

/// Names the page while it is shown.
#[hook]
pub(crate) fn use_title(name: String) {
    let brand = use_texts().say("brand");
    use_effect_with(name, move |name| {
        if let Some(document) = web_sys::window().and_then(|window| window.document()) {
            document.set_title(&format!("{name} – {brand}"));
        }
    });
}
