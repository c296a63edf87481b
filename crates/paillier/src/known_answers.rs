//! The committed answers about noise on every kernel that runs here: a key by itself takes one of them.

use alloc::vec;
use alloc::vec::Vec;

use kernels::{Kernel, Narrow, Portable, Wide, comb};
use num_bigint::BigUint;
use serde_json::Value;

use crate::base_n::{Ring, pair_of};
use crate::encryptor::noise_base;
use crate::secret_power::secret_power;
use crate::{Ciphertext, Encryptor, Exponent, Plaintext, PublicKey};

const FILE: &str = include_str!("../../../vectors/noise.json");

/// What one key's answers say: h_s, and c for m and a.
struct Case {
    key: PublicKey,
    survey_id: [u8; 32],
    h_s: BigUint,
    encryptions: Vec<(BigUint, BigUint, Vec<u8>)>,
}

fn bytes(text: &Value) -> Vec<u8> {
    hex::decode(text.as_str().unwrap()).unwrap()
}

fn number(text: &Value) -> BigUint {
    BigUint::parse_bytes(text.as_str().unwrap().as_bytes(), 16).unwrap()
}

fn case(case: &Value) -> Case {
    let encryption = |one: &Value| (number(&one["m"]), number(&one["a"]), bytes(&one["c"]));
    let encryptions: Vec<_> = case["encryptions"].as_array().unwrap().iter().map(encryption).collect();
    assert_eq!(encryptions.len(), 9);
    Case {
        key: PublicKey::admit(&bytes(&case["n"])).unwrap(),
        survey_id: bytes(&case["survey_id"]).try_into().unwrap(),
        h_s: number(&case["h_s"]),
        encryptions,
    }
}

fn cases() -> Vec<Case> {
    let file: Value = serde_json::from_str(FILE).unwrap();
    let cases: Vec<Case> = file["cases"].as_array().unwrap().iter().map(case).collect();
    assert_eq!(cases.iter().map(|case| case.key.bits().bits()).collect::<Vec<_>>(), [2048, 3072, 4096]);
    cases
}

/// h_s, and c by the comb and by windows.
fn hold_on<K: Kernel>() {
    for Case { key, survey_id, h_s, encryptions } in cases() {
        let (n, count) = (key.n(), key.bits().limbs());
        let ring = Ring::<K>::new(n, count).unwrap();
        let pair = |x: &BigUint| pair_of(x, n, count).unwrap();
        let generator = ring.power(&ring.enter(&pair(&noise_base(&key, &survey_id))), n);
        let columns = comb::columns(key.bits().exponent_bits() as usize);
        let mut table = vec![0; comb::table_words(count)];
        ring.build_comb(&generator, columns, &mut table);
        for (m, a, c) in encryptions {
            let exponent = Exponent::from_be_bytes(key.bits(), &a.to_bytes_be()).unwrap();
            let (mut combed, message) = (ring.one(), pair(&(m * n + 1u8)));
            ring.comb_power(&table, exponent.words(), columns, &mut combed);
            let windowed = secret_power(&ring, &generator, exponent.words());
            for mut power in [combed, windowed.to_vec()] {
                ring.multiply(&mut power, &message);
                assert_eq!(Ciphertext::new(&key, power).to_bytes(), c);
            }
        }
        let mut plain = generator;
        ring.leave(&mut plain);
        assert!(plain == pair(&h_s));
    }
}

#[test]
fn portable() {
    hold_on::<Portable>();
}

#[test]
fn wide() {
    hold_on::<Wide>();
}

#[test]
fn narrow() {
    hold_on::<Narrow>();
}

/// Where the machine cannot, there is nothing to run, and `cargo xtask test` counts that.
#[test]
fn lanes() {
    for Case { key, survey_id, h_s, encryptions } in cases() {
        if !key.multiplies_eight_at_once() {
            return;
        }
        let encryptor = Encryptor::new(&key, &survey_id);
        assert_eq!(encryptor.noise_generator().to_biguint(), h_s);
        for (m, a, c) in encryptions {
            let exponent = Exponent::from_be_bytes(key.bits(), &a.to_bytes_be()).unwrap();
            let plaintext = Plaintext::from_biguint(&key, &m).unwrap();
            assert_eq!(encryptor.encrypt_with(&plaintext, exponent).to_bytes(), c);
        }
    }
}
