//! From columns to values, and back.

use protocol::{Hex, SignedHour, SignedStatement, SurveyState};
use sqlite::StoreError;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use crate::store::{Version, VersionKey};

pub(super) fn hex<const N: usize>(bytes: &[u8]) -> Result<Hex<N>, StoreError> {
    bytes.try_into().map(Hex).map_err(|_| StoreError::Malformed)
}

pub(super) fn hex_at<const N: usize>(row: &SqliteRow, column: &str) -> Result<Hex<N>, StoreError> {
    hex(row.try_get::<&[u8], _>(column)?)
}

pub(super) fn maybe_hex_at<const N: usize>(
    row: &SqliteRow,
    column: &str,
) -> Result<Option<Hex<N>>, StoreError> {
    row.try_get::<Option<&[u8]>, _>(column)?.map(hex).transpose()
}

pub(super) fn small_at(row: &SqliteRow, column: &str) -> Result<u32, StoreError> {
    u32::try_from(row.try_get::<i64, _>(column)?).map_err(|_| StoreError::Malformed)
}

/// SQLite's integers are signed; times and hours fit.
pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(super) fn unsigned(number: i64) -> Result<u64, StoreError> {
    u64::try_from(number).map_err(|_| StoreError::Malformed)
}

pub(super) fn state(name: &str) -> Result<SurveyState, StoreError> {
    match name {
        "open" => Ok(SurveyState::Open),
        "closed" => Ok(SurveyState::Closed),
        "opening" => Ok(SurveyState::Opening),
        "released" => Ok(SurveyState::Released),
        "ended" => Ok(SurveyState::Ended),
        _ => Err(StoreError::Malformed),
    }
}

pub(super) const fn stage(state: SurveyState) -> &'static str {
    match state {
        SurveyState::Open => "open",
        SurveyState::Closed => "closed",
        SurveyState::Opening => "opening",
        SurveyState::Released => "released",
        SurveyState::Ended => "ended",
    }
}

/// A row of `version`, whichever columns beyond these were asked for.
pub(super) fn version(row: &SqliteRow) -> Result<Version, StoreError> {
    let statement = SignedStatement::admit(row.try_get("statement")?).map_err(|_| StoreError::Malformed)?;
    let word = |hour: i64, signature| unsigned(hour).map(|hour| SignedHour { hour, signature });
    let declared = match (row.try_get("declared_hour")?, maybe_hex_at(row, "declared_signature")?) {
        (Some(hour), Some(signature)) => Some(word(hour, signature)?),
        _ => None,
    };
    let key = VersionKey {
        survey: hex_at(row, "survey")?,
        credential: hex_at(row, "credential")?,
        version: small_at(row, "version")?,
    };
    Ok(Version {
        key,
        statement,
        held: word(row.try_get("held_hour")?, hex_at(row, "held_signature")?)?,
        declared,
        declaration: row.try_get("declaration")?,
    })
}
