//! Whoever works beside the page: the script that every worker runs, and what is said where none can be had.

use crate::components::Trouble;
use client_wasm::SealingFailure;

/// The script that every worker runs.
pub(crate) const WORKER: &str = "/sealer_loader.js";

impl From<SealingFailure> for Trouble {
    fn from(failure: SealingFailure) -> Self {
        match failure {
            SealingFailure::WorkersBlocked => Self::new("workers-blocked").passing(),
            SealingFailure::WorkersDied => Self::new("workers-died").passing(),
            SealingFailure::TooSlow => Self::new("workers-slow").passing(),
            SealingFailure::Refused => Self::new("parts-differ"),
        }
    }
}
