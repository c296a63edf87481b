//! Inside a Web Worker.

use crate::clerk::Clerk;
use crate::errand::Errand;
use crate::hand::Hand;
use crate::randomness;
use crate::wide::WideModule;
use crate::wire::{Task, Word};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Uint8Array};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};
use zeroize::Zeroizing;

/// Makes the running worker seal what the page sends it, and run its errands. Does nothing outside of a worker.
///
/// `beside`: the address of the folder in which `wide.wasm` lies; without it, the folder of the worker's script.
/// A worker that was started from a blob has no folder, so it needs to be told.
#[cfg_attr(feature = "javascript", wasm_bindgen(js_name = serveWorker))]
pub fn serve(beside: Option<String>) {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    let (hand, mut clerk, mut rng) =
        (Rc::<RefCell<Hand>>::default(), Clerk::default(), randomness::browser());
    let folder = beside.unwrap_or_else(|| folder_of(&scope.location().href()).to_owned());
    let to_page = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let message = Uint8Array::new(&event.data());
        let task = Zeroizing::new(message.to_vec());
        // The collector frees memory when it likes; what was pay is gone now.
        message.fill(0, 0, message.length());
        if task.first().is_some_and(|kind| *kind >= Errand::FIRST) {
            clerk.run(&task, &mut rng, &mut |answer| post(&to_page, &answer.encode()));
        } else if let Ok(Task::Survey { survey, n }) = Task::decode(&task) {
            hand.borrow_mut().forget();
            let ready = get_ready(hand.clone(), to_page.clone(), survey.0, n.to_vec(), folder.clone());
            spawn_local(ready);
        } else {
            let mut alive = || post(&to_page, &Word::Alive.encode());
            if let Some(word) = hand.borrow_mut().answer(&task, &mut rng, &mut alive) {
                post(&to_page, &word.encode());
            }
            spawn_local(make_ahead(hand.clone()));
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // Lives as long as the worker.
    on_message.forget();
    post(&scope, &Word::Loaded.encode());
}

/// Learns the survey and says so.
async fn get_ready(
    hand: Rc<RefCell<Hand>>,
    page: DedicatedWorkerGlobalScope,
    survey: [u8; 32],
    n: Vec<u8>,
    folder: String,
) {
    let wide = WideModule::load(&folder).await;
    // What follows cannot be interrupted, and takes long on a slow device.
    post(&page, &Word::Alive.encode());
    let word = hand.borrow_mut().learn(&n, &survey, wide);
    post(&page, &word.encode());
    make_ahead(hand).await;
}

/// The folder of a file, by its address.
fn folder_of(address: &str) -> &str {
    address.rsplit_once('/').map_or(address, |(folder, _)| folder)
}

/// Makes noise for as long as some is wanted; between two rounds messages have their turn.
async fn make_ahead(hand: Rc<RefCell<Hand>>) {
    if !hand.borrow_mut().begin_making() {
        return;
    }
    let mut rng = randomness::browser();
    loop {
        TimeoutFuture::new(0).await;
        if !hand.borrow_mut().make_ahead(&mut rng) {
            return;
        }
    }
}

fn post(page: &DedicatedWorkerGlobalScope, said: &[u8]) {
    let message = Uint8Array::from(said);
    // Fails for buffers that cannot be handed over; this one was made above.
    let _ = page.post_message_with_transfer(&message, &Array::of1(&message.buffer()));
}
