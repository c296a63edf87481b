//! Agreeing on the set: which version of which credential counts.
//!
//! Each server lists what it holds, signed. From both lists the set follows by one rule, so that each server
//! computes it for itself and nobody can remove or add anyone. A list entry carries the *other* server's
//! signed word where there is one: what was acknowledged and is missing convicts who lost it.

use crate::{AdmittedManifest, Document, Hex, Kind, SignedHour, SignedStatement, Statement, digest};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One version that a server holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldEntry {
    /// The reporter key.
    pub credential: Hex<32>,
    /// Its version.
    pub version: u32,
    /// Submission or withdrawal.
    pub kind: Kind,
    /// C; zero in a withdrawal.
    pub commitment: Hex<32>,
    /// K; zero in a withdrawal.
    pub share_commitment: Hex<32>,
    /// The reporter's own, over the statement: no server can make up a version, nor a withdrawal.
    pub signature: Hex<64>,
    /// The other server's word about this version, if it gave one.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub other: Option<SignedHour>,
}

/// What one server holds, sorted strictly by (credential, version).
///
/// The data server lists the last version that has both words and, if there is one, a later version that has
/// not; the computation server lists the last version of each credential.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldList {
    /// Which survey.
    pub fingerprint: Hex<32>,
    /// Whose list.
    pub role: crate::Role,
    /// The program that made it, as its operator names it.
    pub build: String,
    /// The entries.
    pub entries: Vec<HeldEntry>,
}

impl Document for HeldList {
    const DOMAIN: &'static str = "sealed-pay/v1/held-list";
    fn survey(&self) -> Hex<32> {
        self.fingerprint
    }
}

/// One counted submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// The reporter key.
    pub credential: Hex<32>,
    /// The version that counts.
    pub version: u32,
    /// Its C.
    pub commitment: Hex<32>,
}

impl Member {
    /// SHA-256 of LP("sealed-pay/v1/member") ‖ LP(fingerprint) ‖ LP(credential) ‖ LP(u32_be version) ‖ LP(C).
    #[must_use]
    pub fn id(&self, fingerprint: &Hex<32>) -> [u8; 32] {
        let version = self.version.to_be_bytes();
        digest("sealed-pay/v1/member", &[&fingerprint.0, &self.credential.0, &version, &self.commitment.0])
    }
}

/// One of the two servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The data server.
    DataServer,
    /// The computation server.
    ComputationServer,
}

/// A credential that is not counted, or not with its last version, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Discrepancy {
    /// Only one server ever had this version; the reporter has no receipt for it.
    Unfinished {
        /// The reporter key.
        credential: Hex<32>,
        /// The version.
        version: u32,
    },
    /// This server signed for the version and does not have it.
    Lost {
        /// The reporter key.
        credential: Hex<32>,
        /// The version.
        version: u32,
        /// Who lost it.
        by: Side,
    },
    /// The two servers hold different statements of one version; the reporter signed both.
    Different {
        /// The reporter key.
        credential: Hex<32>,
        /// The version.
        version: u32,
    },
}

/// What the agreed set allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The totals are opened.
    Proceed,
    /// Fewer members than `min_reporters`.
    TooFewReporters,
    /// More lost than `max_missing`.
    TooManyMissing,
}

/// The set that both servers sign; it never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreedSet {
    /// Which survey.
    pub fingerprint: Hex<32>,
    /// Hash of the data server's list.
    pub data_list: Hex<32>,
    /// Hash of the computation server's list.
    pub computation_list: Hex<32>,
    /// The counted, sorted by credential.
    pub members: Vec<Member>,
    /// How many withdrew.
    pub withdrawn: u32,
    /// What did not match, sorted by credential, then version.
    pub discrepancies: Vec<Discrepancy>,
    /// What follows.
    pub outcome: Outcome,
}

impl Document for AgreedSet {
    const DOMAIN: &'static str = "sealed-pay/v1/agreed-set";
    fn survey(&self) -> Hex<32> {
        self.fingerprint
    }
}

/// What both servers hold of one credential.
#[derive(Default)]
struct Pair<'a> {
    data: Vec<&'a HeldEntry>,
    computation: Vec<&'a HeldEntry>,
}

/// What becomes of one credential.
enum Fate {
    Counted(Member),
    Withdrawn,
    Nothing,
}

impl HeldEntry {
    /// The entry of a version, with the other server's word about it if there is one.
    #[must_use]
    pub fn new(signed: &SignedStatement, other: Option<SignedHour>) -> Self {
        let Statement { credential, version, kind, commitment, share_commitment, .. } = signed.statement;
        Self { credential, version, kind, commitment, share_commitment, signature: signed.signature, other }
    }

    /// Whether its reporter signed it.
    #[must_use]
    pub fn is_signed(&self, fingerprint: Hex<32>) -> bool {
        let signed = SignedStatement { statement: self.statement(fingerprint), signature: self.signature };
        signed.verify().is_ok()
    }

    /// What its reporter signed.
    #[must_use]
    pub const fn statement(&self, fingerprint: Hex<32>) -> Statement {
        Statement {
            fingerprint,
            credential: self.credential,
            version: self.version,
            kind: self.kind,
            commitment: self.commitment,
            share_commitment: self.share_commitment,
        }
    }

    /// Whether the entry proves that `other` signed for it.
    fn proves(&self, manifest: &AdmittedManifest, other: Side) -> bool {
        let statement = self.statement(*manifest.fingerprint());
        self.other.is_some_and(|word| match other {
            Side::DataServer => word.verify_held(&statement, manifest.data_server()).is_ok(),
            Side::ComputationServer => {
                word.verify_declared(&statement, manifest.computation_server()).is_ok()
            }
        })
    }
}

