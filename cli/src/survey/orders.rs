//! `sealedpay survey close` and `sealedpay survey release`.

use super::result;
use super::session::{Session, client, wants_json};
use crate::args::{CloseArgs, StateArgs};
use crate::{Failure, ask, out, progress, show};
use http_client::ClientError;
use protocol::{OrderKind, Problem, ReleasedDocument, SurveyState};
use std::time::Duration;

/// Closes for good.
pub(crate) async fn close(args: CloseArgs) -> Result<(), Failure> {
    let mut session = Session::signed_in(&args.common)?;
    let question = format!("Close “{}” for good? Nothing is taken afterwards.", session.state.plan.title);
    ask::confirm(&question, args.yes)?;
    session.order(OrderKind::Close {}).await?;
    if wants_json(args.common.output) {
        show::print_json(&serde_json::json!({ "closed": true }));
    } else {
        out::line(&format!("Closed. Next: sealedpay survey release {}", session.path.display()));
    }
    Ok(())
}

const PAUSE: Duration = Duration::from_secs(1);

/// Has the totals opened, and waits.
pub(crate) async fn release(args: StateArgs) -> Result<(), Failure> {
    let mut session = Session::signed_in(&args)?;
    let survey = session.data.survey(&session.state.survey()).await.map_err(client)?;
    if matches!(survey.state, SurveyState::Open | SurveyState::Closed) {
        session.order(OrderKind::Release {}).await?;
    }
    let document = wait(&session).await?;
    result::print(&session, &document, args.output, false)
}

async fn wait(session: &Session) -> Result<ReleasedDocument, Failure> {
    let spinner = progress::spinner("The servers agree on who counts and open the totals");
    loop {
        match session.data.release(&session.state.survey()).await {
            Err(ClientError::Refused(Problem::NotReleased)) => tokio::time::sleep(PAUSE).await,
            answer => {
                spinner.finish_and_clear();
                return answer.map_err(client);
            }
        }
    }
}
