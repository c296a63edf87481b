//! Whether time tells secrets: Welch's t between two classes of inputs
//! [Reparaz, Balasch, Verbauwhede: Dude, is my code constant time?, DATE 2017].
//!
//! One class has one fixed secret, the other a fresh one each time; the order is random. A
//! |t| that stays below 4.5 however long one measures is what code without leaks shows.

use std::hint::black_box;
use std::time::Instant;

use anyhow::{Result, anyhow};
use paillier::{Encryptor, Exponent, KeyBits, Plaintext};
use rand_chacha::rand_core::Rng;
use test_support::seeded_rng;

use crate::ours::Ours;
use crate::row::Row;

/// Of all durations the slowest tenth is left out: interruptions, not arithmetic.
const KEPT: f64 = 0.9;

/// Times as many encryptions and a quarter as many decryptions.
pub(crate) fn check(bits: KeyBits, count: usize) -> Result<Vec<Row>> {
    if count == 0 {
        return Ok(Vec::new());
    }
    let ours = Ours::new(bits);
    let key = ours.key.public();
    let row = |name, t| Row { name, bits: bits.bits(), value: Some(t), unit: "|t|", peer: None };
    let mut rows = Vec::new();
    let encryptor = Encryptor::new(key, &[1; 32]);
    let portable = Encryptor::new(&key.portable(), &[1; 32]);
    for (name, encryptor, first) in [
        ("timing_encrypt", &encryptor, First::Drawn),
        ("timing_encrypt_zero", &encryptor, First::Zero),
        ("timing_encrypt_portable", &portable, First::Drawn),
        ("timing_control", &encryptor, First::Fresh),
    ] {
        rows.push(row(name, encryption(encryptor, bits, count, first)?));
    }
    rows.push(row("timing_decrypt", decryption(&ours, count / 4)?));
    Ok(rows)
}

/// The secrets of the first class; those of the second are fresh each time.
#[derive(Clone, Copy)]
enum First {
    /// Drawn once.
    Drawn,
    /// Plaintext and exponent 0: a circuit also takes less power then, and may run faster for that.
    Zero,
    /// Fresh as well: what a difference that is none looks like on this machine.
    Fresh,
}

/// Plaintext and exponent of the first class against fresh ones.
fn encryption(encryptor: &Encryptor, bits: KeyBits, count: usize, first: First) -> Result<f64> {
    let mut rng = seeded_rng(5);
    let mut drawn = vec![0; bits.bytes()];
    rng.fill_bytes(&mut drawn);
    let mut durations = [Vec::new(), Vec::new()];
    for _ in 0..count {
        let class = usize::from(rng.next_u32() & 1 == 1);
        let mut secrets = vec![0; bits.bytes()];
        rng.fill_bytes(&mut secrets);
        match (class, first) {
            (0, First::Drawn) => secrets.copy_from_slice(&drawn),
            (0, First::Zero) => secrets.fill(0),
            _ => {}
        }
        // Below n, whose highest bit is set.
        secrets.iter_mut().take(1).for_each(|highest| *highest &= 0x7f);
        let plaintext = Plaintext::from_be_bytes(encryptor.key(), &secrets)?;
        let exponent = secrets.get(bits.bytes() / 2..).unwrap_or_default();
        let exponent = Exponent::from_be_bytes(bits, exponent)?;
        note(&mut durations, class, || encryptor.encrypt_with(&plaintext, exponent));
    }
    welch(durations)
}

/// One plaintext against random ones; every ciphertext has noise of its own.
fn decryption(ours: &Ours, count: usize) -> Result<f64> {
    let mut rng = seeded_rng(6);
    let mut durations = [Vec::new(), Vec::new()];
    for _ in 0..count {
        let class = usize::from(rng.next_u32() & 1 == 1);
        let mut secret = vec![0; ours.key.public().bits().bytes() - 1];
        rng.fill_bytes(&mut secret);
        if class == 0 {
            secret.fill(0);
        }
        let closed = ours.closed(&Plaintext::from_be_bytes(ours.key.public(), &secret)?)?;
        note(&mut durations, class, || ours.key.open(closed));
    }
    welch(durations)
}

fn note<T>(durations: &mut [Vec<f64>; 2], class: usize, operation: impl FnOnce() -> T) {
    let begun = Instant::now();
    black_box(operation());
    let took = begun.elapsed().as_nanos() as f64;
    if let Some(durations) = durations.get_mut(class) {
        durations.push(took);
    }
}

/// |t| of both classes without the slowest of all.
fn welch(durations: [Vec<f64>; 2]) -> Result<f64> {
    let mut all = durations.concat();
    all.sort_by(f64::total_cmp);
    let limit = all.get((all.len() as f64 * KEPT) as usize).copied();
    let limit = limit.ok_or_else(|| anyhow!("too few durations"))?;
    let [a, b] = durations.map(|class| moments(class.into_iter().filter(|&x| x < limit).collect()));
    Ok(((a.0 - b.0) / (a.1 + b.1).sqrt()).abs())
}

/// The mean, and the variance over the number of values.
fn moments(values: Vec<f64>) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (count - 1.0);
    (mean, variance / count)
}
