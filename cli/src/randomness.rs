//! Where randomness comes from: the operating system, here and nowhere else.

use getrandom::SysRng;
use rand_core::{CryptoRng, UnwrapErr};

/// The operating system's randomness; a system without any cannot seal anything.
pub(crate) fn system() -> impl CryptoRng {
    UnwrapErr(SysRng)
}
