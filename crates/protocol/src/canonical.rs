//! The one encoding of a document that is hashed or signed: JSON by the rules of RFC 8785 (JCS).
//!
//! Documents hold objects, arrays, strings, booleans and integers below 2⁵³ only, so that any JSON library
//! with sorted keys and no white space produces the same bytes.

use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned, de::Error as _};
use std::collections::BTreeMap;
use std::fmt;

/// The largest integer of a document: every JSON library holds it exactly.
pub const MAX_INTEGER: u64 = (1 << 53) - 1;

/// Why bytes are not the canonical encoding of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CanonicalRefusal {
    /// Not JSON of the expected shape; unknown and doubled fields included.
    #[error("not a document of the expected shape")]
    Malformed,
    /// The same document in another spelling.
    #[error("not in canonical form")]
    NotCanonical,
}

/// Encodes a document. A document that cannot be encoded, such as one with an integer above [`MAX_INTEGER`],
/// has the empty encoding, which no parser accepts.
#[must_use]
pub fn encode<T: Serialize>(document: &T) -> Vec<u8> {
    let encodable = serde_json::to_value(document).is_ok_and(|value| is_safe(&value));
    if encodable { serde_json_canonicalizer::to_vec(document).unwrap_or_default() } else { Vec::new() }
}

fn is_safe(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Number(number) => number.as_u64().is_some_and(|n| n <= MAX_INTEGER),
        serde_json::Value::Array(items) => items.iter().all(is_safe),
        serde_json::Value::Object(members) => members.values().all(is_safe),
        serde_json::Value::Null => false,
        serde_json::Value::Bool(_) | serde_json::Value::String(_) => true,
    }
}

/// Reads an integer up to [`MAX_INTEGER`]; beyond, two numbers could have one encoding.
///
/// # Errors
/// For anything else.
pub fn integer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let number = u64::deserialize(deserializer)?;
    if number <= MAX_INTEGER { Ok(number) } else { Err(D::Error::custom("an integer is too large")) }
}

/// Reads a field that may be absent, and is never `null`.
///
/// # Errors
/// For `null`, and where the value is not what is expected.
pub fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// Reads an integer that may be absent; see [`integer`].
///
/// # Errors
/// See [`integer`].
pub fn present_integer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    integer(deserializer).map(Some)
}

/// Reads an object of texts in which no key stands twice.
///
/// # Errors
/// For a doubled key.
pub fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, String>, D::Error> {
    struct Visitor;
    impl<'de> serde::de::Visitor<'de> for Visitor {
        type Value = BTreeMap<String, String>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object of texts without doubled keys")
        }

        fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut texts = BTreeMap::new();
            while let Some((key, text)) = map.next_entry()? {
                if texts.insert(key, text).is_some() {
                    return Err(A::Error::custom("a key stands twice"));
                }
            }
            Ok(texts)
        }
    }
    deserializer.deserialize_map(Visitor)
}

/// Decodes a document and refuses every spelling but the canonical one.
///
/// # Errors
/// [`CanonicalRefusal`].
pub fn decode<T: Serialize + DeserializeOwned>(bytes: &[u8]) -> Result<T, CanonicalRefusal> {
    let document: T = serde_json::from_slice(bytes).map_err(|_| CanonicalRefusal::Malformed)?;
    if encode(&document) == bytes { Ok(document) } else { Err(CanonicalRefusal::NotCanonical) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Serialize, Deserialize, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Doc {
        b: u64,
        a: String,
    }

    #[derive(Serialize, Deserialize)]
    struct Strict {
        #[serde(deserialize_with = "integer")]
        n: u64,
        #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
        maybe: Option<String>,
        #[serde(deserialize_with = "texts")]
        texts: BTreeMap<String, String>,
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_not_read() {
        let read = |text: &str| serde_json::from_str::<Strict>(text).is_ok();
        assert!(read(r#"{"n":9007199254740991,"texts":{"a":"b"}}"#));
        assert!(!read(r#"{"n":9007199254740992,"texts":{}}"#), "two numbers with one encoding");
        assert!(!read(r#"{"n":1,"maybe":null,"texts":{}}"#), "null for absent");
        assert!(!read(r#"{"n":1,"texts":{"a":"b","a":"c"}}"#), "a doubled key");
    }

    #[test]
    fn a_document_with_too_large_an_integer_has_no_encoding() {
        let strict = |n| Strict { n, maybe: None, texts: BTreeMap::new() };
        assert!(encode(&strict(MAX_INTEGER + 1)).is_empty());
        assert!(!encode(&strict(MAX_INTEGER)).is_empty());
    }

    #[test]
    fn keys_are_sorted_and_other_spellings_refused() {
        let doc = Doc { b: 7, a: "é\n\u{1}/".into() };
        let bytes = encode(&doc);
        assert_eq!(String::from_utf8(bytes.clone()).unwrap(), "{\"a\":\"é\\n\\u0001/\",\"b\":7}");
        assert_eq!(decode::<Doc>(&bytes), Ok(doc));
        let refused = |text: &str| decode::<Doc>(text.as_bytes()).unwrap_err();
        assert_eq!(refused(r#"{"a":"x", "b":7}"#), CanonicalRefusal::NotCanonical);
        assert_eq!(refused(r#"{"b":7,"a":"x"}"#), CanonicalRefusal::NotCanonical);
        assert_eq!(refused(r#"{"a":"x","a":"y","b":7}"#), CanonicalRefusal::Malformed);
        assert_eq!(refused(r#"{"a":"x","b":7,"c":1}"#), CanonicalRefusal::Malformed);
        assert_eq!(refused(r#"{"a":"x","b":7.0}"#), CanonicalRefusal::Malformed);
    }
}
