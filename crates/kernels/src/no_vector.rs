//! Stands where [`crate::vector`] stands on machines that have no AVX512-IFMA at all.

use crate::lanes::{LaneModulus, Lanes};

/// There is none.
#[derive(Clone, Copy, Debug)]
pub enum Vector {}

impl Vector {
    /// Nothing to find.
    #[must_use]
    pub const fn detect() -> Option<Self> {
        None
    }

    /// Cannot be called.
    pub fn multiply(self, modulus: &LaneModulus, _: &mut [Lanes], _: &[Lanes]) {
        let _ = (modulus.minus_inverse(), modulus.limbs());
        match self {}
    }

    /// Cannot be called.
    pub const fn square(self, _: &LaneModulus, _: &mut [Lanes]) {
        match self {}
    }

    /// Cannot be called.
    pub const fn select(self, _: &[Lanes], _: Lanes, _: &mut [Lanes]) {
        match self {}
    }
}
