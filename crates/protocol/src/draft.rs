//! Before a survey opens: its id, of which each server draws half, and its Paillier key.

use crate::{BadSignature, Hex, Identity, PaillierWire, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

/// The organizer asks the data server for an id and a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftRequest {
    /// Bits of n: 2048, 3072 or 4096.
    pub key_bits: u32,
}

/// The data server asks the computation server, with its half of the id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeerDraftRequest {
    /// Bits of n.
    pub key_bits: u32,
    /// The data server's 16 random bytes.
    pub data_half: Hex<16>,
}

/// The computation server's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeerDraft {
    /// The computation server's 16 random bytes.
    pub computation_half: Hex<16>,
    /// A key of the pool, burnt for this id.
    pub paillier: PaillierWire,
}

/// What the organizer gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// The id: the data server's half, then the computation server's.
    pub survey: Hex<32>,
    /// The key of this survey.
    pub paillier: PaillierWire,
    /// The two servers, as they stand in the manifest.
    pub data_server: Identity,
    /// See `data_server`.
    pub computation_server: Identity,
    /// Addresses under which clients reach the two.
    pub data_server_url: String,
    /// See `data_server_url`.
    pub computation_server_url: String,
}

/// Joins the two halves.
#[must_use]
pub fn survey_id(data_half: Hex<16>, computation_half: Hex<16>) -> Hex<32> {
    let mut id = [0; 32];
    let (low, high) = id.split_at_mut(16);
    low.copy_from_slice(&data_half.0);
    high.copy_from_slice(&computation_half.0);
    Hex(id)
}

/// The computation server's statement that n is the key of this survey and of no other.
pub mod key_statement {
    use super::{BadSignature, Hex, SigningKey, VerifyingKey};

    const DOMAIN: &str = "sealed-pay/v1/paillier-key";

    /// Signs (survey id, n).
    #[must_use]
    pub fn sign(key: &SigningKey, survey: &Hex<32>, n_be: &[u8]) -> Hex<64> {
        key.sign(DOMAIN, &[&survey.0, n_be])
    }

    /// Checks it.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify(
        key: &VerifyingKey,
        survey: &Hex<32>,
        n_be: &[u8],
        signature: &Hex<64>,
    ) -> Result<(), BadSignature> {
        key.verify(DOMAIN, &[&survey.0, n_be], signature)
    }
}
