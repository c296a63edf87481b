//! Writes `vectors/packproof-rust.json` to its output: proofs of this program, for others to check.
//!
//!     cargo run -p sealed-pay-packproof --example known_proofs > vectors/packproof-rust.json
#![expect(clippy::unwrap_used, reason = "a tool that people start by hand")]

#[path = "../tests/common/mod.rs"]
mod common;
#[path = "../tests/known/mod.rs"]
mod known;

fn main() {
    println!("{:#}", known::document());
}
