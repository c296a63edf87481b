//! Paillier encryption: public half.
//!
//! Knows integers and randomness handed to it. Knows nothing of files, sockets,
//! clocks, salaries or JSON, and cannot: the crate is `no_std`. Nothing here can
//! decrypt; the secret half is a crate of its own.
//!
//! # Map
//! - [`PublicKey`] admits n and whatever arrives under it; everything else takes one.
//! - [`Plaintext`] goes in, [`Encryptor`] hides it, [`Ciphertext`] comes out; [`Noise`] can be
//!   made ahead.
//! - [`Product`], [`PublicKey::add`] and [`PublicKey::scale`] calculate with hidden numbers;
//!   [`Aggregator`] takes what a store holds by the thousand.
//! - [`ExponentSum`], [`Natural`], [`Masker`] and [`PublicKey::product_of_powers`] are what proofs about
//!   ciphertexts are made and checked with.
//! - [`KeyProof`] shows that decryption under n is unambiguous.
//! - [`machine`] lets a faster machine make noise, once it was tried out.
//! - [`secret_square`] and [`passes_fermat_test`] lend the arithmetic to the secret half.
//! - [`textbook`] is the form of the first paper, for known answers only.
//!
//! Formulas, byte layouts and every departure from the papers: `docs/PAPER.md`.
#![no_std]

extern crate alloc;

mod aggregator;
mod base_n;
mod ciphertext;
mod comb;
mod encryptor;
mod exponent;
mod exponent_sum;
mod fermat;
mod homomorphic;
mod key;
mod key_checks;
mod key_proof;
#[cfg(test)]
mod known_answers;
mod lanes;
mod limbs;
pub mod machine;
mod masker;
mod natural;
mod noise;
mod plaintext;
mod powers;
mod residue;
mod secret_power;
pub mod secret_square;
mod size;
pub mod textbook;
mod xof;

pub use aggregator::{Aggregator, NotAllUnits};
pub use ciphertext::{Ciphertext, CiphertextRefusal};
pub use encryptor::Encryptor;
pub use exponent::{Exponent, ExponentRefusal, SpentExponent};
pub use exponent_sum::ExponentSum;
pub use fermat::passes_fermat_test;
pub use homomorphic::{ForeignKey, Product};
pub use key::{KeyRefusal, PublicKey};
pub use key_proof::{KeyProof, KeyProofRefusal};
pub use masker::Masker;
pub use natural::Natural;
pub use noise::Noise;
pub use plaintext::{Plaintext, PlaintextRefusal};
pub use size::{KeyBits, UnknownKeySize};
