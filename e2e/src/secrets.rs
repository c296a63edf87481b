//! Searches bytes for secrets that nobody but their owner may hold: keys, and what stands behind # in a link.

use crate::leak::determined_base64;
use aho_corasick::AhoCorasick;

/// One way in which a program might have written a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// The bytes themselves.
    Raw,
    /// `a0b1…`
    HexLower,
    /// `A0B1…`
    HexUpper,
    /// The first of these, two bytes each, little-endian.
    HexUtf16Le,
    /// The same, big-endian.
    HexUtf16Be,
    /// Base 64, standing at this offset of what was encoded.
    Base64(usize),
    /// The same in the alphabet for addresses.
    Base64Url(usize),
    /// Base 64 of the hexadecimal digits, standing at this offset of what was encoded.
    Base64OfHex(usize),
}

impl Written {
    /// Every form.
    pub const ALL: [Self; 14] = [
        Self::Raw,
        Self::HexLower,
        Self::HexUpper,
        Self::HexUtf16Le,
        Self::HexUtf16Be,
        Self::Base64(0),
        Self::Base64(1),
        Self::Base64(2),
        Self::Base64Url(0),
        Self::Base64Url(1),
        Self::Base64Url(2),
        Self::Base64OfHex(0),
        Self::Base64OfHex(1),
        Self::Base64OfHex(2),
    ];

    /// What is searched for: only bytes that the secret alone determines.
    #[must_use]
    pub fn needle(self, secret: &[u8]) -> Vec<u8> {
        let digits = hex::encode(secret);
        match self {
            Self::Raw => secret.to_vec(),
            Self::HexLower => digits.into_bytes(),
            Self::HexUpper => digits.to_uppercase().into_bytes(),
            Self::HexUtf16Le => digits.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Self::HexUtf16Be => digits.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Self::Base64(offset) => determined_base64(secret, offset),
            Self::Base64Url(offset) => {
                determined_base64(secret, offset).into_iter().map(for_addresses).collect()
            }
            Self::Base64OfHex(offset) => determined_base64(digits.as_bytes(), offset),
        }
    }
}

const fn for_addresses(digit: u8) -> u8 {
    match digit {
        b'+' => b'-',
        b'/' => b'_',
        other => other,
    }
}

/// A secret that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Which haystack.
    pub place: String,
    /// Which secret.
    pub secret: &'static str,
    /// How it is written there.
    pub written: Written,
}

/// A search for every secret in every form.
#[derive(Debug)]
pub struct SecretSearch {
    automaton: AhoCorasick,
    meanings: Vec<(&'static str, Written)>,
}

impl SecretSearch {
    /// Prepares the search for secrets, each with its name.
    ///
    /// # Panics
    /// If a secret has fewer than 16 bytes: it would be found by chance.
    #[must_use]
    pub fn of(secrets: &[(&'static str, Vec<u8>)]) -> Self {
        let (mut needles, mut meanings) = (Vec::new(), Vec::new());
        for (name, secret) in secrets {
            assert!(secret.len() >= 16, "{name} is too short to be searched for");
            for written in Written::ALL {
                needles.push(written.needle(secret));
                meanings.push((*name, written));
            }
        }
        Self { automaton: AhoCorasick::new(needles).expect("needles"), meanings }
    }

    /// Every place where a secret stands; each once for each form.
    #[must_use]
    pub fn found(&self, place: &str, haystack: &[u8]) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        for hit in self.automaton.find_overlapping_iter(haystack) {
            let (secret, written) = self.meanings[hit.pattern().as_usize()];
            let hit = Found { place: place.to_owned(), secret, written };
            if !found.contains(&hit) {
                found.push(hit);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::Drawn;

    #[test]
    fn a_secret_is_found_in_every_form_inside_something_longer_and_never_in_noise() {
        let mut drawn = Drawn::printed("SEALED_PAY_SECRETS_SEED");
        // The last bytes make base 64 write what its two alphabets write differently.
        let secrets =
            [("link", drawn.bytes(16)), ("key", [drawn.bytes(29), vec![0xfb, 0xff, 0xfe]].concat())];
        let search = SecretSearch::of(&secrets);
        for (name, secret) in &secrets {
            for written in Written::ALL {
                let hay = [b"before ".to_vec(), written.needle(secret), b" after".to_vec()].concat();
                let found = search.found("somewhere", &hay);
                assert!(found.iter().any(|hit| hit.secret == *name && hit.written == written), "{written:?}");
            }
        }
        assert_eq!(search.found("noise", &drawn.bytes(1 << 20)), []);
    }

    #[test]
    #[should_panic(expected = "too short")]
    fn what_is_short_is_not_searched_for() {
        let _ = SecretSearch::of(&[("short", vec![1; 15])]);
    }
}
