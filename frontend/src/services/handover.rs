//! From the sign-in, which the first of the page's programs asks for, to the organizer's own program: `begin.js`
//! loads that one while somebody types, and gives it the sign-in once.

use crate::components::Trouble;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use zeroize::Zeroizing;

/// Waits until the organizer's program is there.
pub(crate) async fn wait() -> Result<(), Trouble> {
    let missing = |_| Trouble::new("program");
    let coming: Promise = call("organizerLoaded", &[]).and_then(JsCast::dyn_into).map_err(missing)?;
    JsFuture::from(coming).await.map(|_| ()).map_err(missing)
}

/// Begins it. Whoever calls this has left the page's body.
pub(crate) fn begin(sign_in: &Zeroizing<String>) {
    // What fails is said by `begin.js`: nobody is here any more.
    let _ = call("beginOrganizing", &[JsValue::from_str(sign_in)]);
}

/// The sign-in, once: whoever asks again gets nothing.
pub(crate) fn take() -> Zeroizing<String> {
    let taken = call("takeSignIn", &[]).ok().and_then(|taken| taken.as_string());
    Zeroizing::new(taken.unwrap_or_default())
}

fn call(name: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let function: Function = Reflect::get(&js_sys::global(), &name.into())?.dyn_into()?;
    function.apply(&JsValue::UNDEFINED, &arguments.iter().cloned().collect())
}
