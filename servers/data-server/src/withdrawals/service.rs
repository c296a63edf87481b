//! Takes withdrawals; what they withdraw is deleted once both servers have them.

use protocol::{Hex, Kind, Problem, Receipt, SignedHour, SignedStatement, StatementRefusal, hour_of};

use crate::app::{App, internal};
use crate::store::{NewVersion, Put, Token, VersionKey};
use crate::submissions::{finish, refusal};

/// Takes a withdrawal, or finds it.
pub(crate) async fn withdraw(app: &App, id: Hex<32>, body: &[u8]) -> Result<Receipt, Problem> {
    let survey = app.survey(id).await?;
    let signed = SignedStatement::admit(body).map_err(|refusal| match refusal {
        StatementRefusal::Signature => Problem::WrongSignature,
        StatementRefusal::Malformed | StatementRefusal::Values => Problem::MalformedRequest,
    })?;
    let statement = signed.statement;
    if statement.fingerprint != survey.row.fingerprint {
        return Err(Problem::WrongSignature);
    }
    if statement.kind != Kind::Withdrawal {
        return Err(Problem::MalformedRequest);
    }
    let new = NewVersion {
        key: VersionKey { survey: id, credential: statement.credential, version: statement.version },
        statement: signed,
        held: SignedHour::held(&statement, hour_of(app.now_s()), &app.keys.signing),
        token: Token::Withdrawal(signed),
        declaration: None,
        share: None,
        groups: Vec::new(),
    };
    let version = new.version();
    match app.store.put_version(new, app.now_s()).await.map_err(internal)? {
        Put::Stored => finish(app, &version).await,
        Put::AlreadyStored(known) => finish(app, &known).await,
        other => Err(refusal(&other)),
    }
}
