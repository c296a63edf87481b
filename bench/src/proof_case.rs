//! A survey of 4,800 slots and one submission to it, for proving in both worlds: natively and in a page.

use std::sync::Arc;

use commitments::{Point, Shares};
use packproof::{Form, Range, Setting, Shape, Slot, SlotKind, Statement, Witness};
use paillier::{Ciphertext, Encryptor, ExponentSum, Natural, Product, PublicKey};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

/// Cells, each with four indicators, eight counts (seven bands that add up to the first) and eight sums.
const CELLS: u32 = 240;
const INDICATORS: u32 = 4;
const COUNTS: u32 = 8;
const SUMS: u32 = 8;
const COUNT_BITS: u32 = 20;
const SUM_BITS: u32 = 40;
/// Slack of the proof, 1,024 reporters and a sign.
const SPARE_BITS: u32 = 18 + 10 + 1;

pub(crate) struct Case {
    pub(crate) setting: Setting,
    values: Vec<u64>,
    shares: Shares,
    commitment: Point,
    share_commitment: Point,
    ciphertexts: Vec<Ciphertext>,
    exponents: Vec<ExponentSum>,
    pub(crate) rng: ChaCha20Rng,
}

fn kinds(cells: u32) -> impl Iterator<Item = SlotKind> {
    let of_cell = |_| {
        let indicators = (0..INDICATORS).map(|_| SlotKind::Indicator);
        let counts = (0..COUNTS).map(|_| SlotKind::Bounded { bits: COUNT_BITS });
        let sums = (0..SUMS).map(|_| SlotKind::Bounded { bits: SUM_BITS });
        indicators.chain(counts).chain(sums)
    };
    (0..cells).flat_map(of_cell)
}

fn value(at: u64, kind: SlotKind) -> u64 {
    match (kind, at % u64::from(INDICATORS + COUNTS + SUMS)) {
        (SlotKind::Indicator, _) => at % 2,
        // The employees, then seven bands of three.
        (_, 4) => 21,
        (_, 5..12) => 3,
        _ => at * 7_654_321 % (1 << SUM_BITS),
    }
}

fn shape(key: &PublicKey, cells: u32, exact: bool) -> Option<Shape> {
    let (mut block, mut offset) = (0, 0);
    let mut slots = Vec::new();
    for kind in kinds(cells) {
        let width = kind.bits() + SPARE_BITS;
        if offset + width > key.bits().usable_bits() {
            (block, offset) = (block + 1, 0);
        }
        slots.push(Slot { block, offset, kind });
        offset += width;
    }
    let first = |cell: u32| cell * (INDICATORS + COUNTS + SUMS) + INDICATORS;
    let bands = |cell| {
        let bands = (1..COUNTS).map(move |band| (first(cell) + band, 1));
        Form::new(bands.chain([(first(cell), -1)]).collect(), 0)
    };
    let bounded = slots.iter().zip(0u32..).filter(|(slot, _)| slot.kind != SlotKind::Indicator);
    let ranges = bounded.map(|(slot, at)| Range::exact(at, (1 << slot.kind.bits()) - 1));
    let ranges = ranges.filter(|_| exact).collect();
    Shape::new(key.bits(), block + 1, slots, (0..cells).map(bands).collect(), ranges).ok()
}

impl Case {
    /// 4,800 slots, or 1,000 with an exact range for each that is no indicator.
    pub(crate) fn new(encryptor: Arc<Encryptor>, exact: bool) -> Option<Self> {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let cells = if exact { 50 } else { CELLS };
        let shape = shape(encryptor.key(), cells, exact)?;
        let setting = Setting::new([5; 32], shape, encryptor).ok()?;
        let values: Vec<u64> = (0u64..).zip(kinds(cells)).map(|(at, kind)| value(at, kind)).collect();
        let shares = Shares::generate(&mut rng);
        let (ciphertexts, exponents) = encrypted(&setting, &values, &mut rng)?;
        Some(Self {
            commitment: setting.generators().commit(&values, &shares)?,
            share_commitment: setting.generators().commit_share(&shares.computation, &shares.check),
            setting,
            values,
            shares,
            ciphertexts,
            exponents,
            rng,
        })
    }

    /// C and K once more.
    pub(crate) fn commit(&self) -> Option<(Point, Point)> {
        let generators = self.setting.generators();
        let commitment = generators.commit(&self.values, &self.shares)?;
        Some((commitment, generators.commit_share(&self.shares.computation, &self.shares.check)))
    }

    pub(crate) fn statement(&self) -> Statement<'_> {
        Statement {
            context: b"fingerprint, credential, version",
            commitment: self.commitment,
            share_commitment: self.share_commitment,
            data_share: &self.shares.data,
            ciphertexts: &self.ciphertexts,
            entries: 1,
        }
    }

    /// A proof, if the machine can count.
    pub(crate) fn prove(&self) -> Option<Vec<u8>> {
        let witness = Witness {
            values: &self.values,
            computation_share: &self.shares.computation,
            check_share: &self.shares.check,
            exponents: &self.exponents,
        };
        let proof = self.setting.prove(&self.statement(), &witness, &mut self.rng.clone());
        proof.ok().map(packproof::Proof::into_bytes)
    }
}

fn encrypted(
    setting: &Setting,
    values: &[u64],
    rng: &mut ChaCha20Rng,
) -> Option<(Vec<Ciphertext>, Vec<ExponentSum>)> {
    let bits = setting.key().bits().bits();
    let mut blocks = vec![Natural::zero(bits); setting.shape().blocks() as usize];
    for (slot, value) in setting.shape().slots().iter().zip(values) {
        let mut bytes = [0; 32];
        bytes.iter_mut().zip(value.to_le_bytes()).for_each(|(to, from)| *to = from);
        blocks.get_mut(slot.block as usize)?.add_shifted(&bytes, slot.offset);
    }
    let encrypt = |block: &Natural| {
        let noise = setting.encryptor().make_noise(rng);
        let (ciphertext, exponent) =
            setting.encryptor().encrypt_provably(&block.modulo(setting.key()), noise).ok()?;
        let mut product = Product::one(setting.key());
        product.multiply(&ciphertext).ok()?;
        let mut sum = ExponentSum::zero(bits);
        sum.add_exponent(&exponent);
        Some((product.into_ciphertext(), sum))
    };
    blocks.iter().map(encrypt).collect()
}
