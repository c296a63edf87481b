//! Stands where [`crate::vector`] stands on machines that have no AVX512-IFMA at all.

use crate::lanes::{Lanes, Modulus};

/// There is none.
#[derive(Clone, Copy)]
pub(crate) enum Vector {}

impl Vector {
    pub(crate) const fn detect() -> Option<Self> {
        None
    }

    pub(crate) const fn multiply(self, modulus: &Modulus, _: &mut [Lanes], _: &[Lanes]) {
        let _ = modulus.minus_inverse;
        match self {}
    }

    pub(crate) const fn square(self, _: &Modulus, _: &mut [Lanes]) {
        match self {}
    }

    pub(crate) const fn select(self, _: &[Lanes], _: Lanes, _: &mut [Lanes]) {
        match self {}
    }
}
