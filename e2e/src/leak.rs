//! Searches bytes for amounts that nobody but their reporter may know.

use aho_corasick::AhoCorasick;

/// One way in which a program might have written an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `123456789012`
    Decimal,
    /// `1234567890.12`
    DecimalPoint,
    /// `1234567890,12`
    DecimalComma,
    /// `1,234,567,890.12`, as the page shows amounts
    Grouped,
    /// `1.234.567.890,12`
    GroupedByPoints,
    /// `1cbe991a14`
    HexLower,
    /// `1CBE991A14`
    HexUpper,
    /// Hexadecimal of the decimal digits' ASCII codes.
    HexOfDecimal,
    /// Base 64 of the decimal digits, standing at this offset of what was encoded.
    Base64(usize),
    /// UTF-16, little-endian, of the decimal digits.
    Utf16Le,
    /// UTF-16, big-endian, of the decimal digits.
    Utf16Be,
    /// An integer of eight bytes, little-endian.
    IntegerLe,
    /// An integer of eight bytes, big-endian.
    IntegerBe,
    /// An integer of six bytes big-endian, as SQLite stores it.
    IntegerSqlite,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 16] = [
        Self::Decimal,
        Self::DecimalPoint,
        Self::DecimalComma,
        Self::Grouped,
        Self::GroupedByPoints,
        Self::HexLower,
        Self::HexUpper,
        Self::HexOfDecimal,
        Self::Base64(0),
        Self::Base64(1),
        Self::Base64(2),
        Self::Utf16Le,
        Self::Utf16Be,
        Self::IntegerLe,
        Self::IntegerBe,
        Self::IntegerSqlite,
    ];

    /// What is searched for: only bytes that the amount alone determines.
    #[must_use]
    pub fn needle(self, minor: u64) -> Vec<u8> {
        let digits = minor.to_string();
        let (units, cents) = digits.split_at(digits.len() - 2);
        match self {
            Self::Decimal => digits.into_bytes(),
            Self::DecimalPoint => format!("{units}.{cents}").into_bytes(),
            Self::DecimalComma => format!("{units},{cents}").into_bytes(),
            Self::Grouped => format!("{}.{cents}", grouped(units, ',')).into_bytes(),
            Self::GroupedByPoints => format!("{},{cents}", grouped(units, '.')).into_bytes(),
            Self::HexLower => format!("{minor:x}").into_bytes(),
            Self::HexUpper => format!("{minor:X}").into_bytes(),
            Self::HexOfDecimal => digits.bytes().flat_map(|b| format!("{b:02x}").into_bytes()).collect(),
            // Digits encode to letters and digits only, so both alphabets of base 64 write the same.
            Self::Base64(offset) => determined_base64(digits.as_bytes(), offset),
            Self::Utf16Le => digits.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Self::Utf16Be => digits.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Self::IntegerLe => minor.to_le_bytes().to_vec(),
            Self::IntegerBe => minor.to_be_bytes().to_vec(),
            Self::IntegerSqlite => minor.to_be_bytes()[2..].to_vec(),
        }
    }
}

/// A needle that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Which haystack.
    pub place: String,
    /// At which byte of it.
    pub at: usize,
    /// Which amount: its position in the list that is searched for.
    pub amount: usize,
    /// In which form.
    pub form: Form,
}

/// A search for every amount in every form.
#[derive(Debug)]
pub struct LeakSearch {
    automaton: AhoCorasick,
    meanings: Vec<(usize, Form)>,
}

impl LeakSearch {
    /// Prepares the search for amounts of twelve digits and more; shorter ones would be found by chance.
    ///
    /// # Panics
    /// If an amount has fewer than twelve digits, or more than six bytes.
    #[must_use]
    pub fn of(amounts: &[u64]) -> Self {
        let (mut needles, mut meanings) = (Vec::new(), Vec::new());
        for (position, minor) in amounts.iter().enumerate() {
            let digits = minor.to_string().len();
            assert!(digits >= 12 && *minor < 1 << 48, "an amount to search for has at least twelve digits");
            for form in Form::ALL {
                needles.push(form.needle(*minor));
                meanings.push((position, form));
            }
        }
        Self { automaton: AhoCorasick::new(needles).expect("needles"), meanings }
    }

