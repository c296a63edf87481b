//! Opening uses the aggregate up, and there is no second copy.

use paillier_keys::{ClosedAggregate, SecretKey};

fn twice(key: &SecretKey, aggregate: ClosedAggregate) {
    let _ = key.open(aggregate);
    let _ = key.open(aggregate);
}

fn copy(aggregate: &ClosedAggregate) -> ClosedAggregate {
    aggregate.clone()
}

fn main() {}
