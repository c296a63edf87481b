//! The shape of a file of known answers. Unknown and missing fields are errors.

use num_bigint::BigUint;
use serde::{Deserialize, Deserializer, de};

/// A whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    /// Which program made it.
    #[serde(rename = "source")]
    pub(crate) _source: String,
    pub(crate) cases: Vec<Case>,
}

/// Everything about one key.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    pub(crate) bits: u32,
    pub(crate) n: Hex,
    pub(crate) p: Hex,
    pub(crate) q: Hex,
    pub(crate) encryptions: Vec<Encryption>,
    pub(crate) sum_of_first_five: Sum,
    pub(crate) scaled: Scaled,
    pub(crate) bad_ciphertexts: Vec<Bad>,
}

/// c = (1 + m·n)·rⁿ mod n².
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Encryption {
    pub(crate) m: Hex,
    pub(crate) r: Hex,
    pub(crate) c: Hex,
}

/// The product of the first five ciphertexts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sum {
    pub(crate) c: Hex,
    pub(crate) m: Hex,
}

/// One of the ciphertexts, to the power k.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scaled {
    pub(crate) c_index: usize,
    pub(crate) k: u64,
    pub(crate) c: Hex,
    pub(crate) m: Hex,
}

/// What must be refused, and for which reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bad {
    pub(crate) c: Hex,
    pub(crate) why: String,
}

/// A number in lower-case hexadecimal digits without leading zeros.
pub(crate) struct Hex(pub(crate) BigUint);

impl<'de> Deserialize<'de> for Hex {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let number =
            BigUint::parse_bytes(text.as_bytes(), 16).filter(|number| number.to_str_radix(16) == text);
        number.map(Self).ok_or_else(|| de::Error::custom("not a number in lower-case hexadecimal digits"))
    }
}

/// Bytes, two lower-case hexadecimal digits each.
pub(crate) struct Bytes(pub(crate) Vec<u8>);

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = hex::decode(&text).ok().filter(|bytes| hex::encode(bytes) == text);
        bytes.map(Self).ok_or_else(|| de::Error::custom("not bytes in lower-case hexadecimal digits"))
    }
}
