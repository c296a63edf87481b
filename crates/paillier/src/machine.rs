//! Noise whose powers a faster machine calculates.
//!
//! In browsers a module with wide arithmetic multiplies twice as fast as this program, but today's compilers
//! and browsers are known to get such modules wrong. So a machine is tried out first, under the very key it
//! will work for, on numbers whose products and powers are known: num-bigint's products and this crate's own
//! powers, which between them look up every entry of the tables of [`kernels::comb`] that an exponent can reach.
//! Only [`Proven`] machines make noise.
//!
//! The trial shows that the tables are right and that products and powers come out right on these numbers; it is no
//! proof for all others, and none against a machine that means harm: that one would know the exponents anyway. An
//! answer that was given before, such as one that was left lying, is noticed whenever it comes.

use alloc::collections::BTreeSet;
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use kernels::comb::{self, BLOCKS, ENTRIES, TEETH};
use num_bigint::BigUint;
use num_traits::One;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::base_n::pair_of;
use crate::encryptor::noise_generator;
use crate::{Exponent, Noise, PublicKey, limbs, xof};

/// Separates this hash from every other one.
const DOMAIN: &str = "sealed-pay/v1/machine-trial";

/// What a machine works with; all of it public. Pairs in base n of 2·L words, for the L words of n; the machine's
/// R is 2^(64·L).
#[derive(Clone, Copy, Debug)]
pub struct SetUp<'a> {
    /// The words of n.
    pub n: &'a [u64],
    /// R mod n²: the machine's Montgomery form of 1.
    pub one: &'a [u64],
    /// The base of all powers in that form.
    pub base: &'a [u64],
    /// What powers are multiplied by in the end, instead of 1.
    pub exit: &'a [u64],
}

/// Arithmetic modulo n² in other hands. `None` where it does not answer.
pub trait Machine {
    /// Takes the numbers it works with, and makes its tables.
    fn set_up(&mut self, numbers: &SetUp<'_>) -> Option<()>;
    /// a·b·R⁻¹ mod n², for pairs.
    fn multiply(&mut self, a: &[u64], b: &[u64]) -> Option<Vec<u64>>;
    /// base^exponent · exit mod n², for an exponent of L/2 words, in constant time.
    fn power(&mut self, exponent: &[u64]) -> Option<Zeroizing<Vec<u64>>>;
}

/// A machine that got right what is known, and makes noise under one key for one survey.
pub struct Proven<M> {
    key: PublicKey,
    /// Gone once it gave an answer that cannot be right.
    machine: Option<M>,
    /// The lowest words of every answer. They are those of the ciphertext, as c ≡ h_s^a modulo n, so no secret.
    answers: BTreeSet<[u64; 2]>,
}

/// A machine that did not answer, or not rightly. It is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the machine's arithmetic is not right")]
pub struct Unfit;

impl<M: Machine> Proven<M> {
    /// Tries a machine out; takes as long as some tens of encryptions.
    ///
    /// # Errors
    /// [`Unfit`] at the first answer that is missing or wrong.
    pub fn try_out(key: &PublicKey, survey_id: &[u8; 32], mut machine: M) -> Result<Self, Unfit> {
        let ring = key.ring();
        let generator = noise_generator(key, survey_id);
        let count = ring.count();
        let radix = BigUint::one() << (64 * count);
        let square = key.n() * key.n();
        let form = |x: &BigUint| pair_of(&(x * &radix), key.n(), count).ok_or(Unfit);
        let mut plain = generator.clone();
        ring.leave(&mut plain);
        let (low, high) = plain.split_at(count);
        let base = limbs::to_biguint(low) + limbs::to_biguint(high) * key.n();
        let (one, base, exit) = (form(&BigUint::one())?, form(&base)?, ring.one());
        let numbers = SetUp { n: ring.n(), one: &one, base: &base, exit: &exit };
        machine.set_up(&numbers).ok_or(Unfit)?;
        products_are_right(key, &square, &radix, &mut machine)?;
        let answers = powers_are_right(key, &generator, survey_id, &mut machine)?;
        Ok(Self { key: key.clone(), machine: Some(machine), answers })
    }

    /// The key it makes noise for.
    pub fn key(&self) -> &PublicKey {
        &self.key
    }

    /// Makes noise for one encryption to come; `None` if the machine does not answer, and from then on if it gave an
    /// answer for the second time, which would hide two plaintexts, or one that is not reduced.
    pub fn make_noise(&mut self, rng: &mut impl CryptoRng) -> Option<Noise> {
        let exponent = Exponent::sample(self.key.bits(), rng);
        let power = self.machine.as_mut()?.power(exponent.words())?;
        if is_reduced(&self.key, &power) && self.answers.insert(mark(&power)) {
            return Some(Noise::new(&self.key, power, exponent));
        }
        self.machine = None;
        None
    }
}

impl<M> fmt::Debug for Proven<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proven({} bits)", self.key.bits().bits())
    }
}

/// What tells an answer from every other one.
fn mark(power: &[u64]) -> [u64; 2] {
    power.first_chunk().copied().unwrap_or_default()
}

fn is_reduced(key: &PublicKey, pair: &[u64]) -> bool {
    let n = key.ring().n();
    pair.len() == 2 * n.len() && pair.chunks(n.len()).all(|half| kernels::less_than(half, n))
}

