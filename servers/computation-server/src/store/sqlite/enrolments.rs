//! Enrolments: the first reporter key is the invitation's.

use ::sqlite::StoreError;
use protocol::Hex;
use sqlx::sqlite::SqliteConnection;

use super::surveys;
use super::values::hex;
use crate::store::Enrol;

pub(super) async fn enrol(
    c: &mut SqliteConnection,
    survey: Hex<32>,
    key: Hex<32>,
    credential: Hex<32>,
    now_s: u64,
) -> Result<Enrol, StoreError> {
    const FIND: &str = "SELECT revoked, credential FROM invitation WHERE survey = ? AND key = ?";
    let row: Option<(bool, Option<Vec<u8>>)> =
        sqlx::query_as(FIND).bind(&survey.0[..]).bind(&key.0[..]).fetch_optional(&mut *c).await?;
    match row {
        None | Some((true, _)) => return Ok(Enrol::Unknown),
        Some((false, Some(bound))) if hex(bound.clone())? == credential => return Ok(Enrol::Bound),
        Some((false, Some(_))) => return Ok(Enrol::Other),
        Some((false, None)) => {}
    }
    if !surveys::window(c, survey, now_s).await?.is_some_and(|window| window.is_open()) {
        return Ok(Enrol::Closed);
    }
    if is_enrolled(c, survey, credential).await? {
        return Ok(Enrol::CredentialInUse);
    }
    sqlx::query("UPDATE invitation SET credential = ? WHERE survey = ? AND key = ?")
        .bind(&credential.0[..])
        .bind(&survey.0[..])
        .bind(&key.0[..])
        .execute(c)
        .await?;
    Ok(Enrol::Bound)
}

/// Whether a credential belongs to an invitation of the survey.
pub(super) async fn is_enrolled(
    c: &mut SqliteConnection,
    survey: Hex<32>,
    credential: Hex<32>,
) -> Result<bool, StoreError> {
    const FIND: &str = "SELECT EXISTS (SELECT 1 FROM invitation WHERE survey = ? AND credential = ?)";
    Ok(sqlx::query_scalar(FIND).bind(&survey.0[..]).bind(&credential.0[..]).fetch_one(c).await?)
}
