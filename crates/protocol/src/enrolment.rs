//! Enrolment: an invitation key binds one reporter key, once.

use crate::{BadSignature, Hex, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

const REQUEST: &str = "sealed-pay/v1/enrolment";
const ENROLLED: &str = "sealed-pay/v1/enrolled";

/// What the reporter sends when it presses Begin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enrolment {
    /// Public half of the invitation key.
    pub invitation_key: Hex<32>,
    /// Public half of a fresh key: the credential from now on.
    pub reporter_key: Hex<32>,
    /// By the invitation key, over (fingerprint, invitation key, reporter key).
    pub signature: Hex<64>,
}

impl Enrolment {
    /// Signs with the invitation key.
    #[must_use]
    pub fn sign(fingerprint: &Hex<32>, invitation: &SigningKey, reporter: &VerifyingKey) -> Self {
        let (invitation_key, reporter_key) = (invitation.verifying_key().to_hex(), reporter.to_hex());
        let signature = invitation.sign(REQUEST, &[&fingerprint.0, &invitation_key.0, &reporter_key.0]);
        Self { invitation_key, reporter_key, signature }
    }

    /// Checks both keys and the signature.
    ///
    /// # Errors
    /// [`BadSignature`], also where one of the keys is no key.
    pub fn verify(&self, fingerprint: &Hex<32>) -> Result<(), BadSignature> {
        VerifyingKey::admit(self.reporter_key).map_err(|_| BadSignature)?;
        let key = VerifyingKey::admit(self.invitation_key).map_err(|_| BadSignature)?;
        key.verify(REQUEST, &[&fingerprint.0, &self.invitation_key.0, &self.reporter_key.0], &self.signature)
    }

    /// A server's statement that this reporter key is now the invitation's.
    #[must_use]
    pub fn confirm(&self, fingerprint: &Hex<32>, server: &SigningKey) -> Hex<64> {
        server.sign(ENROLLED, &[&fingerprint.0, &self.invitation_key.0, &self.reporter_key.0])
    }
}

/// Why a confirmation is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EnrolledRefusal {
    /// The data server's signature does not hold.
    #[error("the data server did not confirm the enrolment")]
    DataServer,
    /// The computation server's signature does not hold.
    #[error("the computation server did not confirm the enrolment")]
    ComputationServer,
}

/// Both servers' confirmation; without both the reporter does not go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enrolled {
    /// Over (fingerprint, invitation key, reporter key).
    pub data_server: Hex<64>,
    /// Over the same.
    pub computation_server: Hex<64>,
}

impl Enrolled {
    /// Checks one server's confirmation.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify_one(
        enrolment: &Enrolment,
        fingerprint: &Hex<32>,
        server: &VerifyingKey,
        signature: &Hex<64>,
    ) -> Result<(), BadSignature> {
        let fields: [&[u8]; 3] = [&fingerprint.0, &enrolment.invitation_key.0, &enrolment.reporter_key.0];
        server.verify(ENROLLED, &fields, signature)
    }

    /// Checks both confirmations.
    ///
    /// # Errors
    /// [`EnrolledRefusal`] says whose does not hold.
    pub fn verify(
        &self,
        enrolment: &Enrolment,
        fingerprint: &Hex<32>,
        data_server: &VerifyingKey,
        computation_server: &VerifyingKey,
    ) -> Result<(), EnrolledRefusal> {
        Self::verify_one(enrolment, fingerprint, data_server, &self.data_server)
            .map_err(|_| EnrolledRefusal::DataServer)?;
        Self::verify_one(enrolment, fingerprint, computation_server, &self.computation_server)
            .map_err(|_| EnrolledRefusal::ComputationServer)
    }
}
