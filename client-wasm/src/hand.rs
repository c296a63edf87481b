//! What a worker does, without the worker around it.

use crate::wide::WideModule;
use crate::wire::{Task, Word};
use paillier::machine::Proven;
use paillier::{Encryptor, Noise, PublicKey};
use rand_core::CryptoRng;
use reporter::Job;

/// Noise for so many ciphertexts is made before anybody says how many there will be.
const AT_FIRST: usize = 256;
/// The most noise in stock, its exponents included: 16 MB under a key of 3072 bits.
const AT_MOST: usize = 16_384;
/// How many are made between two looks at what else there is to do: some hundredths of a second.
const IN_A_ROW: usize = 4;

/// Encrypts for one survey.
#[derive(Default)]
pub(crate) struct Hand {
    work: Option<Work>,
    /// How much noise to make ahead.
    wanted: Option<usize>,
    /// Each is used once and gone; what is left goes with the worker.
    stock: Vec<Noise>,
    /// Somebody is at it.
    making: bool,
}

/// What noise is made with.
struct Work {
    key: PublicKey,
    survey: [u8; 32],
    source: Source,
}

enum Source {
    /// This program.
    Own(Encryptor),
    /// The module with wide arithmetic, which was tried out.
    Wide(Proven<WideModule>),
}

impl Hand {
    /// Another survey was named: what was wanted for the one before, and what was in stock, goes. What is wanted from
    /// now on is for the new one, also while the module with wide arithmetic is loaded for it.
    pub(crate) fn forget(&mut self) {
        (self.work, self.wanted) = (None, None);
        self.stock.clear();
    }

    /// Learns what it works for, after [`Hand::forget`]; builds the tables, once, as it takes longer than many jobs.
    /// The module is used if it gets right what is known.
    pub(crate) fn learn(&mut self, n: &[u8], survey: &[u8; 32], wide: Option<WideModule>) -> Word {
        self.work = None;
        self.stock.clear();
        let Ok(key) = PublicKey::admit(n) else { return Word::Refused };
        let proven = wide.and_then(|module| Proven::try_out(&key, survey, module).ok());
        let own = || Source::Own(Encryptor::new(&key, survey));
        let source = proven.map_or_else(own, Source::Wide);
        self.work = Some(Work { key, survey: *survey, source });
        Word::Ready
    }

    /// Does what one message asks; a survey is learned by [`Hand::learn`]. Says nothing where there is
    /// nothing to say, and `alive` between two ciphertexts of one job, so that nobody takes it for dead.
    pub(crate) fn answer(
        &mut self,
        task: &[u8],
        rng: &mut impl CryptoRng,
        alive: &mut impl FnMut(),
    ) -> Option<Word> {
        match Task::decode(task) {
            Ok(Task::Expect(count)) => {
                self.wanted = Some(usize::try_from(count).unwrap_or(AT_MOST).min(AT_MOST));
                None
            }
            Ok(Task::Job(job)) => Some(self.seal(job, rng, alive).unwrap_or(Word::Refused)),
            Ok(Task::Survey { .. }) | Err(_) => Some(Word::Refused),
        }
    }

    /// Whether the caller is to make noise ahead: if some is wanted, and nobody is at it.
    pub(crate) fn begin_making(&mut self) -> bool {
        let begins = !self.making && self.missing() > 0;
        self.making |= begins;
        begins
    }

    /// Makes some noise ahead; says whether there is more to make.
    pub(crate) fn make_ahead(&mut self, rng: &mut impl CryptoRng) -> bool {
        for _ in 0..IN_A_ROW.min(self.missing()) {
            if let Some(work) = &mut self.work {
                self.stock.push(work.make_noise(rng));
            }
        }
        self.making = self.missing() > 0;
        self.making
    }

    /// How much more noise is wanted.
    fn missing(&self) -> usize {
        let wanted = if self.work.is_some() { self.wanted.unwrap_or(AT_FIRST) } else { 0 };
        wanted.saturating_sub(self.stock.len())
    }

    /// Noise that waits to be used.
    #[cfg(test)]
    fn in_stock(&self) -> usize {
        self.stock.len()
    }

