//! An aggregate cannot be written down, only closed.

use paillier::Ciphertext;
use paillier_keys::ClosedAggregate;

fn forge(one: Ciphertext) -> ClosedAggregate {
    ClosedAggregate { products: vec![one], members: 100 }
}

fn main() {}
