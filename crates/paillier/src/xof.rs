//! Hashing into the integers modulo n.

use alloc::vec;

use num_bigint::BigUint;
use shake::Shake256;
use shake::digest::{ExtendableOutput, Update, XofReader};

use crate::PublicKey;

/// More bytes than n has: makes the result uniform modulo n up to 2^−128.
const SURPLUS_BYTES: usize = 16;

/// SHAKE256(domain ‖ n ‖ survey id ‖ suffix), |n|/8 + 16 bytes read as a big-endian
/// number, modulo n.
///
/// Domains are ASCII and n begins with a byte of 128 or more, so no two uses share an input.
pub(crate) fn residue(key: &PublicKey, domain: &str, survey_id: &[u8; 32], suffix: &[u8]) -> BigUint {
    let mut hash = Shake256::default();
    hash.update(domain.as_bytes());
    hash.update(&key.to_bytes());
    hash.update(survey_id);
    hash.update(suffix);
    let mut output = vec![0; key.bits().bytes() + SURPLUS_BYTES];
    hash.finalize_xof().read(&mut output);
    BigUint::from_bytes_be(&output) % key.n()
}
