//! Whether time tells secrets: the t of two classes of inputs
//! [Reparaz, Balasch, Verbauwhede: Dude, is my code constant time?, DATE 2017], here of pairs.
//!
//! One class has one fixed input, the other a fresh one each time; they come in pairs of random order, and what is done
//! before the clock starts is the same for both. A |t| that stays below 4.5 however long one measures is what code without leaks shows.
//! Beside each operation stands the same one with a leak planted in it, which has to be found: a check that is blind
//! finds nothing either.

mod classes;
mod leak;
mod paired;

use anyhow::{Result, anyhow};
use paillier::secret_square::SecretSquare;
use paillier::{Encryptor, Exponent, KeyBits, Plaintext, PublicKey};

use crate::ours::Ours;
use crate::row::Row;
use classes::{Classes, First};
use leak::Leak;
use paired::{Durations, Found};

/// |t| from which on two classes differ.
const THRESHOLD: f64 = 4.5;

/// Rows named like this have a planted leak.
const PLANTED: &str = "_planted";

/// Times as many encryptions and decryptions, and half as many powers.
pub(crate) fn check(bits: KeyBits, count: usize) -> Result<Vec<Row>> {
    if count == 0 {
        return Ok(Vec::new());
    }
    let ours = Ours::new(bits);
    let key = ours.key.public();
    let encryptor = Encryptor::new(key, &[1; 32]);
    let portable = Encryptor::new(&key.portable(), &[1; 32]);
    let mut rows = Vec::new();
    let mut note = |name, found: Found| {
        println!("{name}: {found}");
        rows.push(Row { name, bits: bits.bits(), value: Some(found.t), unit: "|t|", peer: None });
    };
    let leak = Leak::of(key);
    for (name, encryptor, first, leak) in [
        ("timing_encrypt", &encryptor, First::Drawn, None),
        ("timing_encrypt_zero", &encryptor, First::Zero, None),
        ("timing_encrypt_portable", &portable, First::Drawn, None),
        ("timing_encrypt_planted", &encryptor, First::Drawn, Some(&leak)),
        ("timing_control", &encryptor, First::Fresh, None),
    ] {
        note(name, encryption(encryptor, bits, count, first, leak)?);
    }
    note("timing_decrypt", decryption(&ours, count, None)?);
    note("timing_decrypt_planted", decryption(&ours, count, Some(&leak))?);
    note("timing_secret_power", secret_power(&ours, bits, count / 2, None)?);
    note("timing_secret_power_planted", secret_power(&ours, bits, count / 2, Some(&leak))?);
    Ok(rows)
}

/// Refuses rows whose planted leaks were not found: what the others show is worth nothing then.
pub(crate) fn require_sight(rows: &[Row]) -> Result<()> {
    let planted = rows.iter().filter(|row| row.name.ends_with(PLANTED));
    let missed: Vec<_> =
        planted.filter(|row| row.value.is_none_or(|t| t < THRESHOLD)).map(|row| row.name).collect();
    if missed.is_empty() {
        Ok(())
    } else {
        Err(anyhow!("too few or too noisy to see a planted leak: {missed:?}"))
    }
}

/// Plaintext and exponent of the first class against fresh ones.
fn encryption(
    encryptor: &Encryptor,
    bits: KeyBits,
    count: usize,
    first: First,
    leak: Option<&Leak>,
) -> Result<Found> {
    let mut classes = Classes::new(5, bits.bytes(), first);
    let mut durations = Durations::default();
    for _ in 0..count {
        let (class, mut secrets) = classes.draw();
        // Below n, whose highest bit is set.
        secrets.iter_mut().take(1).for_each(|highest| *highest &= 0x7f);
        let plaintext = Plaintext::from_be_bytes(encryptor.key(), &secrets)?;
        let given = Exponent::from_be_bytes(bits, secrets.get(bits.bytes() / 2..).unwrap_or_default())?;
        durations.note(class, || {
            Leak::plant(leak, &secrets);
            encryptor.encrypt_with(&plaintext, given)
        });
    }
    durations.paired()
}

/// One ciphertext against fresh ones, under one key.
fn decryption(ours: &Ours, count: usize, leak: Option<&Leak>) -> Result<Found> {
    let key = ours.key.public();
    // Below n modulo n², and units but for a chance that would factor n.
    let mut classes = Classes::new(6, 2 * key.bits().bytes(), First::Drawn);
    let mut durations = Durations::default();
    for _ in 0..count {
        let (class, bytes) = classes.draw();
        let closed = ours.closed_over(ciphertext(key, bytes.clone())?)?;
        durations.note(class, || {
            Leak::plant(leak, &bytes);
            ours.key.open(closed)
        });
    }
    durations.paired()
}

/// The ciphertext of drawn bytes, both halves brought below n, whose highest bit is set.
fn ciphertext(key: &PublicKey, mut bytes: Vec<u8>) -> Result<paillier::Ciphertext> {
    bytes
        .chunks_mut(key.bits().bytes())
        .for_each(|half| half.iter_mut().take(1).for_each(|byte| *byte &= 0x7f));
    Ok(key.admit_ciphertext(&bytes)?)
}

/// The long power of decryption, modulo the square of one prime, with one exponent against fresh ones. Under one key
/// that exponent is always the same, so decryptions cannot show whether time depends on it.
fn secret_power(ours: &Ours, bits: KeyBits, count: usize, leak: Option<&Leak>) -> Result<Found> {
    let (ring, base) = leak::square_of_a_prime(ours).ok_or_else(|| anyhow!("no arithmetic modulo p²"))?;
    let mut classes = Classes::new(7, bits.bytes() / 2, First::Drawn);
    let mut durations = Durations::default();
    for _ in 0..count {
        let (class, bytes) = classes.draw();
        let exponent: Vec<u64> = bytes.as_chunks().0.iter().map(|word| u64::from_be_bytes(*word)).collect();
        durations.note(class, || {
            Leak::plant(leak, &bytes);
            SecretSquare::power(&ring, &base, &exponent)
        });
    }
    durations.paired()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_planted_leak_that_is_not_found_is_no_success() {
        let row = |name, t| Row { name, bits: 2048, value: Some(t), unit: "|t|", peer: None };
        assert!(require_sight(&[row("timing_encrypt", 1.0), row("timing_encrypt_planted", 40.0)]).is_ok());
        assert!(require_sight(&[row("timing_encrypt", 1.0), row("timing_encrypt_planted", 4.0)]).is_err());
    }

    #[test]
    fn the_fixed_class_of_decryption_is_one_ciphertext_and_the_other_is_never_the_same() {
        let key = test_support::insecure_secret_key(KeyBits::B2048).public();
        let mut classes = Classes::new(6, 2 * key.bits().bytes(), First::Drawn);
        let mut seen = [Vec::new(), Vec::new()];
        for _ in 0..60 {
            let (class, bytes) = classes.draw();
            seen[class].push(ciphertext(key, bytes).unwrap().to_bytes());
        }
        let [fixed, fresh] =
            seen.map(|seen| (seen.len(), seen.into_iter().collect::<std::collections::HashSet<_>>()));
        assert!(fixed.0 > 10 && fresh.0 > 10, "both are drawn");
        assert_eq!((fixed.1.len(), fresh.1.len()), (1, fresh.0));
    }
}
