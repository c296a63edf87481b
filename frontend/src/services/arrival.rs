//! The invitation in the address the page was opened with. Its secret leaves the address bar before anything
//! is drawn, so that it is not in the tab's history, no title and over nobody's shoulder.

use crate::route::TAKE_PART;
use js_sys::{Function, Reflect};
use protocol::{Invitation, InvitationRefusal};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// What came with the address.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Arrival {
    /// No invitation.
    Plain,
    /// A whole invitation.
    Invited(Rc<str>),
    /// The part behind `#` is missing or cut.
    Cut,
}

impl Arrival {
    /// The invitation, if it is one for this survey.
    pub(crate) fn invitation(&self, survey: &str) -> Option<Invitation> {
        let Self::Invited(link) = self else { return None };
        Invitation::parse(link).ok().filter(|invitation| invitation.survey.to_string() == survey)
    }
}

impl std::fmt::Debug for Arrival {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Plain => "Plain",
            Self::Invited(_) => "Invited(<private>)",
            Self::Cut => "Cut",
        })
    }
}

/// What `arrival.js` took out of the address, before anything else ran.
pub(crate) fn take() -> Arrival {
    let Some(window) = web_sys::window() else { return Arrival::Plain };
    let path = window.location().pathname().unwrap_or_default();
    let origin = window.location().origin().unwrap_or_default();
    read(&format!("{origin}{path}{}", taken(&window).unwrap_or_default()), &path)
}

/// The fragment, once: whoever asks again gets nothing.
fn taken(window: &web_sys::Window) -> Option<String> {
    let take: Function = Reflect::get(window, &"takeArrival".into()).ok()?.dyn_into().ok()?;
    take.call0(&JsValue::UNDEFINED).ok()?.as_string()
}

/// Says when another link was opened in this tab, for as long as it exists.
pub(crate) struct Listening(Closure<dyn FnMut()>);

const ARRIVED: &str = "sealed-pay-arrival";

impl Listening {
    /// Begins to listen.
    pub(crate) fn begin(on_arrival: impl Fn(Arrival) + 'static) -> Self {
        let heard = Closure::<dyn FnMut()>::new(move || on_arrival(take()));
        if let Some(window) = web_sys::window() {
            // Fails for windows that are gone.
            let _ = window.add_event_listener_with_callback(ARRIVED, heard.as_ref().unchecked_ref());
        }
        Self(heard)
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            let listener = self.0.as_ref().unchecked_ref();
            // As above.
            let _ = window.remove_event_listener_with_callback(ARRIVED, listener);
        }
    }
}

fn read(href: &str, path: &str) -> Arrival {
    if !path.starts_with(TAKE_PART) {
        return Arrival::Plain;
    }
    match Invitation::parse(href) {
        Ok(_) => Arrival::Invited(href.into()),
        Err(InvitationRefusal::CutFragment | InvitationRefusal::NotALink) => Arrival::Cut,
    }
}
