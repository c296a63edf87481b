//! Agreeing: the list is read and the set is fixed in one breath.

use ::sqlite::StoreError;
use protocol::{Hex, SignedHour};
use sqlx::sqlite::SqliteConnection;

use super::values::{hex, uint};
use super::{opening, surveys};
use crate::store::{Agreement, Decide, Decision, SettleAgreement, Version};

pub(super) async fn agree(
    c: &mut SqliteConnection,
    survey: Hex<32>,
    data_list: Vec<u8>,
    now_s: u64,
    decide: Decide,
) -> Result<SettleAgreement, StoreError> {
    if let Some(settled) = find(c, survey).await? {
        let same = settled.data_list == data_list;
        return Ok(if same { SettleAgreement::Settled(settled.decision) } else { SettleAgreement::Conflict });
    }
    let window = surveys::window(c, survey, now_s).await?.ok_or(StoreError::NoSuchRow)?;
    if window.is_open() || !release_ordered(c, survey).await? {
        return Ok(SettleAgreement::NotClosed);
    }
    let versions = last_versions(c, survey).await?;
    let Some(decision) = decide(&versions) else { return Ok(SettleAgreement::Conflict) };
    settle(c, survey, data_list, &decision).await?;
    if decision.ended.is_some() {
        opening::destroy(c, survey).await?;
    }
    Ok(SettleAgreement::Settled(decision))
}

/// Whether the organizer's order to release is here.
async fn release_ordered(c: &mut SqliteConnection, survey: Hex<32>) -> Result<bool, StoreError> {
    const ORDERED: &str = "SELECT release_ordered FROM survey WHERE id = ?";
    Ok(sqlx::query_scalar(ORDERED).bind(&survey.0[..]).fetch_one(c).await?)
}

async fn settle(
    c: &mut SqliteConnection,
    survey: Hex<32>,
    data_list: Vec<u8>,
    decision: &Decision,
) -> Result<(), StoreError> {
    const SETTLE: &str =
        "UPDATE survey SET stage = ?, data_list = ?, own_list = ?, agreed = ?, ended = ? WHERE id = ?";
    sqlx::query(SETTLE)
        .bind(if decision.ended.is_some() { "ended" } else { "agreed" })
        .bind(data_list)
        .bind(decision.own_list.clone())
        .bind(decision.agreed.clone())
        .bind(decision.ended.clone())
        .bind(&survey.0[..])
        .execute(c)
        .await?;
    Ok(())
}

/// The settled agreement, if there is one. An end that came of the opening is none of the agreement's.
pub(super) async fn find(c: &mut SqliteConnection, survey: Hex<32>) -> Result<Option<Agreement>, StoreError> {
    type Row = (Option<Vec<u8>>, Option<Vec<u8>>, Option<Vec<u8>>, Option<Vec<u8>>);
    const FIND: &str = "SELECT data_list, own_list, agreed, CASE WHEN opening IS NULL THEN ended END
        FROM survey WHERE id = ?";
    let row: Option<Row> = sqlx::query_as(FIND).bind(&survey.0[..]).fetch_optional(c).await?;
    let Some((Some(data_list), Some(own_list), Some(agreed), ended)) = row else { return Ok(None) };
    Ok(Some(Agreement { data_list, decision: Decision { own_list, agreed, ended } }))
}

/// The last version of every credential, sorted by credential.
async fn last_versions(c: &mut SqliteConnection, survey: Hex<32>) -> Result<Vec<Version>, StoreError> {
    const LAST: &str = "SELECT statement, held_hour, held_signature FROM declaration AS d
        WHERE survey = ? AND version =
            (SELECT max(version) FROM declaration WHERE survey = d.survey AND credential = d.credential)
        ORDER BY credential";
    type Row = (Vec<u8>, Option<i64>, Option<Vec<u8>>);
    let rows: Vec<Row> = sqlx::query_as(LAST).bind(&survey.0[..]).fetch_all(c).await?;
    rows.into_iter()
        .map(|(statement, hour, signature)| {
            let held = hour.zip(signature).map(|(hour, signature)| {
                Ok::<_, StoreError>(SignedHour { hour: uint(hour)?, signature: hex(signature)? })
            });
            Ok(Version { statement, held: held.transpose()? })
        })
        .collect()
}