/// Every known factor with every other, against num-bigint.
fn products_are_right(
    key: &PublicKey,
    square: &BigUint,
    radix: &BigUint,
    machine: &mut impl Machine,
) -> Result<(), Unfit> {
    let factors = factors(key, square);
    for a in &factors {
        for b in &factors {
            let [left, right] = [a, b].map(|x| pair_of(x, key.n(), key.ring().count()).unwrap_or_default());
            let product =
                machine.multiply(&left, &right).filter(|pair| is_reduced(key, pair)).ok_or(Unfit)?;
            let (low, high) = product.split_at(key.ring().count());
            let product = limbs::to_biguint(low) + limbs::to_biguint(high) * key.n();
            if product * radix % square != a * b % square {
                return Err(Unfit);
            }
        }
    }
    Ok(())
}

/// Numbers modulo n² at both ends, around n, with halves of all ones, and two without any pattern.
fn factors(key: &PublicKey, square: &BigUint) -> Vec<BigUint> {
    let n = key.n();
    let ones = (BigUint::one() << (key.bits().bits() - 1)) - 1u8;
    let hashed = |index: u8| xof::residue(key, DOMAIN, &[0; 32], &[index]);
    vec![
        BigUint::default(),
        BigUint::one(),
        n - 1u8,
        n.clone(),
        square - 1u8,
        &ones + &ones * n,
        hashed(0) + hashed(1) * n,
        hashed(2) + hashed(3) * n,
    ]
}

/// Powers of the generator against this crate's own, which shares no table with the machine. Returns the answers' marks.
fn powers_are_right(
    key: &PublicKey,
    generator: &[u64],
    survey_id: &[u8; 32],
    machine: &mut impl Machine,
) -> Result<BTreeSet<[u64; 2]>, Unfit> {
    let ones = vec![u64::MAX; key.ring().count() / 2];
    let hashed = xof::residue(key, DOMAIN, survey_id, &[4]) >> (key.bits().bits() / 2);
    let hashed = limbs::from_biguint(&hashed, ones.len()).ok_or(Unfit)?;
    let mut answers = BTreeSet::new();
    let covering = covering_exponents(ones.len());
    for exponent in [vec![0; ones.len()], hashed, ones].into_iter().chain(covering) {
        let expected = key.ring().power(generator, &limbs::to_biguint(&exponent));
        if machine.power(&exponent).is_none_or(|power| *power != expected) {
            return Err(Unfit);
        }
        answers.insert(mark(&expected));
    }
    Ok(answers)
}

/// Exponents of so many words that together look up every entry of every block of a comb's tables, but the entries 0,
/// which the exponent 0 looks up, and those for bits beyond the exponent's, which none does.
fn covering_exponents(words: usize) -> Vec<Vec<u64>> {
    let columns = comb::columns(64 * words);
    let place = |tooth: usize, block: usize, column: usize| (tooth * BLOCKS + block) * columns + column;
    let mut exponents: Vec<Vec<u64>> = Vec::new();
    for block in 0..BLOCKS {
        let places = |digit: usize, column| {
            (0..TEETH)
                .filter(move |tooth| digit >> tooth & 1 == 1)
                .map(move |tooth| place(tooth, block, column))
        };
        let fits = |digit, column| places(digit, column).all(|place| place < 64 * words);
        let mut left: Vec<usize> = (1..ENTRIES).collect();
        for power in 0.. {
            let before = left.len();
            for column in 0..columns {
                // The largest first: their bits stand highest, and so have the fewest columns.
                let Some(at) = left.iter().rposition(|digit| fits(*digit, column)) else { continue };
                let digit = left.remove(at);
                if exponents.len() == power {
                    exponents.push(vec![0; words]);
                }
                for place in places(digit, column) {
                    let word = exponents.get_mut(power).and_then(|exponent| exponent.get_mut(place / 64));
                    word.into_iter().for_each(|word| *word |= 1 << (place % 64));
                }
            }
            if left.len() == before {
                break;
            }
        }
    }
    exponents
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::KeyBits;

    #[test]
    fn the_trial_s_exponents_look_up_every_entry_that_an_exponent_can_reach() {
        for size in KeyBits::ALL {
            let words = size.limbs() / 2;
            let columns = comb::columns(64 * words);
            let exponents = covering_exponents(words);
            assert!(exponents.len() <= 4, "{} powers", exponents.len());
            for block in 0..BLOCKS {
                let digits = exponents.iter().flat_map(|exponent| {
                    (0..columns).map(move |column| comb::digit(exponent, block, column, columns))
                });
                let seen: BTreeSet<u64> = digits.chain([0]).collect();
                // All ones shows which bits of a column there are at all; the others are 0 in every exponent.
                let ones = vec![u64::MAX; words];
                let reachable: BTreeSet<u64> = (0..columns)
                    .flat_map(|column| {
                        let most = comb::digit(&ones, block, column, columns);
                        (0..ENTRIES as u64).filter(move |digit| digit & !most == 0)
                    })
                    .collect();
                assert_eq!(seen, reachable, "block {block} of {size:?}");
            }
        }
    }
}
