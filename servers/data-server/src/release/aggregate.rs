//! Reads the ciphertexts of versions as a stream and multiplies them: no more than a batch, and what the store
//! reads ahead, is in memory at a time.

use futures_util::StreamExt;
use protocol::Problem;

use super::multiply::{Aggregates, Batch, Damaged};
use crate::app::calculate;
use crate::store::{Store, StoreError, VersionKey};

/// Why there is no product.
#[derive(Clone, Copy, Debug)]
pub enum AggregateFailure {
    /// What is stored is not what was admitted.
    Damaged,
    /// The database did not answer.
    Store(StoreError),
    /// A calculation did not come to its end.
    Broken(Problem),
}

impl From<Damaged> for AggregateFailure {
    fn from(_: Damaged) -> Self {
        Self::Damaged
    }
}

/// Multiplies the ciphertexts of these versions into `all`.
///
/// # Errors
/// [`AggregateFailure`].
pub async fn aggregate(
    store: &dyn Store,
    mut all: Aggregates,
    versions: &[VersionKey],
) -> Result<Aggregates, AggregateFailure> {
    let mut batch = Batch::default();
    for version in versions {
        let mut pieces = store.ciphertexts(*version);
        while let Some(piece) = pieces.next().await {
            all.put(&mut batch, piece.map_err(AggregateFailure::Store)?)?;
            if batch.is_full() {
                (all, batch) = multiply(all, batch).await?;
            }
        }
        all.end_submission(&mut batch)?;
    }
    Ok(multiply(all, batch).await?.0)
}

/// On all cores, while the store reads on.
async fn multiply(all: Aggregates, mut batch: Batch) -> Result<(Aggregates, Batch), AggregateFailure> {
    let multiplied = calculate(move || all.multiply(&mut batch).map(|all| (all, batch))).await;
    Ok(multiplied.map_err(AggregateFailure::Broken)??)
}
