//! What a survey looks like to those who ask for it.

use crate::{Hex, Manifest};
use serde::{Deserialize, Serialize};

/// The organizer's request to open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenRequest {
    /// The manifest.
    pub manifest: Manifest,
    /// The organizer's signature over it.
    pub organizer_signature: Hex<64>,
    /// Invitation keys at opening, ascending.
    pub roster: Vec<Hex<32>>,
}

/// How far a survey is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SurveyState {
    /// Takes submissions.
    Open,
    /// Takes none any more.
    Closed,
    /// The set is being agreed on, or opened.
    Opening,
    /// Published.
    Released,
    /// Ended without a result.
    Ended,
}

/// A survey as both servers show it to everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveyDocument {
    /// The manifest.
    pub manifest: Manifest,
    /// The organizer's signature over it.
    pub organizer_signature: Hex<64>,
    /// The data server's.
    pub data_server_signature: Hex<64>,
    /// The computation server's.
    pub computation_server_signature: Hex<64>,
    /// How far it is.
    pub state: SurveyState,
}

/// One invitation as its organizer sees it: that something was submitted, never what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RosterEntry {
    /// Invitation key.
    pub invitation_key: Hex<32>,
    /// The organizer's own words for it.
    pub label: String,
    /// Void.
    pub revoked: bool,
    /// A reporter key is bound to it.
    pub enrolled: bool,
    /// A submission with both signatures is there.
    pub submitted: bool,
    /// It was withdrawn.
    pub withdrawn: bool,
}

/// A survey as its organizer sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveyStatus {
    /// How far it is.
    pub state: SurveyState,
    /// The fingerprint.
    pub fingerprint: Hex<32>,
    /// The number the next order has.
    pub next_sequence: u32,
    /// Sorted by label.
    pub invitations: Vec<RosterEntry>,
}
