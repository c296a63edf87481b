//! Orders, in their sequence.

use ::sqlite::StoreError;
use protocol::Hex;
use sqlx::sqlite::SqliteConnection;

use super::surveys;
use super::values::{hex, int, version};
use crate::store::{OrderOutcome, StoredOrder, StoredOrderKind};

pub(super) async fn carry_out(
    c: &mut SqliteConnection,
    survey: Hex<32>,
    order: StoredOrder,
    now_s: u64,
) -> Result<OrderOutcome, StoreError> {
    let row: Option<(i64, Option<Vec<u8>>)> =
        sqlx::query_as("SELECT last_sequence, last_order FROM survey WHERE id = ?")
            .bind(&survey.0[..])
            .fetch_optional(&mut *c)
            .await?;
    let Some((last, last_hash)) = row else { return Ok(OrderOutcome::NoSurvey) };
    let last = version(last)?;
    if last == order.sequence && last_hash.map(hex).transpose()? == Some(order.hash) {
        return Ok(OrderOutcome::Done);
    }
    if last.checked_add(1) != Some(order.sequence) {
        return Ok(OrderOutcome::OutOfSequence);
    }
    if let Some(refused) = effect(c, survey, &order.kind, now_s).await? {
        return Ok(refused);
    }
    sqlx::query("UPDATE survey SET last_sequence = ?, last_order = ? WHERE id = ?")
        .bind(order.sequence)
        .bind(&order.hash.0[..])
        .bind(&survey.0[..])
        .execute(c)
        .await?;
    Ok(OrderOutcome::Done)
}

/// Carries the order out, or says why not and changes nothing.
async fn effect(
    c: &mut SqliteConnection,
    survey: Hex<32>,
    kind: &StoredOrderKind,
    now_s: u64,
) -> Result<Option<OrderOutcome>, StoreError> {
    let Some(window) = surveys::window(c, survey, now_s).await? else {
        return Ok(Some(OrderOutcome::NoSurvey));
    };
    match kind {
        StoredOrderKind::Release => Ok(window.is_open().then_some(OrderOutcome::NotClosed)),
        StoredOrderKind::Close if !window.is_open() => Ok(None),
        StoredOrderKind::Close => close(c, survey, now_s).await,
        _ if !window.is_open() => Ok(Some(OrderOutcome::Closed)),
        StoredOrderKind::Invite(keys) => invite(c, survey, keys).await,
        StoredOrderKind::Revoke(keys) => revoke(c, survey, keys).await,
    }
}

async fn close(
    c: &mut SqliteConnection,
    survey: Hex<32>,
    now_s: u64,
) -> Result<Option<OrderOutcome>, StoreError> {
    let closed = sqlx::query("UPDATE survey SET closed_at = ?1 WHERE id = ?2 AND closes_not_before <= ?1")
        .bind(int(now_s))
        .bind(&survey.0[..])
        .execute(c)
        .await?;
    Ok((closed.rows_affected() == 0).then_some(OrderOutcome::TooEarly))
}

async fn invite(
    c: &mut SqliteConnection,
    survey: Hex<32>,
    keys: &[Hex<32>],
) -> Result<Option<OrderOutcome>, StoreError> {
    const ROOM: &str = "SELECT max_reporters - (SELECT count(*) FROM invitation
        WHERE survey = survey.id AND NOT revoked) FROM survey WHERE id = ?";
    let room: i64 = sqlx::query_scalar(ROOM).bind(&survey.0[..]).fetch_one(&mut *c).await?;
    if i64::try_from(keys.len()).map_or(true, |more| more > room) || any_known(c, survey, keys).await? {
        return Ok(Some(OrderOutcome::RosterRefused));
    }
    for key in keys {
        surveys::invite(c, survey, key).await?;
    }
    Ok(None)
}

async fn any_known(c: &mut SqliteConnection, survey: Hex<32>, keys: &[Hex<32>]) -> Result<bool, StoreError> {
    for key in keys {
        if enrolled(c, survey, key).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a reporter key is bound to an invitation; `None` if there is no such invitation.
async fn enrolled(
    c: &mut SqliteConnection,
    survey: Hex<32>,
    key: &Hex<32>,
) -> Result<Option<bool>, StoreError> {
    const FIND: &str = "SELECT credential IS NOT NULL FROM invitation WHERE survey = ? AND key = ?";
    Ok(sqlx::query_scalar(FIND).bind(&survey.0[..]).bind(&key.0[..]).fetch_optional(c).await?)
}

async fn revoke(
    c: &mut SqliteConnection,
    survey: Hex<32>,
    keys: &[Hex<32>],
) -> Result<Option<OrderOutcome>, StoreError> {
    for key in keys {
        match enrolled(c, survey, key).await? {
            None => return Ok(Some(OrderOutcome::UnknownInvitation)),
            Some(true) => return Ok(Some(OrderOutcome::Enrolled)),
            Some(false) => {}
        }
    }
    for key in keys {
        sqlx::query("UPDATE invitation SET revoked = 1 WHERE survey = ? AND key = ?")
            .bind(&survey.0[..])
            .bind(&key.0[..])
            .execute(&mut *c)
            .await?;
    }
    Ok(None)
}
