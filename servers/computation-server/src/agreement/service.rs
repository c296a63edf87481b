//! One transaction reads the list, computes the set and freezes both.

use protocol::peer::Agreement;
use protocol::{HeldList, Hex, Problem, Signed, canonical};

use super::lists;
use crate::fault::{Fault, parse_stored};
use crate::state::State;
use crate::store::{Decision, SettleAgreement};
use crate::surveys;
use crate::surveys::service::data_server;

pub(crate) use lists::ended;

/// Settles the set; the same list again gets the same answer.
pub(crate) async fn agree(state: &State, id: Hex<32>, list: Signed<HeldList>) -> Result<Agreement, Fault> {
    let survey = surveys::service::find(state, id).await?;
    list.verify(survey.fingerprint(), data_server(&survey)).map_err(|_| Problem::WrongSignature)?;
    let (bytes, key) = (canonical::encode(&list), state.identity.signing.clone());
    let decide = Box::new(move |versions: &[_]| lists::decide(&survey, &list.body, versions, &key));
    kit::fail_point!("computation-server/agreement/before-write");
    let settled = state.store.agree(id, bytes, state.now_s(), decide).await?;
    kit::fail_point!("computation-server/agreement/after-write");
    let decision = match settled {
        SettleAgreement::Settled(decision) => decision,
        SettleAgreement::Conflict => return Err(Problem::AgreementConflict.into()),
        SettleAgreement::NotClosed => return Err(Problem::SurveyNotClosed.into()),
    };
    if decision.ended.is_some() {
        state.scrub().await;
    }
    to_wire(&decision)
}

fn to_wire(decision: &Decision) -> Result<Agreement, Fault> {
    Ok(Agreement {
        list: parse_stored(&decision.own_list)?,
        agreed: parse_stored(&decision.agreed)?,
        ended: decision.ended.as_deref().map(parse_stored).transpose()?,
    })
}
