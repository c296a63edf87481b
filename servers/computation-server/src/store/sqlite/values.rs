//! Between columns and values.

use ::sqlite::StoreError;
use protocol::Hex;

use crate::store::Stage;

/// A number as the database holds it; one beyond its range is as good as its end.
pub(super) fn int(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// A number as it was stored.
pub(super) fn uint(value: i64) -> Result<u64, StoreError> {
    u64::try_from(value).map_err(|_| StoreError::Malformed)
}

/// A version as it was stored.
pub(super) fn version(value: i64) -> Result<u32, StoreError> {
    u32::try_from(value).map_err(|_| StoreError::Malformed)
}

/// Bytes of fixed length as they were stored.
pub(super) fn hex<const N: usize>(bytes: Vec<u8>) -> Result<Hex<N>, StoreError> {
    bytes.try_into().map(Hex).map_err(|_| StoreError::Malformed)
}

/// Reads a stage.
pub(super) fn stage(text: &str) -> Result<Stage, StoreError> {
    Ok(match text {
        "taking" => Stage::Taking,
        "agreed" => Stage::Agreed,
        "opened" => Stage::Opened,
        "released" => Stage::Released,
        "ended" => Stage::Ended,
        _ => return Err(StoreError::Malformed),
    })
}
