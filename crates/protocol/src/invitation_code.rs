//! The code below an invitation's link, to be typed where a mail program cut the link's end off.
//!
//! It holds the secret and the first 24 hexadecimal digits of the fingerprint: with the survey's id, which
//! stands in the address and is seldom cut, that is all a link says. What the remaining digits of the
//! fingerprint are follows from the manifest that the code is completed with.

use crate::{Hex, Invitation, InvitationSecret, base32};
use std::fmt;
use zeroize::Zeroizing;

/// Why a text is no code. Holds nothing of what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeRefusal {
    /// Characters are missing or too many.
    #[error("a code has 54 letters and digits in nine groups of six; these are {0}")]
    Length(usize),
    /// A character that no code has.
    #[error("group {0} of the code has a character that no code has")]
    Character(usize),
    /// A group whose check digit does not fit: something in it is mistyped.
    #[error("group {0} of the code is mistyped")]
    Group(usize),
    /// Every group holds, but nobody wrote such a code.
    #[error("this is not a code of ours")]
    NotACode,
}

/// Groups of a code, each of five digits that say something and one that checks them.
const GROUPS: usize = 9;
const SAYING: usize = 5;
const GROUP: usize = SAYING + 1;
const SECRET_BYTES: usize = 16;
/// Bytes of the fingerprint in a code: 24 hexadecimal digits.
const START_BYTES: usize = 12;

/// What a person types who has a link without its end. `Debug` shows nothing of it.
#[derive(Clone)]
pub struct InvitationCode {
    secret: InvitationSecret,
    start: Hex<START_BYTES>,
}

impl InvitationCode {
    /// The code of an invitation.
    #[must_use]
    pub fn of(invitation: &Invitation) -> Self {
        let mut start = [0; START_BYTES];
        start.iter_mut().zip(invitation.fingerprint.0).for_each(|(to, from)| *to = from);
        Self { secret: invitation.secret.clone(), start: Hex(start) }
    }

    /// Writes the code: for the organizer's eyes and the invited one's mail.
    #[must_use]
    pub fn expose_code(&self) -> String {
        let digits = five_bits_each(&[self.secret.expose_bytes().as_slice(), &self.start.0].concat());
        let groups = digits.chunks(SAYING).enumerate().map(|(at, saying)| {
            let check = std::iter::once(check_digit(at + 1, saying));
            saying.iter().copied().chain(check).map(base32::digit).collect::<String>()
        });
        groups.collect::<Vec<String>>().join("-")
    }

    /// Reads a code as people type it: in lower case too, with blanks, hyphens and line breaks anywhere, O for
    /// 0, I and L for 1.
    ///
    /// # Errors
    /// [`CodeRefusal`], of a mistyped group with its number.
    pub fn parse(text: &str) -> Result<Self, CodeRefusal> {
        let typed = text.chars().filter(|c| !c.is_whitespace() && !is_between_groups(*c));
        let typed: Zeroizing<Vec<u8>> = Zeroizing::new(
            typed
                .enumerate()
                .map(|(at, c)| base32::value(c).ok_or(at / GROUP + 1))
                .collect::<Result<_, _>>()
                .map_err(CodeRefusal::Character)?,
        );
        if typed.len() != GROUPS * GROUP {
            return Err(CodeRefusal::Length(typed.len()));
        }
        let mut digits = Zeroizing::new(Vec::with_capacity(GROUPS * SAYING));
        for (at, group) in typed.chunks(GROUP).enumerate() {
            let (saying, check) = group.split_at(SAYING);
            if check != [check_digit(at + 1, saying)] {
                return Err(CodeRefusal::Group(at + 1));
            }
            digits.extend_from_slice(saying);
        }
        let bytes = eight_bits_each(&digits).ok_or(CodeRefusal::NotACode)?;
        let (secret, start) = bytes.split_first_chunk::<SECRET_BYTES>().ok_or(CodeRefusal::NotACode)?;
        let start = start.try_into().map_err(|_| CodeRefusal::NotACode)?;
        Ok(Self { secret: InvitationSecret::from_bytes(Zeroizing::new(*secret)), start: Hex(start) })
    }

    /// The invitation to a survey, if its fingerprint begins as the code says. From here on everything is
    /// checked as with a whole link.
    #[must_use]
    pub fn complete(self, base: String, survey: Hex<32>, fingerprint: Hex<32>) -> Option<Invitation> {
        let begins_so = fingerprint.0.starts_with(&self.start.0);
        begins_so.then_some(Invitation { base, survey, secret: self.secret, fingerprint })
    }
}

impl fmt::Debug for InvitationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InvitationCode(<private>)")
    }
}

/// What people and their programs put between groups.
const fn is_between_groups(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '—' | '.' | ',' | '·')
}

/// The sixth digit of a group: with its number g and digits d₁…d₅,
/// d₆ = α⁶·g + Σ α^(6−i)·dᵢ in GF(2⁵) = GF(2)\[α\]/(α⁵ + α² + 1).
///
/// One wrong digit, two that changed places, and two groups that changed places are always found: no power of
/// α below the 31st is 1, so no such change leaves the sum as it is.
fn check_digit(group: usize, saying: &[u8]) -> u8 {
    let number = u8::try_from(group).unwrap_or(0);
    times_alpha(saying.iter().fold(number, |sum, digit| times_alpha(sum) ^ digit))
}

