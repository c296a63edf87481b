//! The way to the end: each step is kept before it is shown to anybody, and the first one stays.

use protocol::{Hex, SurveyState};
use sqlite::{Database, StoreError};
use sqlx::sqlite::SqliteConnection;
use sqlx::{Row, query, query_scalar};

use super::decode;
use crate::store::{Ending, Freeze, Version};

pub(super) async fn freeze(db: &Database, survey: Hex<32>, freeze: Freeze) -> Result<Vec<u8>, StoreError> {
    db.write(move |c| {
        Box::pin(async move {
            let kept: Option<Vec<u8>> = query_scalar("SELECT list FROM ending WHERE survey = ?")
                .bind(survey.0.to_vec())
                .fetch_optional(&mut *c)
                .await?;
            if let Some(list) = kept {
                return Ok(list);
            }
            let list = freeze(last_versions(c, survey).await?);
            query("INSERT INTO ending (survey, list) VALUES (?, ?)")
                .bind(survey.0.to_vec())
                .bind(&list)
                .execute(c)
                .await?;
            Ok(list)
        })
    })
    .await
}

/// Per credential the last version with both words, and a later one without, if there is one.
async fn last_versions(c: &mut SqliteConnection, survey: Hex<32>) -> Result<Vec<Version>, StoreError> {
    let rows = query(
        "SELECT * FROM version AS v WHERE survey = ? AND version >= coalesce((SELECT max(version) \
         FROM version AS w WHERE w.survey = v.survey AND w.credential = v.credential \
         AND w.declared_hour IS NOT NULL), 0) ORDER BY credential, version",
    )
    .bind(survey.0.to_vec())
    .fetch_all(c)
    .await?;
    rows.iter().map(decode::version).collect()
}

pub(super) async fn ending(db: &Database, survey: Hex<32>) -> Result<Option<Ending>, StoreError> {
    let row = query("SELECT list, agreement, opening, result FROM ending WHERE survey = ?")
        .bind(survey.0.to_vec())
        .fetch_optional(db.read_pool())
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Ending {
        list: row.try_get("list")?,
        agreement: row.try_get("agreement")?,
        opening: row.try_get("opening")?,
        result: row.try_get("result")?,
    }))
}

pub(super) async fn put_agreement(db: &Database, survey: Hex<32>, bytes: Vec<u8>) -> Result<(), StoreError> {
    keep(db, "UPDATE ending SET agreement = coalesce(agreement, ?) WHERE survey = ?", survey, bytes).await
}

pub(super) async fn put_opening(db: &Database, survey: Hex<32>, bytes: Vec<u8>) -> Result<(), StoreError> {
    keep(db, "UPDATE ending SET opening = coalesce(opening, ?) WHERE survey = ?", survey, bytes).await
}

pub(super) async fn put_result(db: &Database, survey: Hex<32>, bytes: Vec<u8>) -> Result<(), StoreError> {
    keep(db, "UPDATE ending SET result = coalesce(result, ?) WHERE survey = ?", survey, bytes).await
}

async fn keep(
    db: &Database,
    update: &'static str,
    survey: Hex<32>,
    bytes: Vec<u8>,
) -> Result<(), StoreError> {
    db.write(move |c| {
        Box::pin(async move {
            let kept = query(update).bind(bytes).bind(survey.0.to_vec()).execute(c).await?;
            if kept.rows_affected() == 1 { Ok(()) } else { Err(StoreError::NoSuchRow) }
        })
    })
    .await
}

pub(super) async fn finish(db: &Database, survey: Hex<32>, state: SurveyState) -> Result<(), StoreError> {
    db.write(move |c| {
        Box::pin(async move {
            for change in [
                "DELETE FROM ciphertext_piece WHERE survey = ?",
                "DELETE FROM refused_version WHERE survey = ?",
                "UPDATE version SET share = NULL, declaration = NULL, upload = NULL WHERE survey = ?",
                "UPDATE ending SET opening = NULL WHERE survey = ?",
            ] {
                query(change).bind(survey.0.to_vec()).execute(&mut *c).await?;
            }
            query("UPDATE survey SET stage = ? WHERE id = ?")
                .bind(decode::stage(state))
                .bind(survey.0.to_vec())
                .execute(c)
                .await?;
            Ok(())
        })
    })
    .await
}
