//! From a sealed declaration to a stored share and this server's word.

use protocol::peer::split_declaration_body;
use protocol::{
    Declaration, DeclarationRefusal, Hex, Kind, Problem, SignedHour, SignedStatement, Statement, hour_of,
};
use zeroize::Zeroize;

use crate::fault::Fault;
use crate::randomness;
use crate::state::{State, share_context};
use crate::store::{Declare, NewVersion};
use crate::surveys;
use crate::surveys::service::data_server;

/// Checks, stores and signs; the same statement again gets the same answer.
pub(crate) async fn declare(state: &State, id: Hex<32>, body: &[u8]) -> Result<SignedHour, Fault> {
    let survey = surveys::service::find(state, id).await?;
    let (signed, held, sealed) = split_declaration_body(body).ok_or(Problem::DeclarationRefused)?;
    let statement = signed.statement;
    if statement.fingerprint != *survey.fingerprint() || statement.kind != Kind::Submission {
        return Err(Problem::DeclarationRefused.into());
    }
    held.verify_held(&statement, data_server(&survey)).map_err(|_| Problem::WrongSignature)?;
    let declaration = Declaration::admit(sealed, &signed, &state.identity.sealing, &survey.generators)
        .map_err(|refusal| match refusal {
            DeclarationRefusal::ShareMismatch => Problem::ShareMismatch,
            _ => Problem::DeclarationRefused,
        })?;
    let sealed_share = seal_share(state, id, &declaration)?;
    kit::fail_point!("computation-server/declaration/before-write");
    let new = NewVersion {
        statement: signed,
        hour: hour_of(state.now_s()),
        held: Some(held),
        sealed_share: Some(sealed_share),
    };
    let word = store(state, id, new, &statement).await;
    kit::fail_point!("computation-server/declaration/after-write");
    word
}

/// Stores a version, deletes the shares before it, and gives this server's word.
pub(crate) async fn store(
    state: &State,
    id: Hex<32>,
    new: NewVersion,
    statement: &Statement,
) -> Result<SignedHour, Fault> {
    match state.store.declare(id, new, state.now_s()).await? {
        Declare::Stored { hour, superseded } => {
            if superseded {
                state.scrub().await;
            }
            Ok(SignedHour::declared(statement, hour, &state.identity.signing))
        }
        Declare::Used => Err(Problem::VersionUsed.into()),
        Declare::Gap => Err(Problem::VersionGap.into()),
        Declare::UnknownCredential => Err(Problem::CredentialUnknown.into()),
        Declare::Closed => Err(Problem::SurveyClosed.into()),
    }
}

/// Keeps s_C; t has done its work.
fn seal_share(state: &State, id: Hex<32>, declaration: &Declaration) -> Result<Vec<u8>, Fault> {
    let SignedStatement { statement, .. } = declaration.statement;
    let context = share_context(&id, &statement.credential, statement.version);
    let mut share = declaration.share.expose_bytes();
    let sealed = state.vault.seal(&context, &share, &mut randomness::system());
    share.zeroize();
    sealed.map_err(|_| Fault::internal("a share cannot be sealed"))
}
