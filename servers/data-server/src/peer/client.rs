//! Every question there is, with the signatures of its answer checked where the answer itself is signed.

use protocol::peer::{Agreement, ForwardedOpenRequest, OpeningAnswer, SignatureDocument};
use protocol::{
    AdmittedManifest, Enrolled, Enrolment, HeldList, Hex, PeerDraft, PeerDraftRequest, Signed, SignedHour,
    canonical, peer, routes,
};
use serde::de::DeserializeOwned;

use super::{Peer, PeerFailure};
use crate::store::Version;

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, PeerFailure> {
    serde_json::from_slice(body).map_err(|_| PeerFailure::Unavailable)
}

impl Peer {
    /// A key for a new survey.
    pub(crate) async fn draft(&self, request: &PeerDraftRequest) -> Result<PeerDraft, PeerFailure> {
        read(&self.ask(routes::peer::DRAFTS, canonical::encode(request)).await?)
    }

    /// Its signature over a manifest.
    pub(crate) async fn open_survey(&self, request: &ForwardedOpenRequest) -> Result<Hex<64>, PeerFailure> {
        let answer = self.ask(routes::peer::SURVEYS, canonical::encode(request)).await?;
        let signature = read::<SignatureDocument>(&answer)?.signature;
        let holds = request.request.manifest.verify(self.pinned(), &signature);
        holds.map(|()| signature).map_err(|_| PeerFailure::Unavailable)
    }

    /// Its word about a submission.
    pub(crate) async fn declare(
        &self,
        manifest: &AdmittedManifest,
        version: &Version,
        sealed: &[u8],
    ) -> Result<SignedHour, PeerFailure> {
        let path = routes::of_survey(routes::peer::DECLARATIONS, &version.key.survey);
        let body = peer::declaration_body(&version.statement, &version.held, sealed);
        word(manifest, version, &self.ask(&path, body).await?)
    }

    /// Its word about a withdrawal.
    pub(crate) async fn withdraw(
        &self,
        manifest: &AdmittedManifest,
        version: &Version,
    ) -> Result<SignedHour, PeerFailure> {
        let path = routes::of_survey(routes::WITHDRAWALS, &version.key.survey);
        word(manifest, version, &self.ask_openly(&path, version.statement.to_bytes()).await?)
    }

    /// Its confirmation of an enrolment.
    pub(crate) async fn enrol(
        &self,
        manifest: &AdmittedManifest,
        enrolment: &Enrolment,
    ) -> Result<Hex<64>, PeerFailure> {
        let path = routes::of_survey(routes::ENROLMENTS, &manifest.manifest().survey);
        let answer = self.ask_openly(&path, canonical::encode(enrolment)).await?;
        let signature = read::<SignatureDocument>(&answer)?.signature;
        let server = manifest.computation_server();
        Enrolled::verify_one(enrolment, manifest.fingerprint(), server, &signature)
            .map(|()| signature)
            .map_err(|_| PeerFailure::Unavailable)
    }

    /// Hands an order on.
    pub(crate) async fn order(&self, survey: &Hex<32>, document: Vec<u8>) -> Result<(), PeerFailure> {
        self.ask_openly(&routes::of_survey(routes::ORDERS, survey), document).await.map(drop)
    }

    /// Its list, and the set.
    pub(crate) async fn agree(
        &self,
        survey: &Hex<32>,
        list: &Signed<HeldList>,
    ) -> Result<Agreement, PeerFailure> {
        let path = routes::of_survey(routes::peer::AGREEMENT, survey);
        read(&self.ask(&path, canonical::encode(list)).await?)
    }

    /// What it would publish. `opening` is sent as it was kept.
    pub(crate) async fn open_totals(
        &self,
        survey: &Hex<32>,
        opening: Vec<u8>,
    ) -> Result<OpeningAnswer, PeerFailure> {
        read(&self.ask(&routes::of_survey(routes::peer::OPENING, survey), opening).await?)
    }

    /// Lets it publish.
    pub(crate) async fn countersign(&self, survey: &Hex<32>, signature: Hex<64>) -> Result<(), PeerFailure> {
        let path = routes::of_survey(routes::peer::COUNTERSIGNATURE, survey);
        self.ask(&path, canonical::encode(&SignatureDocument { signature })).await.map(drop)
    }
}

fn word(manifest: &AdmittedManifest, version: &Version, answer: &[u8]) -> Result<SignedHour, PeerFailure> {
    let word: SignedHour = read(answer)?;
    let holds = word.verify_declared(&version.statement.statement, manifest.computation_server());
    holds.map(|()| word).map_err(|_| PeerFailure::Unavailable)
}
