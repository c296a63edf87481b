//! Proofs, as a page makes them.

#[path = "../../src/proof_case.rs"]
mod proof_case;

use std::cell::RefCell;
use std::sync::Arc;

use packproof::Setting;
use paillier::{Encryptor, PublicKey};
use proof_case::Case;

thread_local! {
    static CASE: RefCell<Option<Case>> = const { RefCell::new(None) };
}

/// Takes n of so many bytes from the buffer and lays out a survey, with exact ranges or without; 0 if that fails.
#[unsafe(no_mangle)]
pub extern "C" fn proof_open(bytes: usize, exact: u32) -> u32 {
    let key = super::BUFFER.with_borrow(|buffer| PublicKey::admit(buffer.get(..bytes).unwrap_or_default()));
    let Ok(key) = key else { return 0 };
    CASE.set(Case::new(Arc::new(Encryptor::new(&key, &[1; 32])), exact == 1));
    CASE.with_borrow(|case| u32::from(case.is_some()))
}

/// Generators and tables once more; how many slots they are for.
#[unsafe(no_mangle)]
pub extern "C" fn proof_setting() -> usize {
    with(|case| {
        let key = case.setting.key();
        let encryptor = Arc::new(Encryptor::new(key, &[1; 32]));
        let setting = Setting::new([5; 32], case.setting.shape().clone(), encryptor);
        setting.map_or(0, |setting| setting.generators().slot_count())
    })
}

/// C and K; 0 if that fails.
#[unsafe(no_mangle)]
pub extern "C" fn proof_commit() -> usize {
    with(|case| case.commit().map_or(0, |(commitment, _)| commitment.to_bytes().len()))
}

/// One proof; its length.
#[unsafe(no_mangle)]
pub extern "C" fn proof_prove() -> usize {
    with(|case| case.prove().map_or(0, |proof| proof.len()))
}

fn with(what: impl FnOnce(&Case) -> usize) -> usize {
    CASE.with_borrow(|case| case.as_ref().map_or(0, what))
}
