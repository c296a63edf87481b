//! What an organizer orders after opening; both servers check the signature themselves.

use crate::{Document, Hex};
use serde::{Deserialize, Serialize};

/// What is ordered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum OrderKind {
    /// More invitations: their public keys, ascending, without labels.
    Invite {
        /// Invitation keys.
        keys: Vec<Hex<32>>,
    },
    /// Invitations that nobody has used are void from now on.
    Revoke {
        /// Invitation keys.
        keys: Vec<Hex<32>>,
    },
    /// No more submissions. Final.
    Close {},
    /// Agree on the set, open once, publish.
    Release {},
}

/// An order. Orders of a survey are numbered 1, 2, 3 …
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// Which survey.
    pub fingerprint: Hex<32>,
    /// One more than the last order's.
    pub sequence: u32,
    /// What is ordered.
    pub order: OrderKind,
}

impl Document for Order {
    const DOMAIN: &'static str = "sealed-pay/v1/order";
    fn survey(&self) -> Hex<32> {
        self.fingerprint
    }
}
