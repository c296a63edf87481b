//! Digits inside a long number: where a slot lies in a block.

/// Writes `value` (below 2^`width`) at bit `offset`, counted from the number's lowest bit, into a big-endian
/// number. The place must be zero before; bits beyond the number's end are lost, which layouts exclude.
pub fn deposit(number_be: &mut [u8], offset: u32, width: u32, value: u128) {
    let kept = width.min(128);
    let mut rest = if kept == 128 { value } else { value & ((1 << kept) - 1) };
    let mut bytes = number_be.iter_mut().rev().skip((offset / 8) as usize);
    let mut shift = offset % 8;
    while rest != 0 {
        let Some(byte) = bytes.next() else { return };
        *byte |= ((rest << shift) & 0xff) as u8;
        rest >>= 8 - shift;
        shift = 0;
    }
}

/// Reads `width` (at most 128) bits at `offset` of a big-endian number; beyond its end they are zero.
#[must_use]
pub fn extract(number_be: &[u8], offset: u32, width: u32) -> u128 {
    let width = width.min(128);
    let mut value = 0;
    let mut bytes = number_be.iter().rev().skip((offset / 8) as usize);
    let mut at = 0;
    let mut shift = offset % 8;
    while at < width {
        let Some(byte) = bytes.next() else { break };
        value |= u128::from(byte >> shift) << at;
        at += 8 - shift;
        shift = 0;
    }
    if width == 128 { value } else { value & ((1 << width) - 1) }
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
        fn neighbours_are_left_alone(offset in 0u32..300, width in 1u32..=128, value: u128, all: bool) {
            let bit = |number: &[u8], at: u32| number[number.len() - 1 - at as usize / 8] >> (at % 8) & 1;
            let mut number = [0u8; 64];
            let value = if all { u128::MAX } else { value };
            deposit(&mut number, offset, width, value);
            for at in 0..512 {
                let inside = (offset..offset + width).contains(&at);
                let expected = if inside { (value >> (at - offset) & 1) as u8 } else { 0 };
                prop_assert_eq!(bit(&number, at), expected, "bit {}", at);
            }
        }

        #[test]
        fn what_was_written_is_read(offset in 0u32..880, width in 1u32..=128, value: u128) {
            let value = if width == 128 { value } else { value & ((1 << width) - 1) };
            let mut number = [0u8; 128];
            deposit(&mut number, offset, width, value);
            prop_assert_eq!(extract(&number, offset, width), value);
            prop_assert_eq!(extract(&number, offset + width, 128.min(1024 - offset - width)), 0);
        }
    }
}
