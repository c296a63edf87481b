//! The audit bundle: everything public about a released survey, in one file (`docs/VERIFYING.md`).

use crate::{AgreedSet, Enrolled, Enrolment, HeldList, Hex, Identity, Manifest, Order, Release, Signed};
use serde::{Deserialize, Serialize};

/// An enrolment with both servers' word that it counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfirmedEnrolment {
    /// What the reporter sent.
    pub enrolment: Enrolment,
    /// What both servers answered.
    pub confirmed: Enrolled,
}

/// What binds both servers to a result. Everything in it is public, and all of it is signed by somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// `sealed-pay/bundle/1`.
    pub format: String,
    /// What the survey is.
    pub manifest: Manifest,
    /// The organizer's signature over it.
    pub organizer_signature: Hex<64>,
    /// The data server's.
    pub data_server_signature: Hex<64>,
    /// The computation server's.
    pub computation_server_signature: Hex<64>,
    /// Invitation keys at opening, ascending.
    pub roster: Vec<Hex<32>>,
    /// All orders, in their sequence.
    pub orders: Vec<Signed<Order>>,
    /// Who took part, ascending by invitation key.
    pub enrolments: Vec<ConfirmedEnrolment>,
    /// What the data server held.
    pub data_list: Signed<HeldList>,
    /// What the computation server held.
    pub computation_list: Signed<HeldList>,
    /// Who counts, signed by the computation server.
    pub agreed: Signed<AgreedSet>,
    /// The data server's signature over the same.
    pub agreed_countersignature: Hex<64>,
    /// What is published, signed by the computation server.
    pub release: Signed<Release>,
    /// The data server's signature over the same.
    pub release_countersignature: Hex<64>,
}

/// The keys that two servers stand for, from outside of any bundle: their identities, as at their own hosts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServerKeys {
    /// `sealed-pay/server-keys/1`.
    pub format: String,
    /// The data server's identity.
    pub data_server: Identity,
    /// The computation server's.
    pub computation_server: Identity,
}

impl ServerKeys {
    /// The value of `format`.
    pub const FORMAT: &'static str = "sealed-pay/server-keys/1";

    /// Two identities, as they were fetched.
    #[must_use]
    pub fn new(data_server: Identity, computation_server: Identity) -> Self {
        Self { format: Self::FORMAT.to_owned(), data_server, computation_server }
    }
}

impl Bundle {
    /// The value of `format`.
    pub const FORMAT: &'static str = "sealed-pay/bundle/1";
}
