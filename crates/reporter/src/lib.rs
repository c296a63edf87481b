//! Taking part: leads one reporter from an invitation to a receipt, and to the result.
//!
//! A state machine that performs no I/O and knows no browser: whoever uses it fetches, sends and stores, and
//! hands randomness in. Compiles for WebAssembly.
//!
//! # Map
//! 1. [`CheckedSurvey::check`]: from two documents and two identities to a survey that can be relied on.
//!    Needs nothing but what anybody may fetch: looking at a link enrols nobody. In two steps for pages, which
//!    show an [`UnprovenSurvey`] while a worker checks its key.
//! 2. [`Enrolling`] → [`Participant`]: on a person's action, a [`ReporterKey`] is bound to the invitation.
//! 3. [`Preparation`]: from records to [`Figures`] that are shown before anything is sent, and to [`Job`]s
//!    that any number of workers run.
//! 4. [`Preparation::seal`], which proves the submission's form, → [`SealedSubmission`] → [`CheckedReceipt`].
//! 5. [`was_counted`]: after the release, whether this receipt's version is among the counted.
//!
//! [`OwnReport`] is what the rows say by themselves; it goes nowhere.
//!
//! [`ReporterState`] is what has to be kept between these steps.

mod checked_receipt;
mod checked_survey;
mod counted;
mod distrust;
mod enrolling;
mod figures;
mod job;
mod own;
mod preparation;
mod prover;
mod reporter_key;
mod shuffle;
mod state;
mod warning;

pub use checked_receipt::{CheckedReceipt, KeptReceipt};
pub use checked_survey::{CheckedSurvey, UnprovenSurvey};
pub use counted::{Counted, ResultDistrust, was_counted};
pub use distrust::SurveyDistrust;
pub use enrolling::{Enrolling, Participant};
pub use figures::{Figures, GroupFigures};
pub use job::{Job, JobRefusal, SealedEntry};
pub use own::{OwnCell, OwnKind, OwnLine, OwnMeasure, OwnReport};
pub use preparation::{Preparation, PreparationRefusal, SealRefusal, SealedSubmission};
pub use prover::Prover;
pub use reporter_key::ReporterKey;
pub use state::{Pending, ReporterState, StateRefusal};
pub use warning::Warning;
