//! Versions: stored one on top of the other, finished by the other server's word.

use protocol::{Hex, SignedHour, SurveyState};
use sqlite::{Database, StoreError};
use sqlx::sqlite::SqliteConnection;
use sqlx::{Row, query, query_scalar};

use super::{decode, enrolments, surveys};
use crate::store::{NewVersion, Put, Token, Version, VersionKey};

const OF_VERSION: &str = "survey = ? AND credential = ? AND version = ?";

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
    .bind(decode::signed(new.held.hour))
    .bind(new.held.signature.0.to_vec())
    .bind(upload)
    .bind(&new.declaration)
    .bind(&new.share)
    .execute(&mut *c)
    .await?;
    for (category, entries) in (0i64..).zip(&new.groups) {
        query(
            "INSERT INTO ciphertexts (survey, credential, version, category, entries) VALUES (?, ?, ?, ?, ?)",
        )
        .bind(new.key.survey.0.to_vec())
        .bind(new.key.credential.0.to_vec())
        .bind(new.key.version)
        .bind(category)
        .bind(entries)
        .execute(&mut *c)
        .await?;
    }
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

pub(super) async fn declare(db: &Database, key: VersionKey, word: SignedHour) -> Result<(), StoreError> {
    const DECLARE: &str = "UPDATE version SET declared_hour = ?, declared_signature = ?, declaration = NULL \
        WHERE survey = ? AND credential = ? AND version = ? AND declared_hour IS NULL";
    db.write(move |c| {
        Box::pin(async move {
            let first = query(DECLARE)
                .bind(decode::signed(word.hour))
                .bind(word.signature.0.to_vec())
                .bind(key.survey.0.to_vec())
                .bind(key.credential.0.to_vec())
                .bind(key.version)
                .execute(&mut *c)
                .await?;
            if first.rows_affected() > 0 { supersede(c, key).await } else { Ok(()) }
        })
    })
    .await
}

/// Deletes what earlier versions hold, unless the list is frozen: then one of them may still count.
async fn supersede(c: &mut SqliteConnection, key: VersionKey) -> Result<(), StoreError> {
    const NOT_FROZEN: &str = "AND NOT EXISTS (SELECT 1 FROM ending WHERE ending.survey = ?1)";
    const BELOW: &str = "survey = ?1 AND credential = ?2 AND version < ?3";
    for change in ["DELETE FROM ciphertexts", "UPDATE version SET share = NULL, declaration = NULL"] {
        query(sqlx::AssertSqlSafe(format!("{change} WHERE {BELOW} {NOT_FROZEN}")))
            .bind(key.survey.0.to_vec())
            .bind(key.credential.0.to_vec())
            .bind(key.version)
            .execute(&mut *c)
            .await?;
    }
    Ok(())
}

pub(super) async fn drop_version(db: &Database, key: VersionKey) -> Result<(), StoreError> {
    db.write(move |c| {
        Box::pin(async move {
            query("DELETE FROM version WHERE survey = ? AND credential = ? AND version = ? AND declared_hour IS NULL \
                   AND NOT EXISTS (SELECT 1 FROM ending WHERE ending.survey = version.survey)")
                .bind(key.survey.0.to_vec())
                .bind(key.credential.0.to_vec())
                .bind(key.version)
                .execute(c)
                .await?;
            Ok(())
        })
    })
    .await
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

pub(super) async fn ciphertexts(db: &Database, key: VersionKey) -> Result<Vec<Vec<u8>>, StoreError> {
    let sql = format!("SELECT entries FROM ciphertexts WHERE {OF_VERSION} ORDER BY category");
    let groups = query_scalar(sqlx::AssertSqlSafe(sql))
        .bind(key.survey.0.to_vec())
        .bind(key.credential.0.to_vec())
        .bind(key.version);
    Ok(groups.fetch_all(db.read_pool()).await?)
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
