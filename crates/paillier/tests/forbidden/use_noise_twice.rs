//! Noise is used up, and there is no second copy.

use paillier::{Encryptor, Noise, Plaintext};

fn twice(encryptor: &Encryptor, noise: Noise) {
    let _ = encryptor.encrypt_with_noise(&Plaintext::from_u64(1), noise);
    let _ = encryptor.encrypt_with_noise(&Plaintext::from_u64(2), noise);
}

fn copy(noise: &Noise) -> Noise {
    noise.clone()
}

fn main() {}
