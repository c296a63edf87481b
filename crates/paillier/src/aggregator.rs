//! Many ciphertexts, as they come from a store, to one product.

use core::fmt;

use crate::{CiphertextRefusal, ForeignKey, Product, PublicKey};

/// A product of ciphertexts that are admitted and multiplied in one go.
///
/// Admission costs next to nothing here: every ciphertext's range is checked as it is taken,
/// and one gcd in [`Aggregator::finish`] decides whether all of them were units. Until then
/// nothing comes out. Holds one product, however many ciphertexts it takes.
pub struct Aggregator(Product);

/// At least one of the ciphertexts shares a factor with n.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a ciphertext shares a factor with the key")]
pub struct NotAllUnits;

impl Aggregator {
    /// Begins with the empty product.
    pub fn new(key: &PublicKey) -> Self {
        Self(Product::one(key))
    }

    /// Takes ciphertexts as bytes, best some hundred at a time.
    ///
    /// # Errors
    /// The index of the first one of another length, out of range or zero, and why; what was
    /// taken before is lost with it.
    pub fn take(mut self, ciphertexts: &[&[u8]]) -> Result<Self, (usize, CiphertextRefusal)> {
        let key = self.0.key().clone();
        let mut refused = None;
        let admitted = ciphertexts.iter().enumerate().map_while(|(index, bytes)| {
            key.admit_pair(bytes).map_err(|refusal| refused = Some((index, refusal))).ok()
        });
        self.0.take_all(ciphertexts.len(), admitted);
        refused.map_or(Ok(self), Err)
    }

    /// Takes another aggregator's ciphertexts, as when several threads multiply.
    ///
    /// # Errors
    /// [`ForeignKey`] if it belongs to another key.
    pub fn merge(mut self, other: &Self) -> Result<Self, ForeignKey> {
        self.0.merge(&other.0)?;
        Ok(self)
    }

    /// How many ciphertexts it has taken.
    pub fn factors(&self) -> u64 {
        self.0.factors()
    }

    /// The product, if every factor is a unit: one gcd for all of them.
    ///
    /// # Errors
    /// [`NotAllUnits`] says that [`PublicKey::admit_ciphertext`] would refuse at least one.
    pub fn finish(mut self) -> Result<Product, NotAllUnits> {
        let key = self.0.key().clone();
        if key.is_unit(self.0.residue()) { Ok(self.0) } else { Err(NotAllUnits) }
    }
}

impl fmt::Debug for Aggregator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Aggregator({} factors)", self.factors())
    }
}
