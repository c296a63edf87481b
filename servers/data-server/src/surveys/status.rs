//! What the organizer sees: who was invited and what came of it; never what anybody submitted.

use std::collections::BTreeMap;

use protocol::{Hex, Kind, Problem, RosterEntry, SurveyStatus};

use crate::app::{App, internal};
use crate::store::{Invitation, LabelsOutcome};

/// Longest label, in characters.
const MAX_LABEL: usize = 200;

/// The survey and its invitations, sorted by label.
pub(crate) async fn status(app: &App, id: Hex<32>) -> Result<SurveyStatus, Problem> {
    let survey = app.survey(id).await?;
    let rows = app.store.invitations(id).await.map_err(internal)?;
    let entries: Result<Vec<_>, _> = rows.iter().map(|row| entry(app, &id, row)).collect();
    let mut invitations = entries?;
    invitations.sort_by(|a, b| (&a.label, a.invitation_key).cmp(&(&b.label, b.invitation_key)));
    Ok(SurveyStatus {
        state: survey.state(app.now_s()),
        fingerprint: survey.row.fingerprint,
        next_sequence: survey.row.last_sequence + 1,
        invitations,
    })
}

fn entry(app: &App, survey: &Hex<32>, row: &Invitation) -> Result<RosterEntry, Problem> {
    let label = match &row.label {
        Some(sealed) => app.vault.open(&context(survey, &row.key), sealed).map_err(|_| Problem::Internal)?,
        None => zeroize::Zeroizing::default(),
    };
    Ok(RosterEntry {
        invitation_key: row.key,
        label: String::from_utf8_lossy(&label).into_owned(),
        revoked: row.revoked,
        enrolled: row.enrolled,
        submitted: row.last == Some(Kind::Submission),
        withdrawn: row.last == Some(Kind::Withdrawal),
    })
}

/// Keeps labels, encrypted at rest; the computation server never hears of them.
pub(crate) async fn put_labels(
    app: &App,
    id: Hex<32>,
    labels: BTreeMap<String, String>,
) -> Result<(), Problem> {
    app.survey(id).await?;
    let mut rng = app.randomness.rng();
    let mut sealed = Vec::with_capacity(labels.len());
    for (key, label) in &labels {
        let key = Hex::<32>::parse(key).ok_or(Problem::MalformedRequest)?;
        if label.chars().count() > MAX_LABEL || label.chars().any(char::is_control) {
            return Err(Problem::MalformedRequest);
        }
        let label = app.vault.seal(&context(&id, &key), label.as_bytes(), &mut rng);
        sealed.push((key, label.map_err(|_| Problem::Internal)?));
    }
    match app.store.put_labels(id, sealed).await.map_err(internal)? {
        LabelsOutcome::Kept => Ok(()),
        LabelsOutcome::Unknown => Err(Problem::InvitationUnknown),
    }
}

fn context(survey: &Hex<32>, key: &Hex<32>) -> Vec<u8> {
    [b"label:".as_slice(), &survey.0, &key.0].concat()
}
