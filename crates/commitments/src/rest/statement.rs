//! What is published, and what is claimed of the rest.

use alloc::vec::Vec;
use curve25519_dalek::scalar::Scalar;
use sha2::{Digest, Sha512};

use super::RestRefusal;
use crate::{Point, signed_scalar};

const DOMAIN: &[u8] = b"sealed-pay/v1/rest";

/// A published sum over unpublished slots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Margin {
    /// Slots with their weights (1, or 2^L for a high limb), ascending by slot.
    pub terms: Vec<(u32, u64)>,
    /// T: the published figure less its published slots.
    pub target: i128,
}

/// What a release shows, as far as the rest proof is about it. All of it is public.
#[derive(Clone, Copy, Debug)]
pub struct RestStatement<'a> {
    /// The survey's true name.
    pub fingerprint: &'a [u8; 32],
    /// Names the agreed set.
    pub set_hash: &'a [u8; 32],
    /// C of every member.
    pub commitments: &'a [Point],
    /// Published slots with their totals, ascending by slot.
    pub published: &'a [(u32, i128)],
    /// Published sums over unpublished slots.
    pub margins: &'a [Margin],
}

impl RestStatement<'_> {
    /// The slots that are not published, ascending, if the statement fits so many slots.
    pub(super) fn unpublished(&self, slots: usize) -> Result<Vec<u32>, RestRefusal> {
        let exists = |slot: u32| (slot as usize) < slots;
        let fits = !self.commitments.is_empty()
            && self.published.is_sorted_by(|one, next| one.0 < next.0)
            && self.published.iter().all(|(slot, _)| exists(*slot));
        let is_published = |slot: u32| self.published.binary_search_by_key(&slot, |one| one.0).is_ok();
        let margin_fits = |margin: &Margin| {
            !margin.terms.is_empty()
                && margin.terms.is_sorted_by(|one, next| one.0 < next.0)
                && margin
                    .terms
                    .iter()
                    .all(|&(slot, weight)| exists(slot) && weight != 0 && !is_published(slot))
        };
        if !fits || !self.margins.iter().all(margin_fits) {
            return Err(RestRefusal::Statement);
        }
        let all = 0..u32::try_from(slots).map_err(|_| RestRefusal::Statement)?;
        Ok(all.filter(|slot| !is_published(*slot)).collect())
    }

    /// c, from everything that is claimed and committed to.
    pub(super) fn challenge(&self, slots: usize, commitment: &Point, sums: &[Scalar]) -> Scalar {
        let mut hash = Sha512::new();
        field(&mut hash, DOMAIN);
        field(&mut hash, self.fingerprint);
        field(&mut hash, self.set_hash);
        field(&mut hash, &count(slots));
        field(&mut hash, &self.commitments.iter().flat_map(Point::to_bytes).collect::<Vec<_>>());
        let published = self.published.iter();
        let published =
            published.flat_map(|(slot, total)| slot.to_be_bytes().into_iter().chain(total.to_be_bytes()));
        field(&mut hash, &published.collect::<Vec<_>>());
        self.margins.iter().for_each(|margin| field(&mut hash, &margin.to_bytes()));
        field(&mut hash, &commitment.to_bytes());
        field(&mut hash, &sums.iter().flat_map(Scalar::to_bytes).collect::<Vec<_>>());
        Scalar::from_bytes_mod_order_wide(&hash.finalize().into())
    }
}

impl Margin {
    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = count(self.terms.len()).to_vec();
        for (slot, weight) in &self.terms {
            bytes.extend(slot.to_be_bytes());
            bytes.extend(weight.to_be_bytes());
        }
        bytes.extend(self.target.to_be_bytes());
        bytes
    }

    /// Σ weight·value, the values being those of the unpublished slots.
    pub(super) fn sum(&self, unpublished: &[u32], values: &[Scalar]) -> Scalar {
        let value = |slot: u32| unpublished.binary_search(&slot).ok().and_then(|at| values.get(at));
        let term = |(slot, weight): &(u32, u64)| value(*slot).map(|value| Scalar::from(*weight) * value);
        self.terms.iter().filter_map(term).sum()
    }

    /// T as a scalar.
    pub(super) fn target(&self) -> Scalar {
        signed_scalar(self.target)
    }
}

fn count(length: usize) -> [u8; 4] {
    u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes()
}

fn field(hash: &mut Sha512, bytes: &[u8]) {
    hash.update(count(bytes.len()));
    hash.update(bytes);
}
