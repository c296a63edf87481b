//! The products over the agreed submissions: one per group and block, submission by submission.

use paillier::{Ciphertext, Encryptor, Product, PublicKey};
use protocol::{AdmittedManifest, HexBytes};
use rand_core::CryptoRng;
use rayon::prelude::*;

/// A submission in the store does not have the survey's shape any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Damaged;

/// The growing products of one survey.
pub(super) struct Aggregates {
    key: PublicKey,
    survey: [u8; 32],
    /// Per group, per block.
    products: Vec<Vec<Product>>,
}

impl Aggregates {
    pub(super) fn new(manifest: &AdmittedManifest) -> Self {
        let key = manifest.paillier().clone();
        let group = |blocks: usize| vec![Product::one(&key); blocks];
        let products = manifest.layout().groups().iter().map(|g| group(g.blocks)).collect();
        Self { products, survey: manifest.manifest().survey.0, key }
    }

    /// Multiplies one submission in, on all cores.
    pub(super) fn multiply(&mut self, groups: &[Vec<u8>]) -> Result<(), Damaged> {
        if groups.len() != self.products.len() {
            return Err(Damaged);
        }
        for (products, bytes) in self.products.iter_mut().zip(groups) {
            let entry_bytes = products.len() * self.key.ciphertext_bytes();
            if bytes.is_empty() || !bytes.len().is_multiple_of(entry_bytes) {
                return Err(Damaged);
            }
            let one = || vec![Product::one(&self.key); products.len()];
            let group = bytes
                .par_chunks(entry_bytes)
                .try_fold(one, |sum, entry| multiply_entry(&self.key, sum, entry))
                .try_reduce(one, merge)?;
            *products = merge(std::mem::take(products), group)?;
        }
        Ok(())
    }

    /// The products under fresh noise, as bytes.
    pub(super) fn finish(self, rng: &mut impl CryptoRng) -> Result<Vec<Vec<HexBytes>>, Damaged> {
        let encryptor = Encryptor::new(&self.key, &self.survey);
        let mut fresh = |product: Product| -> Result<HexBytes, Damaged> {
            let fresh: Ciphertext =
                encryptor.rerandomize(&product.into_ciphertext(), rng).map_err(|_| Damaged)?;
            Ok(HexBytes(fresh.to_bytes()))
        };
        let mut group = |blocks: Vec<Product>| blocks.into_iter().map(&mut fresh).collect();
        self.products.into_iter().map(&mut group).collect()
    }
}

fn multiply_entry(key: &PublicKey, mut sum: Vec<Product>, entry: &[u8]) -> Result<Vec<Product>, Damaged> {
    let blocks = key.admit_ciphertexts(entry).map_err(|_| Damaged)?;
    for (product, block) in sum.iter_mut().zip(&blocks) {
        product.multiply(block).map_err(|_| Damaged)?;
    }
    Ok(sum)
}

fn merge(mut one: Vec<Product>, other: Vec<Product>) -> Result<Vec<Product>, Damaged> {
    for (into, from) in one.iter_mut().zip(&other) {
        into.merge(from).map_err(|_| Damaged)?;
    }
    Ok(one)
}
