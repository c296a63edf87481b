//! The one encoding of a document that is hashed or signed: JSON by the rules of RFC 8785 (JCS).
//!
//! Documents hold objects, arrays, strings, booleans and integers below 2⁵³ only, so that any JSON library
//! with sorted keys and no white space produces the same bytes.

use serde::{Serialize, de::DeserializeOwned};

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

/// Encodes a document. A document that cannot be encoded (none of ours) has the empty encoding, which no
/// parser accepts.
#[must_use]
pub fn encode<T: Serialize>(document: &T) -> Vec<u8> {
    serde_json_canonicalizer::to_vec(document).unwrap_or_default()
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
