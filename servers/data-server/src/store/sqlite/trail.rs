//! What everybody may see of invitations and orders: keys and signatures, no labels.

use protocol::{Enrolment, Hex};
use sqlite::{Database, StoreError};
use sqlx::sqlite::SqliteRow;
use sqlx::{query, query_scalar};

use super::decode;
use crate::store::Trail;

pub(super) async fn trail(db: &Database, survey: Hex<32>) -> Result<Trail, StoreError> {
    const ORDERS: &str =
        "SELECT document FROM survey_order WHERE survey = ? AND carried_out = 1 ORDER BY sequence";
    const ENROLLED: &str = "SELECT key, credential, signature, confirmation FROM invitation \
        WHERE survey = ? AND confirmation IS NOT NULL ORDER BY key";
    let id = survey.0.to_vec();
    let keys: Vec<Vec<u8>> = query_scalar("SELECT key FROM invitation WHERE survey = ? ORDER BY key")
        .bind(id.clone())
        .fetch_all(db.read_pool())
        .await?;
    let orders = query_scalar(ORDERS).bind(id.clone()).fetch_all(db.read_pool()).await?;
    let enrolled = query(ENROLLED).bind(id).fetch_all(db.read_pool()).await?;
    Ok(Trail {
        invitations: keys.iter().map(|key| decode::hex(key)).collect::<Result<_, _>>()?,
        orders,
        enrolments: enrolled.iter().map(enrolment).collect::<Result<_, _>>()?,
    })
}

fn enrolment(row: &SqliteRow) -> Result<(Enrolment, Hex<64>), StoreError> {
    let enrolment = Enrolment {
        invitation_key: decode::hex_at(row, "key")?,
        reporter_key: decode::hex_at(row, "credential")?,
        signature: decode::hex_at(row, "signature")?,
    };
    Ok((enrolment, decode::hex_at(row, "confirmation")?))
}
