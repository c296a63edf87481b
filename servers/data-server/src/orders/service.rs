//! Checks an order, keeps it, hands it on, and carries it out once the computation server has taken it.

use protocol::{Hex, Order, OrderKind, Problem, Roster, Signed, SurveyState, canonical};

use crate::app::{App, OpenSurvey, internal};
use crate::peer::PeerFailure;
use crate::store::{OrderEffect, OrderOutcome, PendingOrder, Settled, StoredOrder};

/// A key in hexadecimal, with quotation marks, comma and what white space one may put there.
const KEY_BYTES: usize = 70;
/// Everything else of an order.
const REST_BYTES: usize = 1024;

/// How large an order of this survey may be. Asked before anything is read.
pub(crate) async fn limit(app: &App, id: Hex<32>) -> Result<usize, Problem> {
    let keys = usize::try_from(app.survey(id).await?.manifest.manifest().max_reporters);
    Ok(keys.unwrap_or(usize::MAX).saturating_mul(KEY_BYTES).saturating_add(REST_BYTES))
}

/// Takes an order, or finds it carried out.
pub(crate) async fn take(app: &App, id: Hex<32>, signed: Signed<Order>) -> Result<(), Problem> {
    let survey = app.survey(id).await?;
    let manifest = &survey.manifest;
    let order =
        signed.verify(manifest.fingerprint(), manifest.organizer()).map_err(|_| Problem::WrongSignature)?;
    let now_s = app.now_s();
    let effect = effect(&order.order)?;
    refuse_early_close(&survey, &effect, now_s)?;
    let (sequence, document) = (order.sequence, canonical::encode(&signed));
    let pending = PendingOrder { sequence, document: document.clone(), effect };
    match app.store.put_order(id, pending, now_s).await.map_err(internal)? {
        OrderOutcome::Kept => forward(app, StoredOrder { survey: id, sequence, document }).await,
        OrderOutcome::CarriedOut => Ok(()),
        OrderOutcome::OutOfSequence => Err(Problem::OrderOutOfSequence),
        OrderOutcome::Roster => Err(Problem::RosterRefused),
        OrderOutcome::Enrolled => Err(Problem::AlreadyEnrolled),
        OrderOutcome::Unknown => Err(Problem::InvitationUnknown),
        OrderOutcome::Closed => Err(Problem::SurveyClosed),
        OrderOutcome::NotClosed => Err(Problem::SurveyNotClosed),
    }
}

fn refuse_early_close(survey: &OpenSurvey, effect: &OrderEffect, now_s: u64) -> Result<(), Problem> {
    let early = now_s < survey.manifest.manifest().closes_not_before;
    let closes = *effect == OrderEffect::Close && survey.state(now_s) == SurveyState::Open;
    if early && closes { Err(Problem::TooEarly) } else { Ok(()) }
}

fn effect(kind: &OrderKind) -> Result<OrderEffect, Problem> {
    let admit = |keys: &Vec<Hex<32>>| {
        let roster = Roster::admit(keys.clone()).map_err(|_| Problem::RosterRefused)?;
        Ok::<_, Problem>(roster.keys().to_vec())
    };
    Ok(match kind {
        OrderKind::Invite { keys } => OrderEffect::Invite(admit(keys)?),
        OrderKind::Revoke { keys } => OrderEffect::Revoke(admit(keys)?),
        OrderKind::Close {} => OrderEffect::Close,
        OrderKind::Release {} => OrderEffect::Release,
    })
}

/// Hands a kept order on and carries it out; also in the background.
pub(crate) async fn forward(app: &App, order: StoredOrder) -> Result<(), Problem> {
    let signed: Signed<Order> = serde_json::from_slice(&order.document).map_err(|_| Problem::Internal)?;
    match app.peer.order(&order.survey, order.document.clone()).await {
        Ok(()) => {}
        Err(PeerFailure::Refused(problem)) => {
            app.store.drop_order(order).await.map_err(internal)?;
            return Err(problem);
        }
        Err(failure) => return Err(failure.into()),
    }
    let effect = effect(&signed.body.order)?;
    let release = effect == OrderEffect::Release;
    if app.store.apply_order(order, effect).await.map_err(internal)? == Settled::Gone {
        return Err(Problem::PeerUnavailable);
    }
    if release {
        app.wake.notify_one();
    }
    Ok(())
}
