//! `{ workerUrl, workers, signal, onProgress }`, all of them optional.

use super::error::count;
use crate::{Progress, usual_workers};
use futures_channel::oneshot;
use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

/// Where the worker's script lies if nobody says otherwise: beside the page.
const SCRIPT: &str = "./worker.js";

pub(super) struct Options(JsValue);

impl Options {
    pub(super) const fn new(options: JsValue) -> Self {
        Self(options)
    }

    fn get(&self, name: &str) -> JsValue {
        // Of `undefined` there are no properties.
        Reflect::get(&self.0, &name.into()).unwrap_or_default()
    }

    pub(super) fn script(&self) -> String {
        self.get("workerUrl").as_string().unwrap_or_else(|| SCRIPT.to_owned())
    }

    pub(super) fn workers(&self) -> usize {
        let asked = self.get("workers").as_f64().filter(|asked| (1.0..=64.0).contains(asked));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 64")]
        asked.map_or_else(usual_workers, |asked| asked as usize)
    }

    /// Calls `onProgress(done, total)`. What it throws is its own affair.
    pub(super) fn on_progress(&self) -> impl FnMut(Progress) + use<> {
        let call = self.get("onProgress").dyn_into::<Function>().ok();
        move |progress| {
            if let Some(call) = &call {
                let (done, total) = (count(progress.done), count(progress.total));
                let _ = call.call2(&JsValue::UNDEFINED, &done.into(), &total.into());
            }
        }
    }

    /// Tells when `signal` says stop.
    pub(super) fn cancellation(&self) -> Cancellation {
        let signal = self.get("signal").dyn_into::<AbortSignal>().ok();
        let (sender, told) = oneshot::channel();
        let mut sender = Some(sender);
        let listener = Closure::<dyn FnMut()>::new(move || {
            // Nobody listens any more once sealing is done.
            let _ = sender.take().map(|sender| sender.send(()));
        });
        let at_once = signal.as_ref().is_some_and(AbortSignal::aborted);
        if let Some(signal) = &signal {
            let heard = signal.add_event_listener_with_callback("abort", listener.as_ref().unchecked_ref());
            debug_assert!(heard.is_ok(), "`abort` is an event of every signal");
        }
        Cancellation { signal, listener, told, at_once }
    }
}

/// Listens to a signal until it is dropped.
pub(super) struct Cancellation {
    signal: Option<AbortSignal>,
    listener: Closure<dyn FnMut()>,
    told: oneshot::Receiver<()>,
    at_once: bool,
}

impl Cancellation {
    /// Ends when told to stop; without a signal never.
    pub(super) async fn wait(&mut self) {
        if !self.at_once && (&mut self.told).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

impl Drop for Cancellation {
    fn drop(&mut self) {
        if let Some(signal) = &self.signal {
            let listener = self.listener.as_ref().unchecked_ref();
            let _ = signal.remove_event_listener_with_callback("abort", listener);
        }
    }
}
