//! The declaration: what the computation server learns of a submission, sealed to it.

use crate::{SealingKey, SealingPublicKey, SignedStatement, Unsealable};
use commitments::{Generators, Point, Share};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

const INFO: &str = "sealed-pay/v1/declaration";

/// Why a declaration is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DeclarationRefusal {
    /// It does not open under this server's key in this context.
    #[error("the declaration is not sealed to this server for this submission")]
    Unsealable,
    /// Its content is not a signed statement and two scalars.
    #[error("the declaration is malformed")]
    Malformed,
    /// The signed statement is another than it was forwarded with.
    #[error("the declaration belongs to another submission")]
    OtherStatement,
    /// s_C and t do not open K.
    #[error("the declared share is not the committed one")]
    ShareMismatch,
}

/// The signed statement with s_C and t.
#[derive(Debug)]
pub struct Declaration {
    /// The same that the data server holds.
    pub statement: SignedStatement,
    /// s_C.
    pub share: Share,
    /// t.
    pub check: Share,
}

impl Declaration {
    /// Bytes of a sealed declaration.
    pub const SEALED_BYTES: usize = SignedStatement::BYTES + 64 + crate::sealing::OVERHEAD_BYTES;

    /// Seals to the computation server: signed statement ‖ s_C (32) ‖ t (32), with the statement's
    /// [`aad`](crate::Statement::aad).
    ///
    /// # Errors
    /// [`Unsealable`] if the server's key is none.
    pub fn seal(&self, server: &SealingPublicKey, rng: &mut impl CryptoRng) -> Result<Vec<u8>, Unsealable> {
        let mut plain = Zeroizing::new(self.statement.to_bytes());
        plain.extend_from_slice(&self.share.expose_bytes());
        plain.extend_from_slice(&self.check.expose_bytes());
        server.seal(INFO, &self.statement.statement.aad(), &plain, rng)
    }

    /// Opens, and checks that it is about `expected` and that K = s_C·H + t·H₂.
    ///
    /// # Errors
    /// [`DeclarationRefusal`].
    pub fn admit(
        sealed: &[u8],
        expected: &SignedStatement,
        key: &SealingKey,
        generators: &Generators,
    ) -> Result<Self, DeclarationRefusal> {
        let plain =
            key.open(INFO, &expected.statement.aad(), sealed).map_err(|_| DeclarationRefusal::Unsealable)?;
        let (statement, shares) =
            plain.split_at_checked(SignedStatement::BYTES).ok_or(DeclarationRefusal::Malformed)?;
        let statement = SignedStatement::admit(statement).map_err(|_| DeclarationRefusal::Malformed)?;
        if statement.statement != expected.statement {
            return Err(DeclarationRefusal::OtherStatement);
        }
        let scalar = |bytes: Option<&[u8; 32]>| {
            bytes.and_then(|b| Share::admit(*b).ok()).ok_or(DeclarationRefusal::Malformed)
        };
        let (share, check) = (scalar(shares.first_chunk())?, scalar(shares.last_chunk())?);
        if shares.len() != 64 {
            return Err(DeclarationRefusal::Malformed);
        }
        let k = Point::admit(statement.statement.share_commitment.0);
        if k != Ok(generators.commit_share(&share, &check)) {
            return Err(DeclarationRefusal::ShareMismatch);
        }
        Ok(Self { statement, share, check })
    }
}
