//! One entry to encrypt: independent of all others, so that any worker may take it.

use paillier::{Encryptor, ExponentSum, Noise, Plaintext, PublicKey};
use rand_core::CryptoRng;
use std::fmt;
use survey::Entry;
use zeroize::Zeroizing;

/// Why an entry was not encrypted, or its message to a worker not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JobRefusal {
    /// Not a job.
    #[error("the job is malformed")]
    Malformed,
    /// A block is not below n; layouts exclude it.
    #[error("an entry does not fit under the survey's key")]
    NotReduced,
}

/// The plaintext blocks of one entry. Wiped when dropped, redacted in `Debug`.
pub struct Job {
    id: u32,
    blocks: Vec<Zeroizing<Vec<u8>>>,
}

impl Job {
    pub(crate) fn new(id: u32, entry: &Entry) -> Self {
        Self { id, blocks: entry.blocks().to_vec() }
    }

    /// Encrypts every block with fresh noise.
    ///
    /// # Errors
    /// [`JobRefusal::NotReduced`].
    pub fn run(&self, encryptor: &Encryptor, rng: &mut impl CryptoRng) -> Result<SealedEntry, JobRefusal> {
        self.run_with(encryptor.key(), || encryptor.make_noise(rng))
    }

    /// Encrypts every block with noise of its own: made ahead, or by another machine.
    ///
    /// # Errors
    /// [`JobRefusal::NotReduced`].
    pub fn run_with(
        &self,
        key: &PublicKey,
        mut noise: impl FnMut() -> Noise,
    ) -> Result<SealedEntry, JobRefusal> {
        let exponent_bytes = exponent_bytes(key);
        let mut bytes = Vec::with_capacity(self.blocks.len() * key.ciphertext_bytes());
        let mut spent = Zeroizing::new(Vec::with_capacity(self.blocks.len() * exponent_bytes));
        for block in &self.blocks {
            let plaintext = Plaintext::from_be_bytes(key, block).map_err(|_| JobRefusal::NotReduced)?;
            let (ciphertext, exponent) = noise().hide_provably(&plaintext);
            let mut alone = ExponentSum::zero(key.bits().exponent_bits());
            alone.add_exponent(&exponent);
            bytes.extend(ciphertext.to_bytes());
            spent.extend_from_slice(&alone.to_be_bytes(exponent_bytes));
        }
        Ok(SealedEntry { id: self.id, bytes, spent })
    }

    /// Which job: what comes back carries the same number.
    #[must_use]
    pub const fn id(&self) -> u32 {
        self.id
    }

    /// How many ciphertexts it makes.
    #[must_use]
    pub fn blocks(&self) -> usize {
        self.blocks.len()
    }

    /// The job as a message to a worker of the same program: u32 id ‖ blocks of equal length.
    #[must_use]
    pub fn expose_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(
            4 + self.blocks.iter().map(|block| block.len()).sum::<usize>(),
        ));
        bytes.extend_from_slice(&self.id.to_be_bytes());
        for block in &self.blocks {
            bytes.extend_from_slice(block);
        }
        bytes
    }

    /// Reads such a message; `block_bytes` is the length of the key.
    ///
    /// # Errors
    /// [`JobRefusal::Malformed`].
    pub fn from_bytes(bytes: &[u8], block_bytes: usize) -> Result<Self, JobRefusal> {
        let (id, blocks) = bytes.split_first_chunk::<4>().ok_or(JobRefusal::Malformed)?;
        if block_bytes == 0 || blocks.is_empty() || blocks.len() % block_bytes != 0 {
            return Err(JobRefusal::Malformed);
        }
        let blocks = blocks.chunks(block_bytes).map(|block| Zeroizing::new(block.to_vec())).collect();
        Ok(Self { id: u32::from_be_bytes(*id), blocks })
    }
}

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Job({}, <private>)", self.id)
    }
}

/// Bytes of one exponent.
pub(crate) fn exponent_bytes(key: &PublicKey) -> usize {
    (key.bits().exponent_bits() / 8) as usize
}

/// The ciphertexts of one entry, and what a proof about them is made with.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedEntry {
    /// Which job.
    pub id: u32,
    /// Blocks × (c₀ ‖ c₁).
    pub bytes: Vec<u8>,
    /// Blocks × exponent, big-endian: as secret as what the ciphertexts hide, so it goes to the thread that proves
    /// and nowhere else. Wiped when dropped.
    pub spent: Zeroizing<Vec<u8>>,
}

impl SealedEntry {
    /// The entry as a message between threads of the same program: u32 id ‖ u32 bytes of ciphertexts ‖ ciphertexts
    /// ‖ exponents.
    #[must_use]
    pub fn expose_message(&self) -> Zeroizing<Vec<u8>> {
        let mut message = Zeroizing::new(Vec::with_capacity(8 + self.bytes.len() + self.spent.len()));
        message.extend_from_slice(&self.id.to_be_bytes());
        message.extend_from_slice(&u32::try_from(self.bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
        message.extend_from_slice(&self.bytes);
        message.extend_from_slice(&self.spent);
        message
    }

    /// Reads such a message.
    ///
    /// # Errors
    /// [`JobRefusal::Malformed`].
    pub fn from_message(message: &[u8]) -> Result<Self, JobRefusal> {
        let (id, rest) = message.split_first_chunk().ok_or(JobRefusal::Malformed)?;
        let (length, rest) = rest.split_first_chunk().ok_or(JobRefusal::Malformed)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| JobRefusal::Malformed)?;
        let (bytes, spent) = rest.split_at_checked(length).ok_or(JobRefusal::Malformed)?;
        let spent = Zeroizing::new(spent.to_vec());
        Ok(Self { id: u32::from_be_bytes(*id), bytes: bytes.to_vec(), spent })
    }
}

impl fmt::Debug for SealedEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealedEntry({}, {} bytes)", self.id, self.bytes.len())
    }
}
