//! The opening, the release, and the destruction of what only they needed.

use ::sqlite::StoreError;
use protocol::Hex;
use sqlx::sqlite::SqliteConnection;

use super::values::{hex, stage, version};
use super::{agreement, keys};
use crate::store::{OpeningMaterial, OpeningResult, Publish, Released};

pub(super) async fn material(
    c: &mut SqliteConnection,
    survey: Hex<32>,
) -> Result<Option<OpeningMaterial>, StoreError> {
    let Some(agreement) = agreement::find(c, survey).await? else { return Ok(None) };
    let draft = keys::draft(c, survey).await?.ok_or(StoreError::NoSuchRow)?;
    type Row = (String, Option<Vec<u8>>, Option<Vec<u8>>, Option<Vec<u8>>);
    let (at, opening, release, ended): Row =
        sqlx::query_as("SELECT stage, opening, release, ended FROM survey WHERE id = ?")
            .bind(&survey.0[..])
            .fetch_one(&mut *c)
            .await?;
    Ok(Some(OpeningMaterial {
        stage: stage(&at)?,
        agreement,
        n: draft.n,
        sealed_key: draft.sealed,
        sealed_shares: shares(c, survey).await?,
        opening: opening.map(hex).transpose()?,
        release,
        ended,
    }))
}

async fn shares(
    c: &mut SqliteConnection,
    survey: Hex<32>,
) -> Result<Vec<(Hex<32>, u32, Vec<u8>)>, StoreError> {
    const SHARES: &str = "SELECT credential, version, sealed_share FROM declaration
        WHERE survey = ? AND sealed_share IS NOT NULL ORDER BY credential, version";
    let rows: Vec<(Vec<u8>, i64, Vec<u8>)> = sqlx::query_as(SHARES).bind(&survey.0[..]).fetch_all(c).await?;
    rows.into_iter().map(|(credential, at, share)| Ok((hex(credential)?, version(at)?, share))).collect()
}

pub(super) async fn record(
    c: &mut SqliteConnection,
    survey: Hex<32>,
    result: OpeningResult,
) -> Result<(), StoreError> {
    let ends = result.outcome.is_err();
    const RECORD: &str = "UPDATE survey SET stage = ?, opening = ?, agreed_countersignature = ?, release = ?,
        ended = ? WHERE id = ? AND stage = 'agreed'";
    let recorded = sqlx::query(RECORD)
        .bind(if ends { "ended" } else { "opened" })
        .bind(&result.opening.0[..])
        .bind(&result.agreed_countersignature.0[..])
        .bind(result.outcome.as_ref().ok().cloned())
        .bind(result.outcome.err())
        .bind(&survey.0[..])
        .execute(&mut *c)
        .await?;
    // The first result stays: a later one must not destroy what that one still needs.
    if ends && recorded.rows_affected() == 1 { destroy(c, survey).await } else { Ok(()) }
}

pub(super) async fn publish(
    c: &mut SqliteConnection,
    survey: Hex<32>,
    countersignature: Hex<64>,
) -> Result<Publish, StoreError> {
    const PUBLISH: &str = "UPDATE survey SET stage = 'released', release_countersignature = ?
        WHERE id = ? AND stage = 'opened'";
    let changed =
        sqlx::query(PUBLISH).bind(&countersignature.0[..]).bind(&survey.0[..]).execute(&mut *c).await?;
    if changed.rows_affected() == 1 {
        destroy(c, survey).await?;
        return Ok(Publish::Published);
    }
    const BEFORE: &str = "SELECT EXISTS (SELECT 1 FROM survey WHERE id = ? AND stage = 'released')";
    let before: bool = sqlx::query_scalar(BEFORE).bind(&survey.0[..]).fetch_one(c).await?;
    Ok(if before { Publish::Published } else { Publish::NoRelease })
}

/// Overwrites and deletes the key and every share. The connection also zeroes freed pages (`secure_delete`).
pub(super) async fn destroy(c: &mut SqliteConnection, survey: Hex<32>) -> Result<(), StoreError> {
    for statement in [
        "UPDATE paillier_key SET sealed = zeroblob(length(sealed)) WHERE survey = ? AND sealed IS NOT NULL",
        "UPDATE paillier_key SET sealed = NULL WHERE survey = ?",
        "UPDATE declaration SET sealed_share = zeroblob(length(sealed_share))
            WHERE survey = ? AND sealed_share IS NOT NULL",
        "UPDATE declaration SET sealed_share = NULL WHERE survey = ?",
    ] {
        sqlx::query(statement).bind(&survey.0[..]).execute(&mut *c).await?;
    }
    Ok(())
}

pub(super) async fn released(
    c: &mut SqliteConnection,
    survey: Hex<32>,
) -> Result<Option<Released>, StoreError> {
    type Row = (String, Option<Vec<u8>>, Option<Vec<u8>>, Option<Vec<u8>>, Option<Vec<u8>>, Option<Vec<u8>>);
    const FIND: &str =
        "SELECT stage, release, release_countersignature, agreed, agreed_countersignature, ended
        FROM survey WHERE id = ?";
    let row: Option<Row> = sqlx::query_as(FIND).bind(&survey.0[..]).fetch_optional(c).await?;
    Ok(match row {
        Some((at, Some(release), Some(countersignature), Some(agreed), Some(agreed_countersignature), _))
            if at == "released" =>
        {
            let (countersignature, agreed_countersignature) =
                (hex(countersignature)?, hex(agreed_countersignature)?);
            Some(Released::Release { release, countersignature, agreed, agreed_countersignature })
        }
        Some((at, _, _, Some(agreed), _, Some(ended))) if at == "ended" => {
            Some(Released::Ended { ended, agreed })
        }
        _ => None,
    })
}
