//! Receipts: both servers' word that a version is held and declared.

use crate::{BadSignature, Hex, SigningKey, Statement, VerifyingKey, base32};
use serde::{Deserialize, Serialize};

const HELD: &str = "sealed-pay/v1/held";
const DECLARED: &str = "sealed-pay/v1/declared";

/// One server's signature over a statement's hash and the hour, nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedHour {
    /// Hours since 1970, so that nobody reads the order of submissions out of receipts.
    #[serde(deserialize_with = "crate::canonical::integer")]
    pub hour: u64,
    /// Over (fingerprint, statement hash, u64_be hour).
    pub signature: Hex<64>,
}

/// The hour of a moment.
#[must_use]
pub const fn hour_of(unix_seconds: u64) -> u64 {
    unix_seconds / 3600
}

impl SignedHour {
    fn sign(domain: &str, statement: &Statement, hour: u64, key: &SigningKey) -> Self {
        let fields: [&[u8]; 3] = [&statement.fingerprint.0, &statement.hash().0, &hour.to_be_bytes()];
        Self { hour, signature: key.sign(domain, &fields) }
    }

    fn verify(&self, domain: &str, statement: &Statement, key: &VerifyingKey) -> Result<(), BadSignature> {
        let fields: [&[u8]; 3] = [&statement.fingerprint.0, &statement.hash().0, &self.hour.to_be_bytes()];
        key.verify(domain, &fields, &self.signature)
    }

    /// The data server's: stored durably.
    #[must_use]
    pub fn held(statement: &Statement, hour: u64, key: &SigningKey) -> Self {
        Self::sign(HELD, statement, hour, key)
    }

    /// The computation server's: declared to it.
    #[must_use]
    pub fn declared(statement: &Statement, hour: u64, key: &SigningKey) -> Self {
        Self::sign(DECLARED, statement, hour, key)
    }

    /// Checks the data server's word.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify_held(&self, statement: &Statement, key: &VerifyingKey) -> Result<(), BadSignature> {
        self.verify(HELD, statement, key)
    }

    /// Checks the computation server's word.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify_declared(&self, statement: &Statement, key: &VerifyingKey) -> Result<(), BadSignature> {
        self.verify(DECLARED, statement, key)
    }
}

/// Why a receipt is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptRefusal {
    /// The data server's signature does not hold.
    #[error("the data server did not sign the receipt")]
    DataServer,
    /// The computation server's signature does not hold.
    #[error("the computation server did not sign the receipt")]
    ComputationServer,
}

/// Both words; without both nothing was submitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Of the data server.
    pub held: SignedHour,
    /// Of the computation server.
    pub declared: SignedHour,
}

impl Receipt {
    /// Checks both words about a statement.
    ///
    /// # Errors
    /// [`ReceiptRefusal`] says whose does not hold.
    pub fn verify(
        &self,
        statement: &Statement,
        data_server: &VerifyingKey,
        computation_server: &VerifyingKey,
    ) -> Result<(), ReceiptRefusal> {
        self.held.verify_held(statement, data_server).map_err(|_| ReceiptRefusal::DataServer)?;
        self.declared
            .verify_declared(statement, computation_server)
            .map_err(|_| ReceiptRefusal::ComputationServer)
    }
}

/// The short code on a receipt: the first 100 bits of the statement's hash, as twenty characters of
/// Crockford's base 32 in groups of five.
#[must_use]
pub fn receipt_code(statement: &Statement) -> String {
    let hash = statement.hash();
    let mut code = String::new();
    for position in 0..20u32 {
        if position > 0 && position % 5 == 0 {
            code.push('-');
        }
        let digit = survey::extract(&hash.0, 256 - 5 * (position + 1), 5);
        code.push(base32::digit(u8::try_from(digit).unwrap_or_default()));
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;

    fn statement(version: u32) -> Statement {
        Statement {
            fingerprint: Hex([1; 32]),
            credential: Hex([2; 32]),
            version,
            kind: Kind::Withdrawal,
            commitment: Hex([0; 32]),
            share_commitment: Hex([0; 32]),
        }
    }

    #[test]
    fn held_is_not_declared_and_an_hour_is_an_hour() {
        let key = SigningKey::from_seed(&[1; 32]);
        let held = SignedHour::held(&statement(1), hour_of(7_199), &key);
        assert_eq!(held.hour, 1);
        assert!(held.verify_held(&statement(1), &key.verifying_key()).is_ok());
        assert!(held.verify_held(&statement(2), &key.verifying_key()).is_err());
        assert!(held.verify_declared(&statement(1), &key.verifying_key()).is_err());
        let later = SignedHour { hour: 2, ..held };
        assert!(later.verify_held(&statement(1), &key.verifying_key()).is_err());
    }

    #[test]
    fn a_code_has_twenty_characters_of_the_hash() {
        let code = receipt_code(&statement(1));
        assert_eq!(code.len(), 23);
        assert!(code.chars().all(|c| c == '-' || c.is_ascii_alphanumeric()));
        assert_ne!(code, receipt_code(&statement(2)));
        let first = statement(1).hash().0[0] >> 3;
        assert_eq!(code.as_bytes()[0], b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"[usize::from(first)]);
    }
}
