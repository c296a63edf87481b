//! The blinding of a commitment, split between the two servers.

use core::fmt;
use curve25519_dalek::scalar::Scalar;
use rand_core::CryptoRng;
use zeroize::Zeroize;

/// Why 32 bytes are no share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a canonical scalar")]
pub struct ShareRefusal;

/// A scalar modulo ℓ that opens part of a commitment. Secret; wiped when dropped.
pub struct Share(pub(crate) Scalar);

impl Share {
    /// Admits 32 bytes, least significant first.
    ///
    /// # Errors
    /// [`ShareRefusal`] unless the number is below ℓ.
    pub fn admit(bytes: [u8; 32]) -> Result<Self, ShareRefusal> {
        Option::from(Scalar::from_canonical_bytes(bytes)).map(Self).ok_or(ShareRefusal)
    }

    /// The canonical encoding. The caller seals it to exactly one server.
    #[must_use]
    pub const fn expose_bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The scalar, for whoever proves something about it.
    #[must_use]
    pub const fn expose_scalar(&self) -> &Scalar {
        &self.0
    }

    /// The sum of shares, modulo ℓ: all that a server ever reveals of the shares it holds.
    #[must_use]
    pub fn sum<'a>(shares: impl IntoIterator<Item = &'a Self>) -> Self {
        Self(shares.into_iter().map(|s| s.0).sum())
    }

    fn generate(rng: &mut impl CryptoRng) -> Self {
        Self(Scalar::random(rng))
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Share(<private>)")
    }
}

/// What a reporter draws afresh for every version of a submission.
///
/// The commitment is blinded by s = s_D + s_C mod ℓ, so that neither server alone opens it.
#[derive(Debug)]
pub struct Shares {
    /// s_D, for the data server.
    pub data: Share,
    /// s_C, for the computation server.
    pub computation: Share,
    /// t, which blinds K = s_C·H + t·H₂; for the computation server.
    pub check: Share,
}

impl Shares {
    /// Draws three independent uniform scalars.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        Self { data: Share::generate(rng), computation: Share::generate(rng), check: Share::generate(rng) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn debug_output_never_shows_a_share() {
        assert_eq!(format!("{:?}", Share(Scalar::ONE)), "Share(<private>)");
    }

    #[test]
    fn a_number_that_is_not_reduced_is_refused() {
        assert!(Share::admit([0xff; 32]).is_err());
        assert!(Share::admit([0; 32]).is_ok());
    }
}
