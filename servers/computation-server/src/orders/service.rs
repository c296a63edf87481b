//! What an order must be before it is carried out.

use protocol::{Document, Hex, Order, OrderKind, Problem, Roster, Signed};

use crate::fault::Fault;
use crate::state::State;
use crate::store::{OrderOutcome, StoredOrder, StoredOrderKind};
use crate::surveys;

/// Carries out the next order; the last one again changes nothing.
pub(crate) async fn carry_out(state: &State, id: Hex<32>, signed: Signed<Order>) -> Result<(), Fault> {
    let survey = surveys::service::find(state, id).await?;
    let order = signed
        .verify(survey.fingerprint(), survey.manifest.organizer())
        .map_err(|_| Problem::WrongSignature)?;
    let kind = match &order.order {
        OrderKind::Invite { keys } => StoredOrderKind::Invite(invitation_keys(keys)?),
        OrderKind::Revoke { keys } => StoredOrderKind::Revoke(invitation_keys(keys)?),
        OrderKind::Close {} => StoredOrderKind::Close,
        OrderKind::Release {} => StoredOrderKind::Release,
    };
    let order = StoredOrder { sequence: order.sequence, hash: order.hash(), kind };
    Err(match state.store.order(id, order, state.now_s()).await? {
        OrderOutcome::Done => return Ok(()),
        OrderOutcome::OutOfSequence => Problem::OrderOutOfSequence,
        OrderOutcome::Closed => Problem::SurveyClosed,
        OrderOutcome::NotClosed => Problem::SurveyNotClosed,
        OrderOutcome::TooEarly => Problem::TooEarly,
        OrderOutcome::RosterRefused => Problem::RosterRefused,
        OrderOutcome::UnknownInvitation => Problem::InvitationUnknown,
        OrderOutcome::Enrolled => Problem::AlreadyEnrolled,
        OrderOutcome::NoSurvey => Problem::UnknownSurvey,
    }
    .into())
}

fn invitation_keys(keys: &[Hex<32>]) -> Result<Vec<Hex<32>>, Fault> {
    let roster = Roster::admit(keys.to_vec()).map_err(|_| Problem::RosterRefused)?;
    if keys.is_empty() { Err(Problem::RosterRefused.into()) } else { Ok(roster.keys().to_vec()) }
}
