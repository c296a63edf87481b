//! The words parties may say to each other, their limits and refusals.
//!
//! `docs/PROTOCOL.md` is normative; this crate is the same in Rust. Knows survey, ciphertexts and
//! commitments by their public halves; knows no socket, no database, no browser, and no secret Paillier key.
//!
//! # Map
//! Primitives: [`message`], [`Hex`], [`SigningKey`], [`SealingKey`], [`Signed`], [`canonical`].
//! Before a survey: [`Identity`], [`Manifest`]. Taking part: [`Invitation`], [`InvitationCode`], [`Enrolment`], [`Statement`],
//! [`Submission`], [`Declaration`], [`Receipt`]. Ending: [`Order`], [`agree`], [`Opening`], [`Release`],
//! [`Bundle`].
//! Between servers: [`peer`]. Refusals: [`Problem`].

mod address;
mod agreement;
mod base32;
mod bundle;
pub mod canonical;
mod countersign;
mod declaration;
mod draft;
mod enrolment;
mod hex_bytes;
mod identity;
mod invitation;
mod invitation_code;
mod keys;
mod manifest;
mod manifest_admit;
mod measures_wire;
mod opening;
mod order;
pub mod peer;
mod problem;
mod receipt;
mod release;
mod rest;
mod roster;
pub mod routes;
mod schema_wire;
mod sealing;
mod server_url;
mod signed;
mod statement;
mod submission;
mod survey_document;
mod transcript;
mod validity;
mod verified_key;

pub use address::Host;
pub use agreement::{AgreedSet, Discrepancy, HeldEntry, HeldList, Member, Outcome, Side, agree, settle};
pub use bundle::{Bundle, ConfirmedEnrolment, ServerKeys};
pub use countersign::{CountersignRefusal, countersign_check};
pub use declaration::{Declaration, DeclarationRefusal};
pub use draft::{Draft, DraftRequest, PeerDraft, PeerDraftRequest, key_statement, survey_id};
pub use enrolment::{Enrolled, EnrolledRefusal, Enrolment};
pub use hex_bytes::{Hex, HexBytes};
pub use identity::{Identity, Role};
pub use invitation::{Invitation, InvitationRefusal, InvitationSecret, LinkAddress};
pub use invitation_code::{CodeRefusal, InvitationCode};
pub use keys::{BadSignature, KeyRefusal, SigningKey, VerifyingKey};
pub use manifest::{GranularityWire, Manifest, PaillierWire, ServerWire, ThresholdsWire, Validity};
pub use manifest_admit::{AdmittedManifest, ManifestRefusal, UnprovenManifest};
pub use opening::{Ended, EndedReason, Opening};
pub use order::{Order, OrderKind};
pub use problem::{Problem, ProblemRow};
pub use receipt::{Receipt, ReceiptRefusal, SignedHour, hour_of, receipt_code};
pub use release::{
    Release, ReleaseBand, ReleaseBounds, ReleaseCell, ReleaseGap, ReleaseMeasure, ReleasedDocument,
};
pub use rest::{RestClaims, prove_rest};
pub use roster::{Roster, RosterRefusal};
pub use schema_wire::{
    DimensionWire, FormulaWire, LeaversWire, LimitsWire, MeasureWire, MissingWire, PartTimersWire,
    SchemaWire, StatisticWire, WhoCountsWire,
};
pub use sealing::{SealingKey, SealingPublicKey, Unsealable};
pub use server_url::{ServerUrl, UrlRefusal};
pub use signed::{Document, Signed};
pub use statement::{Kind, SignedStatement, Statement, StatementRefusal};
pub use submission::{GroupCiphertexts, Submission, SubmissionRefusal};
pub use survey_document::{OpenRequest, RosterEntry, SurveyDocument, SurveyState, SurveyStatus};
pub use transcript::{digest, message};
pub use validity::{most_entries, proof_shape};
pub use verified_key::VerifiedKey;
