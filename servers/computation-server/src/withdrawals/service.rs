//! A withdrawal is accepted on top of any lower version.

use protocol::{Hex, Kind, Problem, SignedHour, SignedStatement, StatementRefusal, hour_of};

use crate::declarations;
use crate::fault::Fault;
use crate::state::State;
use crate::store::NewVersion;
use crate::surveys;

/// Stores a withdrawal; the same again gets the same answer.
pub(crate) async fn withdraw(state: &State, id: Hex<32>, body: &[u8]) -> Result<SignedHour, Fault> {
    let survey = surveys::service::find(state, id).await?;
    let signed = SignedStatement::admit(body).map_err(|refusal| match refusal {
        StatementRefusal::Signature => Problem::WrongSignature,
        _ => Problem::MalformedRequest,
    })?;
    let statement = signed.statement;
    if statement.fingerprint != *survey.fingerprint() {
        return Err(Problem::WrongSignature.into());
    }
    if statement.kind != Kind::Withdrawal {
        return Err(Problem::MalformedRequest.into());
    }
    let hour = hour_of(state.now_s());
    let new = NewVersion { statement: signed, hour, held: None, sealed_share: None };
    declarations::service::store(state, id, new, &statement).await
}
