//! Digits inside a long number: where a slot lies in a block.

/// Writes `value` (below 2^`width`) at bit `offset`, counted from the number's lowest bit, into a big-endian
/// number. The place must be zero before; bits beyond the number's end are lost, which layouts exclude.
pub fn deposit(number_be: &mut [u8], offset: u32, width: u32, value: u128) {
    for bit in 0..width.min(128) {
        if (value >> bit) & 1 == 1 {
            let at = (offset + bit) as usize;
            if let Some(byte) = number_be.iter_mut().rev().nth(at / 8) {
                *byte |= 1 << (at % 8);
            }
        }
    }
}

/// Reads `width` (at most 128) bits at `offset` of a big-endian number; beyond its end they are zero.
#[must_use]
pub fn extract(number_be: &[u8], offset: u32, width: u32) -> u128 {
    let mut value = 0;
    for bit in 0..width.min(128) {
        let at = (offset + bit) as usize;
        let byte = number_be.iter().rev().nth(at / 8).copied().unwrap_or(0);
        value |= u128::from((byte >> (at % 8)) & 1) << bit;
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_lowest_bit_is_in_the_last_byte() {
        let mut number = [0u8; 4];
        deposit(&mut number, 4, 8, 0xab);
        assert_eq!(number, [0, 0, 0x0a, 0xb0]);
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(offset in 0u32..900, width in 1u32..=120, value: u128) {
            let value = value & ((1 << width) - 1);
            let mut number = [0u8; 128];
            deposit(&mut number, offset, width, value);
            prop_assert_eq!(extract(&number, offset, width), value);
            prop_assert_eq!(extract(&number, offset + width, 120.min(1024 - offset - width)), 0);
        }
    }
}
