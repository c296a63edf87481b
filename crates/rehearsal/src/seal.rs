//! Encrypting on all cores.

use crate::randomness;
use paillier::Encryptor;
use rayon::prelude::*;
use reporter::{Job, JobRefusal, SealedEntry};

/// Runs all jobs, on all cores; `sealed` is told the number of ciphertexts after each.
///
/// # Errors
/// [`JobRefusal`] of the first job that fails.
pub fn seal_all(
    jobs: Vec<Job>,
    encryptor: &Encryptor,
    sealed: impl Fn(usize) + Sync,
) -> Result<Vec<SealedEntry>, JobRefusal> {
    jobs.into_par_iter()
        .map(|job| {
            let entry = job.run(encryptor, &mut randomness::system())?;
            sealed(job.blocks());
            Ok(entry)
        })
        .collect()
}
