//! Invitations: a link whose fragment never reaches a server.

use crate::address::Address;
use crate::{Hex, SigningKey};
use hkdf::Hkdf;
use rand_core::CryptoRng;
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroizing;

/// Why a text is no invitation link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvitationRefusal {
    /// Not a link of ours.
    #[error("this is not an invitation link")]
    NotALink,
    /// The part after `#` is missing or cut, as some mail gateways do.
    #[error("the end of the link, after the # sign, is missing or cut")]
    CutFragment,
}

/// The 128 random bits of an invitation. Redacted in `Debug`.
#[derive(Clone)]
pub struct InvitationSecret(Zeroizing<[u8; 16]>);

impl InvitationSecret {
    /// Draws a secret.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = Zeroizing::new([0; 16]);
        rng.fill_bytes(&mut *bytes);
        Self(bytes)
    }

    pub(crate) const fn from_bytes(bytes: Zeroizing<[u8; 16]>) -> Self {
        Self(bytes)
    }

    pub(crate) const fn expose_bytes(&self) -> &Zeroizing<[u8; 16]> {
        &self.0
    }

    /// The invitation key: Ed25519 of the seed HKDF-SHA-256(ikm = secret, salt = survey id,
    /// info = "sealed-pay/v1/invitation-key", 32 bytes). Its only power is to enrol, once.
    #[must_use]
    pub fn derive_key(&self, survey: &Hex<32>) -> SigningKey {
        let mut seed = Zeroizing::new([0; 32]);
        let expanded = Hkdf::<Sha256>::new(Some(&survey.0), self.0.as_slice())
            .expand(b"sealed-pay/v1/invitation-key", &mut *seed);
        debug_assert!(expanded.is_ok(), "32 bytes are never too many for HKDF-SHA-256");
        SigningKey::from_seed(&seed)
    }
}

impl fmt::Debug for InvitationSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InvitationSecret(<private>)")
    }
}

/// What a link says: `{base}/take-part/{survey id}#{secret}.{fingerprint}`.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Where the page, or the data server itself, is reached; no trailing slash.
    pub base: String,
    /// The survey's id.
    pub survey: Hex<32>,
    /// The secret part.
    pub secret: InvitationSecret,
    /// The fingerprint that the manifest must have.
    pub fingerprint: Hex<32>,
}

/// What stands before the `#` of a link: all that is left where a mail program cut the rest off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkAddress {
    /// As in [`Invitation`].
    pub base: String,
    /// The survey's id.
    pub survey: Hex<32>,
}

impl LinkAddress {
    /// Reads it; whatever stands behind a `#` is not looked at.
    ///
    /// # Errors
    /// [`InvitationRefusal::NotALink`].
    pub fn parse(link: &str) -> Result<Self, InvitationRefusal> {
        let address = link.trim().split('#').next().unwrap_or_default();
        let (base, survey) = address.rsplit_once("/take-part/").ok_or(InvitationRefusal::NotALink)?;
        let survey = Hex::parse(survey.trim_end_matches('/')).ok_or(InvitationRefusal::NotALink)?;
        Address::parse(base).ok_or(InvitationRefusal::NotALink)?;
        Ok(Self { base: base.to_owned(), survey })
    }
}

impl Invitation {
    /// Reads a link.
    ///
    /// # Errors
    /// [`InvitationRefusal`].
    pub fn parse(link: &str) -> Result<Self, InvitationRefusal> {
        let LinkAddress { base, survey } = LinkAddress::parse(link)?;
        let (_, fragment) = link.trim().split_once('#').unwrap_or_default();
        let (secret, fingerprint) = fragment.split_once('.').ok_or(InvitationRefusal::CutFragment)?;
        let secret = Hex::<16>::parse(secret).ok_or(InvitationRefusal::CutFragment)?;
        Ok(Self {
            base,
            survey,
            secret: InvitationSecret(Zeroizing::new(secret.0)),
            fingerprint: Hex::parse(fingerprint).ok_or(InvitationRefusal::CutFragment)?,
        })
    }

    /// Writes the link, secret included: for the organizer's eyes and the invited one's mail.
    #[must_use]
    pub fn expose_link(&self) -> String {
        let Self { base, survey, secret, fingerprint } = self;
        format!("{base}/take-part/{survey}#{}.{fingerprint}", Hex(*secret.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    fn invitation() -> Invitation {
        let secret = InvitationSecret::generate(&mut ChaCha20Rng::seed_from_u64(3));
        let base = "https://pay.example/x".to_owned();
        Invitation { base, survey: Hex([7; 32]), secret, fingerprint: Hex([8; 32]) }
    }

    #[test]
    fn a_link_is_read_as_it_was_written() {
        let written = invitation();
        let read = Invitation::parse(&format!(" {}\n", written.expose_link())).unwrap();
        assert_eq!(read.base, written.base);
        assert_eq!((read.survey, read.fingerprint), (written.survey, written.fingerprint));
        let keys = [read, written].map(|i| i.secret.derive_key(&i.survey).verifying_key());
        assert_eq!(keys[0], keys[1]);
    }

    #[test]
    fn a_cut_link_says_that_it_was_cut() {
        let link = invitation().expose_link();
        let (address, _) = link.split_once('#').unwrap();
        let left = LinkAddress { base: invitation().base, survey: invitation().survey };
        assert_eq!(LinkAddress::parse(address), Ok(left.clone()));
        assert_eq!(LinkAddress::parse(&format!("{address}/#0001")), Ok(left));
        assert_eq!(Invitation::parse(address).unwrap_err(), InvitationRefusal::CutFragment);
        assert_eq!(Invitation::parse(&link[..link.len() - 1]).unwrap_err(), InvitationRefusal::CutFragment);
        assert_eq!(Invitation::parse("hello").unwrap_err(), InvitationRefusal::NotALink);
    }

    #[test]
    fn the_secret_is_in_the_fragment_only_and_never_in_debug() {
        let invitation = invitation();
        let link = invitation.expose_link();
        let secret = hex::encode(*invitation.secret.0);
        assert!(!link.split_once('#').unwrap().0.contains(&secret));
        assert!(!format!("{invitation:?}").contains(&secret));
    }

    #[test]
    fn another_survey_has_another_key() {
        let secret = invitation().secret;
        let keys = [1u8, 2].map(|i| secret.derive_key(&Hex([i; 32])).verifying_key());
        assert_ne!(keys[0], keys[1]);
    }
}
