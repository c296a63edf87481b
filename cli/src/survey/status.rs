//! `sealedpay survey status`.

use super::session::{Session, client, wants_json};
use crate::args::StateArgs;
use crate::show::{Align, lay_out};
use crate::{Failure, out, show};
use protocol::{RosterEntry, SurveyState};

/// Who was invited, has begun, has submitted; never what.
pub(crate) async fn run(args: StateArgs) -> Result<(), Failure> {
    let session = Session::signed_in(&args)?;
    let status = session.data.status(&session.state.survey()).await.map_err(client)?;
    if wants_json(args.output) {
        show::print_json(&status);
        return Ok(());
    }
    let submitted = status.invitations.iter().filter(|one| one.submitted).count();
    let begun = status.invitations.iter().filter(|one| one.enrolled).count();
    out::line(&format!("{}: {}", session.state.plan.title, in_words(status.state)));
    out::line(&format!("{} invited, {begun} begun, {submitted} submitted", status.invitations.len()));
    out::line("");
    let rows: Vec<Vec<String>> =
        status.invitations.iter().map(|one| vec![one.label.clone(), stage(one).to_owned()]).collect();
    out::text(&lay_out(&rows, &[Align::Left, Align::Left]));
    Ok(())
}

const fn stage(one: &RosterEntry) -> &'static str {
    if one.revoked {
        "revoked"
    } else if one.withdrawn {
        "withdrawn"
    } else if one.submitted {
        "submitted"
    } else if one.enrolled {
        "begun"
    } else {
        "invited"
    }
}

/// A state in words.
pub(crate) const fn in_words(state: SurveyState) -> &'static str {
    match state {
        SurveyState::Open => "open",
        SurveyState::Closed => "closed",
        SurveyState::Opening => "being opened",
        SurveyState::Released => "released",
        SurveyState::Ended => "ended without a result",
    }
}