    fn seal(&mut self, job: &[u8], rng: &mut impl CryptoRng, alive: &mut impl FnMut()) -> Option<Word> {
        let work = self.work.as_mut()?;
        let key = work.key.clone();
        let job = Job::from_bytes(job, key.ciphertext_bytes() / 2).ok()?;
        let mut is_first = true;
        let noise = || {
            if !std::mem::take(&mut is_first) {
                alive();
            }
            self.stock.pop().unwrap_or_else(|| work.make_noise(rng))
        };
        let sealed = job.run_with(&key, noise).ok().map(Word::Sealed);
        // From now on noise is used as fast as it is made.
        self.wanted = Some(0);
        sealed
    }
}

impl Work {
    /// By the module, and by this program from the day on which the module does not answer.
    fn make_noise(&mut self, rng: &mut impl CryptoRng) -> Noise {
        if let Source::Wide(machine) = &mut self.source {
            if let Some(noise) = machine.make_noise(rng) {
                return noise;
            }
            self.source = Source::Own(Encryptor::new(&self.key, &self.survey));
        }
        match &self.source {
            Source::Own(encryptor) => encryptor.make_noise(rng),
            // Replaced above.
            Source::Wide(_) => Encryptor::new(&self.key, &self.survey).make_noise(rng),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::Manifest;
    use std::collections::HashSet;

    /// The modulus of the protocol's worked example.
    fn n() -> Vec<u8> {
        let example = include_str!("../../vectors/protocol-example.json");
        let example: serde_json::Value = serde_json::from_str(example).unwrap();
        let manifest: Manifest = serde_json::from_str(example["manifest"].as_str().unwrap()).unwrap();
        manifest.admit().unwrap().paillier().n().to_bytes_be()
    }

    fn ready() -> Hand {
        let mut hand = Hand::default();
        assert_eq!(hand.learn(&n(), &[7; 32], None), Word::Ready);
        hand
    }

    /// A job of so many blocks that all hide the same number.
    fn job(id: u32, blocks: usize) -> Vec<u8> {
        let block = [vec![0; 255], vec![42]].concat();
        let job = [id.to_be_bytes().to_vec(), block.repeat(blocks)].concat();
        Task::Job(&job).encode().to_vec()
    }

    fn sealed(hand: &mut Hand, job: &[u8]) -> reporter::SealedEntry {
        let mut rng = crate::randomness::browser();
        let Some(Word::Sealed(entry)) = hand.answer(job, &mut rng, &mut || ()) else { panic!("not sealed") };
        entry
    }

    #[test]
    fn a_job_is_sealed_only_once_the_survey_is_known_and_only_if_it_is_one() {
        let (mut hand, mut rng) = (Hand::default(), crate::randomness::browser());
        assert_eq!(hand.answer(&job(7, 1), &mut rng, &mut || ()), Some(Word::Refused));
        assert!(!hand.begin_making() && !hand.make_ahead(&mut rng), "for which key?");
        assert_eq!(hand.learn(&[255; 256], &[7; 32], None), Word::Refused);
        let mut hand = ready();
        let [first, second] = [(); 2].map(|()| sealed(&mut hand, &job(7, 1)));
        assert_eq!((first.id, first.bytes.len()), (7, 512));
        assert_ne!(first.bytes, second.bytes, "noise is fresh");
        assert_eq!(hand.answer(&Task::Job(&[0; 9]).encode(), &mut rng, &mut || ()), Some(Word::Refused));
    }

    #[test]
    fn a_long_job_gives_signs_of_life_between_its_ciphertexts() {
        let (mut hand, mut rng, mut signs) = (ready(), crate::randomness::browser(), 0);
        for (blocks, expected) in [(1, 0), (5, 4)] {
            assert!(hand.answer(&job(7, blocks), &mut rng, &mut || signs += 1).is_some());
            assert_eq!(signs, expected, "{blocks} blocks");
        }
    }

    #[test]
    fn noise_is_made_ahead_as_far_as_it_is_wanted_and_then_used() {
        let (mut hand, mut rng) = (ready(), crate::randomness::browser());
        assert!(hand.begin_making() && !hand.begin_making(), "one at a time");
        while hand.make_ahead(&mut rng) {}
        assert_eq!((hand.in_stock(), hand.begin_making()), (AT_FIRST, false));
        let expect = |count| Task::Expect(count).encode();
        assert_eq!(hand.answer(&expect(300), &mut rng, &mut || ()), None);
        assert!(hand.begin_making());
        while hand.make_ahead(&mut rng) {}
        assert_eq!(hand.in_stock(), 300);
        hand.answer(&expect(u32::MAX), &mut rng, &mut || ());
        assert_eq!(hand.wanted, Some(AT_MOST), "memory is bounded");
        sealed(&mut hand, &job(1, 3));
        assert_eq!(hand.in_stock(), 297);
        assert!(!hand.make_ahead(&mut rng), "nothing is made ahead any more");
        let rest = sealed(&mut hand, &job(2, 299));
        assert_eq!((hand.in_stock(), rest.bytes.len()), (0, 299 * 512), "what is missing is made");
    }

    #[test]
    fn noise_of_one_survey_does_not_outlive_it() {
        let (mut hand, mut rng) = (ready(), crate::randomness::browser());
        hand.answer(&Task::Expect(20).encode(), &mut rng, &mut || ());
        while hand.make_ahead(&mut rng) {}
        assert_eq!(hand.in_stock(), 20);
        hand.forget();
        assert_eq!((hand.in_stock(), hand.missing()), (0, 0), "nobody knows for what");
        assert_eq!(hand.learn(&n(), &[8; 32], None), Word::Ready);
        assert_eq!((hand.in_stock(), hand.missing()), (0, AT_FIRST), "made anew, for the other survey");
        while hand.make_ahead(&mut rng) {}
        assert_eq!(hand.learn(&[255; 256], &[7; 32], None), Word::Refused);
        assert_eq!((hand.in_stock(), hand.missing()), (0, 0), "and none for what is no key");
        assert_eq!(hand.answer(&job(7, 1), &mut rng, &mut || ()), Some(Word::Refused));
    }

    #[test]
    fn what_is_wanted_while_the_module_is_loaded_is_made() {
        let (mut hand, mut rng) = (ready(), crate::randomness::browser());
        hand.forget();
        hand.answer(&Task::Expect(300).encode(), &mut rng, &mut || ());
        assert_eq!(hand.learn(&n(), &[8; 32], None), Word::Ready);
        while hand.make_ahead(&mut rng) {}
        assert_eq!(hand.in_stock(), 300);
    }

    /// The factors that a worker ever had, as ciphertexts of jobs that all hide the same number: those of jobs,
    /// with noise made ahead and without; and those that a person's cancelling, or loading the page anew, lets go.
    fn lives_of_a_worker(draws: usize) -> Vec<Vec<u8>> {
        let mut rng = crate::randomness::browser();
        let (mut seen, mut life) = (Vec::new(), 0);
        while seen.len() < draws {
            let mut hand = ready();
            hand.answer(&Task::Expect(96).encode(), &mut rng, &mut || ());
            while hand.make_ahead(&mut rng) {}
            // Cancelled in the middle; tried again, as far as it goes; left before anything is sealed.
            let jobs: &[(u32, usize)] = match life % 3 {
                0 => &[(1, 30), (2, 2)],
                1 => &[(1, 30), (2, 2), (3, 300), (4, 1)],
                _ => &[],
            };
            for (id, blocks) in jobs {
                let entry = sealed(&mut hand, &job(*id, *blocks));
                seen.extend(entry.bytes.chunks(512).map(<[u8]>::to_vec));
            }
            let plaintext = paillier::Plaintext::from_u64(42);
            seen.extend(hand.stock.drain(..).map(|noise| noise.hide(&plaintext).to_bytes()));
            life += 1;
        }
        seen
    }

    #[test]
    fn no_factor_recurs_over_cancelling_retrying_and_reloading_two_workers() {
        let workers = [(); 2].map(|()| std::thread::spawn(|| lives_of_a_worker(5000)));
        // All hide the same number, so two that are equal have the same factor.
        let mut all = HashSet::new();
        let mut count = 0;
        for worker in workers {
            for ciphertext in worker.join().unwrap() {
                assert!(all.insert(ciphertext), "a factor recurred");
                count += 1;
            }
        }
        assert!(count >= 10_000);
    }
}
