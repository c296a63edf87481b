//! From records to a sealed submission.

use crate::prover::SealedGroup;
use crate::{CheckedSurvey, Figures, Job, Participant, Prover, ReporterKey, SealedEntry, shuffle::shuffle};
use commitments::Shares;
use protocol::{
    AdmittedManifest, Declaration, GroupCiphertexts, Hex, Kind, SealingPublicKey, SignedStatement, Statement,
    Submission,
};
use rand_core::CryptoRng;
use std::fmt;
use survey::{EntriesRefusal, Entry, Granularity, Record};
use zeroize::Zeroizing;

/// Why records cannot be prepared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PreparationRefusal {
    /// What the layout does not take.
    #[error(transparent)]
    Entries(#[from] EntriesRefusal),
    /// Versions begin with 1.
    #[error("versions begin with 1")]
    Version,
    /// No records: there is nothing to report.
    #[error("there is nobody to report")]
    NoRecords,
}

/// Why a prepared submission cannot be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealRefusal {
    /// Not every entry exactly once, each of the right length.
    #[error("not every entry was encrypted exactly once")]
    Entries,
    /// The participant is of another survey.
    #[error("the preparation belongs to another survey")]
    OtherSurvey,
    /// A server's sealing key is none.
    #[error("a server's key cannot be sealed to")]
    ServerKey,
    /// The figures are not what the survey wants proven, or it cannot be proven.
    #[error("the figures cannot be proven to be what the survey asks for")]
    Proof,
}

/// The shape of one group's list: its entries, and the jobs that they are made by.
#[derive(Clone, Copy, Debug)]
struct List {
    entries: u32,
    jobs: u32,
    job_bytes: usize,
    /// Bytes of the exponents of a job.
    spent_bytes: usize,
}

/// Records on their way: figures to show, jobs to run, and what the reporter will commit to.
pub struct Preparation {
    fingerprint: Hex<32>,
    version: u32,
    figures: Figures,
    jobs: Vec<Job>,
    lists: Vec<List>,
    sums: Zeroizing<Vec<u64>>,
}

