//! Surveys: opened once, and whether they still take anything.

use ::sqlite::StoreError;
use protocol::Hex;
use sqlx::sqlite::SqliteConnection;

use super::keys;
use super::values::{hex, int, stage, uint};
use crate::store::{FoundSurvey, Open, OpenSurvey, Stage};

pub(super) async fn open(c: &mut SqliteConnection, survey: OpenSurvey) -> Result<Open, StoreError> {
    if let Some(found) = find(c, survey.id).await? {
        return Ok(if found.fingerprint == survey.fingerprint { Open::Opened } else { Open::Other });
    }
    if keys::draft(c, survey.id).await?.is_none() {
        return Ok(Open::NoDraft);
    }
    const INSERT: &str = "INSERT INTO survey (id, fingerprint, manifest, organizer_signature,
        data_server_signature, max_reporters, closes_not_before, closes_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    sqlx::query(INSERT)
        .bind(&survey.id.0[..])
        .bind(&survey.fingerprint.0[..])
        .bind(survey.manifest)
        .bind(&survey.organizer_signature.0[..])
        .bind(&survey.data_server_signature.0[..])
        .bind(survey.max_reporters)
        .bind(int(survey.closes_not_before))
        .bind(int(survey.closes_at))
        .execute(&mut *c)
        .await?;
    for key in &survey.roster {
        invite(c, survey.id, key).await?;
    }
    Ok(Open::Opened)
}

/// Adds one invitation; `false` if it is there already.
pub(super) async fn invite(
    c: &mut SqliteConnection,
    survey: Hex<32>,
    key: &Hex<32>,
) -> Result<bool, StoreError> {
    let added = sqlx::query("INSERT INTO invitation (survey, key) VALUES (?, ?) ON CONFLICT DO NOTHING")
        .bind(&survey.0[..])
        .bind(&key.0[..])
        .execute(c)
        .await?;
    Ok(added.rows_affected() == 1)
}

pub(super) async fn find(c: &mut SqliteConnection, id: Hex<32>) -> Result<Option<FoundSurvey>, StoreError> {
    type Row = (Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>, String, Option<i64>);
    const FIND: &str = "SELECT fingerprint, manifest, organizer_signature, data_server_signature, stage,
        closed_at FROM survey WHERE id = ?";
    let row: Option<Row> = sqlx::query_as(FIND).bind(&id.0[..]).fetch_optional(c).await?;
    let Some((fingerprint, manifest, organizer, data_server, at, closed_at)) = row else { return Ok(None) };
    Ok(Some(FoundSurvey {
        fingerprint: hex(fingerprint)?,
        manifest,
        organizer_signature: hex(organizer)?,
        data_server_signature: hex(data_server)?,
        stage: stage(&at)?,
        closed_at: closed_at.map(uint).transpose()?,
    }))
}

/// How far a survey is, and since when it is closed, if it is.
pub(super) struct Window {
    /// How far it is.
    pub(super) stage: Stage,
    /// Since when it takes nothing new.
    pub(super) closed_since: Option<u64>,
}

impl Window {
    /// Whether it takes new things.
    pub(super) fn is_open(&self) -> bool {
        self.stage == Stage::Taking && self.closed_since.is_none()
    }
}

/// Looks at the clock and the orders at once.
pub(super) async fn window(
    c: &mut SqliteConnection,
    id: Hex<32>,
    now_s: u64,
) -> Result<Option<Window>, StoreError> {
    let row: Option<(String, Option<i64>, i64)> =
        sqlx::query_as("SELECT stage, closed_at, closes_at FROM survey WHERE id = ?")
            .bind(&id.0[..])
            .fetch_optional(c)
            .await?;
    let Some((at, closed_at, closes_at)) = row else { return Ok(None) };
    let over = (int(now_s) >= closes_at).then_some(closes_at);
    let closed_since = closed_at.into_iter().chain(over).min().map(uint).transpose()?;
    Ok(Some(Window { stage: stage(&at)?, closed_since }))
}
