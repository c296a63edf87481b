//! The sealedpay command.
fn main() {}
