//! What an organizer decides before a survey opens.

use crate::CheckedDraft;
use protocol::{
    AdmittedManifest, GranularityWire, Hex, Manifest, ManifestRefusal, Roster, SchemaWire, ThresholdsWire,
    Validity, VerifyingKey,
};
use serde::{Deserialize, Serialize};

/// Everything about a survey that neither server decides. In files a JSON object with these fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveyPlan {
    /// The title.
    pub title: String,
    /// What the survey is for.
    pub purpose: String,
    /// Whom to ask.
    pub contact: String,
    /// The period the amounts are about, in words.
    pub period: String,
    /// What is asked.
    pub schema: SchemaWire,
    /// How finely reporters answer.
    pub granularity: GranularityWire,
    /// The most reporters.
    pub max_reporters: u32,
    /// The most employees of one reporter.
    pub max_employees_per_reporter: u32,
    /// Minimum numbers.
    pub thresholds: ThresholdsWire,
    /// Acknowledged submissions that may be lost before the survey ends without a result.
    pub max_missing: u32,
    /// Seconds since 1970: no order closes earlier.
    pub closes_not_before: u64,
    /// Seconds since 1970: closes by itself.
    pub closes_at: u64,
    /// Whether nothing is real.
    pub rehearsal: bool,
}

/// Why a plan does not become a survey. Nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanRefusal {
    /// A rule of the protocol.
    #[error(transparent)]
    Manifest(#[from] ManifestRefusal),
    /// The closing time is over.
    #[error("the survey would close in the past")]
    ClosesInThePast,
    /// More invitations than reporters.
    #[error("there are more invitations than the survey may have reporters")]
    TooManyInvitations,
}

impl SurveyPlan {
    /// Writes the manifest and checks every rule, as the servers and all reporters will.
    ///
    /// # Errors
    /// [`PlanRefusal`].
    pub fn manifest(
        &self,
        draft: &CheckedDraft,
        organizer: &VerifyingKey,
        roster: &Roster,
        now_s: u64,
    ) -> Result<AdmittedManifest, PlanRefusal> {
        self.manifest_by(draft, organizer, roster, now_s, Manifest::admit)
    }

    /// The same, admitted by whoever may know something about the key already.
    pub(crate) fn manifest_by(
        &self,
        draft: &CheckedDraft,
        organizer: &VerifyingKey,
        roster: &Roster,
        now_s: u64,
        admit: impl FnOnce(Manifest) -> Result<AdmittedManifest, ManifestRefusal>,
    ) -> Result<AdmittedManifest, PlanRefusal> {
        if self.closes_at <= now_s {
            return Err(PlanRefusal::ClosesInThePast);
        }
        if roster.keys().len() > self.max_reporters as usize {
            return Err(PlanRefusal::TooManyInvitations);
        }
        let root = roster.root(&draft.draft().survey);
        Ok(admit(self.write(draft, organizer.to_hex(), root))?)
    }

    /// Checks every rule that needs no draft. A draft uses up a key, so none is asked for in vain.
    ///
    /// # Errors
    /// [`PlanRefusal`].
    pub fn check(&self, usable_bits: u32, now_s: u64) -> Result<(), PlanRefusal> {
        if self.closes_at <= now_s {
            return Err(PlanRefusal::ClosesInThePast);
        }
        let manifest = self.write(&CheckedDraft::placeholder(), Hex([0; 32]), Hex([0; 32]));
        Ok(manifest.check_plan(usable_bits)?)
    }

    fn write(&self, checked: &CheckedDraft, organizer_key: Hex<32>, roster_root: Hex<32>) -> Manifest {
        let plan = self.clone();
        Manifest {
            format: Manifest::FORMAT.to_owned(),
            survey: checked.draft().survey,
            title: plan.title,
            purpose: plan.purpose,
            contact: plan.contact,
            period: plan.period,
            dimensions: plan.schema.dimensions,
            compared: plan.schema.compared,
            reference: plan.schema.reference,
            measures: plan.schema.measures,
            cross_tabulations: plan.schema.cross_tabulations,
            margins: plan.schema.margins,
            who_counts: plan.schema.who_counts,
            granularity: plan.granularity,
            max_reporters: plan.max_reporters,
            max_employees_per_reporter: plan.max_employees_per_reporter,
            thresholds: plan.thresholds,
            max_missing: plan.max_missing,
            closes_not_before: plan.closes_not_before,
            closes_at: plan.closes_at,
            rehearsal: plan.rehearsal,
            validity: Validity::PackProof1,
            data_server: checked.data_server(),
            computation_server: checked.computation_server(),
            organizer_key,
            paillier: checked.draft().paillier.clone(),
            roster_root,
        }
    }
}
