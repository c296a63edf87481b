//! Orders: kept until the other server has taken them, then carried out.

use protocol::{Hex, SurveyState};
use sqlite::{Database, StoreError};
use sqlx::sqlite::SqliteConnection;
use sqlx::{Row, query, query_scalar};

use super::{decode, surveys};
use crate::store::{OrderEffect, OrderOutcome, PendingOrder, Settled, StoredOrder, Survey};

pub(super) async fn put_order(
    db: &Database,
    survey: Hex<32>,
    order: PendingOrder,
    now_s: u64,
) -> Result<OrderOutcome, StoreError> {
    db.write(move |c| {
        Box::pin(async move {
            let found = surveys::find(c, survey).await?.ok_or(StoreError::NoSuchRow)?;
            if let Some(outcome) = compare_with_last(c, survey, &order).await? {
                return Ok(outcome);
            }
            if order.sequence != found.last_sequence.saturating_add(1) {
                return Ok(OrderOutcome::OutOfSequence);
            }
            if let Some(refusal) = refuse(c, &found, &order.effect, now_s).await? {
                return Ok(refusal);
            }
            query("INSERT INTO survey_order (survey, sequence, document) VALUES (?, ?, ?)")
                .bind(survey.0.to_vec())
                .bind(order.sequence)
                .bind(order.document)
                .execute(c)
                .await?;
            Ok(OrderOutcome::Kept)
        })
    })
    .await
}

/// What the last order decides about this one, if anything.
async fn compare_with_last(
    c: &mut SqliteConnection,
    survey: Hex<32>,
    order: &PendingOrder,
) -> Result<Option<OrderOutcome>, StoreError> {
    const LAST: &str = "SELECT sequence, document, carried_out FROM survey_order WHERE survey = ? \
        ORDER BY sequence DESC LIMIT 1";
    let last = query(LAST).bind(survey.0.to_vec()).fetch_optional(c).await?;
    let Some(last) = last else { return Ok(None) };
    let same = decode::small_at(&last, "sequence")? == order.sequence
        && last.try_get::<&[u8], _>("document")? == order.document;
    Ok(match (same, last.try_get("carried_out")?) {
        (true, true) => Some(OrderOutcome::CarriedOut),
        (true, false) => Some(OrderOutcome::Kept),
        (false, false) => Some(OrderOutcome::OutOfSequence),
        (false, true) => None,
    })
}

async fn refuse(
    c: &mut SqliteConnection,
    survey: &Survey,
    effect: &OrderEffect,
    now_s: u64,
) -> Result<Option<OrderOutcome>, StoreError> {
    match (effect, survey.state(now_s)) {
        (OrderEffect::Invite(keys), SurveyState::Open) => refuse_invite(c, survey.id, keys).await,
        (OrderEffect::Revoke(keys), SurveyState::Open) => refuse_revoke(c, survey.id, keys).await,
        (OrderEffect::Close, SurveyState::Open | SurveyState::Closed)
        | (OrderEffect::Release, SurveyState::Closed) => Ok(None),
        (OrderEffect::Release, SurveyState::Open) => Ok(Some(OrderOutcome::NotClosed)),
        _ => Ok(Some(OrderOutcome::Closed)),
    }
}

async fn refuse_invite(
    c: &mut SqliteConnection,
    survey: Hex<32>,
    keys: &[Hex<32>],
) -> Result<Option<OrderOutcome>, StoreError> {
    for key in keys {
        if invitation(c, survey, *key).await?.is_some() {
            return Ok(Some(OrderOutcome::Roster));
        }
    }
    let room: i64 = query_scalar(
        "SELECT max_reporters - (SELECT count(*) FROM invitation WHERE survey = ?1 AND revoked = 0) \
         FROM survey WHERE id = ?1",
    )
    .bind(survey.0.to_vec())
    .fetch_one(c)
    .await?;
    let fits = i64::try_from(keys.len()).is_ok_and(|count| count <= room);
    Ok((!fits).then_some(OrderOutcome::Roster))
}

async fn refuse_revoke(
    c: &mut SqliteConnection,
    survey: Hex<32>,
    keys: &[Hex<32>],
) -> Result<Option<OrderOutcome>, StoreError> {
    for key in keys {
        match invitation(c, survey, *key).await? {
            None => return Ok(Some(OrderOutcome::Unknown)),
            Some(true) => return Ok(Some(OrderOutcome::Enrolled)),
            Some(false) => {}
        }
    }
    Ok(None)
}

