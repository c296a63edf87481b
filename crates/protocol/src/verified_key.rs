//! A survey's Paillier key after its proof was checked, so that it need not be checked twice.

use crate::{Hex, ManifestRefusal, PaillierWire, digest};
use paillier::{KeyBits, KeyProof, PublicKey};

/// A Paillier key that was admitted and whose proof holds for one survey.
///
/// Checking takes a dozen exponentiations, some tenths of a second in a browser: too long for the thread
/// that draws a page. A worker of the page checks and hands its finding over; the page takes it over.
#[derive(Clone, Debug)]
pub struct VerifiedKey {
    key: PublicKey,
    finding: Hex<32>,
}

impl PaillierWire {
    /// Checks everything about the key but the computation server's word on it.
    ///
    /// # Errors
    /// [`ManifestRefusal::Paillier`].
    pub fn verify(&self, survey: &Hex<32>) -> Result<VerifiedKey, ManifestRefusal> {
        let key = PublicKey::admit(&self.n.0).map_err(|_| ManifestRefusal::Paillier)?;
        let proof = KeyProof::from_bytes(&self.proof.0).map_err(|_| ManifestRefusal::Paillier)?;
        proof.check(&key, &survey.0).map_err(|_| ManifestRefusal::Paillier)?;
        Ok(VerifiedKey { key, finding: self.finding(survey) })
    }

    /// The size that the key says it has, by its length.
    pub(crate) fn size(&self) -> Result<KeyBits, ManifestRefusal> {
        let bits = u32::try_from(self.n.0.len() * 8).map_err(|_| ManifestRefusal::Paillier)?;
        KeyBits::try_from(bits).map_err(|_| ManifestRefusal::Paillier)
    }

    /// What a finding is about: this number, this proof, this survey.
    fn finding(&self, survey: &Hex<32>) -> Hex<32> {
        Hex(digest("sealed-pay/v1/verified-key", &[&survey.0, &self.n.0, &self.proof.0]))
    }
}

impl VerifiedKey {
    /// The key.
    #[must_use]
    pub const fn key(&self) -> &PublicKey {
        &self.key
    }

    /// The finding, for another thread of this same program.
    #[must_use]
    pub const fn hand_over(&self) -> Hex<32> {
        self.finding
    }

    /// Takes over what [`VerifiedKey::hand_over`] gave in another thread of this same program, as a page
    /// from its own worker. It keeps one key's finding from being taken for another's; it is no proof:
    /// never take one from anywhere else.
    ///
    /// # Errors
    /// [`ManifestRefusal::Paillier`] if it is about another key, proof or survey.
    pub fn take_over(
        wire: &PaillierWire,
        survey: &Hex<32>,
        finding: &Hex<32>,
    ) -> Result<Self, ManifestRefusal> {
        if *finding != wire.finding(survey) {
            return Err(ManifestRefusal::Paillier);
        }
        let key = PublicKey::readmit(&wire.n.0).map_err(|_| ManifestRefusal::Paillier)?;
        Ok(Self { key, finding: *finding })
    }

    /// The key as it stands there, its proof unread: see [`Manifest::assume`](crate::Manifest::assume).
    pub(crate) fn assume(wire: &PaillierWire, survey: &Hex<32>) -> Result<Self, ManifestRefusal> {
        let key = PublicKey::readmit(&wire.n.0).map_err(|_| ManifestRefusal::Paillier)?;
        Ok(Self { key, finding: wire.finding(survey) })
    }

    pub(crate) fn is_about(&self, wire: &PaillierWire, survey: &Hex<32>) -> bool {
        self.finding == wire.finding(survey)
    }
}
