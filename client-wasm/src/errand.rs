//! What a page and the worker beside it say to each other. Both are of one build, so the form is free to
//! change. Heads are JSON and hold neither secrets nor pay, except that a file's first rows, which the person is shown
//! at once, stand in one; all else travels as bytes behind them.

use crate::wire::{Garbled, Word};
use payfile::{ColumnNames, ColumnProblem, FileProblem, LeftOut, NumberFormat, Question, RowProblems};
use protocol::{Hex, HexBytes, Manifest, PaillierWire};
use serde::{Serialize, de::DeserializeOwned};
use survey::{Amount, Record, Schema};
use zeroize::Zeroizing;

/// From the page to the worker.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Errand<'a> {
    /// Check the proof of a survey's key.
    VerifyKey { survey: Hex<32>, key: PaillierWire },
    /// Work under this manifest, whose key was found to hold.
    Survey { manifest: Box<Manifest>, finding: Hex<32> },
    /// Find the rows and columns of a pay file.
    Open(&'a [u8]),
    /// Read the columns of that name.
    Read { names: ColumnNames, decimals: Option<NumberFormat>, stops_at_missing: bool },
    /// The keyed digest of the file, under a reporter key's seed.
    Digest(&'a [u8]),
    /// Turn records into entries, for a version.
    Prepare { version: u32, records: &'a [u8] },
    /// Some of the sealed entries, each as [`reporter::SealedEntry::expose_message`] after its u32 length.
    Sealed(&'a [u8]),
    /// All are there: commit and seal, with a reporter key's seed.
    Finish(&'a [u8]),
}

impl<'a> Errand<'a> {
    /// Above the kinds of [`crate::wire::Task`].
    pub(crate) const FIRST: u8 = 16;

    pub(crate) fn encode(&self) -> Zeroizing<Vec<u8>> {
        match self {
            Self::VerifyKey { survey, key } => framed(16, &(survey, key), &[]),
            Self::Survey { manifest, finding } => framed(17, &(manifest, finding), &[]),
            Self::Open(file) => framed(18, &(), file),
            Self::Read { names, decimals, stops_at_missing } => {
                let comma = decimals.map(|decimals| decimals == NumberFormat::DecimalComma);
                framed(19, &(names, comma, stops_at_missing), &[])
            }
            Self::Digest(seed) => framed(20, &(), seed),
            Self::Prepare { version, records } => framed(21, version, records),
            Self::Sealed(entries) => framed(22, &(), entries),
            Self::Finish(seed) => framed(23, &(), seed),
        }
    }

    pub(crate) fn decode(bytes: &'a [u8]) -> Result<Self, Garbled> {
        let (kind, head, content) = unframed(bytes)?;
        match kind {
            16 => json(head).map(|(survey, key)| Self::VerifyKey { survey, key }),
            17 => json(head).map(|(manifest, finding)| Self::Survey { manifest, finding }),
            18 => Ok(Self::Open(content)),
            19 => json(head).map(|(names, comma, stops_at_missing): (_, Option<bool>, _)| {
                let format =
                    |comma| if comma { NumberFormat::DecimalComma } else { NumberFormat::DecimalDot };
                Self::Read { names, decimals: comma.map(format), stops_at_missing }
            }),
            20 => Ok(Self::Digest(content)),
            21 => json(head).map(|version| Self::Prepare { version, records: content }),
            22 => Ok(Self::Sealed(content)),
            23 => Ok(Self::Finish(content)),
            _ => Err(Garbled),
        }
    }
}

/// What an opened file shows: names of columns, how many rows, the cells of the first rows.
pub(crate) type Contents = (Vec<String>, usize, Vec<Vec<String>>);

/// From the worker to the page.
#[derive(PartialEq, Eq)]
pub(crate) enum Answer {
    /// The worker listens: as [`Word::Loaded`].
    Loaded,
    /// The key's proof holds: see `protocol::VerifiedKey`.
    KeyHolds(Hex<32>),
    /// The survey is known.
    Ready,
    /// What a file holds.
    Opened(Contents),
    /// Everything was read: the report as JSON, which holds pay, and the records.
    Read {
        questions: Vec<Question>,
        left_out: LeftOut,
        report: Zeroizing<Vec<u8>>,
        records: Zeroizing<Vec<u8>>,
    },
    /// The file cannot be read.
    File(FileProblem),
    /// Its columns are not the ones.
    Column(ColumnProblem),
    /// Its rows must be mended.
    Rows(RowProblems),
    /// A digest.
    Digest(Hex<32>),
    /// Some of the jobs: (u32 length ‖ bytes) each.
    Jobs(Zeroizing<Vec<u8>>),
    /// So many jobs there were.
    Prepared(u32),
    /// The submission, its signed statement and its SHA-256.
    Submission { statement: HexBytes, sha256: Hex<32>, bytes: Vec<u8> },
    /// The worker cannot do what it was asked.
    Refused,
}

impl Answer {
    pub(crate) fn encode(&self) -> Zeroizing<Vec<u8>> {
        match self {
            Self::Loaded => Word::Loaded.encode(),
            Self::KeyHolds(finding) => framed(16, finding, &[]),
            Self::Ready => framed(17, &(), &[]),
            Self::Opened(contents) => framed(18, contents, &[]),
            Self::Read { questions, left_out, report, records } => {
                framed(19, &(questions, left_out), &pack([report.as_slice(), records].into_iter()))
            }
            Self::File(problem) => framed(20, problem, &[]),
            Self::Column(problem) => framed(21, problem, &[]),
            Self::Rows(problems) => framed(22, problems, &[]),
            Self::Digest(digest) => framed(23, digest, &[]),
            Self::Jobs(jobs) => framed(24, &(), jobs),
            Self::Prepared(jobs) => framed(25, jobs, &[]),
            Self::Submission { statement, sha256, bytes } => framed(26, &(statement, sha256), bytes),
            Self::Refused => framed(27, &(), &[]),
        }
    }

    pub(crate) fn decode(bytes: Zeroizing<Vec<u8>>) -> Result<Self, Garbled> {
        if Word::decode(&bytes) == Ok(Word::Loaded) {
            return Ok(Self::Loaded);
        }
        let (kind, head, content) = unframed(&bytes)?;
        match kind {
            16 => json(head).map(Self::KeyHolds),
            17 => Ok(Self::Ready),
            18 => json(head).map(Self::Opened),
            19 => {
                let (questions, left_out) = json(head)?;
                let parts = unpack(content)?;
                let [report, records] = parts.as_slice() else { return Err(Garbled) };
                let [report, records] = [report, records].map(|part| Zeroizing::new(part.to_vec()));
                Ok(Self::Read { questions, left_out, report, records })
            }
            20 => json(head).map(Self::File),
            21 => json(head).map(Self::Column),
            22 => json(head).map(Self::Rows),
            23 => json(head).map(Self::Digest),
            24 => Ok(Self::Jobs(Zeroizing::new(content.to_vec()))),
            25 => json(head).map(Self::Prepared),
            26 => json(head).map(|(statement, sha256)| {
                let bytes = content.to_vec();
                Self::Submission { statement, sha256, bytes }
            }),
            27 => Ok(Self::Refused),
            _ => Err(Garbled),
        }
    }

    /// What was found out about a key, or that it does not hold. Apart from the other answers, so that a program
    /// that waits for none of them does not carry what reads them.
    pub(crate) fn decode_finding(bytes: &[u8]) -> Result<Option<Hex<32>>, Garbled> {
        match unframed(bytes)? {
            (16, head, _) => json(head).map(Some),
            (27, ..) => Ok(None),
            _ => Err(Garbled),
        }
    }
}

/// Kind ‖ u32 length of the head ‖ head ‖ content, allocated at once: a vector that grows leaves copies
/// behind.
fn framed(kind: u8, head: &impl Serialize, content: &[u8]) -> Zeroizing<Vec<u8>> {
    // Heads hold string keys only; none of them fails to encode.
    let head = Zeroizing::new(serde_json::to_vec(head).unwrap_or_default());
    let length = u32::try_from(head.len()).unwrap_or(u32::MAX).to_be_bytes();
    let mut bytes = Zeroizing::new(Vec::with_capacity(5 + head.len() + content.len()));
    [&[kind][..], &length, &head, content].into_iter().for_each(|part| bytes.extend_from_slice(part));
    bytes
}

fn unframed(bytes: &[u8]) -> Result<(u8, &[u8], &[u8]), Garbled> {
    let (&kind, rest) = bytes.split_first().ok_or(Garbled)?;
    let (length, rest) = rest.split_first_chunk().ok_or(Garbled)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Garbled)?;
    let (head, content) = rest.split_at_checked(length).ok_or(Garbled)?;
    Ok((kind, head, content))
}

fn json<T: DeserializeOwned>(head: &[u8]) -> Result<T, Garbled> {
    serde_json::from_slice(head).map_err(|_| Garbled)
}

/// One byte per dimension, then a u64 of minor units per measure that is entered, for each record.
pub(crate) fn pack_records(records: &[Record], schema: &Schema) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(records.len() * record_bytes(schema)));
    let entered: Vec<usize> = schema.entered().map(|(at, _)| at).collect();
    for record in records {
        bytes.extend(record.categories().iter().take(schema.dimensions().len()));
        for at in &entered {
            let minor = record.amount(*at).map_or(0, Amount::minor);
            bytes.extend_from_slice(&minor.to_be_bytes());
        }
    }
    bytes
}

/// Bytes of one record in [`pack_records`]; never 0.
pub(crate) fn record_bytes(schema: &Schema) -> usize {
    schema.dimensions().len() + 8 * schema.entered().count()
}

/// Admits every record again.
pub(crate) fn unpack_records(bytes: &[u8], schema: &Schema) -> Result<Vec<Record>, Garbled> {
    let records = bytes.chunks_exact(record_bytes(schema));
    let rest = records.remainder();
    let record = |bytes: &[u8]| {
        let (categories, amounts) = bytes.split_at_checked(schema.dimensions().len())?;
        let categories: Vec<usize> = categories.iter().copied().map(usize::from).collect();
        let (amounts, _) = amounts.as_chunks::<8>();
        let amounts: Vec<Amount> =
            amounts.iter().map(|minor| Amount::from_minor(u64::from_be_bytes(*minor))).collect();
        Record::of(schema, &categories, &amounts)
    };
    let records: Option<Vec<Record>> = records.map(record).collect();
    records.filter(|_| rest.is_empty()).ok_or(Garbled)
}

/// (u32 length ‖ bytes) for each part.
pub(crate) fn pack<'a>(parts: impl Iterator<Item = &'a [u8]> + Clone) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(parts.clone().map(|part| 4 + part.len()).sum()));
    for part in parts {
        bytes.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}

