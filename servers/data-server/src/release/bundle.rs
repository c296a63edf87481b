//! The audit bundle of a released survey: everything public about it, out of what is kept anyway.

use std::collections::BTreeSet;

use protocol::peer::Agreement;
use protocol::{
    Bundle, ConfirmedEnrolment, Enrolled, HeldList, Hex, Order, OrderKind, Problem, ReleasedDocument, Signed,
};
use serde::de::DeserializeOwned;

use crate::app::{App, internal};
use crate::store::Trail;
use crate::surveys;

/// Composes it; the same survey always has the same one.
pub(crate) async fn bundle(app: &App, id: Hex<32>) -> Result<Bundle, Problem> {
    let survey = surveys::show(app, id).await?;
    let ending = app.store.ending(id).await.map_err(internal)?.ok_or(Problem::NotReleased)?;
    let result = ending.result.ok_or(Problem::NotReleased)?;
    let ReleasedDocument::Released { release, countersignature, agreed, agreed_countersignature } =
        kept(&result)?
    else {
        return Err(Problem::NotReleased);
    };
    let data_list: Signed<HeldList> = kept(&ending.list)?;
    let agreement: Agreement = kept(&ending.agreement.ok_or(Problem::Internal)?)?;
    let trail = app.store.trail(id).await.map_err(internal)?;
    let orders = trail.orders.iter().map(|order| kept(order)).collect::<Result<Vec<_>, _>>()?;
    Ok(Bundle {
        format: Bundle::FORMAT.to_owned(),
        enrolments: enrolments(app, &survey.manifest.fingerprint(), &trail),
        roster: roster(&trail, &orders),
        manifest: survey.manifest,
        organizer_signature: survey.organizer_signature,
        data_server_signature: survey.data_server_signature,
        computation_server_signature: survey.computation_server_signature,
        orders,
        data_list,
        computation_list: agreement.list,
        agreed,
        agreed_countersignature,
        release,
        release_countersignature: countersignature,
    })
}

fn kept<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(bytes).map_err(|_| Problem::Internal)
}

/// The invitations at opening: all that no order added.
fn roster(trail: &Trail, orders: &[Signed<Order>]) -> Vec<Hex<32>> {
    let added = orders.iter().flat_map(|order| match &order.body.order {
        OrderKind::Invite { keys } => keys.as_slice(),
        _ => &[],
    });
    let added: BTreeSet<&Hex<32>> = added.collect();
    trail.invitations.iter().filter(|key| !added.contains(key)).copied().collect()
}

/// This server's own confirmations are made anew: they are always the same.
fn enrolments(app: &App, fingerprint: &Hex<32>, trail: &Trail) -> Vec<ConfirmedEnrolment> {
    let confirmed = |(enrolment, computation_server): &(protocol::Enrolment, Hex<64>)| ConfirmedEnrolment {
        confirmed: Enrolled {
            data_server: enrolment.confirm(fingerprint, &app.keys.signing),
            computation_server: *computation_server,
        },
        enrolment: enrolment.clone(),
    };
    trail.enrolments.iter().map(confirmed).collect()
}
