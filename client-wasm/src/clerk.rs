//! What a worker does that runs errands, without the worker around it.

use crate::errand::{Answer, Errand, pack, pack_records, unpack, unpack_records};
use crate::wire::Garbled;
use payfile::{ColumnNames, Options, Table, read_records};
use protocol::{AdmittedManifest, HexBytes, Manifest, VerifiedKey};
use rand_core::CryptoRng;
use reporter::{OwnReport, Preparation, ReporterKey, SealedEntry};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// Rows of a file that are shown before its columns are chosen.
const SHOWN_ROWS: usize = 5;
/// Jobs in one message: few enough for the page to take them between two pictures.
const JOBS_AT_ONCE: usize = 256;

/// Runs errands for one survey and holds, between them, a pay file or a preparation.
#[derive(Default)]
pub(crate) struct Clerk {
    survey: Option<AdmittedManifest>,
    file: Zeroizing<Vec<u8>>,
    table: Option<Table>,
    preparation: Option<Preparation>,
    sealed: Vec<SealedEntry>,
}

impl Clerk {
    /// Runs an errand; what it brings is said one after the other.
    pub(crate) fn run(&mut self, errand: &[u8], rng: &mut impl CryptoRng, say: &mut impl FnMut(Answer)) {
        if self.try_run(errand, rng, say).is_err() {
            say(Answer::Refused);
        }
    }

    fn try_run(
        &mut self,
        errand: &[u8],
        rng: &mut impl CryptoRng,
        say: &mut impl FnMut(Answer),
    ) -> Result<(), Garbled> {
        match Errand::decode(errand)? {
            Errand::VerifyKey { survey, key } => {
                let verified = key.verify(&survey).map_err(|_| Garbled)?;
                say(Answer::KeyHolds(verified.hand_over()));
            }
            Errand::Survey { manifest, finding } => {
                let manifest: Manifest = *manifest;
                let verified = VerifiedKey::take_over(&manifest.paillier, &manifest.survey, &finding);
                let survey = manifest.admit_with(verified.map_err(|_| Garbled)?).map_err(|_| Garbled)?;
                self.survey = Some(survey);
                say(Answer::Ready);
            }
            Errand::Open(file) => say(self.open(file)?),
            Errand::Read { names, decimals: number_format, stops_at_missing } => {
                say(self.read(&names, Options { number_format, stops_at_missing })?);
            }
            Errand::Digest(seed) => say(Answer::Digest(key(seed)?.source_of(&self.file))),
            Errand::Prepare { version, records } => self.prepare(version, records, rng, say)?,
            Errand::Sealed(entries) => self.collect(entries)?,
            Errand::Finish(seed) => say(self.finish(seed, rng)?),
        }
        Ok(())
    }

    fn known(&self) -> Result<&AdmittedManifest, Garbled> {
        self.survey.as_ref().ok_or(Garbled)
    }

    fn open(&mut self, file: &[u8]) -> Result<Answer, Garbled> {
        let most = self.known()?.manifest().max_employees_per_reporter;
        self.file = Zeroizing::new(file.to_vec());
        let table = match Table::parse_up_to(file, usize::try_from(most).map_err(|_| Garbled)?) {
            Ok(table) => table,
            Err(problem) => return Ok(Answer::File(problem)),
        };
        let row = |at| table.columns().map(|(column, _)| table.cell(at, column).to_owned()).collect();
        let shown = (0..table.row_count().min(SHOWN_ROWS)).map(row).collect();
        let contents = (table.headers().map(str::to_owned).collect(), table.row_count(), shown);
        self.table = Some(table);
        Ok(Answer::Opened(contents))
    }

    fn read(&self, names: &ColumnNames, options: Options) -> Result<Answer, Garbled> {
        let (survey, table) = (self.known()?, self.table.as_ref().ok_or(Garbled)?);
        let schema = survey.schema();
        let mapping = match table.mapping_by(names) {
            Ok(mapping) => mapping,
            Err(problem) => return Ok(Answer::Column(problem)),
        };
        Ok(match read_records(table, schema, mapping, options) {
            Ok(reading) => Answer::Read {
                questions: reading.questions().to_vec(),
                left_out: reading.left_out().clone(),
                // Maps with names for keys: none of them fails to encode.
                report: serde_json::to_vec(&OwnReport::of(schema, reading.records()))
                    .unwrap_or_default()
                    .into(),
                records: pack_records(reading.records(), schema),
            },
            Err(problems) => Answer::Rows(problems),
        })
    }