/// Sorted, nothing twice, and every entry signed by its reporter.
fn is_list(list: &HeldList) -> bool {
    list.entries.is_sorted_by(|a, b| (a.credential, a.version) < (b.credential, b.version))
        && list.entries.iter().all(|entry| entry.is_signed(list.fingerprint))
}

/// The set that follows from both lists, or `None` if one of them is not a list of this survey, is unsorted,
/// has an entry that its reporter did not sign, or stands for the other server. The servers' signatures of
/// the lists are checked before.
///
/// For each credential: the entry with the highest version in either list decides. If it is a withdrawal, in
/// one list or both, nothing counts (where the other server knows nothing of the credential, there is nothing to
/// withdraw, and the entry is unfinished). If both lists hold it alike, it counts. If one list alone holds it with
/// the other server's word, the other lost it, and nothing counts. If one list alone holds it without such a
/// word, it was never finished, is named, and the next lower version is looked at.
#[must_use]
pub fn agree(manifest: &AdmittedManifest, data: &HeldList, computation: &HeldList) -> Option<AgreedSet> {
    let fingerprint = *manifest.fingerprint();
    let ours = data.fingerprint == fingerprint && computation.fingerprint == fingerprint;
    let roles = data.role == crate::Role::DataServer && computation.role == crate::Role::ComputationServer;
    if !ours || !roles || !is_list(data) || !is_list(computation) {
        return None;
    }
    Some(settle(manifest, data, computation))
}

/// The set that follows from two lists, whoever signed what: for verifiers, which name what does not hold. Nobody
/// else takes it for [`agree`].
#[must_use]
pub fn settle(manifest: &AdmittedManifest, data: &HeldList, computation: &HeldList) -> AgreedSet {
    let fingerprint = *manifest.fingerprint();
    let mut pairs: BTreeMap<Hex<32>, Pair<'_>> = BTreeMap::new();
    for entry in &data.entries {
        pairs.entry(entry.credential).or_default().data.push(entry);
    }
    for entry in &computation.entries {
        pairs.entry(entry.credential).or_default().computation.push(entry);
    }
    let (mut members, mut withdrawn, mut discrepancies) = (Vec::new(), 0, Vec::new());
    for pair in pairs.values_mut() {
        let mut found = Vec::new();
        match fate(manifest, pair, &mut found) {
            Fate::Counted(member) => members.push(member),
            Fate::Withdrawn => withdrawn += 1,
            Fate::Nothing => {}
        }
        found.reverse();
        discrepancies.append(&mut found);
    }
    let outcome = outcome(manifest, &members, &discrepancies);
    AgreedSet {
        fingerprint,
        data_list: data.hash(),
        computation_list: computation.hash(),
        members,
        withdrawn,
        discrepancies,
        outcome,
    }
}

fn fate(manifest: &AdmittedManifest, pair: &mut Pair<'_>, found: &mut Vec<Discrepancy>) -> Fate {
    loop {
        let (d, c) = (pair.data.last().copied(), pair.computation.last().copied());
        let version = d.map(|e| e.version).max(c.map(|e| e.version));
        let d = d.filter(|e| Some(e.version) == version);
        let c = c.filter(|e| Some(e.version) == version);
        if withdraws(manifest, d, Side::ComputationServer, &pair.computation)
            || withdraws(manifest, c, Side::DataServer, &pair.data)
        {
            return Fate::Withdrawn;
        }
        let (one, other) = match (d, c) {
            (None, None) => return Fate::Nothing,
            (Some(d), Some(c)) => return both(d, c, found),
            (Some(d), None) => (d, Side::ComputationServer),
            (None, Some(c)) => (c, Side::DataServer),
        };
        let (credential, version) = (one.credential, one.version);
        if one.proves(manifest, other) {
            found.push(Discrepancy::Lost { credential, version, by: other });
            return Fate::Nothing;
        }
        found.push(Discrepancy::Unfinished { credential, version });
        match other {
            Side::ComputationServer => pair.data.pop(),
            Side::DataServer => pair.computation.pop(),
        };
    }
}

/// Whether an entry withdraws what the other server knows of. A withdrawal of which it knows nothing, with no
/// word of its own and no version of the credential, withdraws nothing: anybody can make a credential up.
fn withdraws(
    manifest: &AdmittedManifest,
    entry: Option<&HeldEntry>,
    other: Side,
    at_other: &[&HeldEntry],
) -> bool {
    entry.is_some_and(|entry| {
        entry.kind == Kind::Withdrawal && (!at_other.is_empty() || entry.proves(manifest, other))
    })
}

fn both(d: &HeldEntry, c: &HeldEntry, found: &mut Vec<Discrepancy>) -> Fate {
    let (credential, version, commitment) = (d.credential, d.version, d.commitment);
    if d.commitment == c.commitment && d.share_commitment == c.share_commitment {
        return Fate::Counted(Member { credential, version, commitment });
    }
    found.push(Discrepancy::Different { credential, version });
    Fate::Nothing
}

fn outcome(manifest: &AdmittedManifest, members: &[Member], found: &[Discrepancy]) -> Outcome {
    let lost = found.iter().filter(|d| matches!(d, Discrepancy::Lost { .. })).count();
    if lost > manifest.manifest().max_missing as usize {
        Outcome::TooManyMissing
    } else if members.len() < manifest.thresholds().min_reporters() as usize {
        Outcome::TooFewReporters
    } else {
        Outcome::Proceed
    }
}

impl AgreedSet {
    /// The members' ids, ascending: what the opening is bound to.
    #[must_use]
    pub fn member_ids(&self) -> Vec<[u8; 32]> {
        let mut ids: Vec<[u8; 32]> = self.members.iter().map(|m| m.id(&self.fingerprint)).collect();
        ids.sort_unstable();
        ids
    }
}
