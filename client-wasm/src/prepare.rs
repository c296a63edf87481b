//! From records to a submission, in a worker: the page only passes on.

use crate::SealingFailure;
use crate::aside::Aside;
use crate::errand::{Answer, Errand, pack, unpack};
use crate::open_pay_file::under;
use crate::turns;
use gloo_timers::future::TimeoutFuture;
use protocol::{Hex, SignedStatement};
use reporter::{CheckedSurvey, Job, Preparation, PreparationRefusal, ReporterKey, SealedEntry};
use std::fmt;
use survey::Record;
use zeroize::Zeroizing;

/// Sealed entries in one message: about a megabyte, handed over in a moment.
const ENTRIES_AT_ONCE: usize = 512;

/// Why records were not prepared. Nothing was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrepareFailure {
    /// The records.
    #[error(transparent)]
    Records(#[from] PreparationRefusal),
    /// The worker.
    #[error(transparent)]
    Worker(#[from] SealingFailure),
}

/// Records on their way in a worker of their own: the way of [`Preparation`] for threads that draw a page.
pub struct Prepared {
    aside: Aside,
    jobs: Vec<Job>,
}

/// A submission and what has to be kept about it.
pub struct Sealed {
    /// What is uploaded. After a crash the same bytes are sent again.
    pub bytes: Vec<u8>,
    /// Their SHA-256.
    pub sha256: Hex<32>,
    /// What both servers sign for.
    pub statement: SignedStatement,
}

/// Turns records into shuffled entries, in a worker from the script at an address of this page. Nothing is
/// encrypted yet, and nothing sent.
///
/// # Errors
/// [`PrepareFailure`].
pub async fn prepare(
    script: &str,
    survey: &CheckedSurvey,
    records: &[Record],
    version: u32,
) -> Result<Prepared, PrepareFailure> {
    Preparation::check(survey.manifest(), records.len(), version)?;
    let mut aside = under(script, survey).await?;
    let records = turns::pack(records, survey.manifest().schema()).await;
    aside.send(&Errand::Prepare { version, records: &records });
    let block_bytes = survey.manifest().layout().block_bytes();
    let mut jobs = Vec::new();
    loop {
        match aside.hear().await? {
            Answer::Jobs(batch) => {
                for job in unpack(&batch).map_err(|_| SealingFailure::Refused)? {
                    jobs.push(Job::from_bytes(job, block_bytes).map_err(|_| SealingFailure::Refused)?);
                }
            }
            Answer::Prepared(count) if usize::try_from(count) == Ok(jobs.len()) => break,
            _ => return Err(SealingFailure::Refused.into()),
        }
    }
    Ok(Prepared { aside, jobs })
}

impl Prepared {
    /// The entries to encrypt, for [`crate::Pool::seal`]. They are taken out: a second call brings none.
    pub fn take_jobs(&mut self) -> Vec<Job> {
        std::mem::take(&mut self.jobs)
    }

    /// Commits to the sums, signs the statement, proves its form, seals the declaration and the whole, in the worker. The
    /// shares are drawn there and kept nowhere.
    ///
    /// # Errors
    /// [`SealingFailure`].
    pub async fn seal(
        mut self,
        key: &ReporterKey,
        outputs: Vec<SealedEntry>,
    ) -> Result<Sealed, SealingFailure> {
        for batch in outputs.chunks(ENTRIES_AT_ONCE) {
            let parts: Vec<Zeroizing<Vec<u8>>> = batch.iter().map(SealedEntry::expose_message).collect();
            self.aside.send(&Errand::Sealed(&pack(parts.iter().map(|part| part.as_slice()))));
            // The page gets its turn.
            TimeoutFuture::new(0).await;
        }
        self.aside.send(&Errand::Finish(key.expose_seed().as_slice()));
        match self.aside.hear().await? {
            Answer::Submission { statement, sha256, bytes } => {
                let statement = SignedStatement::admit(&statement.0).map_err(|_| SealingFailure::Refused)?;
                Ok(Sealed { bytes, sha256, statement })
            }
            _ => Err(SealingFailure::Refused),
        }
    }
}

impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Prepared({} jobs, <private>)", self.jobs.len())
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed(version {}, {} bytes)", self.statement.statement.version, self.bytes.len())
    }
}
