//! What takes the page's own thread longer than a moment, cut into turns between which it answers.

use crate::errand::{pack_records, record_bytes, unpack_records};
use crate::wire::Garbled;
use gloo_timers::future::TimeoutFuture;
use survey::{Record, Schema};
use zeroize::Zeroizing;

/// Records of one turn: some milliseconds, also on a slow machine.
const RECORDS: usize = 2000;

/// [`pack_records`].
pub(crate) async fn pack(records: &[Record], schema: &Schema) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(records.len() * record_bytes(schema)));
    for some in records.chunks(RECORDS) {
        bytes.extend_from_slice(&pack_records(some, schema));
        rest(some.len()).await;
    }
    bytes
}

/// [`unpack_records`].
pub(crate) async fn unpack(bytes: &[u8], schema: &Schema) -> Result<Vec<Record>, Garbled> {
    let mut records = Vec::with_capacity(bytes.len() / record_bytes(schema));
    for some in bytes.chunks(RECORDS * record_bytes(schema)) {
        let some = unpack_records(some, schema)?;
        records.extend_from_slice(&some);
        rest(some.len()).await;
    }
    Ok(records)
}

/// Lets the page answer, unless that was the last turn.
async fn rest(done: usize) {
    if done == RECORDS {
        TimeoutFuture::new(0).await;
    }
}
