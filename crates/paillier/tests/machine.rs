//! Machines that calculate for this crate: tried out, believed only if right, and what comes out of them.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "helpers of tests want to fail loudly")]

use std::collections::HashSet;

use kernels::{Kernel, Modulus, Wide, comb};
use num_bigint::BigUint;
use paillier::machine::{Machine, Proven, SetUp, Unfit};
use paillier::{Encryptor, Exponent, KeyBits, Plaintext};
use test_support::{insecure_secret_key, seeded_rng};
use zeroize::Zeroizing;

/// What a machine gets wrong.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    /// It does not take the numbers.
    SetUp,
    /// This answer to a product is off by a bit.
    Product(usize),
    /// Products are right and not reduced.
    NotReduced,
    /// This answer to a power is off by a bit.
    Power(usize),
    /// After so many powers it says nothing more.
    Silent(usize),
    /// After so many powers it gives the last one again, as one does who reads what was left lying.
    Stale(usize),
    /// This entry of its table is off by a bit.
    Entry(usize),
}

/// What the module in browsers does, with faults.
struct Planted {
    fault: Fault,
    products: usize,
    powers: usize,
    modulus: Option<Modulus>,
    one: Vec<u64>,
    exit: Vec<u64>,
    table: Vec<u64>,
    last: Vec<u64>,
}

impl Planted {
    fn new(fault: Fault) -> Self {
        let [one, exit, table, last] = [const { Vec::new() }; 4];
        Self { fault, products: 0, powers: 0, modulus: None, one, exit, table, last }
    }
}

impl Machine for Planted {
    fn set_up(&mut self, numbers: &SetUp<'_>) -> Option<()> {
        let modulus = Modulus::new(numbers.n).filter(|_| self.fault != Fault::SetUp)?;
        self.table = vec![0; comb::table_words(numbers.n.len())];
        let columns = comb::columns(32 * numbers.n.len());
        comb::build::<Wide>(&modulus, numbers.one, numbers.base, columns, &mut self.table);
        if let Fault::Entry(entry) = self.fault {
            self.table[entry * numbers.one.len() + 3] ^= 1 << 20;
        }
        (self.one, self.exit, self.modulus) = (numbers.one.to_vec(), numbers.exit.to_vec(), Some(modulus));
        Some(())
    }

    fn multiply(&mut self, a: &[u64], b: &[u64]) -> Option<Vec<u64>> {
        let mut product = a.to_vec();
        Wide::multiply(self.modulus.as_ref()?, &mut product, b);
        match self.fault {
            Fault::Product(at) if at == self.products => product[5] ^= 1 << 40,
            Fault::NotReduced => {
                let n = BigUint::from_slice(&as_u32(self.modulus.as_ref()?.words()));
                let low = BigUint::from_slice(&as_u32(&product[..n.bits() as usize / 64])) + n;
                product.splice(..low.to_u64_digits().len(), low.to_u64_digits());
            }
            _ => {}
        }
        self.products += 1;
        Some(product)
    }

    fn power(&mut self, exponent: &[u64]) -> Option<Zeroizing<Vec<u64>>> {
        let (modulus, columns) = (self.modulus.as_ref()?, comb::columns(64 * exponent.len()));
        let mut acc = Zeroizing::new(vec![0; self.one.len()]);
        comb::power::<Wide>(modulus, &self.one, &self.table, exponent, columns, &mut acc);
        Wide::multiply(modulus, &mut acc, &self.exit);
        self.powers += 1;
        match self.fault {
            Fault::Power(at) if at + 1 == self.powers => acc[0] ^= 1,
            Fault::Silent(after) if after < self.powers => return None,
            Fault::Stale(after) if after < self.powers => acc.copy_from_slice(&self.last),
            _ => {}
        }
        self.last = acc.to_vec();
        Some(acc)
    }
}

fn as_u32(words: &[u64]) -> Vec<u32> {
    words.iter().flat_map(|word| [*word as u32, (word >> 32) as u32]).collect()
}

