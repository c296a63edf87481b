//! Machines that calculate for this crate: tried out, believed only if right, and what comes out of them.
#![expect(clippy::unwrap_used, reason = "helpers of tests want to fail loudly")]

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
}

impl Planted {
    fn new(fault: Fault) -> Self {
        let (one, exit, table) = (Vec::new(), Vec::new(), Vec::new());
        Self { fault, products: 0, powers: 0, modulus: None, one, exit, table }
    }
}

impl Machine for Planted {
    fn set_up(&mut self, numbers: &SetUp<'_>) -> Option<()> {
        let modulus = Modulus::new(numbers.n).filter(|_| self.fault != Fault::SetUp)?;
        self.table = vec![0; comb::table_words(numbers.n.len())];
        let columns = comb::columns(32 * numbers.n.len());
        comb::build::<Wide>(&modulus, numbers.one, numbers.base, columns, &mut self.table);
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
            _ => {}
        }
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
    let faults = [
        Fault::SetUp,
        Fault::Product(0),
        Fault::Product(31),
        Fault::Product(63),
        Fault::NotReduced,
        Fault::Power(0),
        Fault::Power(1),
        Fault::Power(2),
        Fault::Silent(1),
    ];
    for fault in faults {
        assert_eq!(tried_out(KeyBits::B2048, fault).err(), Some(Unfit));
    }
}

#[test]
fn a_machine_that_falls_silent_makes_no_noise() {
    // Three powers are asked for when it is tried out.
    let mut machine = tried_out(KeyBits::B2048, Fault::Silent(4)).unwrap();
    assert!(machine.make_noise(&mut seeded_rng(1)).is_some());
    assert!(machine.make_noise(&mut seeded_rng(1)).is_none());
    assert_eq!(format!("{machine:?}"), "Proven(2048 bits)");
}
