//! Versions of credentials: each once, in order, with at most one share each.

use ::sqlite::StoreError;
use protocol::peer::MAX_SKEW_SECONDS;
use protocol::{Hex, Kind, SignedHour, Statement, hour_of};
use sqlx::sqlite::SqliteConnection;

use super::values::{int, uint, version};
use super::{enrolments, surveys};
use crate::store::{Declare, NewVersion, Stage};

pub(super) async fn declare(
    c: &mut SqliteConnection,
    survey: Hex<32>,
    new: NewVersion,
    now_s: u64,
) -> Result<Declare, StoreError> {
    let statement = new.statement.statement;
    if let Some((hour, bytes)) = known(c, survey, &statement).await? {
        let same = bytes == new.statement.to_bytes();
        return Ok(if same { Declare::Stored { hour, superseded: false } } else { Declare::Used });
    }
    if !enrolments::is_enrolled(c, survey, statement.credential).await? {
        return Ok(Declare::UnknownCredential);
    }
    if !takes(c, survey, new.held, now_s).await? {
        return Ok(Declare::Closed);
    }
    let last = last_version(c, survey, statement.credential).await?;
    if statement.version <= last {
        return Ok(Declare::Used);
    }
    if statement.kind == Kind::Submission && statement.version - last != 1 {
        return Ok(Declare::Gap);
    }
    let superseded = delete_shares(c, survey, statement.credential).await?;
    let hour = new.hour;
    insert(c, survey, new).await?;
    Ok(Declare::Stored { hour, superseded })
}

/// Whether a version may still come: any while the survey is open; afterwards what the data server held
/// before the close, until the set is agreed on.
async fn takes(
    c: &mut SqliteConnection,
    survey: Hex<32>,
    held: Option<SignedHour>,
    now_s: u64,
) -> Result<bool, StoreError> {
    let Some(window) = surveys::window(c, survey, now_s).await? else { return Ok(false) };
    Ok(match (window.stage, window.closed_since, held) {
        (Stage::Taking, None, _) => true,
        (Stage::Taking, Some(closed), Some(held)) => {
            held.hour <= hour_of(closed.saturating_add(MAX_SKEW_SECONDS))
        }
        _ => false,
    })
}

async fn known(
    c: &mut SqliteConnection,
    survey: Hex<32>,
    statement: &Statement,
) -> Result<Option<(u64, Vec<u8>)>, StoreError> {
    const FIND: &str =
        "SELECT hour, statement FROM declaration WHERE survey = ? AND credential = ? AND version = ?";
    let row: Option<(i64, Vec<u8>)> = sqlx::query_as(FIND)
        .bind(&survey.0[..])
        .bind(&statement.credential.0[..])
        .bind(statement.version)
        .fetch_optional(c)
        .await?;
    row.map(|(hour, bytes)| Ok((uint(hour)?, bytes))).transpose()
}

async fn last_version(
    c: &mut SqliteConnection,
    survey: Hex<32>,
    credential: Hex<32>,
) -> Result<u32, StoreError> {
    const LAST: &str =
        "SELECT coalesce(max(version), 0) FROM declaration WHERE survey = ? AND credential = ?";
    version(sqlx::query_scalar(LAST).bind(&survey.0[..]).bind(&credential.0[..]).fetch_one(c).await?)
}

/// Deletes what earlier versions left; says whether there was anything.
async fn delete_shares(
    c: &mut SqliteConnection,
    survey: Hex<32>,
    credential: Hex<32>,
) -> Result<bool, StoreError> {
    const DELETE: &str = "UPDATE declaration SET sealed_share = NULL
        WHERE survey = ? AND credential = ? AND sealed_share IS NOT NULL";
    let deleted = sqlx::query(DELETE).bind(&survey.0[..]).bind(&credential.0[..]).execute(c).await?;
    Ok(deleted.rows_affected() > 0)
}

async fn insert(c: &mut SqliteConnection, survey: Hex<32>, new: NewVersion) -> Result<(), StoreError> {
    const INSERT: &str = "INSERT INTO declaration (survey, credential, version, statement, hour, held_hour,
        held_signature, sealed_share) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    sqlx::query(INSERT)
        .bind(&survey.0[..])
        .bind(&new.statement.statement.credential.0[..])
        .bind(new.statement.statement.version)
        .bind(new.statement.to_bytes())
        .bind(int(new.hour))
        .bind(new.held.map(|held| int(held.hour)))
        .bind(new.held.map(|held| held.signature.0.to_vec()))
        .bind(new.sealed_share)
        .execute(c)
        .await?;
    Ok(())
}