/// The parts of such a message.
pub(crate) fn unpack(mut bytes: &[u8]) -> Result<Vec<&[u8]>, Garbled> {
    let mut parts = Vec::new();
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_first_chunk().ok_or(Garbled)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Garbled)?;
        let (part, rest) = rest.split_at_checked(length).ok_or(Garbled)?;
        parts.push(part);
        bytes = rest;
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read_as_they_were_written() {
        let errands = [
            Errand::Open(b"a;b"),
            Errand::Read {
                names: ColumnNames { dimensions: vec!["a".to_owned()], measures: vec!["b".to_owned()] },
                decimals: Some(NumberFormat::DecimalComma),
                stops_at_missing: true,
            },
            Errand::Digest(&[7; 32]),
            Errand::Prepare { version: 3, records: &[1; 12] },
            Errand::Sealed(&[1, 2]),
            Errand::Finish(&[7; 32]),
        ];
        for errand in errands {
            assert_eq!(Errand::decode(&errand.encode()), Ok(errand));
        }
        let answers = [
            Answer::Loaded,
            Answer::KeyHolds(Hex([1; 32])),
            Answer::Ready,
            Answer::Opened((vec!["a".to_owned()], 1, vec![vec!["b".to_owned()]])),
            Answer::Read {
                questions: Vec::new(),
                left_out: LeftOut::default(),
                report: Zeroizing::new(b"{}".to_vec()),
                records: Zeroizing::new(vec![0; 12]),
            },
            Answer::File(FileProblem::Empty),
            Answer::Column(ColumnProblem::SameColumn),
            Answer::Rows(RowProblems::default()),
            Answer::Digest(Hex([2; 32])),
            Answer::Jobs(Zeroizing::new(vec![3])),
            Answer::Prepared(1),
            Answer::Submission { statement: HexBytes(vec![1]), sha256: Hex([3; 32]), bytes: vec![4] },
            Answer::Refused,
        ];
        for answer in answers {
            let bytes = answer.encode();
            let finding = match &answer {
                Answer::KeyHolds(finding) => Ok(Some(*finding)),
                Answer::Refused => Ok(None),
                _ => Err(Garbled),
            };
            assert_eq!(Answer::decode_finding(&bytes), finding);
            assert!(Answer::decode(bytes) == Ok(answer));
        }
    }

    #[test]
    fn what_is_no_message_is_not_read_as_one() {
        for bytes in [&[][..], &[16], &[16, 0, 0, 0, 9], &[99, 0, 0, 0, 0], &[21, 0, 0, 0, 1, b'x']] {
            assert_eq!(Errand::decode(bytes), Err(Garbled));
            assert!(Answer::decode(Zeroizing::new(bytes.to_vec())) == Err(Garbled));
        }
        assert_eq!(unpack(&[0, 0, 0, 2, 1]), Err(Garbled));
        assert_eq!(unpack(&pack([&[1, 2][..], &[]].into_iter())).unwrap(), [&[1, 2][..], &[]]);
    }
}
