//! The products over the agreed submissions: one per group and block, from pieces as they come.

use std::mem;

use paillier::{Aggregator, Encryptor, PublicKey};
use protocol::{Hex, HexBytes};
use rand_core::CryptoRng;
use rayon::prelude::*;

use crate::store::Piece;

/// A submission in the store does not have the survey's shape any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damaged;

/// Below so many ciphertexts another thread is not worth its own product.
const WORTH_A_THREAD: usize = 128;

/// The growing products of one survey. Holds one per group and block, however many ciphertexts it takes.
pub struct Aggregates {
    key: PublicKey,
    survey: [u8; 32],
    /// Blocks per group.
    blocks: Vec<usize>,
    /// Group after group.
    products: Vec<Aggregator>,
}

/// Pieces that wait to be multiplied, and how far the submission is that they come from.
#[derive(Default)]
pub(super) struct Batch {
    /// Which ciphertext of its group is the first of each piece.
    pieces: Vec<(usize, Piece)>,
    bytes: usize,
    /// Ciphertexts of the current submission's groups.
    taken: Vec<usize>,
}

impl Batch {
    /// Pieces are multiplied in batches of about so many bytes: enough for all cores, little for a memory.
    const BYTES: usize = 4 << 20;

    /// Whether it is time to multiply.
    pub(super) const fn is_full(&self) -> bool {
        self.bytes >= Self::BYTES
    }
}

impl Aggregates {
    /// Nothing yet, for groups of so many blocks each.
    #[must_use]
    pub fn new(key: &PublicKey, survey: Hex<32>, blocks: &[usize]) -> Self {
        let products = (0..blocks.iter().sum()).map(|_| Aggregator::new(key)).collect();
        Self { key: key.clone(), survey: survey.0, blocks: blocks.to_vec(), products }
    }

    /// Puts the next piece of a submission into the batch.
    ///
    /// # Errors
    /// [`Damaged`] unless it holds whole ciphertexts of a group that there is.
    pub(super) fn put(&self, batch: &mut Batch, piece: Piece) -> Result<(), Damaged> {
        batch.taken.resize(self.blocks.len(), 0);
        let whole = piece.entries.len().is_multiple_of(self.key.ciphertext_bytes());
        let taken = batch.taken.get_mut(piece.category).filter(|_| whole).ok_or(Damaged)?;
        let first = mem::replace(taken, *taken + piece.entries.len() / self.key.ciphertext_bytes());
        batch.bytes += piece.entries.len();
        batch.pieces.push((first, piece));
        Ok(())
    }

    /// Ends a submission.
    ///
    /// # Errors
    /// [`Damaged`] unless every group had whole entries, and at least one.
    pub(super) fn end_submission(&self, batch: &mut Batch) -> Result<(), Damaged> {
        let taken = mem::take(&mut batch.taken);
        let mut groups = taken.iter().zip(&self.blocks);
        let whole = groups.all(|(taken, blocks)| *taken > 0 && taken.is_multiple_of(*blocks));
        if whole && taken.len() == self.blocks.len() { Ok(()) } else { Err(Damaged) }
    }

    /// Multiplies what waits, on all cores, and empties the batch.
    ///
    /// # Errors
    /// [`Damaged`] if something is no ciphertext.
    pub(super) fn multiply(mut self, batch: &mut Batch) -> Result<Self, Damaged> {
        let pieces = mem::take(&mut batch.pieces);
        batch.bytes = 0;
        let factors = self.by_product(&pieces);
        let threads = rayon::current_num_threads().div_ceil(self.products.len().max(1));
        let products = mem::take(&mut self.products).into_par_iter().zip(factors);
        self.products = products
            .map(|(product, factors)| take(product, &factors, threads, &self.key))
            .collect::<Result<_, _>>()?;
        Ok(self)
    }

    /// The waiting ciphertexts of every product.
    fn by_product<'a>(&self, pieces: &'a [(usize, Piece)]) -> Vec<Vec<&'a [u8]>> {
        let mut factors = vec![Vec::new(); self.products.len()];
        for (first, piece) in pieces {
            let before: usize = self.blocks.iter().take(piece.category).sum();
            let blocks = self.blocks.get(piece.category).copied().unwrap_or(1).max(1);
            let ciphertexts = piece.entries.chunks(self.key.ciphertext_bytes());
            for (index, ciphertext) in (*first..).zip(ciphertexts) {
                if let Some(factors) = factors.get_mut(before + index % blocks) {
                    factors.push(ciphertext);
                }
            }
        }
        factors
    }

    /// The products under fresh noise, as bytes, group by group: one gcd for each.
    ///
    /// # Errors
    /// [`Damaged`] if a factor of one was no unit.
    pub fn finish(self, rng: &mut impl CryptoRng) -> Result<Vec<Vec<HexBytes>>, Damaged> {
        let encryptor = Encryptor::new(&self.key, &self.survey);
        let mut fresh = self.products.into_iter().map(|product| {
            let product = product.finish().map_err(|_| Damaged)?.into_ciphertext();
            let fresh = encryptor.rerandomize(&product, rng).map_err(|_| Damaged)?;
            Ok(HexBytes(fresh.to_bytes()))
        });
        self.blocks.iter().map(|blocks| fresh.by_ref().take(*blocks).collect()).collect()
    }
}

/// Takes factors, on so many threads if there are enough of them.
fn take(
    product: Aggregator,
    factors: &[&[u8]],
    threads: usize,
    key: &PublicKey,
) -> Result<Aggregator, Damaged> {
    let share = factors.len().div_ceil(threads).max(WORTH_A_THREAD);
    let Some((own, others)) = factors.split_at_checked(share).filter(|(_, others)| !others.is_empty()) else {
        return product.take(factors).map_err(|_| Damaged);
    };
    let one = || Ok(Aggregator::new(key));
    let of_others = || {
        let parts = others.par_chunks(share).map(|part| Aggregator::new(key).take(part).map_err(|_| Damaged));
        parts.reduce(one, |a, b| a?.merge(&b?).map_err(|_| Damaged))
    };
    let (own, others) = rayon::join(|| product.take(own).map_err(|_| Damaged), of_others);
    own?.merge(&others?).map_err(|_| Damaged)
}
