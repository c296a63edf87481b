//! What a proof is made of.

use alloc::vec::Vec;
use commitments::Point;
use core::fmt;
use curve25519_dalek::scalar::Scalar;
use paillier::{Ciphertext, Natural};

use crate::rows::Projections;

/// A proof, as its reporter made it or as it was read. Reading checks single fields;
/// [`crate::Setting::verify`] does both.
#[derive(Clone)]
pub struct Proof {
    /// V.
    pub(crate) roots: Point,
    /// W of every class.
    pub(crate) masks: Vec<Point>,
    /// u of every class.
    pub(crate) projections: Vec<Projections>,
    pub(crate) first: First,
    pub(crate) answers: Answers,
    /// The same in bytes.
    pub(crate) bytes: Vec<u8>,
}

/// What is committed to before the challenge.
#[derive(Clone)]
pub(crate) struct First {
    /// A.
    pub(crate) commitment: Point,
    /// A_K.
    pub(crate) share: Point,
    /// A_V.
    pub(crate) roots: Point,
    /// A_κ of every class.
    pub(crate) rows: Vec<Point>,
    /// C₁.
    pub(crate) product_linear: Point,
    /// C₀.
    pub(crate) product_constant: Point,
    /// P.
    pub(crate) ciphertext: Ciphertext,
    /// τ.
    pub(crate) projection: Scalar,
    /// φ.
    pub(crate) facts: Scalar,
}

/// What is answered to the challenge.
#[derive(Clone)]
pub(crate) struct Answers {
    /// z_j, which are integers below 2^(b + 209).
    pub(crate) slots: Vec<Scalar>,
    /// w_i.
    pub(crate) roots: Vec<Scalar>,
    /// n_i, class after class.
    pub(crate) rows: Vec<Scalar>,
    /// z_s.
    pub(crate) share: Scalar,
    /// z_t.
    pub(crate) check: Scalar,
    /// z_V.
    pub(crate) root_blind: Scalar,
    /// z_κ.
    pub(crate) row_blinds: Vec<Scalar>,
    /// ζ.
    pub(crate) product_blind: Scalar,
    /// T.
    pub(crate) exponent: Natural,
}

impl Proof {
    /// The bytes of `docs/PROOF.md` §4.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Gives the bytes away.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// Names the size only: a page of digits helps nobody.
impl fmt::Debug for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proof({} bytes)", self.bytes.len())
    }
}
