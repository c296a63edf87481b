//! One reporter of a rehearsal, from its link to its receipt.

use crate::{Progress, Rehearsal, RehearsalError, Step, randomness, seal_all};
use http_client::{ComputationServer, DataServer, ServerUrl};
use paillier::Encryptor;
use protocol::{Hex, Invitation};
use reporter::{
    CheckedReceipt, CheckedSurvey, Enrolling, Participant, Preparation, Prover, ReporterKey, SealedEntry,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use survey::Record;

/// Counts ciphertexts of all reporters, and keeps the tables that are the same for all of them.
pub(crate) struct Counter {
    progress: Progress,
    done: Arc<AtomicUsize>,
    of: usize,
    encryptor: Option<Arc<Encryptor>>,
    prover: Option<Arc<Prover>>,
}

impl Counter {
    pub(crate) fn new(progress: Progress, of: usize) -> Self {
        Self { progress, done: Arc::default(), of, encryptor: None, prover: None }
    }

    pub(crate) fn done(&self) -> usize {
        self.done.load(Ordering::Relaxed)
    }

    fn encryptor(&mut self, survey: &CheckedSurvey) -> Arc<Encryptor> {
        let manifest = survey.manifest();
        let make = || Arc::new(Encryptor::new(manifest.paillier(), &manifest.manifest().survey.0));
        self.encryptor.get_or_insert_with(make).clone()
    }

    fn prover(&mut self, survey: &CheckedSurvey) -> Result<Arc<Prover>, RehearsalError> {
        if let Some(prover) = &self.prover {
            return Ok(prover.clone());
        }
        let encryptor = self.encryptor(survey);
        let made = Prover::with(survey.manifest(), &encryptor).map_err(RehearsalError::reporter)?;
        Ok(self.prover.insert(Arc::new(made)).clone())
    }

    /// Seals outside the runtime's threads, so that the servers go on answering.
    async fn seal(
        &mut self,
        survey: &CheckedSurvey,
        preparation: &mut Preparation,
    ) -> Result<Vec<SealedEntry>, RehearsalError> {
        let jobs = preparation.take_jobs();
        let encryptor = self.encryptor(survey);
        let (progress, done, of) = (self.progress.clone(), self.done.clone(), self.of);
        let tell = move |blocks| {
            let done = done.fetch_add(blocks, Ordering::Relaxed) + blocks;
            progress(Step::Sealed { done, of: of.max(done) });
        };
        let sealed = tokio::task::spawn_blocking(move || seal_all(jobs, &encryptor, tell)).await;
        sealed.map_err(|_| RehearsalError::Stopped)?.map_err(RehearsalError::reporter)
    }
}

/// A reporter that has its receipt.
pub(crate) struct Reporter {
    participant: Participant,
    receipt: CheckedReceipt,
}

impl Reporter {
    pub(crate) async fn take_part(
        rehearsal: &Rehearsal,
        link: &str,
        records: Vec<Record>,
        counter: &mut Counter,
    ) -> Result<Self, RehearsalError> {
        let link = Invitation::parse(link).map_err(RehearsalError::reporter)?;
        let data = DataServer::at(rehearsal.http(), url(&link.base)?);
        let survey = check(rehearsal, &link, &data).await?;
        let participant = enrol(survey, &link, &data).await?;
        let receipt = submit(&participant, &link.survey, &data, &records, counter).await?;
        Ok(Self { participant, receipt })
    }

    pub(crate) const fn survey(&self) -> &CheckedSurvey {
        self.participant.survey()
    }

    pub(crate) const fn receipt(&self) -> &CheckedReceipt {
        &self.receipt
    }
}

fn url(text: &str) -> Result<ServerUrl, RehearsalError> {
    ServerUrl::parse(text).map_err(|refused| RehearsalError::Client(refused.into()))
}

async fn check(
    rehearsal: &Rehearsal,
    link: &Invitation,
    data: &DataServer,
) -> Result<CheckedSurvey, RehearsalError> {
    let shown = data.survey(&link.survey).await?;
    let second = url(&shown.manifest.computation_server.url)?;
    let computation = ComputationServer::at(rehearsal.http(), second);
    let other = computation.survey(&link.survey).await?;
    let (one, two) = (data.identity().await?, computation.identity().await?);
    CheckedSurvey::check(link, shown, &other, &one, &two).map_err(RehearsalError::reporter)
}

async fn enrol(
    survey: CheckedSurvey,
    link: &Invitation,
    data: &DataServer,
) -> Result<Participant, RehearsalError> {
    let key = ReporterKey::generate(&mut randomness::system());
    let enrolling = Enrolling::begin(survey, link, key);
    let answer = data.enrol(&link.survey, enrolling.request()).await?;
    enrolling.confirm(&answer).map_err(RehearsalError::reporter)
}

async fn submit(
    participant: &Participant,
    survey: &Hex<32>,
    data: &DataServer,
    records: &[Record],
    counter: &mut Counter,
) -> Result<CheckedReceipt, RehearsalError> {
    let mut preparation = Preparation::new(participant.survey(), records, 1, &mut randomness::system())
        .map_err(RehearsalError::reporter)?;
    let outputs = counter.seal(participant.survey(), &mut preparation).await?;
    let prover = counter.prover(participant.survey())?;
    let (manifest, key) = (participant.survey().manifest(), participant.key());
    let sealed = preparation
        .seal_by(&prover, manifest, key, outputs, &mut randomness::system())
        .map_err(RehearsalError::reporter)?;
    let receipt = data.submit(survey, &sealed.statement.statement, sealed.bytes).await?;
    CheckedReceipt::accept(participant.survey(), sealed.statement, receipt).map_err(RehearsalError::reporter)
}
