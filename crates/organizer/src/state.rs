//! What an organizer keeps: in one file that only it can read.

use crate::invitations::Drawn;
use crate::{CheckedDraft, InvitationRecord, InvitationsRefusal, PlanRefusal, SurveyPlan};
use protocol::{
    AdmittedManifest, BadSignature, Draft, Hex, Manifest, ManifestRefusal, OpenRequest, Order, Side, Signed,
    SigningKey, SurveyDocument, VerifiedKey,
};
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

type Admitted = Result<AdmittedManifest, ManifestRefusal>;

/// Why a survey cannot be opened. Nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenRefusal {
    /// The plan.
    #[error(transparent)]
    Plan(#[from] PlanRefusal),
    /// The labels.
    #[error(transparent)]
    Invitations(#[from] InvitationsRefusal),
    /// It was opened, or the request was made, before: that request is sent again.
    #[error("this survey was opened before; a survey opens once")]
    Opened,
}

/// Why an opened survey is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenedRefusal {
    /// No request was made.
    #[error("this survey was not opened yet")]
    NotRequested,
    /// The server shows another survey than was sent.
    #[error("the servers opened another survey than the one that was sent")]
    OtherSurvey,
    /// A server's signature does not hold.
    #[error("a server's signature over the survey does not hold: {0:?}")]
    Signature(Side),
}

/// Everything an organizer must not lose: whoever has it gives orders in this survey and can enrol with
/// unused invitations. `Debug` shows neither key nor links.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganizerState {
    /// `sealed-pay/organizer-state/1`.
    pub format: String,
    organizer_seed: Hex<32>,
    /// What was decided.
    pub plan: SurveyPlan,
    /// What the servers answered.
    pub draft: Draft,
    /// The request to open, once it was made: sent again after a crash, the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<OpenRequest>,
    /// The survey as both servers signed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened: Option<SurveyDocument>,
    /// All invitations, also those whose order was not acknowledged yet.
    pub invitations: Vec<InvitationRecord>,
    /// The number of the last acknowledged order.
    pub sequence: u32,
    /// An order that was made and not acknowledged yet: sent again, the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<Signed<Order>>,
}

impl OrganizerState {
    /// The value of `format`.
    pub const FORMAT: &'static str = "sealed-pay/organizer-state/1";

    /// Draws an organizer key for a draft.
    #[must_use]
    pub fn new(plan: SurveyPlan, draft: &CheckedDraft, rng: &mut impl CryptoRng) -> Self {
        Self {
            format: Self::FORMAT.to_owned(),
            organizer_seed: Hex(*SigningKey::generate(rng).expose_seed()),
            plan,
            draft: draft.draft().clone(),
            request: None,
            opened: None,
            invitations: Vec::new(),
            sequence: 0,
            pending: None,
        }
    }

    pub(crate) fn key(&self) -> SigningKey {
        SigningKey::from_seed(&self.organizer_seed.0)
    }

    /// Checks the plan against every rule, without drawing anything: so that a survey that cannot open is
    /// refused when it is written.
    ///
    /// # Errors
    /// [`PlanRefusal`].
    pub fn check_plan(&self, now_s: u64) -> Result<AdmittedManifest, PlanRefusal> {
        self.check_plan_by(now_s, Manifest::admit)
    }

    /// The same, with what another thread found out about the key, which takes too long for the one that draws
    /// a page.
    ///
    /// # Errors
    /// [`PlanRefusal`].
    pub fn check_plan_with(
        &self,
        now_s: u64,
        verified: VerifiedKey,
    ) -> Result<AdmittedManifest, PlanRefusal> {
        self.check_plan_by(now_s, |manifest| manifest.admit_with(verified))
    }

    fn check_plan_by(
        &self,
        now_s: u64,
        admit: impl FnOnce(Manifest) -> Admitted,
    ) -> Result<AdmittedManifest, PlanRefusal> {
        let draft = CheckedDraft::trusted(self.draft.clone());
        self.plan.manifest_by(&draft, &self.key().verifying_key(), &protocol::Roster::default(), now_s, admit)
    }