    /// Every place where an amount stands.
    #[must_use]
    pub fn hits(&self, place: &str, haystack: &[u8]) -> Vec<Hit> {
        let hit = |found: aho_corasick::Match| {
            let (amount, form) = self.meanings[found.pattern().as_usize()];
            Hit { place: place.to_owned(), at: found.start(), amount, form }
        };
        self.automaton.find_overlapping_iter(haystack).map(hit).collect()
    }

    /// Every place in every file of a folder, to the bottom, names of files included.
    #[must_use]
    pub fn hits_in_folder(&self, folder: &std::path::Path) -> Vec<Hit> {
        let mut hits = Vec::new();
        for entry in std::fs::read_dir(folder).expect("a readable folder") {
            let path = entry.expect("an entry").path();
            let name = path.display().to_string();
            hits.extend(self.hits(&format!("name of {name}"), name.as_bytes()));
            if path.is_dir() {
                hits.extend(self.hits_in_folder(&path));
            } else {
                hits.extend(self.hits(&name, &std::fs::read(&path).expect("a readable file")));
            }
        }
        hits
    }
}

/// Digits in groups of three.
fn grouped(digits: &str, mark: char) -> String {
    let marked = |(at, digit): (usize, char)| {
        let mark = (at > 0 && (digits.len() - at).is_multiple_of(3)).then_some(mark);
        mark.into_iter().chain([digit])
    };
    digits.chars().enumerate().flat_map(marked).collect()
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base 64 of bytes, without padding.
#[must_use]
pub fn base64(bytes: &[u8]) -> Vec<u8> {
    let bit = |at: usize| bytes.get(at / 8).map_or(0, |b| usize::from(b >> (7 - at % 8) & 1));
    let digit = |at: usize| (0..6).fold(0, |value, b| value << 1 | bit(6 * at + b));
    (0..(bytes.len() * 8).div_ceil(6)).map(|at| ALPHABET[digit(at)]).collect()
}

/// The characters that `text` determines when it stands `offset` bytes behind a multiple of three.
pub(crate) fn determined_base64(text: &[u8], offset: usize) -> Vec<u8> {
    let encoded = base64(&[&vec![0; offset][..], text].concat());
    encoded[(8 * offset).div_ceil(6)..8 * (offset + text.len()) / 6].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_rfc_4648() {
        let known = [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")];
        for (plain, encoded) in known {
            assert_eq!(base64(plain.as_bytes()), encoded.as_bytes());
        }
    }

    #[test]
    fn digits_are_grouped_as_people_read_them() {
        let needle = |form: Form| String::from_utf8(form.needle(123_456_789_012)).unwrap();
        assert_eq!(needle(Form::Grouped), "1,234,567,890.12");
        assert_eq!(needle(Form::GroupedByPoints), "1.234.567.890,12");
        assert_eq!([grouped("12", ','), grouped("123456", ',')], ["12", "123,456"]);
    }

    #[test]
    fn digits_encode_alike_in_both_alphabets() {
        for offset in 0..3 {
            let needle = Form::Base64(offset).needle(998_877_665_544);
            assert!(needle.iter().all(u8::is_ascii_alphanumeric));
            assert!(needle.len() >= 15);
        }
    }

    #[test]
    fn every_offset_of_base64_is_found_inside_a_longer_text() {
        let search = LeakSearch::of(&[123_456_789_012]);
        for before in 0..7 {
            let text = format!("{}123456789012 and more", "x".repeat(before));
            let hits = search.hits("text", &base64(text.as_bytes()));
            assert!(hits.iter().any(|hit| hit.form == Form::Base64(before % 3)), "{before} before");
        }
    }

    #[test]
    #[should_panic(expected = "twelve digits")]
    fn a_short_amount_is_not_searched_for() {
        let _ = LeakSearch::of(&[45_300]);
    }
}
