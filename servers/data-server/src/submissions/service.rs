//! The way of one submission: known already? – checked – kept – declared – acknowledged.

use protocol::{Problem, Receipt, SignedHour, hour_of};
use sha2::{Digest, Sha256};

use tokio::sync::SemaphorePermit;

use super::admit::{Admitted, admit};
use super::finish;
use crate::app::{App, OpenSurvey, calculate, internal};
use crate::store::{NewVersion, Put, Token, Version, VersionKey};

/// A receipt, and whether this request was the first.
pub(crate) enum Acknowledged {
    /// The first.
    Now(Receipt),
    /// A repetition.
    Before(Receipt),
}

/// How large a submission to this survey may be. Asked before anything is read.
pub(crate) async fn limit(app: &App, key: VersionKey) -> Result<usize, Problem> {
    let survey = app.survey(key.survey).await?;
    if app.store.is_enrolled(key.survey, key.credential).await.map_err(internal)? {
        Ok(survey.max_upload_bytes)
    } else {
        Err(Problem::CredentialUnknown)
    }
}

/// Takes a submission, or finds it.
pub(crate) async fn submit(
    app: &App,
    key: VersionKey,
    upload: (Vec<u8>, SemaphorePermit<'_>),
) -> Result<Acknowledged, Problem> {
    let (body, room) = upload;
    let survey = app.survey(key.survey).await?;
    let token = Token::Upload(Sha256::digest(&body).into());
    if let Some(known) = look_up(app, key, token).await? {
        drop((body, room));
        return finish(app, &known).await.map(Acknowledged::Before);
    }
    let admitted = check(app, &survey, key, body).await?;
    drop(room);
    let new = new_version(app, key, token, admitted)?;
    let version = new.version();
    kit::fail_point!("data-server/submission/before-write");
    match app.store.put_version(new, app.now_s()).await.map_err(internal)? {
        Put::Stored => {}
        // The same message twice at a time: the other one was faster.
        Put::AlreadyStored(known) => return finish(app, &known).await.map(Acknowledged::Before),
        other => return Err(refusal(&other)),
    }
    kit::fail_point!("data-server/submission/after-write");
    finish(app, &version).await.map(Acknowledged::Now)
}

/// The same submission if it is here already; nothing if it may be stored.
async fn look_up(app: &App, key: VersionKey, token: Token) -> Result<Option<Version>, Problem> {
    let look = async || app.store.look_up(key, token, app.now_s()).await.map_err(internal);
    let outcome = match look().await? {
        // The version before this one is not finished: that comes first.
        Put::Unfinished(before) => {
            finish(app, &before).await?;
            look().await?
        }
        outcome => outcome,
    };
    match outcome {
        Put::Stored => Ok(None),
        Put::AlreadyStored(known) => Ok(Some(*known)),
        other => Err(refusal(&other)),
    }
}

/// The problem that an outcome stands for.
pub(crate) fn refusal(outcome: &Put) -> Problem {
    match outcome {
        Put::Used => Problem::VersionUsed,
        Put::Gap => Problem::VersionGap,
        Put::Unfinished(_) => Problem::PeerUnavailable,
        Put::CredentialUnknown => Problem::CredentialUnknown,
        Put::Closed => Problem::SurveyClosed,
        Put::Stored | Put::AlreadyStored(_) => Problem::Internal,
    }
}

async fn check(app: &App, survey: &OpenSurvey, key: VersionKey, body: Vec<u8>) -> Result<Admitted, Problem> {
    // Bounds how much is calculated at a time; the others wait.
    let _place = app.intake.acquire().await.map_err(|_| Problem::Internal)?;
    let manifest = survey.manifest.clone();
    let (sealing, rng, proofs) = (app.keys.sealing.clone(), app.randomness.rng(), app.proofs.clone());
    calculate(move || admit(&manifest, &proofs, key, (&sealing, &body), rng)).await?
}

fn new_version(app: &App, key: VersionKey, token: Token, admitted: Admitted) -> Result<NewVersion, Problem> {
    let statement = admitted.statement;
    // EXPOSE: sealed under the vault, for this row only.
    let share = zeroize::Zeroizing::new(admitted.share.expose_bytes());
    let share = app.vault.seal(&share_context(key), &*share, &mut app.randomness.rng());
    Ok(NewVersion {
        key,
        statement,
        held: SignedHour::held(&statement.statement, hour_of(app.now_s()), &app.keys.signing),
        token,
        declaration: Some(admitted.sealed_declaration),
        share: Some(share.map_err(|_| Problem::Internal)?),
        groups: admitted.groups,
    })
}

/// What a share at rest is bound to.
pub(crate) fn share_context(key: VersionKey) -> Vec<u8> {
    let version = key.version.to_be_bytes();
    [b"share:".as_slice(), &key.survey.0, &key.credential.0, &version].concat()
}
