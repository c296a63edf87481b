//! One reporter's ciphertext is not an aggregate.

use paillier::Ciphertext;
use paillier_keys::SecretKey;

fn peek(key: &SecretKey, one: Ciphertext) {
    let _ = key.open(one);
}

fn main() {}
