//! A commitment as it travels.

use curve25519_dalek::ristretto::{CompressedRistretto, RistrettoPoint};
use curve25519_dalek::traits::Identity;

/// Why 32 bytes are no commitment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PointRefusal {
    /// Not the canonical encoding of a group element.
    #[error("not a canonical group element")]
    NotCanonical,
    /// The neutral element, which commits to nothing.
    #[error("the neutral element is no commitment")]
    Identity,
}

/// A canonical Ristretto255 element other than the neutral one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    compressed: CompressedRistretto,
    pub(crate) point: RistrettoPoint,
}

impl Point {
    /// Admits 32 bytes.
    ///
    /// # Errors
    /// [`PointRefusal`] for a non-canonical encoding or the neutral element.
    pub fn admit(bytes: [u8; 32]) -> Result<Self, PointRefusal> {
        let compressed = CompressedRistretto(bytes);
        let point = compressed.decompress().ok_or(PointRefusal::NotCanonical)?;
        if point == RistrettoPoint::identity() {
            return Err(PointRefusal::Identity);
        }
        Ok(Self { compressed, point })
    }

    /// Takes a group element that was calculated here.
    #[must_use]
    pub fn from_element(element: RistrettoPoint) -> Self {
        Self { compressed: element.compress(), point: element }
    }

    /// The group element, for whoever proves something about it.
    #[must_use]
    pub const fn element(&self) -> RistrettoPoint {
        self.point
    }

    /// The canonical encoding.
    #[must_use]
    pub const fn to_bytes(&self) -> [u8; 32] {
        self.compressed.to_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_and_non_canonical_bytes_are_refused() {
        assert_eq!(Point::admit([0; 32]), Err(PointRefusal::Identity));
        assert_eq!(Point::admit([0xff; 32]), Err(PointRefusal::NotCanonical));
        assert_eq!(Point::admit([1; 32]), Err(PointRefusal::NotCanonical), "negative encodings too");
    }
}
