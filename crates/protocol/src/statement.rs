//! The statement: what a reporter signs about one version, and all that a board may ever show of it.

use crate::{BadSignature, Hex, SigningKey, VerifyingKey, digest};
use commitments::Point;

const DOMAIN: &str = "sealed-pay/v1/statement";

/// Submission or withdrawal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Figures, committed to by C.
    Submission,
    /// Nothing counts from now on.
    Withdrawal,
}

/// Why bytes are no statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StatementRefusal {
    /// Not as long as a statement, or of an unknown kind.
    #[error("not a statement")]
    Malformed,
    /// Version 0, or C or K is not a group element (of a withdrawal: is not zero).
    #[error("the statement's version or commitments are refused")]
    Values,
    /// The signature is not the credential's.
    #[error("the statement is not signed by its credential")]
    Signature,
}

/// (fingerprint, credential, version, kind, C, K). Covers no share, no plaintext, no payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Which survey.
    pub fingerprint: Hex<32>,
    /// The reporter key.
    pub credential: Hex<32>,
    /// 1, 2, 3 …
    pub version: u32,
    /// Submission or withdrawal.
    pub kind: Kind,
    /// C; 32 zero bytes in a withdrawal.
    pub commitment: Hex<32>,
    /// K; 32 zero bytes in a withdrawal.
    pub share_commitment: Hex<32>,
}

impl Statement {
    /// Bytes of a statement.
    pub const BYTES: usize = 133;

    /// fingerprint (32) ‖ credential (32) ‖ u32_be version ‖ kind (1: submission, 2: withdrawal) ‖ C (32) ‖
    /// K (32).
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let kind: u8 = if self.kind == Kind::Submission { 1 } else { 2 };
        let version = self.version.to_be_bytes();
        let (c, k) = (&self.commitment.0, &self.share_commitment.0);
        [&self.fingerprint.0[..], &self.credential.0, &version, &[kind], c, k].concat()
    }

    /// Reads a statement and checks its values.
    ///
    /// # Errors
    /// [`StatementRefusal`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StatementRefusal> {
        let mut rest = bytes;
        let fingerprint = take(&mut rest)?;
        let credential = take(&mut rest)?;
        let version = u32::from_be_bytes(take::<4>(&mut rest)?.0);
        let kind = match take::<1>(&mut rest)?.0 {
            [1] => Kind::Submission,
            [2] => Kind::Withdrawal,
            _ => return Err(StatementRefusal::Malformed),
        };
        let statement = Self {
            fingerprint,
            credential,
            version,
            kind,
            commitment: take(&mut rest)?,
            share_commitment: take(&mut rest)?,
        };
        if !rest.is_empty() {
            return Err(StatementRefusal::Malformed);
        }
        statement.check_values()?;
        Ok(statement)
    }

    fn check_values(&self) -> Result<(), StatementRefusal> {
        let points = [self.commitment, self.share_commitment];
        let fit = match self.kind {
            Kind::Submission => points.iter().all(|p| Point::admit(p.0).is_ok()),
            Kind::Withdrawal => points.iter().all(|p| p.0 == [0; 32]),
        };
        if self.version == 0 || !fit { Err(StatementRefusal::Values) } else { Ok(()) }
    }

    /// SHA-256 of LP("sealed-pay/v1/statement") ‖ LP(the 133 bytes).
    #[must_use]
    pub fn hash(&self) -> Hex<32> {
        Hex(digest(DOMAIN, &[&self.to_bytes()]))
    }

    /// The additional data of everything sealed about this version: fingerprint ‖ credential ‖ version.
    #[must_use]
    pub fn aad(&self) -> Vec<u8> {
        [&self.fingerprint.0[..], &self.credential.0, &self.version.to_be_bytes()].concat()
    }

    /// Signs with the reporter key.
    #[must_use]
    pub fn sign(self, key: &SigningKey) -> SignedStatement {
        SignedStatement { statement: self, signature: key.sign(DOMAIN, &[&self.to_bytes()]) }
    }
}

/// Splits the next `N` bytes off.
pub(crate) fn take<const N: usize>(rest: &mut &[u8]) -> Result<Hex<N>, StatementRefusal> {
    let (head, tail) = rest.split_first_chunk::<N>().ok_or(StatementRefusal::Malformed)?;
    *rest = tail;
    Ok(Hex(*head))
}

/// A statement with the credential's signature over LP("sealed-pay/v1/statement") ‖ LP(the 133 bytes).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedStatement {
    /// What is said.
    pub statement: Statement,
    /// By the reporter key that the statement names.
    pub signature: Hex<64>,
}

impl SignedStatement {
    /// Bytes of statement and signature.
    pub const BYTES: usize = Statement::BYTES + 64;

    /// The statement, then 64 bytes of signature.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        [&self.statement.to_bytes()[..], &self.signature.0].concat()
    }

    /// Reads, checks values, and verifies the signature against the credential that the statement names.
    ///
    /// # Errors
    /// [`StatementRefusal`].
    pub fn admit(bytes: &[u8]) -> Result<Self, StatementRefusal> {
        let (statement, signature) =
            bytes.split_at_checked(Statement::BYTES).ok_or(StatementRefusal::Malformed)?;
        let statement = Statement::from_bytes(statement)?;
        let signature = Hex(signature.try_into().map_err(|_| StatementRefusal::Malformed)?);
        let signed = Self { statement, signature };
        signed.verify().map_err(|_| StatementRefusal::Signature)?;
        Ok(signed)
    }

    /// Checks the credential's signature.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify(&self) -> Result<(), BadSignature> {
        let key = VerifyingKey::admit(self.statement.credential).map_err(|_| BadSignature)?;
        key.verify(DOMAIN, &[&self.statement.to_bytes()], &self.signature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_withdrawal_round_trips_and_every_changed_byte_is_refused() {
        let key = SigningKey::from_seed(&[4; 32]);
        let signed = Statement {
            fingerprint: Hex([1; 32]),
            credential: key.verifying_key().to_hex(),
            version: 7,
            kind: Kind::Withdrawal,
            commitment: Hex([0; 32]),
            share_commitment: Hex([0; 32]),
        }
        .sign(&key);
        let bytes = signed.to_bytes();
        assert_eq!(bytes.len(), SignedStatement::BYTES);
        assert_eq!(SignedStatement::admit(&bytes), Ok(signed));
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(SignedStatement::admit(&changed).is_err(), "byte {at}");
        }
        assert!(SignedStatement::admit(&bytes[..196]).is_err());
    }

    #[test]
    fn commitments_are_checked_by_kind() {
        let statement = |kind, c| Statement {
            fingerprint: Hex([1; 32]),
            credential: Hex([2; 32]),
            version: 1,
            kind,
            commitment: Hex(c),
            share_commitment: Hex(c),
        };
        let read = |s: Statement| Statement::from_bytes(&s.to_bytes());
        assert_eq!(read(statement(Kind::Submission, [0; 32])), Err(StatementRefusal::Values), "identity");
        assert_eq!(read(statement(Kind::Submission, [255; 32])), Err(StatementRefusal::Values));
        assert_eq!(read(statement(Kind::Withdrawal, [255; 32])), Err(StatementRefusal::Values));
        let unnumbered = Statement { version: 0, ..statement(Kind::Withdrawal, [0; 32]) };
        assert_eq!(read(unnumbered), Err(StatementRefusal::Values));
    }
}
