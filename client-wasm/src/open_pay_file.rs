//! A pay file that a worker holds and reads, however long it is.

use crate::SealingFailure;
use crate::aside::Aside;
use crate::errand::{Answer, Contents, Errand};
use crate::turns;
use js_sys::Uint8Array;
use payfile::{ColumnNames, ColumnProblem, FileProblem, NumberFormat, Options, Reading, RowProblems, Table};
use protocol::Hex;
use reporter::{CheckedSurvey, OwnReport, ReporterKey};
use std::fmt;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

/// Why a pay file was not read. Holds nobody's pay.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PayFileFailure {
    /// The file.
    #[error(transparent)]
    File(#[from] FileProblem),
    /// Its columns.
    #[error(transparent)]
    Column(#[from] ColumnProblem),
    /// Its rows: every one that must be mended.
    #[error(transparent)]
    Rows(#[from] RowProblems),
    /// The browser did not hand the file out: it was moved, changed or locked since it was chosen.
    #[error("The browser cannot read this file any more. Choose it again. Nothing was sent.")]
    Unreadable,
    /// The worker.
    #[error(transparent)]
    Worker(#[from] SealingFailure),
}

/// A pay file in a worker of its own. The page keeps none of it but what it shows; dropping this drops the
/// file.
pub struct OpenPayFile {
    aside: Aside,
    survey: CheckedSurvey,
    contents: Contents,
}

impl OpenPayFile {
    /// Opens a file that a person chose, or anything the page made a [`Blob`] of. A file longer than
    /// [`Table::MAX_BYTES`] is refused before anything of it is read.
    ///
    /// # Errors
    /// [`PayFileFailure`], of which [`PayFileFailure::File`] says what is wrong with the file.
    pub async fn open(script: &str, survey: &CheckedSurvey, file: &Blob) -> Result<Self, PayFileFailure> {
        #[expect(clippy::cast_precision_loss, reason = "64 MiB")]
        if file.size() > Table::MAX_BYTES as f64 {
            return Err(FileProblem::TooLarge { max_bytes: Table::MAX_BYTES }.into());
        }
        // The browser reads in the background, and the worker gets what it read without a copy here.
        let bytes = JsFuture::from(file.array_buffer()).await.map_err(|_| PayFileFailure::Unreadable)?;
        Self::open_bytes(script, survey, &Uint8Array::new(&bytes)).await
    }

    /// The same for bytes that are at hand: pasted or typed rows as CSV.
    ///
    /// # Errors
    /// As [`OpenPayFile::open`].
    pub async fn open_bytes(
        script: &str,
        survey: &CheckedSurvey,
        bytes: &Uint8Array,
    ) -> Result<Self, PayFileFailure> {
        let mut aside = under(script, survey).await?;
        aside.send_with(&Errand::Open(&[]), bytes);
        match aside.hear().await? {
            Answer::Opened(contents) => Ok(Self { aside, survey: survey.clone(), contents }),
            Answer::File(problem) => Err(problem.into()),
            _ => Err(SealingFailure::Refused.into()),
        }
    }

    /// The names of the columns.
    #[must_use]
    pub fn headers(&self) -> &[String] {
        &self.contents.0
    }

    /// How many rows there are below the header.
    #[must_use]
    pub const fn row_count(&self) -> usize {
        self.contents.1
    }

    /// The cells of the first rows, for the person who chooses columns. They show pay.
    #[must_use]
    pub fn first_rows(&self) -> &[Vec<String>] {
        &self.contents.2
    }

    /// Reads the compared dimension and the first measure out of the columns of these names, everything else out
    /// of the columns that are named as in the survey; again with others as often as it takes. `decimals` where
    /// the column leaves open how amounts are written.
    ///
    /// # Errors
    /// As [`OpenPayFile::read_columns`].
    pub async fn read(
        &mut self,
        compared: &str,
        measure: &str,
        decimals: Option<NumberFormat>,
    ) -> Result<Reading, PayFileFailure> {
        let names = ColumnNames::of(self.survey.manifest().schema(), compared, measure);
        let options = Options { number_format: decimals, ..Options::default() };
        Ok(self.read_columns(names, options).await?.0)
    }

    /// Reads all columns by their names, and brings what their rows say by themselves.
    ///
    /// # Errors
    /// [`PayFileFailure`], of which [`PayFileFailure::Rows`] names every row that must be mended.
    pub async fn read_columns(
        &mut self,
        names: ColumnNames,
        options: Options,
    ) -> Result<(Reading, OwnReport), PayFileFailure> {
        let Options { number_format: decimals, stops_at_missing } = options;
        self.aside.send(&Errand::Read { names, decimals, stops_at_missing });
        match self.aside.hear().await? {
            Answer::Read { questions, left_out, report, records } => {
                let schema = self.survey.manifest().schema();
                let report = serde_json::from_slice(&report).map_err(|_| SealingFailure::Refused)?;
                let records = turns::unpack(&records, schema).await.map_err(|_| SealingFailure::Refused)?;
                Ok((Reading::of(schema, records, questions, left_out), report))
            }
            Answer::Column(problem) => Err(problem.into()),
            Answer::Rows(problems) => Err(problems.into()),
            _ => Err(SealingFailure::Refused.into()),
        }
    }

    /// What `ReporterState::source_of` gives for the file's bytes.
    ///
    /// # Errors
    /// [`PayFileFailure::Worker`].
    pub async fn source_of(&mut self, key: &ReporterKey) -> Result<Hex<32>, PayFileFailure> {
        self.aside.send(&Errand::Digest(key.expose_seed().as_slice()));
        match self.aside.hear().await? {
            Answer::Digest(digest) => Ok(digest),
            _ => Err(SealingFailure::Refused.into()),
        }
    }
}

impl fmt::Debug for OpenPayFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OpenPayFile({} rows, <private>)", self.row_count())
    }
}

/// Reads a pay file from beginning to end in a worker: [`OpenPayFile`] for whoever knows the columns.
///
/// # Errors
/// [`PayFileFailure`].
pub async fn read_pay_file(
    script: &str,
    survey: &CheckedSurvey,
    file: &Blob,
    (compared, measure): (&str, &str),
    decimals: Option<NumberFormat>,
) -> Result<Reading, PayFileFailure> {
    OpenPayFile::open(script, survey, file).await?.read(compared, measure, decimals).await
}

/// A worker that knows the survey.
pub(crate) async fn under(script: &str, survey: &CheckedSurvey) -> Result<Aside, SealingFailure> {
    let mut aside = Aside::start(script).await?;
    let manifest = Box::new(survey.manifest().manifest().clone());
    aside.send(&Errand::Survey { manifest, finding: survey.manifest().verified_key().hand_over() });
    match aside.hear().await? {
        Answer::Ready => Ok(aside),
        _ => Err(SealingFailure::Refused),
    }
}
