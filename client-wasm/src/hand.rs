//! What a worker does, without the worker around it.

use crate::wire::{Task, Word};
use paillier::{Encryptor, PublicKey};
use rand_core::CryptoRng;
use reporter::Job;

/// Encrypts for one survey.
#[derive(Default)]
pub(crate) struct Hand {
    encryptor: Option<Encryptor>,
}

impl Hand {
    /// Does what one message asks.
    pub(crate) fn answer(&mut self, task: &[u8], rng: &mut impl CryptoRng) -> Word {
        let done = match Task::decode(task) {
            Ok(Task::Survey { survey, n }) => self.learn(n, &survey.0),
            Ok(Task::Job(job)) => self.seal(job, rng),
            Err(_) => None,
        };
        done.unwrap_or(Word::Refused)
    }

    /// Derives the noise generator and its tables: once, as it takes longer than many jobs.
    fn learn(&mut self, n: &[u8], survey: &[u8; 32]) -> Option<Word> {
        let key = PublicKey::admit(n).ok()?;
        self.encryptor = Some(Encryptor::new(&key, survey));
        Some(Word::Ready)
    }

    fn seal(&self, job: &[u8], rng: &mut impl CryptoRng) -> Option<Word> {
        let encryptor = self.encryptor.as_ref()?;
        let job = Job::from_bytes(job, encryptor.key().ciphertext_bytes() / 2).ok()?;
        job.run(encryptor, rng).ok().map(Word::Sealed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::Hex;

    /// The modulus of the protocol's worked example.
    fn n() -> Vec<u8> {
        let example = include_str!("../../vectors/protocol-example.json");
        let example: serde_json::Value = serde_json::from_str(example).unwrap();
        let manifest: protocol::Manifest =
            serde_json::from_str(example["manifest"].as_str().unwrap()).unwrap();
        manifest.admit().unwrap().paillier().n().to_bytes_be()
    }

    #[test]
    fn a_job_is_sealed_only_once_the_survey_is_known_and_only_if_it_is_one() {
        let (mut hand, mut rng, n) = (Hand::default(), crate::randomness::browser(), n());
        let job = [&7u32.to_be_bytes()[..], &vec![0; 255], &[42]].concat();
        let job = Task::Job(&job).encode();
        assert_eq!(hand.answer(&job, &mut rng), Word::Refused);
        let survey = Task::Survey { survey: Hex([7; 32]), n: &n }.encode();
        assert_eq!(hand.answer(&survey, &mut rng), Word::Ready);
        let Word::Sealed(first) = hand.answer(&job, &mut rng) else { panic!("not sealed") };
        let Word::Sealed(second) = hand.answer(&job, &mut rng) else { panic!("not sealed") };
        assert_eq!((first.id, first.bytes.len()), (7, 512));
        assert_ne!(first.bytes, second.bytes, "noise is fresh");
        assert_eq!(hand.answer(&Task::Job(&[0; 9]).encode(), &mut rng), Word::Refused);
    }
}
