//! Invitations, their labels, and the credentials bound to them.

use protocol::{Enrolment, Hex, Kind, SignedStatement, SurveyState};
use sqlite::{Database, StoreError};
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{Row, query, query_scalar};

use super::{decode, surveys};
use crate::store::{Enrol, Invitation, LabelsOutcome, Settled};

pub(super) async fn invitations(db: &Database, survey: Hex<32>) -> Result<Vec<Invitation>, StoreError> {
    let rows = query(
        "SELECT key, label, revoked, confirmation IS NOT NULL AS enrolled, \
         (SELECT statement FROM version AS v WHERE v.survey = i.survey AND v.credential = i.credential \
          AND v.declared_hour IS NOT NULL ORDER BY v.version DESC LIMIT 1) AS last \
         FROM invitation AS i WHERE survey = ?",
    )
    .bind(survey.0.to_vec())
    .fetch_all(db.read_pool())
    .await?;
    rows.iter().map(read).collect()
}

fn read(row: &SqliteRow) -> Result<Invitation, StoreError> {
    let kind = |bytes: &[u8]| -> Result<Kind, StoreError> {
        Ok(SignedStatement::admit(bytes).map_err(|_| StoreError::Malformed)?.statement.kind)
    };
    Ok(Invitation {
        key: decode::hex_at(row, "key")?,
        label: row.try_get("label")?,
        revoked: row.try_get("revoked")?,
        enrolled: row.try_get("enrolled")?,
        last: row.try_get::<Option<&[u8]>, _>("last")?.map(kind).transpose()?,
    })
}

pub(super) async fn put_labels(
    db: &Database,
    survey: Hex<32>,
    labels: Vec<(Hex<32>, Vec<u8>)>,
) -> Result<LabelsOutcome, StoreError> {
    const COUNT: &str = "SELECT count(*) FROM invitation WHERE survey = ? AND key = ?";
    db.write(move |c| {
        Box::pin(async move {
            let id = survey.0.to_vec();
            for (key, _) in &labels {
                let there: i64 =
                    query_scalar(COUNT).bind(id.clone()).bind(key.0.to_vec()).fetch_one(&mut *c).await?;
                if there == 0 {
                    return Ok(LabelsOutcome::Unknown);
                }
            }
            for (key, label) in labels {
                query("UPDATE invitation SET label = ? WHERE survey = ? AND key = ?")
                    .bind(label)
                    .bind(id.clone())
                    .bind(key.0.to_vec())
                    .execute(&mut *c)
                    .await?;
            }
            Ok(LabelsOutcome::Kept)
        })
    })
    .await
}

pub(super) async fn enrol(
    db: &Database,
    survey: Hex<32>,
    enrolment: Enrolment,
    now_s: u64,
) -> Result<Enrol, StoreError> {
    db.write(move |c| {
        Box::pin(async move {
            let found = surveys::find(c, survey).await?.ok_or(StoreError::NoSuchRow)?;
            let open = found.state(now_s) == SurveyState::Open;
            match bound(c, survey, &enrolment).await? {
                Some(Enrol::Bound(None)) if !open => Ok(Enrol::Closed),
                Some(outcome) => Ok(outcome),
                None if !open => Ok(Enrol::Closed),
                None => bind(c, survey, &enrolment).await,
            }
        })
    })
    .await
}

/// What the invitation's row decides; nothing if it waits for its reporter key.
async fn bound(
    c: &mut SqliteConnection,
    survey: Hex<32>,
    enrolment: &Enrolment,
) -> Result<Option<Enrol>, StoreError> {
    let row = query("SELECT revoked, credential, confirmation FROM invitation WHERE survey = ? AND key = ?")
        .bind(survey.0.to_vec())
        .bind(enrolment.invitation_key.0.to_vec())
        .fetch_optional(c)
        .await?;
    let Some(row) = row else { return Ok(Some(Enrol::Unknown)) };
    if row.try_get("revoked")? {
        return Ok(Some(Enrol::Unknown));
    }
    match decode::maybe_hex_at::<32>(&row, "credential")? {
        None => Ok(None),
        Some(key) if key != enrolment.reporter_key => Ok(Some(Enrol::Taken)),
        Some(_) => Ok(Some(Enrol::Bound(decode::maybe_hex_at(&row, "confirmation")?))),
    }
}

