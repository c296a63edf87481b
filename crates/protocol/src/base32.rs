//! Crockford's base 32: digits that people read aloud and type without mixing them up.

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The digit of a number below 32.
pub(crate) fn digit(value: u8) -> char {
    // Only the five lowest bits are looked at, so there always is one.
    ALPHABET.get(usize::from(value % 32)).map_or('0', |digit| char::from(*digit))
}

/// The number of a digit as people type it: lower case too, O for 0, I and L for 1.
pub(crate) fn value(digit: char) -> Option<u8> {
    let digit = match digit.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let at = ALPHABET.iter().position(|known| char::from(*known) == digit)?;
    u8::try_from(at).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_digit_is_read_back_and_what_looks_alike_is_the_same() {
        for number in 0..32 {
            assert_eq!(value(digit(number)), Some(number));
            assert_eq!(value(digit(number).to_ascii_lowercase()), Some(number));
        }
        assert_eq!(['o', 'O', 'i', 'I', 'l', 'L'].map(value), [0, 0, 1, 1, 1, 1].map(Some));
        assert_eq!(['u', 'U', '-', '!', 'é'].map(value), [None; 5]);
    }
}
