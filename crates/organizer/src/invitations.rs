//! Invitations: from labels to secrets, keys and links.

use protocol::{Hex, Invitation, InvitationCode, InvitationSecret, Roster};
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// Why labels do not become invitations.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvitationsRefusal {
    /// Nobody to invite.
    #[error("there is nobody to invite")]
    None,
    /// A label that is empty, too long or holds control characters.
    #[error("invitation {0} has no usable label: one line of 1 to 200 characters")]
    Label(usize),
    /// One label twice: nobody could tell the two apart.
    #[error("invitation {0} has the label of an earlier one")]
    Doubled(usize),
}

/// One invitation. `Debug` shows neither the link nor the label.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvitationRecord {
    /// The organizer's own words for the invited one; told to the data server only.
    pub label: String,
    /// Public half of the invitation key.
    pub invitation_key: Hex<32>,
    /// The link, secret included: for the invited one alone.
    pub link: String,
}

impl InvitationRecord {
    /// The link's code, for whoever gets it without its end: as secret as the link. Nothing for a record
    /// whose link was changed by hand.
    #[must_use]
    pub fn expose_code(&self) -> Option<String> {
        let invitation = Invitation::parse(&self.link).ok()?;
        Some(InvitationCode::of(&invitation).expose_code())
    }
}

impl fmt::Debug for InvitationRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InvitationRecord {{ invitation_key: {}, <private> }}", self.invitation_key)
    }
}

const MAX_LABEL_CHARS: usize = 200;

/// Secrets drawn for labels, before there is a fingerprint to put into links.
pub(crate) struct Drawn {
    labels: Vec<String>,
    secrets: Vec<InvitationSecret>,
    keys: Vec<Hex<32>>,
}

impl Drawn {
    pub(crate) fn draw(
        survey: &Hex<32>,
        labels: &[String],
        taken: &[InvitationRecord],
        rng: &mut impl CryptoRng,
    ) -> Result<Self, InvitationsRefusal> {
        let labels = check_labels(labels, taken)?;
        let secrets: Vec<InvitationSecret> = labels.iter().map(|_| InvitationSecret::generate(rng)).collect();
        let keys = secrets.iter().map(|s| s.derive_key(survey).verifying_key().to_hex()).collect();
        Ok(Self { labels, secrets, keys })
    }

    /// The public keys, ascending.
    pub(crate) fn sorted_keys(&self) -> Vec<Hex<32>> {
        let mut keys = self.keys.clone();
        keys.sort_unstable();
        keys
    }

    /// The keys as a roster; freshly drawn keys always are one.
    pub(crate) fn roster(&self) -> Roster {
        Roster::admit(self.sorted_keys()).unwrap_or_default()
    }

    /// Writes the links.
    pub(crate) fn into_records(
        self,
        base: &str,
        survey: Hex<32>,
        fingerprint: Hex<32>,
    ) -> Vec<InvitationRecord> {
        let record = |((label, secret), invitation_key)| {
            let link = Invitation { base: base.to_owned(), survey, secret, fingerprint }.expose_link();
            InvitationRecord { label, invitation_key, link }
        };
        self.labels.into_iter().zip(self.secrets).zip(self.keys).map(record).collect()
    }
}

fn check_labels(labels: &[String], taken: &[InvitationRecord]) -> Result<Vec<String>, InvitationsRefusal> {
    if labels.is_empty() {
        return Err(InvitationsRefusal::None);
    }
    let mut seen: BTreeSet<String> = taken.iter().map(|record| record.label.clone()).collect();
    let mut checked = Vec::with_capacity(labels.len());
    for (position, label) in labels.iter().enumerate() {
        let label = label.trim();
        let fits = (1..=MAX_LABEL_CHARS).contains(&label.chars().count());
        if !fits || label.chars().any(char::is_control) {
            return Err(InvitationsRefusal::Label(position + 1));
        }
        if !seen.insert(label.to_owned()) {
            return Err(InvitationsRefusal::Doubled(position + 1));
        }
        checked.push(label.to_owned());
    }
    Ok(checked)
}
