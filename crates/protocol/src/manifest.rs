//! The manifest: everything a survey is, frozen when it opens.

use crate::{
    DimensionWire, Hex, HexBytes, MeasureWire, SchemaWire, SigningKey, VerifyingKey, WhoCountsWire,
    canonical, digest, keys::BadSignature,
};
use serde::{Deserialize, Serialize};
use survey::Granularity;

/// Minimum numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThresholdsWire {
    /// Of counted reporters.
    pub min_reporters: u32,
    /// Of reporters in a published cell.
    pub min_cell_reporters: u32,
    /// Of employees in a published cell.
    pub min_cell_employees: u32,
}

/// One server as the manifest pins it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServerWire {
    /// Who runs it.
    pub operator: String,
    /// Where clients reach it; no trailing slash.
    pub url: String,
    /// Ed25519.
    pub signing_key: Hex<32>,
    /// X25519.
    pub sealing_key: Hex<32>,
}

/// The survey's Paillier key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaillierWire {
    /// n, big-endian.
    pub n: HexBytes,
    /// Proof that n is a Paillier modulus (`docs/PAPER.md`): eleven n-th roots.
    pub proof: HexBytes,
    /// The computation server's statement that this is the key of this survey.
    pub signature: Hex<64>,
}

/// How it is known that a submission is honest in form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Validity {
    /// Not at all: one reporter can defeat thresholds or break the opening. Servers take it in rehearsals only.
    None,
    /// By PackProof, which the data server checks before it stores or signs anything.
    #[serde(rename = "packproof-1")]
    PackProof1,
}

/// How finely reporters answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GranularityWire {
    /// One entry per employee.
    Records,
    /// One entry per reporter.
    Totals,
}

impl From<GranularityWire> for Granularity {
    fn from(wire: GranularityWire) -> Self {
        match wire {
            GranularityWire::Records => Self::Records,
            GranularityWire::Totals => Self::Totals,
        }
    }
}

impl From<Granularity> for GranularityWire {
    fn from(granularity: Granularity) -> Self {
        match granularity {
            Granularity::Records => Self::Records,
            Granularity::Totals => Self::Totals,
        }
    }
}

/// Everything a survey is. Field order is irrelevant: the canonical encoding sorts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// `sealed-pay/manifest/1`.
    pub format: String,
    /// 16 random bytes of the data server, then 16 of the computation server.
    pub survey: Hex<32>,
    /// The survey's title.
    pub title: String,
    /// What it is for, in the organizer's words.
    pub purpose: String,
    /// Whom to ask.
    pub contact: String,
    /// The period the amounts are about, in words.
    pub period: String,
    /// What distinguishes employees: see [`SchemaWire`], also for the next six.
    pub dimensions: Vec<DimensionWire>,
    /// The name of the dimension that is compared.
    pub compared: String,
    /// The category that gaps are parts of.
    pub reference: String,
    /// What is measured.
    pub measures: Vec<MeasureWire>,
    /// Combinations that are cells.
    pub cross_tabulations: Vec<Vec<String>>,
    /// Sums over cells that are published.
    pub margins: Vec<Vec<String>>,
    /// Who counts.
    pub who_counts: WhoCountsWire,
    /// How finely reporters answer.
    pub granularity: GranularityWire,
    /// The most reporters.
    pub max_reporters: u32,
    /// The most employees of one reporter.
    pub max_employees_per_reporter: u32,
    /// Minimum numbers.
    pub thresholds: ThresholdsWire,
    /// Submissions that may be lost, although both servers signed them, before the survey ends unreleased.
    pub max_missing: u32,
    /// Seconds since 1970: no order closes earlier.
    #[serde(deserialize_with = "crate::canonical::integer")]
    pub closes_not_before: u64,
    /// Seconds since 1970: closes by itself.
    #[serde(deserialize_with = "crate::canonical::integer")]
    pub closes_at: u64,
    /// Whether nothing here is real.
    pub rehearsal: bool,
    /// How honest form is known.
    pub validity: Validity,
    /// The data server.
    pub data_server: ServerWire,
    /// The computation server.
    pub computation_server: ServerWire,
    /// Ed25519: who may give orders.
    pub organizer_key: Hex<32>,
    /// The survey's Paillier key.
    pub paillier: PaillierWire,
    /// Root of the invitation keys at opening.
    pub roster_root: Hex<32>,
}

impl Manifest {
    /// The value of `format`.
    pub const FORMAT: &'static str = "sealed-pay/manifest/1";
    const HASH: &'static str = "sealed-pay/v1/manifest";
    const SIGNATURE: &'static str = "sealed-pay/v1/manifest-signature";

    /// The measures of which anything is published.
    pub fn published_measures(&self) -> impl Iterator<Item = &MeasureWire> {
        self.measures.iter().filter(|measure| !measure.statistics.is_empty() || !measure.bands.is_empty())
    }

    /// The fingerprint: SHA-256 of LP("sealed-pay/v1/manifest") ‖ LP(survey id) ‖ LP(canonical encoding).
    #[must_use]
    pub fn fingerprint(&self) -> Hex<32> {
        Hex(digest(Self::HASH, &[&self.survey.0, &canonical::encode(self)]))
    }

    /// What is asked.
    #[must_use]
    pub fn schema_wire(&self) -> SchemaWire {
        SchemaWire {
            dimensions: self.dimensions.clone(),
            compared: self.compared.clone(),
            reference: self.reference.clone(),
            measures: self.measures.clone(),
            cross_tabulations: self.cross_tabulations.clone(),
            margins: self.margins.clone(),
            who_counts: self.who_counts.clone(),
        }
    }

    /// A server's or the organizer's signature over the fingerprint.
    #[must_use]
    pub fn sign(&self, key: &SigningKey) -> Hex<64> {
        key.sign(Self::SIGNATURE, &[&self.fingerprint().0])
    }

    /// Checks such a signature.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify(&self, key: &VerifyingKey, signature: &Hex<64>) -> Result<(), BadSignature> {
        key.verify(Self::SIGNATURE, &[&self.fingerprint().0], signature)
    }
}