/// Whether an invitation is there, and if so, whether both servers have enrolled it.
async fn invitation(
    c: &mut SqliteConnection,
    survey: Hex<32>,
    key: Hex<32>,
) -> Result<Option<bool>, StoreError> {
    let enrolled =
        query_scalar("SELECT confirmation IS NOT NULL FROM invitation WHERE survey = ? AND key = ?");
    Ok(enrolled.bind(survey.0.to_vec()).bind(key.0.to_vec()).fetch_optional(c).await?)
}

pub(super) async fn apply_order(
    db: &Database,
    order: StoredOrder,
    effect: OrderEffect,
) -> Result<Settled, StoreError> {
    const WAITS: &str =
        "SELECT carried_out = 0 FROM survey_order WHERE survey = ? AND sequence = ? AND document = ?";
    db.write(move |c| {
        Box::pin(async move {
            let StoredOrder { survey, sequence, document } = order;
            let id = survey.0.to_vec();
            let waits = query_scalar(WAITS).bind(id.clone()).bind(sequence).bind(document);
            match waits.fetch_optional(&mut *c).await? {
                None => return Ok(Settled::Gone),
                Some(false) => return Ok(Settled::Done),
                Some(true) => {}
            }
            query("UPDATE survey_order SET carried_out = 1 WHERE survey = ? AND sequence = ?")
                .bind(id.clone())
                .bind(sequence)
                .execute(&mut *c)
                .await?;
            query("UPDATE survey SET last_sequence = ? WHERE id = ?")
                .bind(sequence)
                .bind(id)
                .execute(&mut *c)
                .await?;
            match effect {
                OrderEffect::Invite(keys) => invite(c, survey, &keys).await,
                OrderEffect::Revoke(keys) => revoke(c, survey, &keys).await,
                OrderEffect::Close => advance(c, survey, SurveyState::Closed).await,
                OrderEffect::Release => advance(c, survey, SurveyState::Opening).await,
            }?;
            Ok(Settled::Done)
        })
    })
    .await
}

/// Adds invitations; also those at opening.
pub(super) async fn invite(
    c: &mut SqliteConnection,
    survey: Hex<32>,
    keys: &[Hex<32>],
) -> Result<(), StoreError> {
    for key in keys {
        query("INSERT INTO invitation (survey, key) VALUES (?, ?)")
            .bind(survey.0.to_vec())
            .bind(key.0.to_vec())
            .execute(&mut *c)
            .await?;
    }
    Ok(())
}

/// The other server has taken the order: an enrolment that it never saw is void as well.
async fn revoke(c: &mut SqliteConnection, survey: Hex<32>, keys: &[Hex<32>]) -> Result<(), StoreError> {
    for key in keys {
        query("UPDATE invitation SET revoked = 1, credential = NULL, signature = NULL WHERE survey = ? AND key = ?")
            .bind(survey.0.to_vec())
            .bind(key.0.to_vec())
            .execute(&mut *c)
            .await?;
    }
    Ok(())
}

async fn advance(c: &mut SqliteConnection, survey: Hex<32>, to: SurveyState) -> Result<(), StoreError> {
    query("UPDATE survey SET stage = ? WHERE id = ? AND stage IN ('open', 'closed')")
        .bind(decode::stage(to))
        .bind(survey.0.to_vec())
        .execute(c)
        .await?;
    Ok(())
}

pub(super) async fn drop_order(db: &Database, order: StoredOrder) -> Result<Settled, StoreError> {
    const DROP: &str = "DELETE FROM survey_order \
        WHERE survey = ? AND sequence = ? AND document = ? AND carried_out = 0";
    db.write(move |c| {
        Box::pin(async move {
            let StoredOrder { survey, sequence, document } = order;
            let done = query(DROP).bind(survey.0.to_vec()).bind(sequence).bind(document).execute(c).await?;
            Ok(decode::settled(&done))
        })
    })
    .await
}

pub(super) async fn pending_orders(db: &Database) -> Result<Vec<StoredOrder>, StoreError> {
    let rows = query("SELECT survey, sequence, document FROM survey_order WHERE carried_out = 0")
        .fetch_all(db.read_pool())
        .await?;
    let read = |row: &sqlx::sqlite::SqliteRow| {
        Ok(StoredOrder {
            survey: decode::hex_at(row, "survey")?,
            sequence: decode::small_at(row, "sequence")?,
            document: row.try_get("document")?,
        })
    };
    rows.iter().map(read).collect()
}
