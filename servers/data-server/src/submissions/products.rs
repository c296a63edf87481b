//! Admits ciphertexts and multiplies those of each block, as the proof is about the products.

use paillier::{Ciphertext, CiphertextRefusal, Product, PublicKey};
use protocol::Problem;
use rayon::prelude::*;

/// Ciphertexts that share one gcd; more of them would leave a core idle.
const BATCH: usize = 64;

/// Per block the product over all entries of one group, every ciphertext admitted. `bytes` are entries × `blocks`
/// ciphertexts.
pub(super) fn admit(key: &PublicKey, bytes: &[u8], blocks: usize) -> Result<Vec<Ciphertext>, Problem> {
    let entry = blocks.max(1) * key.ciphertext_bytes();
    let batch = (BATCH / blocks.max(1)).max(1) * entry;
    let products = bytes
        .par_chunks(batch)
        .map(|batch| {
            let ciphertexts = key.admit_ciphertexts(batch).map_err(|(_, refusal)| name(refusal))?;
            let mut products = vec![Product::one(key); blocks];
            for (product, block) in products.iter_mut().zip(0..) {
                let column = ciphertexts.iter().skip(block).step_by(blocks.max(1));
                column
                    .into_iter()
                    .try_for_each(|one| product.multiply(one))
                    .map_err(|_| Problem::Internal)?;
            }
            Ok::<_, Problem>(products)
        })
        .try_reduce(
            || vec![Product::one(key); blocks],
            |mut all, more| {
                let mut pairs = all.iter_mut().zip(&more);
                pairs.try_for_each(|(one, other)| one.merge(other)).map_err(|_| Problem::Internal)?;
                Ok(all)
            },
        )?;
    Ok(products.into_iter().map(Product::into_ciphertext).collect())
}

fn name(refusal: CiphertextRefusal) -> Problem {
    match refusal {
        CiphertextRefusal::WrongLength => Problem::SubmissionRefused,
        CiphertextRefusal::NotReduced => Problem::CiphertextNotReduced,
        CiphertextRefusal::Zero => Problem::CiphertextZero,
        CiphertextRefusal::SharesFactor => Problem::CiphertextSharesFactor,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use paillier::{Encryptor, KeyBits, Plaintext};
    use test_support::{insecure_secret_key, seeded_rng};

    #[test]
    fn products_are_those_of_each_block_over_all_entries() {
        let secret = insecure_secret_key(KeyBits::B2048);
        let key = secret.public();
        let encryptor = Encryptor::new(key, &[7; 32]);
        let mut rng = seeded_rng(1);
        for (entries, blocks) in [(1, 1), (1, 70), (40, 3), (130, 1)] {
            let all: Vec<Ciphertext> = (0..entries * blocks)
                .map(|at| encryptor.encrypt(&Plaintext::from_u64(at as u64), &mut rng))
                .collect();
            let bytes: Vec<u8> = all.iter().flat_map(Ciphertext::to_bytes).collect();
            let found = admit(key, &bytes, blocks).unwrap();
            let expected = |block: usize| {
                let column = all.iter().skip(block).step_by(blocks);
                column.fold(None, |product: Option<Ciphertext>, one| {
                    Some(product.map_or_else(|| one.clone(), |product| key.add(&product, one).unwrap()))
                })
            };
            let expected: Vec<Ciphertext> = (0..blocks).filter_map(expected).collect();
            assert!(found == expected, "{entries} entries of {blocks} blocks");
        }
    }

    #[test]
    fn what_is_no_ciphertext_is_named_wherever_it_stands() {
        let secret = insecure_secret_key(KeyBits::B2048);
        let key = secret.public();
        let one =
            Encryptor::new(key, &[7; 32]).encrypt(&Plaintext::from_u64(5), &mut seeded_rng(1)).to_bytes();
        for at in [0, 63, 64, 99] {
            let mut bytes = one.repeat(100);
            let place = at * one.len()..(at + 1) * one.len();
            bytes[place.clone()].fill(0);
            assert_eq!(admit(key, &bytes, 1).unwrap_err(), Problem::CiphertextZero);
            bytes[place].fill(0xff);
            assert_eq!(admit(key, &bytes, 1).unwrap_err(), Problem::CiphertextNotReduced);
        }
    }
}
