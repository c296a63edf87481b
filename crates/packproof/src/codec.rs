//! A proof's bytes: `docs/PROOF.md` §4, the last paragraph.

use alloc::vec::Vec;
use commitments::Point;
use curve25519_dalek::scalar::Scalar;
use paillier::Natural;

use crate::class::Class;
use crate::numbers::{ceil_log2, is_below_power};
use crate::proof::{Answers, First, Proof};
use crate::rows::{Projections, ROWS, are_within, no_projections};
use crate::{Refusal, Setting, Shape, Slot};

const VERSION: u8 = 1;
/// Bits of an answer beyond those of its value: the challenge's 128, 80 that hide, and one for the sum.
const ANSWER_BITS: u32 = 209;

/// Bits of α: those of Σ x·a times e, and 80 that hide.
pub(crate) fn exponent_bits(shape: &Shape, entries: u32) -> u32 {
    shape.key_bits().exponent_bits() + ceil_log2(entries) + ceil_log2(shape.blocks()) + 128 + 128 + 80
}

/// Bytes of T.
fn exponent_bytes(shape: &Shape, entries: u32) -> usize {
    (exponent_bits(shape, entries) + 1).div_ceil(8) as usize
}

/// Bits that y is drawn from.
pub(crate) fn mask_bits(slot: &Slot) -> u32 {
    slot.kind.bits() + ANSWER_BITS - 1
}

/// Bytes of z.
fn answer_bytes(slot: &Slot) -> usize {
    (slot.kind.bits() + ANSWER_BITS).div_ceil(8) as usize
}

/// How many bytes a proof has.
pub(crate) fn length(shape: &Shape, entries: u32) -> usize {
    let classes = shape.classes().len();
    let points = 6 + 2 * classes;
    let scalars = 2 + shape.root_count() + ROWS * classes + 4 + classes;
    let projections: usize = shape.classes().iter().map(Class::all_projection_bytes).sum();
    let answers: usize = shape.slots().iter().map(answer_bytes).sum();
    let ciphertext = 2 * (shape.key_bits().bits() / 8) as usize;
    1 + 32 * (points + scalars) + ciphertext + projections + answers + exponent_bytes(shape, entries)
}

/// u of one class: every u_i + U.
pub(crate) fn projection_bytes(class: &Class, projections: &Projections) -> Vec<u8> {
    let bytes = |one: &i128| (one + class.bound()).to_le_bytes().into_iter().take(class.projection_bytes());
    projections.iter().flat_map(bytes).collect()
}

/// All of a proof but its bytes, which are made here.
pub(crate) fn finish(
    setting: &Setting,
    entries: u32,
    (roots, masks, projections): (Point, Vec<Point>, Vec<Projections>),
    first: First,
    answers: Answers,
) -> Proof {
    let shape = setting.shape();
    let mut bytes = Vec::with_capacity(length(shape, entries));
    bytes.push(VERSION);
    let mut point = |point: &Point| bytes.extend(point.to_bytes());
    point(&roots);
    masks.iter().for_each(&mut point);
    [&first.commitment, &first.share, &first.roots].into_iter().for_each(&mut point);
    first.rows.iter().for_each(&mut point);
    [&first.product_linear, &first.product_constant].into_iter().for_each(&mut point);
    bytes.extend(first.ciphertext.to_bytes());
    [&first.projection, &first.facts].into_iter().for_each(|scalar| bytes.extend(scalar.as_bytes()));
    for (class, projections) in shape.classes().iter().zip(&projections) {
        bytes.extend(projection_bytes(class, projections));
    }
    for (slot, answer) in shape.slots().iter().zip(&answers.slots) {
        bytes.extend(answer.as_bytes().iter().take(answer_bytes(slot)));
    }
    let mut scalar = |scalar: &Scalar| bytes.extend(scalar.as_bytes());
    answers.roots.iter().chain(&answers.rows).for_each(&mut scalar);
    [&answers.share, &answers.check, &answers.root_blind].into_iter().for_each(&mut scalar);
    answers.row_blinds.iter().chain([&answers.product_blind]).for_each(&mut scalar);
    bytes.extend(&*answers.exponent.to_be_bytes(exponent_bytes(shape, entries)));
    Proof { roots, masks, projections, first, answers, bytes }
}

