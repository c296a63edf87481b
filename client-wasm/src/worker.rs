//! Inside a Web Worker.

use crate::hand::Hand;
use crate::randomness;
use crate::wire::Word;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};
use zeroize::Zeroizing;

/// Makes the running worker seal what the page sends it. Does nothing outside of a worker.
#[cfg_attr(feature = "javascript", wasm_bindgen(js_name = serveWorker))]
pub fn serve() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    let (mut hand, mut rng) = (Hand::default(), randomness::browser());
    let to_page = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let message = Uint8Array::new(&event.data());
        let task = Zeroizing::new(message.to_vec());
        // The collector frees memory when it likes; what was pay is gone now.
        message.fill(0, 0, message.length());
        say(&to_page, &hand.answer(&task, &mut rng));
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // Lives as long as the worker.
    on_message.forget();
    say(&scope, &Word::Loaded);
}

fn say(page: &DedicatedWorkerGlobalScope, word: &Word) {
    let message = Uint8Array::from(word.encode().as_slice());
    // Fails for buffers that cannot be handed over; this one was made above.
    let _ = page.post_message_with_transfer(&message, &Array::of1(&message.buffer()));
}