async fn bind(c: &mut SqliteConnection, survey: Hex<32>, enrolment: &Enrolment) -> Result<Enrol, StoreError> {
    let elsewhere: i64 = query_scalar("SELECT count(*) FROM invitation WHERE survey = ? AND credential = ?")
        .bind(survey.0.to_vec())
        .bind(enrolment.reporter_key.0.to_vec())
        .fetch_one(&mut *c)
        .await?;
    if elsewhere > 0 {
        return Ok(Enrol::CredentialInUse);
    }
    query("UPDATE invitation SET credential = ?, signature = ? WHERE survey = ? AND key = ?")
        .bind(enrolment.reporter_key.0.to_vec())
        .bind(enrolment.signature.0.to_vec())
        .bind(survey.0.to_vec())
        .bind(enrolment.invitation_key.0.to_vec())
        .execute(c)
        .await?;
    Ok(Enrol::Bound(None))
}

pub(super) async fn confirm(
    db: &Database,
    survey: Hex<32>,
    enrolment: Enrolment,
    signature: Hex<64>,
) -> Result<Settled, StoreError> {
    const CONFIRM: &str = "UPDATE invitation SET confirmation = coalesce(confirmation, ?) \
        WHERE survey = ? AND key = ? AND credential = ?";
    db.write(move |c| {
        Box::pin(async move {
            let done = query(CONFIRM)
                .bind(signature.0.to_vec())
                .bind(survey.0.to_vec())
                .bind(enrolment.invitation_key.0.to_vec())
                .bind(enrolment.reporter_key.0.to_vec())
                .execute(c)
                .await?;
            Ok(decode::settled(&done))
        })
    })
    .await
}

pub(super) async fn drop_enrolment(
    db: &Database,
    survey: Hex<32>,
    enrolment: Enrolment,
) -> Result<Settled, StoreError> {
    const DROP: &str = "UPDATE invitation SET credential = NULL, signature = NULL \
        WHERE survey = ? AND key = ? AND credential = ? AND confirmation IS NULL";
    db.write(move |c| {
        Box::pin(async move {
            let done = query(DROP)
                .bind(survey.0.to_vec())
                .bind(enrolment.invitation_key.0.to_vec())
                .bind(enrolment.reporter_key.0.to_vec())
                .execute(c)
                .await?;
            Ok(decode::settled(&done))
        })
    })
    .await
}

pub(super) async fn pending(db: &Database) -> Result<Vec<(Hex<32>, Enrolment)>, StoreError> {
    let rows = query(
        "SELECT i.survey, i.key, i.credential, i.signature FROM invitation AS i \
         JOIN survey AS s ON s.id = i.survey \
         WHERE i.credential IS NOT NULL AND i.confirmation IS NULL AND s.stage = 'open'",
    )
    .fetch_all(db.read_pool())
    .await?;
    let read = |row: &SqliteRow| {
        let enrolment = Enrolment {
            invitation_key: decode::hex_at(row, "key")?,
            reporter_key: decode::hex_at(row, "credential")?,
            signature: decode::hex_at(row, "signature")?,
        };
        Ok((decode::hex_at(row, "survey")?, enrolment))
    };
    rows.iter().map(read).collect()
}

pub(super) async fn is_enrolled(
    db: &Database,
    survey: Hex<32>,
    credential: Hex<32>,
) -> Result<bool, StoreError> {
    db.read(move |c| Box::pin(enrolled(c, survey, credential))).await
}

/// Whether both servers know the credential, for other jobs too.
pub(super) async fn enrolled(
    c: &mut SqliteConnection,
    survey: Hex<32>,
    credential: Hex<32>,
) -> Result<bool, StoreError> {
    let count: i64 = query_scalar(
        "SELECT count(*) FROM invitation WHERE survey = ? AND credential = ? AND confirmation IS NOT NULL",
    )
    .bind(survey.0.to_vec())
    .bind(credential.0.to_vec())
    .fetch_one(c)
    .await?;
    Ok(count > 0)
}
