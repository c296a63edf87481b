//! Sign-in, drafts, surveys.

use protocol::Hex;
use sqlite::{Database, StoreError};
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{Row, query, query_scalar};

use super::decode;
use crate::store::{NewSurvey, Open, Survey};

pub(super) async fn sign_in_digest(db: &Database) -> Result<Option<[u8; 32]>, StoreError> {
    let digest: Option<Vec<u8>> =
        query_scalar("SELECT digest FROM sign_in").fetch_optional(db.read_pool()).await?;
    digest.map(|bytes| decode::hex(&bytes).map(|hex| hex.0)).transpose()
}

pub(super) async fn set_sign_in_digest(db: &Database, digest: [u8; 32]) -> Result<(), StoreError> {
    db.write(move |c| {
        Box::pin(async move {
            query("INSERT OR REPLACE INTO sign_in (one, digest) VALUES (1, ?)")
                .bind(digest.to_vec())
                .execute(c)
                .await?;
            Ok(())
        })
    })
    .await
}

pub(super) async fn put_draft(db: &Database, survey: Hex<32>, sealed: Vec<u8>) -> Result<(), StoreError> {
    db.write(move |c| {
        Box::pin(async move {
            query("INSERT INTO draft (survey, sealed) VALUES (?, ?)")
                .bind(survey.0.to_vec())
                .bind(sealed)
                .execute(c)
                .await?;
            Ok(())
        })
    })
    .await
}

pub(super) async fn draft(db: &Database, survey: Hex<32>) -> Result<Option<Vec<u8>>, StoreError> {
    let sealed = query_scalar("SELECT sealed FROM draft WHERE survey = ?").bind(survey.0.to_vec());
    Ok(sealed.fetch_optional(db.read_pool()).await?)
}

pub(super) async fn put_survey(db: &Database, new: NewSurvey) -> Result<Open, StoreError> {
    db.write(move |c| {
        Box::pin(async move {
            match find(c, new.id).await? {
                None => insert(c, &new).await,
                Some(old) if old.fingerprint != new.fingerprint => Ok(Open::Other),
                Some(old) if old.computation_server_signature.is_some() => Ok(Open::Same),
                Some(_) => Ok(Open::Kept),
            }
        })
    })
    .await
}

async fn insert(c: &mut SqliteConnection, new: &NewSurvey) -> Result<Open, StoreError> {
    query(
        "INSERT INTO survey (id, fingerprint, manifest, organizer_signature, data_server_signature, \
         max_reporters, closes_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(new.id.0.to_vec())
    .bind(new.fingerprint.0.to_vec())
    .bind(&new.manifest)
    .bind(new.organizer_signature.0.to_vec())
    .bind(new.data_server_signature.0.to_vec())
    .bind(new.max_reporters)
    .bind(decode::signed(new.closes_at))
    .execute(&mut *c)
    .await?;
    super::orders::invite(c, new.id, &new.roster).await?;
    Ok(Open::Kept)
}

pub(super) async fn confirm_survey(
    db: &Database,
    survey: Hex<32>,
    signature: Hex<64>,
) -> Result<(), StoreError> {
    db.write(move |c| {
        Box::pin(async move {
            query("UPDATE survey SET computation_server_signature = coalesce(computation_server_signature, ?) WHERE id = ?")
                .bind(signature.0.to_vec())
                .bind(survey.0.to_vec())
                .execute(&mut *c)
                .await?;
            query("DELETE FROM draft WHERE survey = ?").bind(survey.0.to_vec()).execute(c).await?;
            Ok(())
        })
    })
    .await
}

pub(super) async fn drop_survey(db: &Database, survey: Hex<32>) -> Result<(), StoreError> {
    const REFUSED: &str = "SELECT id FROM survey WHERE id = ? AND computation_server_signature IS NULL";
    db.write(move |c| {
        Box::pin(async move {
            let id: Option<Vec<u8>> =
                query_scalar(REFUSED).bind(survey.0.to_vec()).fetch_optional(&mut *c).await?;
            if let Some(id) = id {
                query("DELETE FROM invitation WHERE survey = ?").bind(id.clone()).execute(&mut *c).await?;
                query("DELETE FROM survey WHERE id = ?").bind(id).execute(c).await?;
            }
            Ok(())
        })
    })
    .await
}

pub(super) async fn survey(db: &Database, survey: Hex<32>) -> Result<Option<Survey>, StoreError> {
    db.read(move |c| Box::pin(find(c, survey))).await
}

/// A survey, for other jobs too.
pub(super) async fn find(c: &mut SqliteConnection, survey: Hex<32>) -> Result<Option<Survey>, StoreError> {
    let row = query("SELECT * FROM survey WHERE id = ?").bind(survey.0.to_vec()).fetch_optional(c).await?;
    row.as_ref().map(read).transpose()
}

fn read(row: &SqliteRow) -> Result<Survey, StoreError> {
    Ok(Survey {
        id: decode::hex_at(row, "id")?,
        fingerprint: decode::hex_at(row, "fingerprint")?,
        manifest: row.try_get("manifest")?,
        organizer_signature: decode::hex_at(row, "organizer_signature")?,
        data_server_signature: decode::hex_at(row, "data_server_signature")?,
        computation_server_signature: decode::maybe_hex_at(row, "computation_server_signature")?,
        closes_at: decode::unsigned(row.try_get("closes_at")?)?,
        stored_state: decode::state(row.try_get("stage")?)?,
        last_sequence: decode::small_at(row, "last_sequence")?,
    })
}

pub(super) async fn opening_surveys(db: &Database) -> Result<Vec<Hex<32>>, StoreError> {
    let ids: Vec<Vec<u8>> =
        query_scalar("SELECT id FROM survey WHERE stage = 'opening'").fetch_all(db.read_pool()).await?;
    ids.iter().map(|id| decode::hex(id)).collect()
}
