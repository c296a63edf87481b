//! A rest proof's bytes.

use alloc::vec::Vec;
use curve25519_dalek::scalar::Scalar;

use super::RestRefusal;
use crate::Point;

const VERSION: u8 = 1;

/// What a rest proof is made of.
pub(super) struct RestProof {
    /// A.
    pub(super) commitment: Point,
    /// t of every margin.
    pub(super) sums: Vec<Scalar>,
    /// z of every unpublished slot.
    pub(super) answers: Vec<Scalar>,
    /// z_H.
    pub(super) blind: Scalar,
}

impl RestProof {
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let scalars = self.sums.iter().chain(&self.answers).chain([&self.blind]);
        let head = core::iter::once(VERSION).chain(self.commitment.to_bytes());
        head.chain(scalars.flat_map(Scalar::to_bytes)).collect()
    }

    /// Reads field by field; nothing is read of a proof that has not the length it must have.
    pub(super) fn read(bytes: &[u8], margins: usize, slots: usize) -> Result<Self, RestRefusal> {
        if bytes.len() != 33 + 32 * (margins + slots + 1) {
            return Err(RestRefusal::Length);
        }
        let (head, rest) = bytes.split_first().ok_or(RestRefusal::Length)?;
        if *head != VERSION {
            return Err(RestRefusal::Version);
        }
        let (point, scalars) = rest.as_chunks::<32>().0.split_first().ok_or(RestRefusal::Length)?;
        let commitment = Point::admit(*point).map_err(|_| RestRefusal::Point)?;
        let scalar = |bytes: &[u8; 32]| Option::from(Scalar::from_canonical_bytes(*bytes));
        let mut scalars: Vec<Scalar> =
            scalars.iter().map(scalar).collect::<Option<_>>().ok_or(RestRefusal::Scalar)?;
        let blind = scalars.pop().ok_or(RestRefusal::Length)?;
        let answers = scalars.split_off(margins.min(scalars.len()));
        Ok(Self { commitment, sums: scalars, answers, blind })
    }
}
