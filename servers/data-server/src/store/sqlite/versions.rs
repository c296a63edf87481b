//! Versions: stored one on top of the other, finished by the other server's word.

use futures_util::StreamExt;
use protocol::{Hex, SignedHour, SurveyState};
use sqlite::{Database, StoreError};
use sqlx::sqlite::SqliteConnection;
use sqlx::{Row, query, query_scalar};

use super::{decode, enrolments, surveys};
use crate::store::{
    Declare, MessageKey, NewVersion, PIECE_BYTES, Piece, Pieces, Put, Settled, Token, Version, VersionKey,
};

const OF_VERSION: &str = "survey = ? AND credential = ? AND version = ?";
const OF_MESSAGE: &str = "survey = ? AND credential = ? AND version = ? AND statement = ? AND upload IS ?";

pub(super) async fn look_up(
    db: &Database,
    key: VersionKey,
    token: Token,
    now_s: u64,
) -> Result<Put, StoreError> {
    db.read(move |c| Box::pin(judge(c, key, token, now_s))).await
}

pub(super) async fn put(db: &Database, new: NewVersion, now_s: u64) -> Result<Put, StoreError> {
    db.write(move |c| {
        Box::pin(async move {
            let outcome = judge(c, new.key, new.token, now_s).await?;
            if outcome == Put::Stored {
                insert(c, &new).await?;
            }
            Ok(outcome)
        })
    })
    .await
}

/// Whether a version may be stored now, or was.
async fn judge(
    c: &mut SqliteConnection,
    key: VersionKey,
    token: Token,
    now_s: u64,
) -> Result<Put, StoreError> {
    let survey = surveys::find(c, key.survey).await?.ok_or(StoreError::NoSuchRow)?;
    if let Some(known) = again(c, key, token).await? {
        let late = known.declared.is_none() && is_agreed(c, key.survey).await?;
        return Ok(if late { Put::Closed } else { Put::AlreadyStored(Box::new(known)) });
    }
    if survey.state(now_s) != SurveyState::Open {
        return Ok(Put::Closed);
    }
    if !enrolments::enrolled(c, key.survey, key.credential).await? {
        return Ok(Put::CredentialUnknown);
    }
    let last = last(c, key).await?;
    let reached = last.as_ref().map_or(0, |last| last.key.version);
    Ok(match (token, last) {
        _ if key.version <= reached => Put::Used,
        (Token::Withdrawal(_), _) => Put::Stored,
        _ if key.version > reached.saturating_add(1) => Put::Gap,
        (_, Some(last)) if last.declared.is_none() => Put::Unfinished(Box::new(last)),
        _ => Put::Stored,
    })
}

/// The same version with the same content, if it is there.
async fn again(
    c: &mut SqliteConnection,
    key: VersionKey,
    token: Token,
) -> Result<Option<Version>, StoreError> {
    let row = query("SELECT * FROM version WHERE survey = ? AND credential = ? AND version = ?")
        .bind(key.survey.0.to_vec())
        .bind(key.credential.0.to_vec())
        .bind(key.version)
        .fetch_optional(c)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let version = decode::version(&row)?;
    let same = match token {
        Token::Upload(digest) => row.try_get::<Option<&[u8]>, _>("upload")? == Some(&digest),
        Token::Withdrawal(statement) => version.statement == statement,
    };
    Ok(same.then_some(version))
}

async fn is_agreed(c: &mut SqliteConnection, survey: Hex<32>) -> Result<bool, StoreError> {
    let agreed: i64 = query_scalar("SELECT count(*) FROM ending WHERE survey = ? AND agreement IS NOT NULL")
        .bind(survey.0.to_vec())
        .fetch_one(c)
        .await?;
    Ok(agreed > 0)
}

async fn last(c: &mut SqliteConnection, key: VersionKey) -> Result<Option<Version>, StoreError> {
    let row =
        query("SELECT * FROM version WHERE survey = ? AND credential = ? ORDER BY version DESC LIMIT 1")
            .bind(key.survey.0.to_vec())
            .bind(key.credential.0.to_vec())
            .fetch_optional(c)
            .await?;
    row.as_ref().map(decode::version).transpose()
}

