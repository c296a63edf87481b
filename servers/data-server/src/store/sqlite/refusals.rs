//! What the other server has refused, with its signature: evidence that outlives the version.

use protocol::{Hex, SignedHour, SignedStatement};
use sqlite::{Database, StoreError};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, query};

use super::{decode, versions};
use crate::store::{RefusedVersion, Settled, SignedRefusal, Version};

pub(super) async fn refuse_version(
    db: &Database,
    version: Version,
    refusal: SignedRefusal,
) -> Result<Settled, StoreError> {
    const KEEP: &str = "INSERT OR IGNORE INTO refused_version (survey, credential, version, statement, \
        held_hour, held_signature, declaration, request_header, answer_status, answer_header, answer_body) \
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    db.write(move |c| {
        Box::pin(async move {
            query(KEEP)
                .bind(version.key.survey.0.to_vec())
                .bind(version.key.credential.0.to_vec())
                .bind(version.key.version)
                .bind(version.statement.to_bytes())
                .bind(decode::signed(version.held.hour)?)
                .bind(version.held.signature.0.to_vec())
                .bind(refusal.declaration)
                .bind(refusal.request_header)
                .bind(refusal.status)
                .bind(refusal.answer_header)
                .bind(refusal.body)
                .execute(&mut *c)
                .await?;
            versions::drop_message(c, version.message()).await
        })
    })
    .await
}

pub(super) async fn refused_versions(
    db: &Database,
    survey: Hex<32>,
) -> Result<Vec<RefusedVersion>, StoreError> {
    // What was sent again and is here was perhaps taken the second time.
    let rows = query(
        "SELECT * FROM refused_version AS r WHERE survey = ? AND NOT EXISTS (SELECT 1 FROM version AS v \
         WHERE v.survey = r.survey AND v.credential = r.credential AND v.version = r.version \
         AND v.statement = r.statement) ORDER BY credential, version, statement, held_hour",
    )
    .bind(survey.0.to_vec())
    .fetch_all(db.read_pool())
    .await?;
    rows.iter().map(read).collect()
}

fn read(row: &SqliteRow) -> Result<RefusedVersion, StoreError> {
    let hour = decode::unsigned(row.try_get("held_hour")?)?;
    Ok(RefusedVersion {
        statement: SignedStatement::admit(row.try_get("statement")?).map_err(|_| StoreError::Malformed)?,
        held: SignedHour { hour, signature: decode::hex_at(row, "held_signature")? },
        refusal: SignedRefusal {
            declaration: row.try_get("declaration")?,
            request_header: row.try_get("request_header")?,
            status: u16::try_from(row.try_get::<i64, _>("answer_status")?)
                .map_err(|_| StoreError::Malformed)?,
            answer_header: row.try_get("answer_header")?,
            body: row.try_get("answer_body")?,
        },
    })
}
