//! What is proven, seen from the data server.

use commitments::{Point, Share};
use paillier::Ciphertext;

/// One version of one reporter's submission.
#[derive(Clone, Copy, Debug)]
pub struct Statement<'a> {
    /// Names survey, credential and version: a proof is worth nothing in another context.
    pub context: &'a [u8],
    /// C.
    pub commitment: Point,
    /// K.
    pub share_commitment: Point,
    /// s_D, the data server's share.
    pub data_share: &'a Share,
    /// Per block the product of its entries' ciphertexts, padding included.
    pub ciphertexts: &'a [Ciphertext],
    /// E: at least as many as ciphertexts went into any of the products.
    pub entries: u32,
}
