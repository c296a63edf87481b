//! The corpus of the fuzz targets, held to the same laws without a fuzzer.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    unreachable_pub,
    reason = "the fuzz targets' own code"
)]

#[path = "../../../fuzz/src/law.rs"]
mod law;
#[path = "../../../fuzz/src/reader.rs"]
mod reader;

use std::path::Path;

/// Every input of a target's corpus.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let files = std::fs::read_dir(folder).expect("every target has a corpus");
    let inputs: Vec<_> = files.map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect();
    assert!(inputs.len() >= 10, "{target} has {} inputs", inputs.len());
    inputs
}

#[test]
fn portable() {
    corpus("portable").iter().for_each(|input| law::one_number::<kernels::Portable>(input));
}

#[test]
fn wide() {
    corpus("wide").iter().for_each(|input| law::one_number::<kernels::Wide>(input));
}

#[test]
fn narrow() {
    corpus("narrow").iter().for_each(|input| law::one_number::<kernels::Narrow>(input));
}

#[test]
fn vector() {
    corpus("vector").iter().for_each(|input| law::eight_numbers(input));
}
