//! `sealedpay withdraw`.

use super::begin::Begun;
use super::{KEPT, outcome, send};
use crate::args::WithdrawArgs;
use crate::{Failure, ask, files};
use http_client::{ClientError, ComputationServer, DataServer, Http, ServerUrl};
use protocol::HexBytes;
use reporter::{CheckedSurvey, Pending, ReporterState, SurveyDistrust};

/// Withdraws everything that was reported under a state file.
pub(crate) async fn run(args: WithdrawArgs) -> Result<(), Failure> {
    let state: ReporterState = files::read_state(&args.state)?.ok_or_else(|| {
        Failure::input(format!("There is no file {}. Nothing was sent.", args.state.display()))
    })?;
    let state = state.admit().map_err(|refused| Failure::input(format!("{refused}. Nothing was sent.")))?;
    let mut begun = open(state, &args).await?;
    if begun.state.enrolled.is_none() {
        return Err(Failure::input("Nothing was reported under this file, so there is nothing to withdraw."));
    }
    eprintln!("{}", begun.survey.manifest().manifest().title);
    ask::confirm("Withdraw? Nothing that you reported is counted then.", args.yes)?;
    withdraw(&mut begun).await?;
    outcome::done(&begun, args.json)
}

async fn withdraw(begun: &mut Begun) -> Result<(), Failure> {
    // A version that waits may have reached the server, so its number counts as used; a withdrawal needs no
    // number that is the next one, only a higher one.
    let pending = begun.state.pending.take();
    let waiting = pending.as_ref().and_then(|one| one.statement().ok()).map(|one| one.statement.version);
    let version = begun.state.acknowledged.max(waiting.unwrap_or(0)).saturating_add(1);
    let statement = begun.participant().withdrawal(version);
    let kept = HexBytes(statement.to_bytes());
    begun.state.pending = Some(Pending { statement: kept, file: None, sha256: None, source: None });
    begun.save()?;
    if let Some(pending) = pending {
        begun.drop_pending_file(&pending);
    }
    match send::send(begun, &statement, None).await {
        Ok(receipt) => send::accept(begun, statement, receipt),
        Err(error) => Err(elsewhere(begun, &statement, &error).await),
    }
}

/// A withdrawal that the computation server has counts, whatever the data server does.
async fn elsewhere(begun: &Begun, statement: &protocol::SignedStatement, error: &ClientError) -> Failure {
    let taken = begun.computation.withdraw(&begun.state.survey, statement).await;
    let server = begun.survey.manifest().computation_server();
    let holds = taken.is_ok_and(|word| word.verify_declared(&statement.statement, server).is_ok());
    if holds {
        return Failure::client(
            error,
            "The computation server took the withdrawal, so nothing of yours is counted. Run this again for \
             both servers' receipt.",
        );
    }
    Failure::client(error, KEPT)
}

async fn open(state: ReporterState, args: &WithdrawArgs) -> Result<Begun, Failure> {
    let failed = |error: ClientError| Failure::client(&error, "Nothing was sent.");
    let http = Http::new().map_err(failed)?;
    let url =
        |text: &str| ServerUrl::parse(text).map_err(|refused| Failure::input(format!("{text}: {refused}.")));
    let data = DataServer::at(&http, url(&state.data_server)?);
    let computation = ComputationServer::at(&http, url(&state.computation_server)?);
    let shown = data.survey(&state.survey).await.map_err(failed)?;
    if shown.manifest.fingerprint() != state.fingerprint {
        return Err(Failure::distrust(SurveyDistrust::OtherSurvey));
    }
    let other = computation.survey(&state.survey).await.map_err(failed)?;
    let first = DataServer::at(&http, url(&shown.manifest.data_server.url)?);
    let (one, two) = (first.identity().await.map_err(failed)?, computation.identity().await.map_err(failed)?);
    let survey = CheckedSurvey::check_unlinked(shown, &other, &one, &two).map_err(Failure::distrust)?;
    Ok(Begun { link: None, survey, data, computation, path: args.state.clone(), state })
}