async fn insert(c: &mut SqliteConnection, new: &NewVersion) -> Result<(), StoreError> {
    let upload = match new.token {
        Token::Upload(digest) => Some(digest.to_vec()),
        Token::Withdrawal(_) => {
            drop_unfinished_below(c, new.key).await?;
            None
        }
    };
    query(
        "INSERT INTO version (survey, credential, version, statement, held_hour, held_signature, upload, \
         declaration, share) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(new.key.survey.0.to_vec())
    .bind(new.key.credential.0.to_vec())
    .bind(new.key.version)
    .bind(new.statement.to_bytes())
    .bind(decode::signed(new.held.hour)?)
    .bind(new.held.signature.0.to_vec())
    .bind(upload)
    .bind(&new.declaration)
    .bind(&new.share)
    .execute(&mut *c)
    .await?;
    for (category, group) in (0i64..).zip(&new.groups) {
        for (piece, entries) in (0i64..).zip(group.chunks(PIECE_BYTES)) {
            insert_piece(c, new.key, (category, piece), entries).await?;
        }
    }
    Ok(())
}

async fn insert_piece(
    c: &mut SqliteConnection,
    key: VersionKey,
    (category, piece): (i64, i64),
    entries: &[u8],
) -> Result<(), StoreError> {
    query(
        "INSERT INTO ciphertext_piece (survey, credential, version, category, piece, entries) \
         VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(key.survey.0.to_vec())
    .bind(key.credential.0.to_vec())
    .bind(key.version)
    .bind(category)
    .bind(piece)
    .bind(entries)
    .execute(c)
    .await?;
    Ok(())
}

/// A withdrawal needs no version below it to be finished.
async fn drop_unfinished_below(c: &mut SqliteConnection, key: VersionKey) -> Result<(), StoreError> {
    query(
        "DELETE FROM version WHERE survey = ? AND credential = ? AND version < ? AND declared_hour IS NULL",
    )
    .bind(key.survey.0.to_vec())
    .bind(key.credential.0.to_vec())
    .bind(key.version)
    .execute(c)
    .await?;
    Ok(())
}

pub(super) async fn declare(
    db: &Database,
    message: MessageKey,
    word: SignedHour,
) -> Result<Declare, StoreError> {
    const DECLARE: &str = "UPDATE version SET declared_hour = ?, declared_signature = ?, declaration = NULL";
    db.write(move |c| {
        Box::pin(async move {
            let sql = format!("{DECLARE} WHERE {OF_MESSAGE} AND declared_hour IS NULL");
            let first = query(sqlx::AssertSqlSafe(sql))
                .bind(decode::signed(word.hour)?)
                .bind(word.signature.0.to_vec())
                .bind(message.key.survey.0.to_vec())
                .bind(message.key.credential.0.to_vec())
                .bind(message.key.version)
                .bind(message.statement.to_bytes())
                .bind(message.upload.map(|digest| digest.0.to_vec()))
                .execute(&mut *c)
                .await?;
            if first.rows_affected() == 0 {
                return not_declared(c, message).await;
            }
            supersede(c, message.key).await?;
            Ok(Declare::Kept(word))
        })
    })
    .await
}

/// What is there in place of a message that waits for its word.
async fn not_declared(c: &mut SqliteConnection, message: MessageKey) -> Result<Declare, StoreError> {
    let sql = format!("SELECT * FROM version WHERE {OF_MESSAGE}");
    let row = query(sqlx::AssertSqlSafe(sql))
        .bind(message.key.survey.0.to_vec())
        .bind(message.key.credential.0.to_vec())
        .bind(message.key.version)
        .bind(message.statement.to_bytes())
        .bind(message.upload.map(|digest| digest.0.to_vec()))
        .fetch_optional(&mut *c)
        .await?;
    if let Some(word) = row.as_ref().map(decode::version).transpose()?.and_then(|found| found.declared) {
        return Ok(Declare::Kept(word));
    }
    let reached = last(c, message.key).await?.map_or(0, |last| last.key.version);
    Ok(if reached >= message.key.version { Declare::Used } else { Declare::Gone })
}

/// Deletes what earlier versions hold, unless the list is frozen: then one of them may still count.
async fn supersede(c: &mut SqliteConnection, key: VersionKey) -> Result<(), StoreError> {
    const NOT_FROZEN: &str = "AND NOT EXISTS (SELECT 1 FROM ending WHERE ending.survey = ?1)";
    const BELOW: &str = "survey = ?1 AND credential = ?2 AND version < ?3";
    for change in ["DELETE FROM ciphertext_piece", "UPDATE version SET share = NULL, declaration = NULL"] {
        query(sqlx::AssertSqlSafe(format!("{change} WHERE {BELOW} {NOT_FROZEN}")))
            .bind(key.survey.0.to_vec())
            .bind(key.credential.0.to_vec())
            .bind(key.version)
            .execute(&mut *c)
            .await?;
    }
    Ok(())
}

pub(super) async fn drop_version(db: &Database, message: MessageKey) -> Result<Settled, StoreError> {
    db.write(move |c| Box::pin(drop_message(c, message))).await
}

/// Forgets a message that has not both words, for other jobs too.
pub(super) async fn drop_message(
    c: &mut SqliteConnection,
    message: MessageKey,
) -> Result<Settled, StoreError> {
    const NOT_FROZEN: &str = "NOT EXISTS (SELECT 1 FROM ending WHERE ending.survey = version.survey)";
    let sql = format!("DELETE FROM version WHERE {OF_MESSAGE} AND declared_hour IS NULL AND {NOT_FROZEN}");
    let done = query(sqlx::AssertSqlSafe(sql))
        .bind(message.key.survey.0.to_vec())
        .bind(message.key.credential.0.to_vec())
        .bind(message.key.version)
        .bind(message.statement.to_bytes())
        .bind(message.upload.map(|digest| digest.0.to_vec()))
        .execute(c)
        .await?;
    Ok(decode::settled(&done))
}

pub(super) async fn pending(db: &Database, survey: Option<Hex<32>>) -> Result<Vec<Version>, StoreError> {
    let rows = query(
        "SELECT v.* FROM version AS v JOIN survey AS s ON s.id = v.survey \
         LEFT JOIN ending AS e ON e.survey = v.survey \
         WHERE v.declared_hour IS NULL AND s.stage NOT IN ('released', 'ended') AND e.agreement IS NULL \
         AND (?1 IS NULL OR v.survey = ?1) ORDER BY v.survey, v.credential, v.version",
    )
    .bind(survey.map(|survey| survey.0.to_vec()))
    .fetch_all(db.read_pool())
    .await?;
    rows.iter().map(decode::version).collect()
}

pub(super) fn ciphertexts(db: &Database, key: VersionKey) -> Pieces<'_> {
    const PIECES: &str = "SELECT category, entries FROM ciphertext_piece \
        WHERE survey = ? AND credential = ? AND version = ? ORDER BY category, piece";
    let rows = query(PIECES)
        .bind(key.survey.0.to_vec())
        .bind(key.credential.0.to_vec())
        .bind(key.version)
        .fetch(db.read_pool());
    rows.map(|row| {
        let row = row?;
        let category = usize::try_from(row.try_get::<i64, _>("category")?);
        Ok(Piece { category: category.map_err(|_| StoreError::Malformed)?, entries: row.try_get("entries")? })
    })
    .boxed()
}

pub(super) async fn share(db: &Database, key: VersionKey) -> Result<Option<Vec<u8>>, StoreError> {
    let sql = format!("SELECT share FROM version WHERE {OF_VERSION}");
    let share: Option<Option<Vec<u8>>> = query_scalar(sqlx::AssertSqlSafe(sql))
        .bind(key.survey.0.to_vec())
        .bind(key.credential.0.to_vec())
        .bind(key.version)
        .fetch_optional(db.read_pool())
        .await?;
    Ok(share.flatten())
}