/// Multiplies by α.
const fn times_alpha(value: u8) -> u8 {
    const MODULUS: u8 = 0b10_0101;
    let doubled = value << 1;
    if doubled & 0b10_0000 == 0 { doubled } else { doubled ^ MODULUS }
}

/// Bytes as numbers of five bits, most significant first, filled up with zero bits.
fn five_bits_each(bytes: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut digits = Zeroizing::new(Vec::with_capacity(bytes.len() * 8 / 5 + 1));
    let (mut held, mut bits) = (0u16, 0);
    for byte in bytes {
        held = (held << 8) | u16::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            digits.push(low_byte(held >> bits) & 31);
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        digits.push(low_byte(held << (5 - bits)) & 31);
    }
    digits
}

/// The reverse; nothing where a bit that fills up is not zero.
fn eight_bits_each(digits: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(digits.len() * 5 / 8));
    let (mut held, mut bits) = (0u16, 0);
    for digit in digits {
        held = (held << 5) | u16::from(*digit);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(low_byte(held >> bits));
        }
        held &= (1 << bits) - 1;
    }
    (held == 0).then_some(bytes)
}

const fn low_byte(value: u16) -> u8 {
    value.to_be_bytes()[1]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn invitation(secret: [u8; 16], fingerprint: [u8; 32]) -> Invitation {
        let secret = InvitationSecret::from_bytes(Zeroizing::new(secret));
        Invitation {
            base: "https://pay.example".into(),
            survey: Hex([7; 32]),
            secret,
            fingerprint: Hex(fingerprint),
        }
    }

    fn code() -> String {
        InvitationCode::of(&invitation(std::array::from_fn(|i| i as u8), [0xA7; 32])).expose_code()
    }

    #[test]
    fn a_code_is_nine_groups_of_six() {
        let code = code();
        let groups: Vec<&str> = code.split('-').collect();
        assert_eq!(groups.len(), 9);
        assert!(groups.iter().all(|group| group.len() == 6), "{code}");
    }

    proptest! {
        #[test]
        fn a_code_is_read_as_it_was_written(secret: [u8; 16], fingerprint: [u8; 32]) {
            let written = invitation(secret, fingerprint);
            let code = InvitationCode::of(&written).expose_code();
            let typed = code.to_lowercase().replace('0', "o").replace('1', "l").replace('-', " \n");
            let read = InvitationCode::parse(&typed).unwrap();
            let read = read.complete(written.base.clone(), written.survey, written.fingerprint).unwrap();
            prop_assert_eq!(read.expose_link(), written.expose_link());
        }

        #[test]
        fn a_wrong_digit_is_found_in_its_group(secret: [u8; 16], at in 0usize..54, other in 1u8..32) {
            let code = InvitationCode::of(&invitation(secret, [3; 32])).expose_code().replace('-', "");
            let mut digits: Vec<char> = code.chars().collect();
            digits[at] = base32::digit(base32::value(digits[at]).unwrap() ^ other);
            let typed: String = digits.into_iter().collect();
            prop_assert_eq!(InvitationCode::parse(&typed).unwrap_err(), CodeRefusal::Group(at / 6 + 1));
        }

        #[test]
        fn what_changed_places_is_found(secret: [u8; 16], one in 0usize..54, other in 0usize..54) {
            let code = InvitationCode::of(&invitation(secret, [3; 32])).expose_code().replace('-', "");
            let mut digits: Vec<char> = code.chars().collect();
            prop_assume!(digits[one] != digits[other]);
            digits.swap(one, other);
            prop_assert!(InvitationCode::parse(&digits.into_iter().collect::<String>()).is_err());
            let mut groups: Vec<&str> = code.as_bytes().chunks(6).map(|g| std::str::from_utf8(g).unwrap()).collect();
            prop_assume!(one / 6 != other / 6);
            groups.swap(one / 6, other / 6);
            prop_assert!(InvitationCode::parse(&groups.concat()).is_err());
        }
    }

    #[test]
    fn what_is_no_code_says_why() {
        let refused = |text: &str| InvitationCode::parse(text).unwrap_err();
        assert_eq!(refused(""), CodeRefusal::Length(0));
        assert_eq!(refused(&code()[..60]), CodeRefusal::Length(52));
        assert_eq!(refused(&format!("{}0", code())), CodeRefusal::Length(55));
        assert_eq!(refused("AAAAAA-AAAU"), CodeRefusal::Character(2));
        // The bit that fills up is set, and the check digit fits.
        let mut digits: Vec<u8> = code().chars().filter_map(base32::value).collect();
        digits[52] |= 1;
        digits[53] = check_digit(9, &digits[48..53]);
        let typed: String = digits.into_iter().map(base32::digit).collect();
        assert_eq!(refused(&typed), CodeRefusal::NotACode);
    }

    #[test]
    fn a_code_completes_only_a_survey_whose_fingerprint_begins_so() {
        let written = invitation([1; 16], [9; 32]);
        let complete = |fingerprint| {
            InvitationCode::of(&written).complete(String::new(), written.survey, Hex(fingerprint)).is_some()
        };
        let (mut first, mut late) = ([9; 32], [9; 32]);
        (first[11], late[12]) = (8, 8);
        assert!(complete([9; 32]) && complete(late));
        assert!(!complete(first));
    }

    #[test]
    fn debug_output_shows_nothing_of_it() {
        let parsed = InvitationCode::parse(&code()).unwrap();
        assert_eq!(format!("{parsed:?}"), "InvitationCode(<private>)");
    }
}
