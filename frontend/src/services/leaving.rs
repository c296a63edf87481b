//! Asks before a tab is closed in which something typed or chosen would be lost.

use wasm_bindgen::prelude::*;
use web_sys::BeforeUnloadEvent;
use yew::prelude::{hook, use_effect_with};

/// Asks while it exists.
struct Guarded(Closure<dyn FnMut(BeforeUnloadEvent)>);

impl Guarded {
    /// Begins to ask.
    fn begin() -> Self {
        let ask = Closure::<dyn FnMut(BeforeUnloadEvent)>::new(|event: BeforeUnloadEvent| {
            event.prevent_default();
        });
        if let Some(window) = web_sys::window() {
            // Fails for windows that are gone.
            let _ = window.add_event_listener_with_callback("beforeunload", ask.as_ref().unchecked_ref());
        }
        Self(ask)
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            let listener = self.0.as_ref().unchecked_ref();
            // As above.
            let _ = window.remove_event_listener_with_callback("beforeunload", listener);
        }
    }
}

/// Asks before the tab is closed, while that would lose something.
#[hook]
pub(crate) fn use_guard(needed: bool) {
    use_effect_with(needed, |needed| {
        let guarded = needed.then(Guarded::begin);
        move || drop(guarded)
    });
}
