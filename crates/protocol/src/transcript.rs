//! The one form of everything that is hashed or signed.

use sha2::{Digest, Sha256};

/// LP(domain) ‖ LP(field) ‖ …, with LP(x) = u32_be(length of x) ‖ x.
///
/// The domain names the purpose; every message has the survey's fingerprint, or its id before there is a
/// fingerprint, among its fields, so that nothing said in one place means anything in another.
#[must_use]
pub fn message(domain: &str, fields: &[&[u8]]) -> Vec<u8> {
    let total: usize = fields.iter().map(|f| f.len() + 4).sum();
    let mut bytes = Vec::with_capacity(4 + domain.len() + total);
    for part in std::iter::once(domain.as_bytes()).chain(fields.iter().copied()) {
        bytes.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}

/// SHA-256 of [`message`].
#[must_use]
pub fn digest(domain: &str, fields: &[&[u8]]) -> [u8; 32] {
    Sha256::digest(message(domain, fields)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_cannot_run_into_each_other() {
        assert_eq!(message("d", &[b"ab"]), [0, 0, 0, 1, b'd', 0, 0, 0, 2, b'a', b'b']);
        assert_ne!(message("d", &[b"ab", b""]), message("d", &[b"a", b"b"]));
        assert_ne!(digest("d", &[b"a"]), digest("e", &[b"a"]));
    }
}
