//! Calculating with hidden numbers: products of ciphertexts are sums of plaintexts.

use alloc::vec::Vec;
use core::fmt;

use kernels::lanes::{LANES, Lanes};
use num_bigint::BigUint;

use crate::lanes::LaneRing;
use crate::{Ciphertext, PublicKey};

/// The ciphertext was admitted to another key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the ciphertext belongs to another key")]
pub struct ForeignKey;

/// A growing product of ciphertexts: the encryption of the sum of their plaintexts.
///
/// One multiplication per factor: each divides by R as well, and the debt is paid once.
#[derive(Clone)]
pub struct Product {
    key: PublicKey,
    /// Π c · R · 2^−debt mod n², without the factors in `lanes`.
    acc: Vec<u64>,
    /// Eight products of further factors, whose debt is counted in `debt_bits` too.
    lanes: Option<Vec<Lanes>>,
    /// Every R is a power of two, so the debt is one, too: its logarithm.
    debt_bits: u64,
    factors: u64,
}

/// From so many factors on eight at a time are faster, the joining of the lanes included.
const WORTH_LANES: usize = 24;

impl Product {
    /// The empty product: 1, the encryption of 0 without noise.
    pub fn one(key: &PublicKey) -> Self {
        Self { key: key.clone(), acc: key.ring().one(), lanes: None, debt_bits: 0, factors: 0 }
    }

    /// Takes one more factor.
    ///
    /// # Errors
    /// [`ForeignKey`] if it belongs to another key; the product is unchanged then.
    pub fn multiply(&mut self, factor: &Ciphertext) -> Result<(), ForeignKey> {
        self.key.require_own(factor)?;
        self.take_one(factor.pair());
        self.factors += 1;
        Ok(())
    }

    /// Takes many factors, eight at a time where the machine can.
    ///
    /// # Errors
    /// [`ForeignKey`] if one belongs to another key; the product is unchanged then.
    pub fn multiply_all(&mut self, factors: &[Ciphertext]) -> Result<(), ForeignKey> {
        factors.iter().try_for_each(|factor| self.key.require_own(factor))?;
        self.take_all(factors.len(), factors.iter().map(Ciphertext::pair));
        Ok(())
    }

    /// Takes another product's factors, as when several threads multiply.
    ///
    /// # Errors
    /// [`ForeignKey`] if it belongs to another key; the product is unchanged then.
    pub fn merge(&mut self, other: &Self) -> Result<(), ForeignKey> {
        if self.key != other.key {
            return Err(ForeignKey);
        }
        // R·2^−k · R·2^−l · R⁻¹ = R·2^−(k+l)
        self.factors += other.factors;
        match (&mut self.lanes, &other.lanes, self.key.ring().lanes()) {
            (Some(own), Some(others), Some(ring)) => {
                ring.multiply(own, others);
                self.debt_bits += LANES as u64 * ring.radix_bits();
            }
            (own @ None, Some(others), Some(_)) => *own = Some(others.clone()),
            // The other product was made under the same key with lanes, this one without.
            (_, Some(_), None) => {
                let mut joined = other.clone();
                joined.join_lanes();
                self.key.ring().multiply(&mut self.acc, &joined.acc);
                self.debt_bits += joined.debt_bits;
                return Ok(());
            }
            (_, None, _) => {}
        }
        self.key.ring().multiply(&mut self.acc, &other.acc);
        self.debt_bits += other.debt_bits;
        Ok(())
    }

    /// How many factors it has taken.
    pub fn factors(&self) -> u64 {
        self.factors
    }

    /// The product as a ciphertext.
    pub fn into_ciphertext(mut self) -> Ciphertext {
        self.join_lanes();
        let ring = self.key.ring();
        match self.debt_bits.checked_sub(ring.radix_bits()) {
            // Multiplying by the form of 2^(debt − log R) leaves the form as well.
            Some(rest) => ring.multiply(&mut self.acc, &ring.power_of_two(rest)),
            None => ring.leave(&mut self.acc),
        }
        Ciphertext::new(&self.key, self.acc)
    }

    /// Takes the pairs of `count` reduced numbers.
    pub(crate) fn take_all<P: AsRef<[u64]>>(&mut self, count: usize, pairs: impl Iterator<Item = P>) {
        self.factors += count as u64;
        let key = self.key.clone();
        match key.ring().lanes() {
            Some(ring) if self.lanes.is_some() || count >= WORTH_LANES => self.take_eights(ring, pairs),
            _ => pairs.for_each(|pair| self.take_one(pair.as_ref())),
        }
    }

    fn take_one(&mut self, pair: &[u64]) {
        let ring = self.key.ring();
        ring.multiply(&mut self.acc, pair);
        self.debt_bits += ring.radix_bits();
    }

    fn take_eights<P: AsRef<[u64]>>(&mut self, ring: &LaneRing, mut pairs: impl Iterator<Item = P>) {
        let lanes = self.lanes.get_or_insert_with(|| ring.plain_one());
        let ones = ring.plain_one();
        let mut next = ones.clone();
        loop {
            let taken = (0..LANES)
                .zip(pairs.by_ref())
                .map(|(lane, pair)| ring.put(pair.as_ref(), lane, &mut next))
                .count();
            if taken == 0 {
                return;
            }
            ring.multiply(lanes, &next);
            self.debt_bits += LANES as u64 * ring.radix_bits();
            if taken < LANES {
                return;
            }
            next.copy_from_slice(&ones);
        }
    }

    /// Multiplies the lanes into the rest.
    fn join_lanes(&mut self) {
        let key = self.key.clone();
        if let (Some(lanes), Some(ring)) = (self.lanes.take(), key.ring().lanes()) {
            (0..LANES).for_each(|lane| self.take_one(&ring.take(&lanes, lane)));
        }
    }

    /// The product modulo n, up to a power of two; it is a unit exactly if every factor is.
    pub(crate) fn residue(&mut self) -> &[u64] {
        self.join_lanes();
        self.acc.split_at(self.key.ring().count()).0
    }

    pub(crate) fn key(&self) -> &PublicKey {
        &self.key
    }
}

impl fmt::Debug for Product {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Product({} factors)", self.factors)
    }
}

impl PublicKey {
    /// The encryption of the sum of two plaintexts modulo n.
    ///
    /// # Errors
    /// [`ForeignKey`] if either belongs to another key.
    pub fn add(&self, a: &Ciphertext, b: &Ciphertext) -> Result<Ciphertext, ForeignKey> {
        self.require_own(a)?;
        self.require_own(b)?;
        let mut product = self.ring().enter(a.pair());
        self.ring().multiply(&mut product, b.pair());
        Ok(Ciphertext::new(self, product))
    }

    /// The encryption of `factor` times the plaintext modulo n, as c^factor.
    ///
    /// Takes time that depends on `factor`: for public factors only.
    ///
    /// # Errors
    /// [`ForeignKey`] if the ciphertext belongs to another key.
    pub fn scale(&self, c: &Ciphertext, factor: &BigUint) -> Result<Ciphertext, ForeignKey> {
        self.require_own(c)?;
        let mut power = self.ring().power(&self.ring().enter(c.pair()), factor);
        self.ring().leave(&mut power);
        Ok(Ciphertext::new(self, power))
    }

    /// Refuses what was admitted to another key.
    pub(crate) fn require_own(&self, c: &Ciphertext) -> Result<(), ForeignKey> {
        if c.key() == self { Ok(()) } else { Err(ForeignKey) }
    }
}