    /// Draws invitations, writes manifest and links, and signs. Store the state, then send the request.
    /// `base` is where links lead; the data server unless a page is elsewhere.
    ///
    /// # Errors
    /// [`OpenRefusal`].
    pub fn open(
        &mut self,
        labels: &[String],
        base: &str,
        now_s: u64,
        rng: &mut impl CryptoRng,
    ) -> Result<&OpenRequest, OpenRefusal> {
        self.open_by(labels, base, now_s, rng, Manifest::admit)
    }

    /// The same, with what another thread found out about the key.
    ///
    /// # Errors
    /// [`OpenRefusal`].
    pub fn open_with(
        &mut self,
        labels: &[String],
        base: &str,
        now_s: u64,
        verified: VerifiedKey,
        rng: &mut impl CryptoRng,
    ) -> Result<&OpenRequest, OpenRefusal> {
        self.open_by(labels, base, now_s, rng, |manifest| manifest.admit_with(verified))
    }

    fn open_by(
        &mut self,
        labels: &[String],
        base: &str,
        now_s: u64,
        rng: &mut impl CryptoRng,
        admit: impl FnOnce(Manifest) -> Admitted,
    ) -> Result<&OpenRequest, OpenRefusal> {
        if self.request.is_some() {
            return Err(OpenRefusal::Opened);
        }
        let key = self.key();
        let draft = CheckedDraft::trusted(self.draft.clone());
        let drawn = Drawn::draw(&self.draft.survey, labels, &[], rng)?;
        let admitted = self.plan.manifest_by(&draft, &key.verifying_key(), &drawn.roster(), now_s, admit)?;
        let roster = drawn.sorted_keys();
        self.invitations = drawn.into_records(base, self.draft.survey, *admitted.fingerprint());
        let manifest = admitted.manifest().clone();
        let organizer_signature = manifest.sign(&key);
        Ok(self.request.insert(OpenRequest { manifest, organizer_signature, roster }))
    }

    /// Checks that both servers signed exactly what was sent.
    ///
    /// # Errors
    /// [`OpenedRefusal`].
    pub fn accept_opened(&mut self, document: SurveyDocument) -> Result<(), OpenedRefusal> {
        let request = self.request.as_ref().ok_or(OpenedRefusal::NotRequested)?;
        let sent = (&request.manifest, &request.organizer_signature);
        if sent != (&document.manifest, &document.organizer_signature) {
            return Err(OpenedRefusal::OtherSurvey);
        }
        let holds = |identity: &protocol::Identity, signature| {
            let key = identity.verifying_key().map_err(|_| BadSignature)?;
            document.manifest.verify(&key, signature)
        };
        holds(&self.draft.data_server, &document.data_server_signature)
            .map_err(|_| OpenedRefusal::Signature(Side::DataServer))?;
        holds(&self.draft.computation_server, &document.computation_server_signature)
            .map_err(|_| OpenedRefusal::Signature(Side::ComputationServer))?;
        self.opened = Some(document);
        Ok(())
    }

    /// The survey's id.
    #[must_use]
    pub const fn survey(&self) -> Hex<32> {
        self.draft.survey
    }

    /// The fingerprint, once the request to open was made.
    #[must_use]
    pub fn fingerprint(&self) -> Option<Hex<32>> {
        self.request.as_ref().map(|request| request.manifest.fingerprint())
    }

    /// Labels by invitation key, as the data server takes them.
    #[must_use]
    pub fn labels(&self) -> BTreeMap<Hex<32>, String> {
        self.invitations.iter().map(|record| (record.invitation_key, record.label.clone())).collect()
    }
}

impl fmt::Debug for OrganizerState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { invitations, sequence, .. } = self;
        let (survey, count) = (self.survey(), invitations.len());
        write!(
            f,
            "OrganizerState {{ survey: {survey}, invitations: {count}, sequence: {sequence}, <private> }}"
        )
    }
}
