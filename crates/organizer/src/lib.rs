//! Running a survey: leads an organizer from a draft to the verified result, without I/O.
//!
//! # Map
//! [`SurveyPlan`] says what is asked. [`CheckedDraft`] is the two servers' answer to the wish for a survey,
//! checked against their own identities. [`OrganizerState::open`] draws invitations and writes the manifest
//! and the request; [`OrganizerState::accept_opened`] checks that both servers signed it. Afterwards every
//! order is numbered and signed here ([`OrganizerState::order`]), and [`verify_result`] checks what is
//! released.

mod draft;
pub mod export;
mod invitations;
mod orders;
mod plan;
mod result;
mod state;

pub use draft::{CheckedDraft, DraftDistrust};
pub use invitations::{InvitationRecord, InvitationsRefusal};
pub use orders::OrderRefusal;
pub use plan::{PlanRefusal, SurveyPlan};
pub use result::{ResultDistrust, VerifiedResult, verify_result};
pub use state::{OpenRefusal, OpenedRefusal, OrganizerState};
