//! The four encodings that spreadsheets write, and no others: a library that knows all encodings carries tables
//! for them to everybody who opens the page. Tests compare with one.

use std::borrow::Cow;

/// How a file's text is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Windows1252,
}

impl Encoding {
    /// The encoding that a byte order mark announces, and how long the mark is.
    pub(crate) fn announced(bytes: &[u8]) -> Option<(Self, usize)> {
        let marks: [(Self, &[u8]); 3] =
            [(Self::Utf8, b"\xef\xbb\xbf"), (Self::Utf16Le, b"\xff\xfe"), (Self::Utf16Be, b"\xfe\xff")];
        marks
            .into_iter()
            .find(|(_, mark)| bytes.starts_with(mark))
            .map(|(encoding, mark)| (encoding, mark.len()))
    }

    /// The text; nothing where the bytes contradict the encoding.
    pub(crate) fn decode(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        match self {
            Self::Utf8 => core::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            Self::Utf16Le => utf16(bytes, u16::from_le_bytes).map(Cow::Owned),
            Self::Utf16Be => utf16(bytes, u16::from_be_bytes).map(Cow::Owned),
            Self::Windows1252 => Some(windows_1252(bytes)),
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks();
    let units = pairs.iter().map(|pair| unit(*pair));
    rest.is_empty().then(|| char::decode_utf16(units).collect::<Result<_, _>>().ok()).flatten()
}

/// What Windows-1252 has at 0x80 to 0x9f; the five places that it leaves empty hold controls, as the WHATWG's
/// Encoding Standard has it. Everything else is at the place of Latin-1, and so of Unicode.
const SPECIAL: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', //
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252(bytes: &[u8]) -> Cow<'_, str> {
    let special = |byte: u8| SPECIAL.get(usize::from(byte.wrapping_sub(0x80))).copied();
    match core::str::from_utf8(bytes) {
        Ok(text) if text.is_ascii() => Cow::Borrowed(text),
        _ => bytes.iter().map(|byte| special(*byte).unwrap_or(char::from(*byte))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ORACLES: [(Encoding, &encoding_rs::Encoding); 4] = [
        (Encoding::Utf8, encoding_rs::UTF_8),
        (Encoding::Utf16Le, encoding_rs::UTF_16LE),
        (Encoding::Utf16Be, encoding_rs::UTF_16BE),
        (Encoding::Windows1252, encoding_rs::WINDOWS_1252),
    ];

    fn agree(bytes: &[u8]) {
        for (ours, theirs) in ORACLES {
            let expected = theirs.decode_without_bom_handling_and_without_replacement(bytes);
            assert_eq!(ours.decode(bytes), expected, "{ours:?}");
        }
        let announced = encoding_rs::Encoding::for_bom(bytes).map(|(theirs, length)| (theirs.name(), length));
        let named = |ours: Encoding| ORACLES.iter().find(|(one, _)| *one == ours).unwrap().1.name();
        assert_eq!(Encoding::announced(bytes).map(|(ours, length)| (named(ours), length)), announced);
    }

    #[test]
    fn every_byte_is_decoded_as_another_library_does_it() {
        agree(&(0..=255).collect::<Vec<u8>>());
        (0..=255).for_each(|byte| agree(&[byte]));
        (0..=255).for_each(|byte| agree(&[byte, 0xd8, byte, 0xdc]));
        for mark in [&b"\xef\xbb\xbf"[..], b"\xff\xfe", b"\xfe\xff", b"\xef\xbb"] {
            agree(&[mark, b"a\0\0b"].concat());
        }
    }

    proptest! {
        #[test]
        fn drawn_bytes_are_decoded_as_another_library_does_it(bytes: Vec<u8>, text: String) {
            agree(&bytes);
            agree(text.as_bytes());
            agree(&text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
        }
    }
}
