//! Who a server is: what stands at `/.well-known/sealed-pay.json` of its host.

use crate::{Hex, KeyRefusal, VerifyingKey};
use serde::{Deserialize, Serialize};

/// Which of the two servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Keeps and multiplies ciphertexts.
    DataServer,
    /// Holds the key and opens one total.
    ComputationServer,
}

/// A server's public keys and operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// `sealed-pay/identity/1`.
    pub format: String,
    /// Which of the two.
    pub role: Role,
    /// Who runs it, in words.
    pub operator: String,
    /// Ed25519.
    pub signing_key: Hex<32>,
    /// X25519.
    pub sealing_key: Hex<32>,
    /// Version of the running program.
    pub build: String,
}

impl Identity {
    /// The value of `format`.
    pub const FORMAT: &'static str = "sealed-pay/identity/1";

    /// The signing key, admitted.
    ///
    /// # Errors
    /// [`KeyRefusal`].
    pub fn verifying_key(&self) -> Result<VerifyingKey, KeyRefusal> {
        VerifyingKey::admit(self.signing_key)
    }
}
