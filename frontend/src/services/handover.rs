//! From the page's first program to the second: from the sign-in to organizing, from a survey's terms to taking part.
//! `begin.js` loads the second while somebody types or reads, and gives it once what it needs.

use crate::components::Trouble;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use zeroize::Zeroizing;

/// What somebody who takes part brings along. Not the link: that is in the browser's safe.
#[derive(Default)]
pub(crate) struct Handed {
    /// The survey that was read and is begun with (`Visit::hand_over`); nothing for those who began earlier.
    pub(crate) read: Option<String>,
    /// What lets the survey's lock go.
    pub(crate) lock: Option<Function>,
}

const READ: &str = "read";
const LOCK: &str = "lock";

impl Handed {
    /// What was handed over, once: whoever asks again gets nothing.
    pub(crate) fn take() -> Self {
        let Ok(handed) = call("takeHanded", &[]) else { return Self::default() };
        let field = |name: &str| Reflect::get(&handed, &name.into()).ok();
        Self {
            read: field(READ).and_then(|read| read.as_string()),
            lock: field(LOCK).and_then(|lock| lock.dyn_into().ok()),
        }
    }

    fn to_object(&self) -> JsValue {
        let object = Object::new();
        let fields = [
            (READ, self.read.as_deref().map(JsValue::from_str)),
            (LOCK, self.lock.clone().map(JsValue::from)),
        ];
        for (name, value) in fields {
            // Fails for frozen objects only.
            let _ = Reflect::set(&object, &name.into(), &value.unwrap_or_default());
        }
        object.into()
    }
}

/// Has the next program come, for when it is wanted.
pub(crate) fn prepare() {
    // Whether it came is asked once it is wanted.
    let _ = call("nextLoaded", &[]);
}

/// Waits until the next program is there.
pub(crate) async fn wait() -> Result<(), Trouble> {
    let missing = |_| Trouble::new("program").passing();
    let coming: Promise = call("nextLoaded", &[]).and_then(JsCast::dyn_into).map_err(missing)?;
    JsFuture::from(coming).await.map(|_| ()).map_err(missing)
}

/// Begins taking part. Whoever calls this has left the page's body.
pub(crate) fn take_part(handed: &Handed) {
    begin(handed.to_object());
}

/// Begins organizing, likewise.
pub(crate) fn organize(sign_in: &Zeroizing<String>) {
    begin(JsValue::from_str(sign_in));
}

fn begin(handed: JsValue) {
    // What fails is said by `begin.js`: nobody is here any more.
    let _ = call("beginNext", &[handed]);
}

/// The sign-in, once: whoever asks again gets nothing.
pub(crate) fn take_sign_in() -> Zeroizing<String> {
    let taken = call("takeHanded", &[]).ok().and_then(|taken| taken.as_string());
    Zeroizing::new(taken.unwrap_or_default())
}

fn call(name: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let function: Function = Reflect::get(&js_sys::global(), &name.into())?.dyn_into()?;
    function.apply(&JsValue::UNDEFINED, &arguments.iter().cloned().collect())
}