/// Bytes that are read from the front; their number is known to suffice.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn take(&mut self, count: usize) -> Result<&[u8], Refusal> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(Refusal::Length)?;
        self.0 = rest;
        Ok(taken)
    }

    /// A number of at most 32 bytes, least significant first.
    fn number(&mut self, count: usize) -> Result<[u8; 32], Refusal> {
        let mut bytes = [0; 32];
        bytes.iter_mut().zip(self.take(count)?).for_each(|(to, from)| *to = *from);
        Ok(bytes)
    }

    fn point(&mut self) -> Result<Point, Refusal> {
        Point::admit(self.number(32)?).map_err(|_| Refusal::Point)
    }

    fn points(&mut self, count: usize) -> Result<Vec<Point>, Refusal> {
        (0..count).map(|_| self.point()).collect()
    }

    fn scalar(&mut self) -> Result<Scalar, Refusal> {
        Option::from(Scalar::from_canonical_bytes(self.number(32)?)).ok_or(Refusal::Scalar)
    }

    fn scalars(&mut self, count: usize) -> Result<Vec<Scalar>, Refusal> {
        (0..count).map(|_| self.scalar()).collect()
    }

    fn projections(&mut self, class: &Class) -> Result<Projections, Refusal> {
        let mut projections = *no_projections();
        for one in &mut projections {
            let mut bytes = [0; 16];
            bytes.iter_mut().zip(self.take(class.projection_bytes())?).for_each(|(to, from)| *to = *from);
            *one = i128::from_le_bytes(bytes).checked_sub(class.bound()).ok_or(Refusal::ProjectionRange)?;
        }
        if are_within(&projections, class.bound()) { Ok(projections) } else { Err(Refusal::ProjectionRange) }
    }

    fn answer(&mut self, slot: &Slot) -> Result<Scalar, Refusal> {
        let bytes = self.number(answer_bytes(slot))?;
        let answer: Option<Scalar> = Scalar::from_canonical_bytes(bytes).into();
        let bits = slot.kind.bits() + ANSWER_BITS;
        answer.filter(|answer| is_below_power(answer, bits)).ok_or(Refusal::AnswerRange)
    }

    fn exponent(&mut self, shape: &Shape, entries: u32) -> Result<Natural, Refusal> {
        let exponent = Natural::from_be_bytes(self.take(exponent_bytes(shape, entries))?);
        let fits = exponent.is_below_power(exponent_bits(shape, entries) + 1);
        if fits { Ok(exponent) } else { Err(Refusal::AnswerRange) }
    }
}

/// Reads a proof, field by field; nothing is read of one that has not the length it must have.
pub(crate) fn read(setting: &Setting, entries: u32, bytes: &[u8]) -> Result<Proof, Refusal> {
    if bytes.len() != length(setting.shape(), entries) {
        return Err(Refusal::Length);
    }
    let shape = setting.shape();
    let classes = shape.classes();
    let mut reader = Reader(bytes);
    if reader.take(1)? != [VERSION] {
        return Err(Refusal::Version);
    }
    let roots = reader.point()?;
    let masks = reader.points(classes.len())?;
    let (commitment, share, root_masks) = (reader.point()?, reader.point()?, reader.point()?);
    let rows = reader.points(classes.len())?;
    let (product_linear, product_constant) = (reader.point()?, reader.point()?);
    let ciphertext = reader.take(setting.key().ciphertext_bytes())?;
    let ciphertext = setting.key().admit_ciphertext(ciphertext).map_err(|_| Refusal::Mask)?;
    let (projection, facts) = (reader.scalar()?, reader.scalar()?);
    let projections = classes.iter().map(|class| reader.projections(class)).collect::<Result<_, _>>()?;
    let answers = Answers {
        slots: shape.slots().iter().map(|slot| reader.answer(slot)).collect::<Result<_, _>>()?,
        roots: reader.scalars(shape.root_count())?,
        rows: reader.scalars(ROWS * classes.len())?,
        share: reader.scalar()?,
        check: reader.scalar()?,
        root_blind: reader.scalar()?,
        row_blinds: reader.scalars(classes.len())?,
        product_blind: reader.scalar()?,
        exponent: reader.exponent(shape, entries)?,
    };
    let first = First {
        commitment,
        share,
        roots: root_masks,
        rows,
        product_linear,
        product_constant,
        ciphertext,
        projection,
        facts,
    };
    Ok(Proof { roots, masks, projections, first, answers, bytes: bytes.to_vec() })
}
