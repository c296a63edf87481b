//! From products to totals that open all commitments. Any failure is the same one: nothing is learned from it.

use std::collections::HashMap;

use commitments::{Point, Share};
use num_bigint::BigUint;
use paillier::Plaintext;
use paillier_keys::{MemberId, MinimumCohort, SecretKey, close};
use protocol::{AgreedSet, HeldList, Member};
use survey::GroupLayout;
use zeroize::Zeroizing;

use super::admit::AdmittedOpening;
use crate::surveys::Survey;

/// Everything an opening needs, opened for it.
pub(super) struct Opener<'a> {
    /// The survey.
    pub(super) survey: &'a Survey,
    /// The set.
    pub(super) agreed: &'a AgreedSet,
    /// The data server's list.
    pub(super) held: &'a HeldList,
    /// This server's list.
    pub(super) declared: &'a HeldList,
    /// The key.
    pub(super) key: &'a SecretKey,
    /// s_C of every member.
    pub(super) shares: &'a [Share],
}

/// What was opened: secret until it is known what of it may be published.
pub(super) struct Opened {
    /// M_j of every slot, in canonical order.
    pub(super) values: Zeroizing<Vec<i128>>,
    /// Σ s_D + Σ s_C.
    pub(super) blinding: Share,
}

impl Opener<'_> {
    /// Opens; `None` names no cause.
    pub(super) fn open(&self, opening: AdmittedOpening) -> Option<Opened> {
        let manifest = &self.survey.manifest;
        let minimum = MinimumCohort::new(manifest.thresholds().min_reporters()).ok()?;
        let (declared, held) = (self.ids(self.declared)?, self.ids(self.held)?);
        let closed = close(&declared, &held, opening.products, minimum).ok()?;
        let values = self.values(&self.key.open(closed).ok()?)?;
        let points = self.agreed.members.iter().map(|member| Point::admit(member.commitment.0).ok());
        let points: Vec<Point> = points.collect::<Option<_>>()?;
        let own_share = Share::sum(self.shares);
        let opens = self.survey.generators.opens(&points, &values, &opening.data_share, &own_share);
        let blinding = Share::sum([&opening.data_share, &own_share]);
        opens.then_some(Opened { values, blinding })
    }

    /// The ids of the members as one list has them, ascending; `None` if a member is missing from it.
    fn ids(&self, list: &HeldList) -> Option<Vec<MemberId>> {
        let listed: HashMap<_, _> =
            list.entries.iter().map(|entry| ((entry.credential, entry.version), entry.commitment)).collect();
        let id = |member: &Member| {
            let (credential, version) = (member.credential, member.version);
            let commitment = *listed.get(&(credential, version))?;
            Some(MemberId(Member { credential, version, commitment }.id(&list.fingerprint)))
        };
        let mut ids = self.agreed.members.iter().map(id).collect::<Option<Vec<_>>>()?;
        ids.sort_unstable();
        Some(ids)
    }

    /// M_j of every slot, in canonical order.
    fn values(&self, opened: &[Plaintext]) -> Option<Zeroizing<Vec<i128>>> {
        let layout = self.survey.manifest.layout();
        let mut blocks = opened.iter();
        let mut values = Zeroizing::new(Vec::with_capacity(layout.slot_count()));
        for group in layout.groups() {
            let biased: Vec<Vec<u8>> = (0..group.blocks)
                .map(|block| self.bias(group, block, blocks.next()?))
                .collect::<Option<_>>()?;
            values.extend(layout.unpack(group, &biased).ok()?);
        }
        Some(values)
    }

    /// m + Σ 2^(o_j + w_j − 1) modulo n, as long as a block.
    fn bias(&self, group: &GroupLayout, block: usize, opened: &Plaintext) -> Option<Vec<u8>> {
        let bytes = self.survey.manifest.layout().block_bytes();
        let bias = BigUint::from_bytes_be(&group.bias(block, bytes));
        let biased = ((opened.to_biguint() + bias) % self.key.public().n()).to_bytes_be();
        let mut padded = vec![0; bytes.checked_sub(biased.len())?];
        padded.extend_from_slice(&biased);
        Some(padded)
    }
}
