//! Where randomness comes from: the browser's `crypto.getRandomValues`, here and nowhere else.

use getrandom::SysRng;
use rand_core::{CryptoRng, UnwrapErr};

/// The browser's randomness, asked for every single draw: there is no state that two workers could share.
#[must_use]
pub fn browser() -> impl CryptoRng {
    UnwrapErr(SysRng)
}
