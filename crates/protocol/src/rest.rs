//! What a release claims about the commitments, and the proof of it (`docs/PROOF.md` §9).
//!
//! A number of one slot is claimed by itself. A number that stands in several slots, limbs of a sum or bands that
//! were joined, is claimed as their weighted sum. Everything else of a release follows from these.

use crate::{AdmittedManifest, AgreedSet, Document, HexBytes, Release};
use commitments::{Generators, Margin, Point, RestRefusal, RestStatement, Share};
use rand_core::CryptoRng;
use statistics::{Figure, ReleasedCell};
use survey::{Layout, Schema, Slot, SlotKind};

/// Slots whose totals are published, and published sums over slots that are not.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct RestClaims {
    /// Slots with their totals, ascending.
    pub published: Vec<(u32, i128)>,
    /// Sums over several slots, by their first slot.
    pub margins: Vec<Margin>,
}

/// One number of a release with the slots that hold it.
struct Claim {
    cell: usize,
    number: Number,
    target: i128,
    terms: Vec<(u32, u64)>,
}

/// Names a number of a cell: a kind of slot, or a band as it is shown, by its lower end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Number {
    Of(SlotKind),
    Band { measure: usize, low_minor: u64 },
}

impl RestClaims {
    /// What released slots claim.
    #[must_use]
    pub fn of(layout: &Layout, slots: &[Figure<ReleasedCell>]) -> Self {
        let mut claims: Vec<Claim> = Vec::new();
        for slot in layout.slots() {
            let released = slots.get(slot.cell).and_then(Figure::released);
            let Some((number, target)) = released.and_then(|cell| shown(layout.schema(), cell, slot)) else {
                continue;
            };
            let term = (slot.index, 1u64 << slot.limb.weight_bits());
            // Limbs of a number, and bands that were joined, are neighbours.
            match claims.last_mut().filter(|last| last.cell == slot.cell && last.number == number) {
                Some(last) => last.terms.push(term),
                None => claims.push(Claim { cell: slot.cell, number, target, terms: vec![term] }),
            }
        }
        let mut found = Self::default();
        for Claim { target, terms, .. } in claims {
            match terms.as_slice() {
                [(slot, 1)] => found.published.push((*slot, target)),
                _ => found.margins.push(Margin { terms, target }),
            }
        }
        found
    }
}

/// The number of a released cell that a slot holds all or a part of; `None` if it is not shown.
fn shown(schema: &Schema, cell: &ReleasedCell, slot: &Slot) -> Option<(Number, i128)> {
    let of = |measure: usize| cell.measures.get(measure);
    let value = match slot.kind {
        SlotKind::Reporters => Some(cell.reporters),
        SlotKind::Employees => Some(cell.employees),
        SlotKind::Sum { measure } => of(measure)?.sum_minor,
        SlotKind::Squares { measure } => of(measure)?.squares,
        SlotKind::Receiving { measure } => of(measure)?.receiving,
        SlotKind::Band { measure, band } => {
            let asked = schema.measures().get(measure)?.band(band)?;
            let (low, high) = (asked.min_minor(), asked.max_minor());
            let band = of(measure)?.bands.iter().find(|b| b.low_minor <= low && high <= b.high_minor)?;
            return Some((Number::Band { measure, low_minor: band.low_minor }, band.employees));
        }
    };
    value.map(|value| (Number::Of(slot.kind), value))
}

/// C of every member; `None` if one of them is no group element.
fn commitments(agreed: &AgreedSet) -> Option<Vec<Point>> {
    agreed.members.iter().map(|member| Point::admit(member.commitment.0).ok()).collect()
}

/// A statement's parts, owned.
struct Parts {
    fingerprint: [u8; 32],
    set_hash: [u8; 32],
    commitments: Vec<Point>,
    claims: RestClaims,
}

impl Parts {
    fn new(
        manifest: &AdmittedManifest,
        agreed: &AgreedSet,
        slots: &[Figure<ReleasedCell>],
    ) -> Result<Self, RestRefusal> {
        Ok(Self {
            fingerprint: manifest.fingerprint().0,
            set_hash: agreed.hash().0,
            commitments: commitments(agreed).ok_or(RestRefusal::Statement)?,
            claims: RestClaims::of(manifest.layout(), slots),
        })
    }

    fn statement(&self) -> RestStatement<'_> {
        RestStatement {
            fingerprint: &self.fingerprint,
            set_hash: &self.set_hash,
            commitments: &self.commitments,
            published: &self.claims.published,
            margins: &self.claims.margins,
        }
    }
}

/// Shows that published slots and what is not published open the commitments of the agreed set. `totals` are the
/// M_j of all slots, `opening` is Σ s_D + Σ s_C.
///
/// # Errors
/// [`RestRefusal`], if the slots are not the totals'.
pub fn prove_rest(
    manifest: &AdmittedManifest,
    agreed: &AgreedSet,
    slots: &[Figure<ReleasedCell>],
    (generators, totals, opening): (&Generators, &[i128], &Share),
    rng: &mut impl CryptoRng,
) -> Result<HexBytes, RestRefusal> {
    let parts = Parts::new(manifest, agreed, slots)?;
    generators.prove_rest(&parts.statement(), totals, opening, rng).map(HexBytes)
}

impl Release {
    /// Checks that the released slots, and what is not released, open the commitments of the agreed set.
    ///
    /// # Errors
    /// [`RestRefusal`]; [`RestRefusal::Statement`] also where cells cannot be read, or a commitment is none.
    pub fn check_rest(
        &self,
        manifest: &AdmittedManifest,
        agreed: &AgreedSet,
        generators: &Generators,
    ) -> Result<(), RestRefusal> {
        let slots = self.slots(manifest.schema()).ok_or(RestRefusal::Statement)?;
        let parts = Parts::new(manifest, agreed, &slots)?;
        generators.verify_rest(&parts.statement(), &self.rest.0)
    }
}

impl AdmittedManifest {
    /// The generators of the survey's commitments.
    #[must_use]
    pub fn generators(&self) -> Generators {
        let slots = u32::try_from(self.layout().slot_count()).unwrap_or(u32::MAX);
        Generators::derive(&self.fingerprint().0, slots)
    }
}
