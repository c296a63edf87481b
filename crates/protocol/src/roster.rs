//! The roster: the invitation keys of a survey, sorted, without labels.

use crate::{Hex, KeyRefusal, VerifyingKey, digest};

/// Why a list of keys is no roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RosterRefusal {
    /// Not strictly ascending: unsorted, or a key twice.
    #[error("invitation keys are not sorted, or one stands twice")]
    NotSorted,
    /// A key that is none.
    #[error("an invitation key is refused: {0}")]
    Key(KeyRefusal),
}

/// Admitted invitation keys in ascending order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster(Vec<Hex<32>>);

impl Roster {
    /// Admits a list.
    ///
    /// # Errors
    /// [`RosterRefusal`].
    pub fn admit(keys: Vec<Hex<32>>) -> Result<Self, RosterRefusal> {
        if !keys.is_sorted_by(|a, b| a < b) {
            return Err(RosterRefusal::NotSorted);
        }
        for key in &keys {
            VerifyingKey::admit(*key).map_err(RosterRefusal::Key)?;
        }
        Ok(Self(keys))
    }

    /// The keys, ascending.
    #[must_use]
    pub fn keys(&self) -> &[Hex<32>] {
        &self.0
    }

    /// SHA-256 of LP("sealed-pay/v1/roster") ‖ LP(survey id) ‖ LP(key) for each key.
    #[must_use]
    pub fn root(&self, survey: &Hex<32>) -> Hex<32> {
        let fields: Vec<&[u8]> =
            std::iter::once(survey.0.as_slice()).chain(self.0.iter().map(|k| k.0.as_slice())).collect();
        Hex(digest("sealed-pay/v1/roster", &fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SigningKey;

    #[test]
    fn small_order_roster_key() {
        let mut identity = [0; 32];
        identity[0] = 1;
        let refused = Roster::admit(vec![Hex(identity)]);
        assert_eq!(refused, Err(RosterRefusal::Key(KeyRefusal::SmallOrder)));
    }

    #[test]
    fn a_key_twice_or_out_of_order_is_refused() {
        let mut keys: Vec<_> =
            (1..4).map(|i| SigningKey::from_seed(&[i; 32]).verifying_key().to_hex()).collect();
        keys.sort();
        assert!(Roster::admit(keys.clone()).is_ok());
        assert_eq!(Roster::admit(vec![keys[0], keys[0]]), Err(RosterRefusal::NotSorted));
        assert_eq!(Roster::admit(vec![keys[1], keys[0]]), Err(RosterRefusal::NotSorted));
    }
}
