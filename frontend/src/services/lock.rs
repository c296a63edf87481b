//! One tab at a time for one survey: two reporters' tabs would number their submissions alike, and of two
//! organizers' tabs one would forget whom the other invited.

use futures_channel::oneshot;
use js_sys::{Function, Object, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// A lock of the browser, until dropped or the page is left. A browser may keep a page that was left, for the
/// way back, and with it the lock: whoever opened the link anew would then stand before a tab that nobody sees.
/// A page that comes back from there is loaded anew (`arrival.js`).
pub(crate) struct Held(Option<Function>);

const LEFT: &str = "pagehide";

impl Held {
    fn begin(release: Function) -> Self {
        if let Some(window) = web_sys::window() {
            // Fails for windows that are gone.
            let _ = window.add_event_listener_with_callback(LEFT, &release);
        }
        Self(Some(release))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(release) = self.0.take() {
            // Fails if the page is gone, and the lock with it.
            let _ = release.call0(&JsValue::UNDEFINED);
            if let Some(window) = web_sys::window() {
                // As above.
                let _ = window.remove_event_listener_with_callback(LEFT, &release);
            }
        }
    }
}

/// The lock of the survey that a reporter's tab is about.
#[derive(Default)]
pub(crate) struct SurveyLock(RefCell<Option<(Rc<str>, Held)>>);

impl SurveyLock {
    /// Keeps other tabs out of a survey; says whether no other tab was there first. A lock that this tab holds
    /// already is kept: it would be let go only after it had been asked for again.
    pub(crate) async fn hold(&self, survey: &Rc<str>) -> bool {
        let held = self.0.borrow().as_ref().is_some_and(|(held, _)| held == survey);
        if !held {
            let taken = take(&format!("sealed-pay/{survey}")).await;
            self.0.replace(taken.map(|lock| (survey.clone(), lock)));
        }
        self.0.borrow().is_some()
    }

    /// What lets it go, for the page's next program: no other tab gets it meanwhile.
    pub(crate) fn hand_over(&self) -> Option<Function> {
        self.0.take().and_then(|(_, mut held)| held.0.take())
    }

    /// Takes over what [`SurveyLock::hand_over`] gave.
    pub(crate) fn take_over(&self, survey: Rc<str>, release: Option<Function>) {
        self.0.replace(Some((survey, release.map_or(Held(None), Held::begin))));
    }
}

/// Takes the lock of a name; nothing if another tab has it. Where the browser knows no locks everybody gets
/// one: the servers refuse what is numbered alike.
pub(crate) async fn take(name: &str) -> Option<Held> {
    match ask(name, true).await {
        Ok(Some(release)) => Some(Held::begin(release)),
        Ok(None) => None,
        Err(_) => Some(Held(None)),
    }
}

/// Takes the lock of a name, as soon as other tabs have let it go.
pub(crate) async fn wait(name: &str) -> Held {
    ask(name, false).await.ok().flatten().map_or(Held(None), Held::begin)
}

async fn ask(name: &str, at_once: bool) -> Result<Option<Function>, JsValue> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into())?;
    let locks = Reflect::get(&navigator, &"locks".into())?;
    let request: Function = Reflect::get(&locks, &"request".into())?.dyn_into()?;
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &at_once.into())?;
    let (sender, answer) = oneshot::channel();
    let granted = Closure::once_into_js(move |lock: JsValue| {
        let (kept, release) = until_released();
        let release = release.filter(|_| !lock.is_null());
        let granted = release.is_some();
        // Whoever asked may be gone; then the lock goes at once.
        let wanted = sender.send(release).is_ok();
        if wanted && granted { kept } else { Promise::resolve(&JsValue::UNDEFINED) }
    });
    request.call3(&locks, &name.into(), &options, &granted)?;
    answer.await.map_err(|_| JsValue::NULL)
}

/// A promise, and the function that keeps it.
fn until_released() -> (Promise, Option<Function>) {
    let mut release = None;
    let promise = Promise::new(&mut |resolve, _| release = Some(resolve));
    (promise, release)
}