    fn prepare(
        &mut self,
        version: u32,
        records: &[u8],
        rng: &mut impl CryptoRng,
        say: &mut impl FnMut(Answer),
    ) -> Result<(), Garbled> {
        let survey = self.known()?;
        let records = unpack_records(records, survey.schema())?;
        let mut preparation = Preparation::under(survey, &records, version, rng).map_err(|_| Garbled)?;
        let jobs = preparation.take_jobs();
        for batch in jobs.chunks(JOBS_AT_ONCE) {
            let jobs: Vec<Zeroizing<Vec<u8>>> = batch.iter().map(reporter::Job::expose_bytes).collect();
            say(Answer::Jobs(pack(jobs.iter().map(|job| job.as_slice()))));
        }
        self.preparation = Some(preparation);
        self.sealed = Vec::with_capacity(jobs.len());
        say(Answer::Prepared(u32::try_from(jobs.len()).map_err(|_| Garbled)?));
        Ok(())
    }

    fn collect(&mut self, entries: &[u8]) -> Result<(), Garbled> {
        for entry in unpack(entries)? {
            self.sealed.push(SealedEntry::from_message(entry).map_err(|_| Garbled)?);
        }
        Ok(())
    }

    fn finish(&mut self, seed: &[u8], rng: &mut impl CryptoRng) -> Result<Answer, Garbled> {
        let (preparation, sealed) = (self.preparation.take(), std::mem::take(&mut self.sealed));
        let preparation = preparation.ok_or(Garbled)?;
        let sealed = preparation.seal_under(self.known()?, &key(seed)?, sealed, rng).map_err(|_| Garbled)?;
        Ok(Answer::Submission {
            statement: HexBytes(sealed.statement.to_bytes()),
            sha256: protocol::Hex(Sha256::digest(&sealed.bytes).into()),
            bytes: sealed.bytes,
        })
    }
}

fn key(seed: &[u8]) -> Result<ReporterKey, Garbled> {
    seed.try_into().map(ReporterKey::from_seed).map_err(|_| Garbled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::Hex;

    fn manifest() -> Manifest {
        let example = include_str!("../../vectors/protocol-example.json");
        let example: serde_json::Value = serde_json::from_str(example).unwrap();
        serde_json::from_str(example["manifest"].as_str().unwrap()).unwrap()
    }

    fn run(clerk: &mut Clerk, errand: &Errand<'_>) -> Vec<Answer> {
        let mut answers = Vec::new();
        let mut rng = crate::randomness::browser();
        clerk.run(&errand.encode(), &mut rng, &mut |answer| answers.push(answer));
        answers
    }

    fn clerk() -> Clerk {
        let mut clerk = Clerk::default();
        let key = Errand::VerifyKey { survey: manifest().survey, key: manifest().paillier };
        let answers = run(&mut clerk, &key);
        let [Answer::KeyHolds(finding)] = answers.as_slice() else { panic!("the key holds") };
        let survey = Errand::Survey { manifest: Box::new(manifest()), finding: *finding };
        assert!(run(&mut clerk, &survey) == [Answer::Ready]);
        clerk
    }

    #[test]
    fn nothing_is_done_without_a_survey_whose_key_was_checked() {
        let mut clerk = Clerk::default();
        let survey = Errand::Survey { manifest: Box::new(manifest()), finding: Hex([0; 32]) };
        let errands = [survey, Errand::Open(b"a;b\n1;2"), Errand::Prepare { version: 1, records: &[0; 9] }];
        for errand in errands {
            assert!(run(&mut clerk, &errand) == [Answer::Refused]);
        }
        let mut key = manifest().paillier;
        key.proof.0[3] ^= 1;
        let key = Errand::VerifyKey { survey: manifest().survey, key };
        assert!(run(&mut clerk, &key) == [Answer::Refused]);
    }

    #[test]
    fn records_come_out_as_jobs_in_batches() {
        let mut clerk = clerk();
        let schema = manifest().admit().unwrap().schema().clone();
        let record = |at: usize| survey::Record::new(&schema, at % 2, survey::Amount::from_minor(4_711_000));
        let records: Vec<survey::Record> = (0..290).map(|at| record(at).unwrap()).collect();
        let records = pack_records(&records, &schema);
        let answers = run(&mut clerk, &Errand::Prepare { version: 1, records: &records });
        let [Answer::Jobs(first), Answer::Jobs(second), Answer::Prepared(count)] = answers.as_slice() else {
            panic!("two batches and their number")
        };
        let jobs = [unpack(first).unwrap(), unpack(second).unwrap()].concat();
        assert_eq!((jobs.len(), jobs.first().unwrap().len() % 256), (usize::try_from(*count).unwrap(), 4));
        // What is no record, or outside of the survey's limits, becomes none.
        for bytes in [&[0; 8][..], &[255; 9]] {
            assert!(run(&mut clerk, &Errand::Prepare { version: 1, records: bytes }) == [Answer::Refused]);
        }
    }
}
