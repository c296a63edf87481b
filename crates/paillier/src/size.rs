//! The three sizes a key may have.

/// Size of n in bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyBits {
    /// 2048 bits: about 112 bits of security; for tests and short-lived data.
    B2048,
    /// 3072 bits: about 128 bits of security; what surveys use.
    B3072,
    /// 4096 bits: for whoever wants a margin.
    B4096,
}

/// The number of bits is none of 2048, 3072, 4096.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a key has 2048, 3072 or 4096 bits")]
pub struct UnknownKeySize;

impl KeyBits {
    /// All sizes, smallest first.
    pub const ALL: [Self; 3] = [Self::B2048, Self::B3072, Self::B4096];

    /// |n| in bits.
    pub const fn bits(self) -> u32 {
        match self {
            Self::B2048 => 2048,
            Self::B3072 => 3072,
            Self::B4096 => 4096,
        }
    }

    /// |n| in bytes; a ciphertext has twice as many.
    pub const fn bytes(self) -> usize {
        self.limbs() * 8
    }

    /// Bits of a plaintext that slots may fill: 2^(|n| − 2) < n / 2, so a total that
    /// stays within them is never mistaken for one that wrapped around n.
    pub const fn usable_bits(self) -> u32 {
        self.bits() - 2
    }

    /// Bits of a secret exponent: ⌈|n| / 2⌉ [Goldreich–Rosen 2003; Damgård–Jurik–Nielsen 2010].
    pub const fn exponent_bits(self) -> u32 {
        self.bits() / 2
    }

    /// Machine words of n.
    pub(crate) const fn limbs(self) -> usize {
        match self {
            Self::B2048 => 32,
            Self::B3072 => 48,
            Self::B4096 => 64,
        }
    }

    /// The size whose n fills exactly `bytes` bytes.
    pub(crate) fn of_bytes(bytes: usize) -> Option<Self> {
        Self::ALL.into_iter().find(|size| size.bytes() == bytes)
    }
}

impl TryFrom<u32> for KeyBits {
    type Error = UnknownKeySize;

    fn try_from(bits: u32) -> Result<Self, UnknownKeySize> {
        Self::ALL.into_iter().find(|size| size.bits() == bits).ok_or(UnknownKeySize)
    }
}