impl Preparation {
    /// Turns records into shuffled entries. Nothing is encrypted yet, and nothing sent.
    ///
    /// # Errors
    /// [`PreparationRefusal`].
    pub fn new(
        survey: &CheckedSurvey,
        records: &[Record],
        version: u32,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, PreparationRefusal> {
        Self::under(survey.manifest(), records, version, rng)
    }

    /// The same in another thread than the one that checked the survey: a page checks, its worker prepares.
    ///
    /// # Errors
    /// [`PreparationRefusal`].
    pub fn under(
        manifest: &AdmittedManifest,
        records: &[Record],
        version: u32,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, PreparationRefusal> {
        Self::check(manifest, records.len(), version)?;
        let layout = manifest.layout();
        let (groups, sums) = layout.entries(records)?;
        let (mut jobs, mut lists) = (Vec::new(), Vec::new());
        for (mut group, shape) in groups.into_iter().zip(layout.groups()) {
            shuffle(&mut group.entries, rng);
            let entries = count(group.entries.len());
            // One entry alone is as long as a survey is wide: its blocks go to several workers.
            let pieces = match (shape.category, layout.capacity().granularity()) {
                (None, Granularity::Totals) => {
                    group.entries.into_iter().flat_map(Entry::into_blocks).collect()
                }
                _ => group.entries,
            };
            let blocks = if pieces.len() == entries as usize { shape.blocks } else { 1 };
            let next = count(jobs.len());
            jobs.extend((next..).zip(&pieces).map(|(id, piece)| Job::new(id, piece)));
            let job_bytes = blocks * 2 * layout.block_bytes();
            // An exponent is a quarter as long as its ciphertext.
            lists.push(List { entries, jobs: count(pieces.len()), job_bytes, spent_bytes: job_bytes / 4 });
        }
        let figures = Figures::of(manifest.schema(), layout, records);
        Ok(Self { fingerprint: *manifest.fingerprint(), version, figures, jobs, lists, sums })
    }

    /// Whether so many records can be prepared as this version.
    ///
    /// # Errors
    /// [`PreparationRefusal`].
    pub fn check(
        manifest: &AdmittedManifest,
        records: usize,
        version: u32,
    ) -> Result<(), PreparationRefusal> {
        if version == 0 {
            return Err(PreparationRefusal::Version);
        }
        if records == 0 {
            return Err(PreparationRefusal::NoRecords);
        }
        Ok(manifest.layout().check_count(records)?)
    }

    /// What is shown before anything is sent.
    #[must_use]
    pub const fn figures(&self) -> &Figures {
        &self.figures
    }

    /// The version that this will be.
    #[must_use]
    pub const fn version(&self) -> u32 {
        self.version
    }

    /// The entries to encrypt, each once, in any order, by anybody who may see them. They are taken out:
    /// a second call brings none.
    pub fn take_jobs(&mut self) -> Vec<Job> {
        std::mem::take(&mut self.jobs)
    }

    /// Commits to the sums, signs the statement, proves what the survey asks for, seals the declaration and the whole.
    /// The shares are drawn here, for this version alone, and are kept nowhere.
    ///
    /// # Errors
    /// [`SealRefusal`].
    pub fn seal(
        self,
        participant: &Participant,
        outputs: Vec<SealedEntry>,
        rng: &mut impl CryptoRng,
    ) -> Result<SealedSubmission, SealRefusal> {
        self.seal_under(participant.survey().manifest(), participant.key(), outputs, rng)
    }

    /// The same in another thread than the one that knows the participant. The survey is the one that was
    /// prepared for.
    ///
    /// # Errors
    /// [`SealRefusal`].
    pub fn seal_under(
        self,
        survey: &AdmittedManifest,
        key: &ReporterKey,
        outputs: Vec<SealedEntry>,
        rng: &mut impl CryptoRng,
    ) -> Result<SealedSubmission, SealRefusal> {
        self.seal_by(&Prover::new(survey)?, survey, key, outputs, rng)
    }

    /// The same with a prover that serves all submissions of the survey.
    ///
    /// # Errors
    /// [`SealRefusal`].
    pub fn seal_by(
        self,
        prover: &Prover,
        survey: &AdmittedManifest,
        key: &ReporterKey,
        outputs: Vec<SealedEntry>,
        rng: &mut impl CryptoRng,
    ) -> Result<SealedSubmission, SealRefusal> {
        let [to_data, to_computation] =
            [&survey.manifest().data_server, &survey.manifest().computation_server]
                .map(|server| SealingPublicKey(server.sealing_key));
        if [survey.fingerprint(), prover.fingerprint()] != [&self.fingerprint; 2] {
            return Err(SealRefusal::OtherSurvey);
        }
        let groups = collect(&self.lists, outputs).ok_or(SealRefusal::Entries)?;
        let shares = Shares::generate(rng);
        let statement = self.statement(prover, key, &shares).ok_or(SealRefusal::Entries)?;
        let proof = prover.prove(&statement.statement, (&self.sums, &shares), &groups, rng)?;
        let groups = groups.into_iter().map(|group| group.ciphertexts).collect();
        let Shares { data, computation, check } = shares;
        let declaration = Declaration { statement, share: computation, check };
        let sealed_declaration =
            declaration.seal(&to_computation, rng).map_err(|_| SealRefusal::ServerKey)?;
        let submission = Submission { statement, share: data, sealed_declaration, groups, proof };
        let bytes = submission.seal(&to_data, rng).map_err(|_| SealRefusal::ServerKey)?;
        Ok(SealedSubmission { bytes, statement })
    }

    /// Commits to every slot's sum and signs.
    fn statement(&self, prover: &Prover, key: &ReporterKey, shares: &Shares) -> Option<SignedStatement> {
        let generators = prover.generators();
        let share_commitment = generators.commit_share(&shares.computation, &shares.check);
        let statement = Statement {
            fingerprint: self.fingerprint,
            credential: key.credential(),
            version: self.version,
            kind: Kind::Submission,
            commitment: Hex(generators.commit(&self.sums, shares)?.to_bytes()),
            share_commitment: Hex(share_commitment.to_bytes()),
        };
        Some(statement.sign(key.signing_key()))
    }
}

impl fmt::Debug for Preparation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Preparation {{ version: {}, <private> }}", self.version)
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Sorts the ciphertexts into their lists; `None` unless every entry is there once and of its length.
fn collect(lists: &[List], mut outputs: Vec<SealedEntry>) -> Option<Vec<SealedGroup>> {
    outputs.sort_unstable_by_key(|output| output.id);
    let mut outputs = (0..).zip(outputs);
    let mut groups = Vec::with_capacity(lists.len());
    for list in lists {
        let mut bytes = Vec::with_capacity(list.jobs as usize * list.job_bytes);
        let mut spent = Zeroizing::new(Vec::with_capacity(list.jobs as usize * list.spent_bytes));
        for _ in 0..list.jobs {
            let (id, output) = outputs.next()?;
            let lengths = [output.bytes.len(), output.spent.len()];
            if output.id != id || lengths != [list.job_bytes, list.spent_bytes] {
                return None;
            }
            bytes.extend(output.bytes);
            spent.extend_from_slice(&output.spent);
        }
        let ciphertexts = GroupCiphertexts { entries: list.entries, bytes };
        groups.push(SealedGroup { ciphertexts, spent });
    }
    outputs.next().is_none().then_some(groups)
}

/// What is uploaded, and what the reporter signed about it.
#[derive(Clone)]
pub struct SealedSubmission {
    /// Sealed to the data server. After a crash the same bytes are sent again.
    pub bytes: Vec<u8>,
    /// What both servers sign for.
    pub statement: SignedStatement,
}

impl fmt::Debug for SealedSubmission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "SealedSubmission(version {}, {} bytes)",
            self.statement.statement.version,
            self.bytes.len()
        )
    }
}
