//! Where randomness comes from: the operating system, here and nowhere else.

use getrandom::SysRng;
use protocol::Hex;
use rand_core::{CryptoRng, Rng, UnwrapErr};

/// The operating system's randomness; a system without any cannot run this server.
pub(crate) fn system() -> impl CryptoRng {
    UnwrapErr(SysRng)
}

/// Draws bytes that name something.
pub(crate) fn draw<const N: usize>() -> Hex<N> {
    let mut bytes = [0; N];
    system().fill_bytes(&mut bytes);
    Hex(bytes)
}
