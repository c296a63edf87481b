//! One Web Worker as the page sees it.

use crate::wire::Word;
use futures_channel::mpsc::UnboundedSender;
use js_sys::{Array, Uint8Array};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Event, MessageEvent, Worker, WorkerOptions, WorkerType};
use zeroize::Zeroizing;

/// Which worker; never used again for another.
pub(crate) type Name = usize;

/// What reaches the page from one worker.
pub(crate) enum News {
    /// A message; it may hold pay.
    Said(Name, Zeroizing<Vec<u8>>),
    /// The browser gave it up, or never started it.
    Died(Name),
}

/// What a worker is told as soon as it listens, whether or not anybody waits for it: it gets ready by itself.
pub(crate) type Greeting = Rc<RefCell<Vec<Zeroizing<Vec<u8>>>>>;

/// One worker, ended when dropped.
pub(crate) struct Member {
    pub(crate) name: Name,
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
}

impl Member {
    /// Starts a worker from the script at an address of this page.
    pub(crate) fn start(
        script: &str,
        name: Name,
        sender: &UnboundedSender<News>,
        greeting: &Greeting,
    ) -> Result<Self, JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(script, &options)?;
        let (to_page, to_worker, greeting) = (sender.clone(), worker.clone(), greeting.clone());
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let message = Uint8Array::new(&event.data());
            let said = Zeroizing::new(message.to_vec());
            // The collector frees memory when it likes; what may be pay is gone there now.
            message.fill(0, 0, message.length());
            if Word::decode(&said) == Ok(Word::Loaded) {
                greeting.borrow().iter().for_each(|task| hand_over(&to_worker, &Uint8Array::from(&***task)));
            }
            // Who is gone listens to nobody.
            let _ = to_page.unbounded_send(News::Said(name, said));
        });
        let to_page = sender.clone();
        let on_error = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            // The browser's own report would name files and lines in the console.
            event.prevent_default();
            let _ = to_page.unbounded_send(News::Died(name));
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        worker.set_onmessageerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Self { name, worker, _on_message: on_message, _on_error: on_error })
    }

    /// Sends a message; its memory goes over to the worker, so that no copy stays with the page.
    pub(crate) fn tell(&self, task: &[u8]) {
        self.hand(&Uint8Array::from(task));
    }

    /// Sends a message that is in the browser's own memory already; it is gone there afterwards.
    pub(crate) fn hand(&self, message: &Uint8Array) {
        hand_over(&self.worker, message);
    }
}

fn hand_over(worker: &Worker, message: &Uint8Array) {
    // Fails for buffers that cannot be handed over; ours can.
    let _ = worker.post_message_with_transfer(message, &Array::of1(&message.buffer()));
}

impl Drop for Member {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.set_onmessageerror(None);
        self.worker.terminate();
    }
}