fn tried_out(size: KeyBits, fault: Fault) -> Result<Proven<Planted>, Unfit> {
    Proven::try_out(insecure_secret_key(size).public(), &[7; 32], Planted::new(fault))
}

#[test]
fn noise_of_a_machine_is_that_of_an_encryptor() {
    for size in KeyBits::ALL {
        let encryptor = Encryptor::new(insecure_secret_key(size).public(), &[7; 32]);
        let mut machine = tried_out(size, Fault::None).unwrap();
        let noise = machine.make_noise(&mut seeded_rng(9)).unwrap();
        let exponent = Exponent::sample(size, &mut seeded_rng(9));
        let plaintext = Plaintext::from_u64(5);
        assert!(noise.hide(&plaintext) == encryptor.encrypt_with(&plaintext, exponent));
    }
}

#[test]
fn a_machine_with_any_fault_is_not_used() {
    let powers = (0..powers_of_the_trial()).map(Fault::Power);
    let faults = [
        Fault::SetUp,
        Fault::Product(0),
        Fault::Product(31),
        Fault::Product(63),
        Fault::NotReduced,
        Fault::Silent(1),
        Fault::Stale(1),
    ];
    for fault in faults.into_iter().chain(powers) {
        assert_eq!(tried_out(KeyBits::B2048, fault).err(), Some(Unfit));
    }
}

/// How many powers are asked for when a machine is tried out.
fn powers_of_the_trial() -> usize {
    (0..).find(|after| tried_out(KeyBits::B2048, Fault::Silent(*after)).is_ok()).unwrap()
}

#[test]
fn a_wrong_entry_anywhere_in_the_table_is_found() {
    // Bits beyond the exponent's are never looked up: the upper half of the last block under 2048 bits.
    let reached = comb::BLOCKS * comb::ENTRIES - comb::ENTRIES / 2;
    for entry in (0..reached).step_by(13).chain([reached - 1]) {
        assert_eq!(tried_out(KeyBits::B2048, Fault::Entry(entry)).err(), Some(Unfit), "entry {entry}");
    }
}

#[test]
fn an_answer_that_was_given_before_is_not_taken_and_the_machine_is_asked_no_more() {
    let rng = &mut seeded_rng(1);
    let mut machine = tried_out(KeyBits::B2048, Fault::Stale(powers_of_the_trial() + 2)).unwrap();
    assert!(machine.make_noise(rng).is_some() && machine.make_noise(rng).is_some());
    assert!(machine.make_noise(rng).is_none());
    assert!(machine.make_noise(rng).is_none());
    // Nor an answer of the trial, whose exponents everybody knows.
    let mut machine = tried_out(KeyBits::B2048, Fault::Stale(powers_of_the_trial())).unwrap();
    assert!(machine.make_noise(rng).is_none());
}

/// What two workers with a machine hand out, tried out anew now and then, as when the page is loaded again.
#[test]
fn no_factor_recurs_in_ten_thousand_draws_of_two_machines() {
    let life = |seed| {
        let (mut rng, zero) = (seeded_rng(seed), Plaintext::from_u64(0));
        let mut ciphertexts = Vec::new();
        for _ in 0..5 {
            let mut machine = tried_out(KeyBits::B2048, Fault::None).unwrap();
            // A ciphertext of 0 is its noise.
            let mut draw = || machine.make_noise(&mut rng).unwrap().hide(&zero).to_bytes();
            ciphertexts.extend((0..1000).map(|_| draw()));
        }
        ciphertexts
    };
    let workers = [1, 2].map(|seed| std::thread::spawn(move || life(seed)));
    let all: Vec<Vec<u8>> = workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect();
    assert_eq!(all.len(), 10_000);
    assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len(), "a factor recurred");
}

#[test]
fn a_machine_that_falls_silent_makes_no_noise() {
    let mut machine = tried_out(KeyBits::B2048, Fault::Silent(powers_of_the_trial() + 1)).unwrap();
    assert!(machine.make_noise(&mut seeded_rng(1)).is_some());
    assert!(machine.make_noise(&mut seeded_rng(2)).is_none());
    assert_eq!(format!("{machine:?}"), "Proven(2048 bits)");
}
