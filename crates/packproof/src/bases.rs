//! The generators of a survey's proofs, besides those of its commitments.

use alloc::vec::Vec;
use commitments::{Generators, derive_generator};
use curve25519_dalek::ristretto::RistrettoPoint;

use crate::Shape;
use crate::rows::ROWS;

const MASK: &[u8] = b"sealed-pay/v1/mask";
const SQUARE: &[u8] = b"sealed-pay/v1/square";
const PRODUCT: &[u8] = b"sealed-pay/v1/product";

/// G_j, H, H₂; E_i, F_i, Q.
pub(crate) struct Bases {
    commitments: Generators,
    masks: Vec<RistrettoPoint>,
    pub(crate) roots: Vec<RistrettoPoint>,
    pub(crate) product: RistrettoPoint,
}

impl Bases {
    pub(crate) fn derive(fingerprint: &[u8; 32], shape: &Shape) -> Self {
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let points = |domain: &[u8], length: usize| {
            (0..count(length)).map(|index| derive_generator(domain, fingerprint, Some(index))).collect()
        };
        Self {
            commitments: Generators::derive(fingerprint, count(shape.slots().len())),
            masks: points(MASK, ROWS * shape.classes().len()),
            roots: points(SQUARE, shape.root_count()),
            product: derive_generator(PRODUCT, fingerprint, None),
        }
    }

    pub(crate) const fn commitments(&self) -> &Generators {
        &self.commitments
    }

    pub(crate) fn slots(&self) -> &[RistrettoPoint] {
        self.commitments.slots()
    }

    /// H.
    pub(crate) const fn blind(&self) -> &RistrettoPoint {
        self.commitments.blind()
    }

    /// H₂.
    pub(crate) const fn share(&self) -> &RistrettoPoint {
        self.commitments.share()
    }

    /// E_{128κ} … of one class.
    pub(crate) fn masks_of(&self, class: usize) -> &[RistrettoPoint] {
        self.masks.chunks_exact(ROWS).nth(class).unwrap_or_default()
    }
}
