//! The pool of keys: ready, burnt, destroyed.

use ::sqlite::StoreError;
use protocol::{Hex, survey_id};
use sqlx::sqlite::SqliteConnection;

use super::values::{hex, uint};
use crate::store::{Burn, Burnt, Draft, PoolKey};

pub(super) async fn add(c: &mut SqliteConnection, key: PoolKey) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO paillier_key (n, bits, sealed) VALUES (?, ?, ?) ON CONFLICT (n) DO NOTHING")
        .bind(key.n)
        .bind(key.bits)
        .bind(key.sealed)
        .execute(c)
        .await?;
    Ok(())
}

pub(super) async fn ready(c: &mut SqliteConnection, bits: u32) -> Result<u64, StoreError> {
    const READY: &str = "SELECT count(*) FROM paillier_key WHERE bits = ? AND survey IS NULL";
    uint(sqlx::query_scalar(READY).bind(bits).fetch_one(c).await?)
}

pub(super) async fn burn(c: &mut SqliteConnection, burn: Burn) -> Result<Burnt, StoreError> {
    const OF_HALF: &str = "SELECT survey, bits FROM paillier_key WHERE substr(survey, 1, 16) = ?";
    let before: Option<(Vec<u8>, u32)> =
        sqlx::query_as(OF_HALF).bind(&burn.data_half.0[..]).fetch_optional(&mut *c).await?;
    if let Some((survey, bits)) = before {
        if bits != burn.bits {
            return Ok(Burnt::OtherLength);
        }
        return bound(c, hex(survey)?).await;
    }
    let survey = survey_id(burn.data_half, burn.computation_half);
    // Which one is as good as any other; the order of n says nothing of the order of making.
    const BIND: &str = "UPDATE paillier_key SET survey = ? WHERE n =
        (SELECT n FROM paillier_key WHERE bits = ? AND survey IS NULL ORDER BY n LIMIT 1)";
    let changed = sqlx::query(BIND).bind(&survey.0[..]).bind(burn.bits).execute(&mut *c).await?;
    if changed.rows_affected() == 0 { Ok(Burnt::PoolEmpty) } else { bound(c, survey).await }
}

async fn bound(c: &mut SqliteConnection, survey: Hex<32>) -> Result<Burnt, StoreError> {
    draft(c, survey).await?.map(Burnt::Bound).ok_or(StoreError::NoSuchRow)
}

pub(super) async fn add_proof(
    c: &mut SqliteConnection,
    survey: Hex<32>,
    proof: Vec<u8>,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE paillier_key SET proof = ? WHERE survey = ? AND proof IS NULL")
        .bind(proof)
        .bind(&survey.0[..])
        .execute(c)
        .await?;
    Ok(())
}

pub(super) async fn draft(c: &mut SqliteConnection, survey: Hex<32>) -> Result<Option<Draft>, StoreError> {
    type Row = (Vec<u8>, Option<Vec<u8>>, Option<Vec<u8>>);
    let row: Option<Row> = sqlx::query_as("SELECT n, sealed, proof FROM paillier_key WHERE survey = ?")
        .bind(&survey.0[..])
        .fetch_optional(c)
        .await?;
    Ok(row.map(|(n, sealed, proof)| Draft { survey, n, sealed, proof }))
}
