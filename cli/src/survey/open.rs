//! `sealedpay survey open` and `sealedpay survey invite`.

use super::invited::labels;
use super::session::{Session, client, url, wants_json};
use crate::args::{InviteArgs, OpenArgs, Output};
use crate::{Failure, clock, out, randomness, show};
use organizer::InvitationRecord;
use protocol::OrderKind;
use serde::Serialize;

/// Opens the survey; after an interruption sends the same request again.
pub(crate) async fn run(args: OpenArgs) -> Result<(), Failure> {
    let mut session = Session::signed_in(&args.common)?;
    if session.state.opened.is_none() {
        if session.state.request.is_none() {
            let labels = labels(&args.invited, 1)?;
            let base = base(args.base.as_deref(), &session)?;
            session
                .state
                .open(&labels, &base, clock::now_s(), &mut randomness::system())
                .map_err(|refused| Failure::input(format!("Not opened: {refused}. Nothing was sent.")))?;
            session.save()?;
        }
        if let Some(request) = &session.state.request {
            let document = session.data.open(request).await.map_err(client)?;
            session.state.accept_opened(document).map_err(Failure::distrust)?;
            session.save()?;
        }
    } else {
        eprintln!("The survey was opened before; these are its links.");
    }
    tell_labels(&session).await?;
    print(&session.state.invitations, args.common.output);
    Ok(())
}

/// Invites more; after an interruption sends the same order again.
pub(crate) async fn invite(args: InviteArgs) -> Result<(), Failure> {
    let mut session = Session::signed_in(&args.common)?;
    session.send_pending().await?;
    let before = session.state.invitations.len();
    let labels = labels(&args.invited, before + 1)?;
    let base = base(args.base.as_deref(), &session)?;
    let order = session
        .state
        .invite(&labels, &base, &mut randomness::system())
        .map_err(|refused| Failure::input(format!("Nobody was invited: {refused}. Nothing was sent.")))?;
    debug_assert!(matches!(order.body.order, OrderKind::Invite { .. }), "what was asked for");
    if let Err(failed) = session.send_pending().await {
        // Refused for good: these links would lead nowhere.
        if session.state.pending.is_none() {
            session.state.invitations.truncate(before);
            session.save()?;
        }
        return Err(failed);
    }
    tell_labels(&session).await?;
    let added = session.state.invitations.get(before..).unwrap_or_default();
    print(added, args.common.output);
    Ok(())
}

fn base(given: Option<&str>, session: &Session) -> Result<String, Failure> {
    let text = given.unwrap_or(&session.state.draft.data_server_url);
    Ok(url(text)?.as_str().to_owned())
}

async fn tell_labels(session: &Session) -> Result<(), Failure> {
    session.data.labels(&session.state.survey(), &session.state.labels()).await.map_err(client)
}

#[derive(Serialize)]
struct Link<'a> {
    label: &'a str,
    link: &'a str,
    code: Option<String>,
}

impl<'a> Link<'a> {
    fn of(one: &'a InvitationRecord) -> Self {
        Self { label: &one.label, link: &one.link, code: one.expose_code() }
    }
}

fn print(invitations: &[InvitationRecord], output: Output) {
    if wants_json(output) {
        let links: Vec<Link<'_>> = invitations.iter().map(Link::of).collect();
        return show::print_json(&serde_json::json!({ "invitations": links }));
    }
    for one in invitations {
        let code = one.expose_code().unwrap_or_default();
        out::line(&format!("{}\n  {}\n  code {code}", one.label, one.link));
    }
    out::line("");
    out::line(
        "Send each link with its code to the one it is for, and to nobody else. A link counts once. The code",
    );
    out::line("says the same: it is typed where a mail program cut the link's end off.");
}
