//! The exponent of a ciphertext that is made is for proofs alone: nothing encrypts with it, and there is no way back.

use paillier::{Encryptor, Exponent, Noise, Plaintext, SpentExponent};

fn again(encryptor: &Encryptor, noise: Noise) {
    let (_, exponent) = encryptor.encrypt_provably(&Plaintext::from_u64(1), noise).unwrap();
    let _ = encryptor.encrypt_with(&Plaintext::from_u64(2), exponent);
}

fn hidden_again(encryptor: &Encryptor, noise: Noise) {
    let (_, exponent) = noise.hide_provably(&Plaintext::from_u64(1));
    let _ = encryptor.encrypt_with(&Plaintext::from_u64(2), exponent);
}

fn taken_out(spent: SpentExponent) -> Exponent {
    spent.0
}

fn read(spent: &SpentExponent) -> usize {
    spent.words().len()
}

fn copied(spent: &SpentExponent) -> SpentExponent {
    spent.clone()
}

fn main() {}
