//! Sealing, sending, and taking the receipt.

use super::KEPT;
use super::begin::Begun;
use crate::{Failure, progress, randomness};
use http_client::ClientError;
use paillier::Encryptor;
use protocol::{Hex, Kind, Problem, Receipt, SignedStatement};
use rehearsal::seal_all;
use reporter::{CheckedReceipt, Preparation, Prover};
use std::sync::Arc;
use survey::Record;

/// Sends again what an earlier run made and has no receipt for. Whether there was anything.
pub(super) async fn finish_pending(begun: &mut Begun) -> Result<bool, Failure> {
    let Some(pending) = begun.state.pending.clone() else { return Ok(false) };
    let statement = pending.statement().map_err(Failure::input)?;
    eprintln!("Sending again what was not acknowledged before (version {}).", statement.statement.version);
    let bytes = begun.pending_bytes(&pending)?;
    let receipt = match send(begun, &statement, bytes).await {
        Err(error) if error.problem() == Some(Problem::SurveyClosed) => {
            return Err(Failure::client(&error, "What was sealed before the close could not be finished."));
        }
        sent => sent.map_err(|error| Failure::client(&error, KEPT))?,
    };
    accept(begun, statement, receipt)?;
    Ok(true)
}

/// Seals records as the next version, keeps the bytes, sends them.
pub(super) async fn seal_and_send(
    begun: &mut Begun,
    records: &[Record],
    source: Hex<32>,
) -> Result<(), Failure> {
    let version = begun.state.next_version();
    let rng = &mut randomness::system();
    let mut preparation = Preparation::new(&begun.survey, records, version, rng).map_err(|refused| {
        Failure::input(format!("The file cannot be sealed: {refused}. Nothing was sent."))
    })?;
    let bar = progress::bar(preparation.figures().ciphertexts, "salaries sealed");
    let (jobs, facts) = (preparation.take_jobs(), begun.survey.manifest().clone());
    let ticks = bar.clone();
    let sealing = tokio::task::spawn_blocking(move || {
        let encryptor = Arc::new(Encryptor::new(facts.paillier(), &facts.manifest().survey.0));
        let outputs = seal_all(jobs, &encryptor, |blocks| ticks.inc(blocks as u64));
        outputs.map(|outputs| (outputs, encryptor))
    });
    let outputs = sealing.await.map_err(|_| Failure::input("Sealing stopped. Nothing was sent."))?;
    bar.finish_and_clear();
    let sealed = outputs
        .map_err(|refused| refused.to_string())
        .and_then(|(outputs, encryptor)| {
            let (survey, participant) = (begun.survey.manifest(), begun.participant());
            Prover::with(survey, &encryptor)
                .and_then(|prover| preparation.seal_by(&prover, survey, participant.key(), outputs, rng))
                .map_err(|refused| refused.to_string())
        })
        .map_err(|refused| {
            Failure::input(format!("The file cannot be sealed: {refused}. Nothing was sent."))
        })?;
    begun.keep_pending(&sealed, source)?;
    let sent = send(begun, &sealed.statement, Some(sealed.bytes)).await;
    let receipt = sent.map_err(|error| Failure::client(&error, KEPT))?;
    accept(begun, sealed.statement, receipt)
}

/// Sends a statement: with its bytes a submission, alone a withdrawal.
pub(super) async fn send(
    begun: &Begun,
    statement: &SignedStatement,
    bytes: Option<Vec<u8>>,
) -> Result<Receipt, ClientError> {
    let survey = &begun.state.survey;
    match (statement.statement.kind, bytes) {
        (Kind::Submission, Some(bytes)) => begun.data.submit(survey, &statement.statement, bytes).await,
        (Kind::Submission, None) => Err(ClientError::Setup),
        (Kind::Withdrawal, _) => begun.data.withdraw(survey, statement).await,
    }
}

/// Checks the receipt and keeps it.
pub(super) fn accept(begun: &mut Begun, statement: SignedStatement, receipt: Receipt) -> Result<(), Failure> {
    let receipt = CheckedReceipt::accept(&begun.survey, statement, receipt).map_err(|refused| {
        Failure::distrust(format!("{refused}, so nothing counts as submitted although something was sent"))
    })?;
    let pending = begun.state.pending.clone();
    begun.state.acknowledge(&receipt);
    begun.save()?;
    if let Some(pending) = pending {
        begun.drop_pending_file(&pending);
    }
    Ok(())
}
