//! Inside a Web Worker.

use crate::clerk::Clerk;
use crate::errand::Errand;
use crate::hand::Hand;
use crate::randomness;
use crate::wire::Word;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};
use zeroize::Zeroizing;

/// Makes the running worker seal what the page sends it, and run its errands. Does nothing outside of a worker.
#[cfg_attr(feature = "javascript", wasm_bindgen(js_name = serveWorker))]
pub fn serve() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    let (mut hand, mut clerk, mut rng) = (Hand::default(), Clerk::default(), randomness::browser());
    let to_page = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let message = Uint8Array::new(&event.data());
        let task = Zeroizing::new(message.to_vec());
        // The collector frees memory when it likes; what was pay is gone now.
        message.fill(0, 0, message.length());
        if task.first().is_some_and(|kind| *kind >= Errand::FIRST) {
            clerk.run(&task, &mut rng, &mut |answer| post(&to_page, &answer.encode()));
        } else {
            post(&to_page, &hand.answer(&task, &mut rng).encode());
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // Lives as long as the worker.
    on_message.forget();
    post(&scope, &Word::Loaded.encode());
}

fn post(page: &DedicatedWorkerGlobalScope, said: &[u8]) {
    let message = Uint8Array::from(said);
    // Fails for buffers that cannot be handed over; this one was made above.
    let _ = page.post_message_with_transfer(&message, &Array::of1(&message.buffer()));
}
