//! Shapes, surveys and submissions for tests.
#![allow(dead_code, reason = "every test uses another part")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests want to fail loudly")]

extern crate std;

use commitments::{Point, Shares};
use packproof::{Form, Range, Setting, Shape, Slot, SlotKind, Statement, Witness};
use paillier::{Ciphertext, Encryptor, ExponentSum, KeyBits, Natural, Plaintext, Product};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::CryptoRng;
use std::sync::{Arc, LazyLock};
use std::vec::Vec;
use test_support::{insecure_secret_key, seeded_rng};

pub(crate) const SURVEY: [u8; 32] = [7; 32];
pub(crate) const FINGERPRINT: [u8; 32] = [9; 32];

/// 2048 bits, so that tests take less time.
pub(crate) static ENCRYPTOR: LazyLock<Arc<Encryptor>> =
    LazyLock::new(|| Arc::new(Encryptor::new(insecure_secret_key(KeyBits::B2048).public(), &SURVEY)));

/// Bits between slots: more than slack, sign and reporters need.
const SPARE: u32 = 24;

/// Puts slots side by side, `per_block` in every block.
pub(crate) fn laid_out(kinds: &[SlotKind], per_block: usize) -> (u32, Vec<Slot>) {
    let mut slots = Vec::new();
    let (mut block, mut offset) = (0, 0);
    for (at, &kind) in kinds.iter().enumerate() {
        if at > 0 && at % per_block == 0 {
            (block, offset) = (block + 1, 0);
        }
        slots.push(Slot { block, offset, kind });
        offset += kind.bits() + SPARE;
    }
    (block + 1, slots)
}

pub(crate) fn shape(kinds: &[SlotKind], per_block: usize, facts: Vec<Form>, ranges: Vec<Range>) -> Shape {
    let (blocks, slots) = laid_out(kinds, per_block);
    Shape::new(KeyBits::B2048, blocks, slots, facts, ranges).unwrap()
}

pub(crate) fn setting(shape: Shape) -> Setting {
    Setting::new(FINGERPRINT, shape, ENCRYPTOR.clone()).unwrap()
}

pub(crate) const fn bounded(bits: u32) -> SlotKind {
    SlotKind::Bounded { bits }
}

/// A small survey that has everything: an indicator and employees exactly, two bands that add up to the
/// employees, a sum between its limits, and a sum of squares.
///
/// Slots: 0 reporters, 1 employees, 2 and 3 bands, 4 sum, 5 squares.
pub(crate) fn full_shape() -> Shape {
    let kinds = [SlotKind::Indicator, bounded(7), bounded(7), bounded(7), bounded(20), bounded(33)];
    let bands = Form::new(std::vec![(2, 1), (3, 1), (1, -1)], 0);
    let ranges = std::vec![Range::exact(1, 100), Range::between(&[(4, 1)], 1, 1_000, 9_999)];
    shape(&kinds, 4, std::vec![bands], ranges)
}

/// Honest values for it.
pub(crate) const FULL_VALUES: [u64; 6] = [1, 12, 5, 7, 43_210, 5_000_000_123];

pub(crate) static FULL: LazyLock<Setting> = LazyLock::new(|| setting(full_shape()));

/// One submission with everything its reporter knows.
pub(crate) struct Submission {
    pub(crate) context: Vec<u8>,
    pub(crate) values: Vec<u64>,
    pub(crate) shares: Shares,
    pub(crate) commitment: Point,
    pub(crate) share_commitment: Point,
    pub(crate) ciphertexts: Vec<Ciphertext>,
    pub(crate) exponents: Vec<ExponentSum>,
    pub(crate) entries: u32,
}

/// Σ v·2^o of every block, for non-negative values.
pub(crate) fn plaintexts(setting: &Setting, values: &[u64]) -> Vec<Plaintext> {
    let mut blocks: Vec<Natural> = Vec::new();
    blocks.resize_with(setting.shape().blocks() as usize, || Natural::zero(4096));
    for (slot, value) in setting.shape().slots().iter().zip(values) {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&value.to_le_bytes());
        blocks[slot.block as usize].add_shifted(&bytes, slot.offset);
    }
    blocks.iter().map(|block| block.modulo(setting.key())).collect()
}

/// Encrypts, the values in one entry and zeros in the others.
pub(crate) fn encrypted(
    setting: &Setting,
    plaintexts: &[Plaintext],
    entries: u32,
    rng: &mut impl CryptoRng,
) -> (Vec<Ciphertext>, Vec<ExponentSum>) {
    let zero = Plaintext::from_u64(0);
    let one_block = |plaintext: &Plaintext| {
        let mut product = Product::one(setting.key());
        let mut sum = ExponentSum::zero(2048);
        for entry in 0..entries {
            let noise = setting.encryptor().make_noise(rng);
            let hidden = if entry == 0 { plaintext } else { &zero };
            let (ciphertext, exponent) = setting.encryptor().encrypt_provably(hidden, noise).unwrap();
            product.multiply(&ciphertext).unwrap();
            sum.add_exponent(&exponent);
        }
        (product.into_ciphertext(), sum)
    };
    plaintexts.iter().map(one_block).unzip()
}

impl Submission {
    pub(crate) fn new(setting: &Setting, values: &[u64], entries: u32, rng: &mut impl CryptoRng) -> Self {
        let shares = Shares::generate(rng);
        let (ciphertexts, exponents) = encrypted(setting, &plaintexts(setting, values), entries, rng);
        Self {
            context: b"fingerprint, credential, version".to_vec(),
            values: values.to_vec(),
            commitment: setting.generators().commit(values, &shares).unwrap(),
            share_commitment: setting.generators().commit_share(&shares.computation, &shares.check),
            shares,
            ciphertexts,
            exponents,
            entries,
        }
    }

    pub(crate) fn statement(&self) -> Statement<'_> {
        Statement {
            context: &self.context,
            commitment: self.commitment,
            share_commitment: self.share_commitment,
            data_share: &self.shares.data,
            ciphertexts: &self.ciphertexts,
            entries: self.entries,
        }
    }

    pub(crate) fn witness(&self) -> Witness<'_> {
        Witness {
            values: &self.values,
            computation_share: &self.shares.computation,
            check_share: &self.shares.check,
            exponents: &self.exponents,
        }
    }
}

pub(crate) fn rng(seed: u64) -> ChaCha20Rng {
    seeded_rng(seed)
}
