//! Orders: numbered, signed, and repeated unchanged until they are acknowledged.

use crate::invitations::Drawn;
use crate::{InvitationsRefusal, OrganizerState};
use protocol::{Order, OrderKind, Signed};
use rand_core::CryptoRng;

/// Why no order is made. Nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrderRefusal {
    /// The survey is not open yet.
    #[error("the survey was not opened yet")]
    NotOpened,
    /// Another order was made and not acknowledged: it is sent first.
    #[error("an earlier order was not acknowledged yet; it is sent first")]
    Pending,
    /// The labels.
    #[error(transparent)]
    Invitations(#[from] InvitationsRefusal),
    /// More invitations than reporters.
    #[error("there are more invitations than the survey may have reporters")]
    TooMany,
}

impl OrganizerState {
    /// Signs the next order. Store the state, send the order, then call [`OrganizerState::acknowledged`].
    /// The same order again, while it is pending, is the same bytes.
    ///
    /// # Errors
    /// [`OrderRefusal`].
    pub fn order(&mut self, order: OrderKind) -> Result<Signed<Order>, OrderRefusal> {
        let fingerprint =
            self.fingerprint().filter(|_| self.opened.is_some()).ok_or(OrderRefusal::NotOpened)?;
        if let Some(pending) = &self.pending {
            let same = pending.body.order == order;
            return if same { Ok(pending.clone()) } else { Err(OrderRefusal::Pending) };
        }
        let body = Order { fingerprint, sequence: self.sequence + 1, order };
        Ok(self.pending.insert(Signed::sign(body, &self.key())).clone())
    }

    /// The pending order was answered with 204.
    pub fn acknowledged(&mut self) {
        if let Some(done) = self.pending.take() {
            self.sequence = done.body.sequence;
        }
    }

    /// The servers count otherwise (an older state file was restored): the pending order is numbered anew.
    pub fn renumber(&mut self, next_sequence: u32) {
        self.sequence = next_sequence.saturating_sub(1);
        if let Some(Signed { body, .. }) = self.pending.take() {
            let body = Order { sequence: next_sequence, ..body };
            self.pending = Some(Signed::sign(body, &self.key()));
        }
    }

    /// Draws more invitations and orders them.
    ///
    /// # Errors
    /// [`OrderRefusal`].
    pub fn invite(
        &mut self,
        labels: &[String],
        base: &str,
        rng: &mut impl CryptoRng,
    ) -> Result<Signed<Order>, OrderRefusal> {
        let fingerprint = self.fingerprint().ok_or(OrderRefusal::NotOpened)?;
        if self.pending.is_some() {
            return Err(OrderRefusal::Pending);
        }
        if self.invitations.len() + labels.len() > self.plan.max_reporters as usize {
            return Err(OrderRefusal::TooMany);
        }
        let drawn = Drawn::draw(&self.survey(), labels, &self.invitations, rng)?;
        let order = self.order(OrderKind::Invite { keys: drawn.sorted_keys() })?;
        self.invitations.extend(drawn.into_records(base, self.survey(), fingerprint));
        Ok(order)
    }
}
