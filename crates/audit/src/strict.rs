//! Reading what can be read in one way only: no field twice, none unknown, nothing that is left unsaid.

use protocol::{Bundle, ServerKeys};
use serde::de::{DeserializeOwned, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use std::fmt;

/// Why bytes are no such document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Not JSON of the expected shape.
    #[error("not a document of the expected shape: {0}")]
    Shape(String),
    /// Another format or version.
    #[error("another format, or a version that is not known here")]
    Format,
}

/// Reads a bundle. White space and the order of keys do not matter; everything else does.
///
/// # Errors
/// [`Unreadable`].
pub fn read_bundle(bytes: &[u8]) -> Result<Bundle, Unreadable> {
    let bundle: Bundle = read(bytes)?;
    if bundle.format == Bundle::FORMAT { Ok(bundle) } else { Err(Unreadable::Format) }
}

/// Reads two servers' keys.
///
/// # Errors
/// [`Unreadable`].
pub fn read_server_keys(bytes: &[u8]) -> Result<ServerKeys, Unreadable> {
    let keys: ServerKeys = read(bytes)?;
    if keys.format == ServerKeys::FORMAT { Ok(keys) } else { Err(Unreadable::Format) }
}

/// Without what moves a terminal's cursor or hides text: errors repeat names of fields that a stranger wrote.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// Reads, writes again, and compares: what does not come back was never read.
fn read<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Result<T, Unreadable> {
    let shape = |error: serde_json::Error| Unreadable::Shape(plain(&error.to_string()));
    let Strict(value) = serde_json::from_slice(bytes).map_err(shape)?;
    let document: T = serde_json::from_value(value.clone()).map_err(shape)?;
    let again = serde_json::to_value(&document).map_err(shape)?;
    if again == value {
        Ok(document)
    } else {
        Err(Unreadable::Shape("a value in another spelling".to_owned()))
    }
}

/// A JSON value of objects without doubled keys, arrays, strings, booleans, and integers from 0 to 2⁵³ − 1.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Strict;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object, array, text, truth value or whole number up to 2^53 - 1")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Strict, E> {
        Ok(Strict(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Strict, E> {
        if value <= protocol::canonical::MAX_INTEGER {
            Ok(Strict(value.into()))
        } else {
            Err(E::custom("an integer is too large"))
        }
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Strict, E> {
        Ok(Strict(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Strict, A::Error> {
        let mut list = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Strict(list.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Strict, A::Error> {
        let mut object = Map::new();
        while let Some((key, Strict(value))) = members.next_entry::<String, Strict>()? {
            if object.insert(key, value).is_some() {
                return Err(A::Error::custom("a key stands twice"));
            }
        }
        Ok(Strict(object.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_be_read_in_two_ways_is_not_read() {
        let reads = |text: &str| serde_json::from_str::<Strict>(text).is_ok();
        assert!(reads(r#" { "b" : [ 1, true, "x", {} ], "a" : 9007199254740991 } "#));
        for text in ["null", "-1", "1.0", "1e3", "9007199254740992", r#"{"a":1,"a":1}"#, "1 2", ""] {
            assert!(!reads(text), "{text}");
        }
    }
}
