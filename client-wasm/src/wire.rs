//! What page and worker say to each other. Both are of one build, so the form is free to change.

use protocol::Hex;
use reporter::SealedEntry;
use zeroize::Zeroizing;

/// Not one of these messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Garbled;

/// From the page to a worker.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Task<'a> {
    /// For which survey, under which n, everything that follows is. Sent once.
    Survey { survey: Hex<32>, n: &'a [u8] },
    /// So many ciphertexts will be asked of this worker: noise for them may be made ahead.
    Expect(u32),
    /// The bytes of a job. The only message that holds pay.
    Job(&'a [u8]),
}

impl<'a> Task<'a> {
    const SURVEY: u8 = 0;
    const JOB: u8 = 1;
    const EXPECT: u8 = 2;

    pub(crate) fn encode(&self) -> Zeroizing<Vec<u8>> {
        let count = if let Self::Expect(count) = self { *count } else { 0 }.to_be_bytes();
        let parts: [&[u8]; 3] = match self {
            Self::Survey { survey, n } => [&[Self::SURVEY], &survey.0, n],
            Self::Expect(_) => [&[Self::EXPECT], &count, &[]],
            Self::Job(job) => [&[Self::JOB], job, &[]],
        };
        // Allocated at once: a vector that grows leaves copies behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(parts.iter().map(|part| part.len()).sum()));
        parts.iter().for_each(|part| bytes.extend_from_slice(part));
        bytes
    }

    pub(crate) fn decode(bytes: &'a [u8]) -> Result<Self, Garbled> {
        match bytes.split_first() {
            Some((&Self::SURVEY, rest)) => {
                let (survey, n) = rest.split_first_chunk().ok_or(Garbled)?;
                Ok(Self::Survey { survey: Hex(*survey), n })
            }
            Some((&Self::EXPECT, count)) => {
                count.try_into().map(|count| Self::Expect(u32::from_be_bytes(count))).map_err(|_| Garbled)
            }
            Some((&Self::JOB, job)) => Ok(Self::Job(job)),
            _ => Err(Garbled),
        }
    }
}

/// From a worker to the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    /// The worker runs and wants to know the survey.
    Loaded,
    /// The worker takes jobs.
    Ready,
    /// The worker is still at it.
    Alive,
    /// One job is done. The only word that holds secrets: what the ciphertexts were made with.
    Sealed(SealedEntry),
    /// The worker cannot do what it was asked.
    Refused,
}

impl Word {
    const LOADED: u8 = 0;
    const READY: u8 = 1;
    const SEALED: u8 = 2;
    const REFUSED: u8 = 3;
    const ALIVE: u8 = 4;

    pub(crate) fn encode(&self) -> Zeroizing<Vec<u8>> {
        let (kind, entry) = match self {
            Self::Loaded => (Self::LOADED, None),
            Self::Ready => (Self::READY, None),
            Self::Alive => (Self::ALIVE, None),
            Self::Sealed(entry) => (Self::SEALED, Some(entry.expose_message())),
            Self::Refused => (Self::REFUSED, None),
        };
        let entry = entry.as_ref().map_or(&[][..], |entry| entry);
        let mut bytes = Zeroizing::new(Vec::with_capacity(1 + entry.len()));
        bytes.push(kind);
        bytes.extend_from_slice(entry);
        bytes
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, Garbled> {
        match bytes.split_first() {
            Some((&Self::LOADED, [])) => Ok(Self::Loaded),
            Some((&Self::READY, [])) => Ok(Self::Ready),
            Some((&Self::ALIVE, [])) => Ok(Self::Alive),
            Some((&Self::REFUSED, [])) => Ok(Self::Refused),
            Some((&Self::SEALED, rest)) => {
                SealedEntry::from_message(rest).map(Self::Sealed).map_err(|_| Garbled)
            }
            _ => Err(Garbled),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read_as_they_were_written() {
        let survey = Task::Survey { survey: Hex([3; 32]), n: &[1, 2] };
        for task in [survey, Task::Expect(70_000), Task::Job(&[4, 5, 6])] {
            assert_eq!(Task::decode(&task.encode()), Ok(task));
        }
        let entry = SealedEntry { id: 70_000, bytes: vec![9; 8], spent: Zeroizing::new(vec![7; 2]) };
        for word in [Word::Loaded, Word::Ready, Word::Alive, Word::Refused, Word::Sealed(entry)] {
            assert_eq!(Word::decode(&word.encode()), Ok(word));
        }
    }

    #[test]
    fn what_is_no_message_is_not_read_as_one() {
        for bytes in [&[][..], &[9], &[0, 1, 2], &[2, 0, 0, 1]] {
            assert_eq!(Task::decode(bytes), Err(Garbled));
        }
        for bytes in [&[][..], &[9], &[0, 0], &[4, 0], &[2, 1, 1]] {
            assert_eq!(Word::decode(bytes), Err(Garbled));
        }
    }
}
