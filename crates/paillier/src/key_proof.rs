//! Proof that gcd(n, φ(n)) = 1, without which decryption can be ambiguous.
//!
//! Eleven hash outputs modulo n, and an n-th root of each. If some prime divided both n
//! and φ(n), at most one in 6370 numbers would have an n-th root (no smaller prime divides
//! n, which [`PublicKey::admit`] sees to), and 6370^−11 < 2^−128
//! [Goldberg–Reyzin–Sagga–Baldimtsi, ePrint 2018/057, §3.2].

use alloc::vec::Vec;
use core::array;
use core::fmt;

use num_bigint::BigUint;
use num_traits::Zero;

use crate::{KeyBits, PublicKey, limbs, xof};

/// Separates this hash from every other one.
const DOMAIN: &str = "sealed-pay/v1/paillier-key-proof";

/// Roots asked for: ⌈128 / log₂ 6370⌉.
const ROOTS: usize = 11;

/// Eleven n-th roots, as received: nothing is known before [`KeyProof::check`].
#[derive(Clone, PartialEq, Eq)]
pub struct KeyProof {
    size: KeyBits,
    roots: [BigUint; ROOTS],
}

/// Why a proof does not convince.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyProofRefusal {
    /// Not eleven numbers of the key's length.
    #[error("the key proof does not have the key's length")]
    WrongLength,
    /// A root is 0 or not below n.
    #[error("the key proof contains a number outside 1 to n - 1")]
    NotReduced,
    /// A root's n-th power is not the number asked for.
    #[error("the key proof does not belong to this key and survey")]
    WrongRoot,
}

impl KeyProof {
    /// The numbers whose roots are asked for.
    pub fn challenges(key: &PublicKey, survey_id: &[u8; 32]) -> [BigUint; ROOTS] {
        array::from_fn(|index| {
            let index = u8::try_from(index).unwrap_or(u8::MAX);
            xof::residue(key, DOMAIN, survey_id, &[index])
        })
    }

    /// Puts together a proof from the roots, in the order of the challenges.
    pub fn from_roots(size: KeyBits, roots: [BigUint; ROOTS]) -> Self {
        Self { size, roots }
    }

    /// Checks every root: σ_iⁿ mod n is the i-th challenge.
    ///
    /// # Errors
    /// [`KeyProofRefusal`] names the first check that failed.
    pub fn check(&self, key: &PublicKey, survey_id: &[u8; 32]) -> Result<(), KeyProofRefusal> {
        if self.size != key.bits() {
            return Err(KeyProofRefusal::WrongLength);
        }
        if self.roots.iter().any(|root| root.is_zero() || root >= key.n()) {
            return Err(KeyProofRefusal::NotReduced);
        }
        for (root, challenge) in self.roots.iter().zip(Self::challenges(key, survey_id)) {
            let words = limbs::from_biguint(root, key.ring().count()).ok_or(KeyProofRefusal::NotReduced)?;
            let power = key.ring().power_mod_n(&words, key.n());
            if limbs::to_biguint(&power) != challenge {
                return Err(KeyProofRefusal::WrongRoot);
            }
        }
        Ok(())
    }

    /// The roots one behind the other, each big-endian and exactly as long as n.
    pub fn to_bytes(&self) -> Vec<u8> {
        let count = self.size.limbs();
        self.roots
            .iter()
            .flat_map(|root| limbs::to_be_bytes(&limbs::from_biguint(root, count).unwrap_or_default()))
            .collect()
    }

    /// Reads a proof; says nothing about its worth.
    ///
    /// # Errors
    /// [`KeyProofRefusal::WrongLength`] unless there are eleven numbers of a key's length.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyProofRefusal> {
        let size = KeyBits::of_bytes(bytes.len() / ROOTS)
            .filter(|size| size.bytes() * ROOTS == bytes.len())
            .ok_or(KeyProofRefusal::WrongLength)?;
        let mut chunks = bytes.chunks(size.bytes());
        let roots = array::from_fn(|_| BigUint::from_bytes_be(chunks.next().unwrap_or_default()));
        Ok(Self { size, roots })
    }
}

impl fmt::Debug for KeyProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyProof({} bits)", self.size.bits())
    }
}
