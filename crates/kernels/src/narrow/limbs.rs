//! From words to limbs of 28 bits and back.

pub(super) const LIMB_BITS: usize = 28;
pub(super) const LIMB_MASK: u64 = (1 << LIMB_BITS) - 1;

/// 64-bit words to limbs.
#[inline(always)]
pub(super) fn narrow<const H: usize>(words: &[u64]) -> [u64; H] {
    let mut limbs = [0; H];
    let (mut waiting, mut bits) = (0u128, 0);
    let mut words = words.iter();
    for limb in &mut limbs {
        if bits < LIMB_BITS {
            waiting |= u128::from(words.next().copied().unwrap_or(0)) << bits;
            bits += 64;
        }
        *limb = waiting as u64 & LIMB_MASK;
        waiting >>= LIMB_BITS;
        bits -= LIMB_BITS;
    }
    limbs
}

/// Words to limbs of 28 bits; the highest keeps what it has.
#[inline(always)]
pub(super) fn pass_carries(t: &mut [u64]) {
    let mut carry = 0;
    let Some((highest, below)) = t.split_last_mut() else { return };
    for word in below {
        let sum = *word + carry;
        *word = sum & LIMB_MASK;
        carry = sum >> LIMB_BITS;
    }
    *highest += carry;
}

/// Sums to 64-bit words; returns the word beyond.
#[inline(always)]
pub(super) fn widen(limbs: &mut [u64], words: &mut [u64]) -> u64 {
    pass_carries(limbs);
    let mut limbs = limbs.iter();
    let mut word_from = |waiting: &mut u128, bits: &mut usize| {
        while *bits < 64 {
            *waiting |= u128::from(limbs.next().copied().unwrap_or(0)) << *bits;
            *bits += LIMB_BITS;
        }
        let word = *waiting as u64;
        *waiting >>= 64;
        *bits -= 64;
        word
    };
    let (mut waiting, mut bits) = (0u128, 0);
    for word in words {
        *word = word_from(&mut waiting, &mut bits);
    }
    word_from(&mut waiting, &mut bits)
}
