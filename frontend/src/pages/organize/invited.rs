//! Who was invited, has begun, has submitted: never what.

use super::links::Links;
use crate::services::organizing::Desk;
use crate::services::{clock, numbers};
use crate::texts::{Texts, use_texts};
use organizer::OrganizerState;
use protocol::{RosterEntry, SurveyState, SurveyStatus};
use std::rc::Rc;
use yew::prelude::*;

/// What the list gets.
#[derive(Properties, PartialEq)]
pub(crate) struct InvitedProps {
    /// Who asks.
    pub(crate) desk: Desk,
    /// The survey's state.
    pub(crate) state: Rc<OrganizerState>,
    /// Looks at everything anew.
    pub(crate) refresh: Callback<()>,
    /// Who has done what.
    pub(crate) status: Rc<SurveyStatus>,
}

/// Status, links, more invitations.
#[component]
pub(crate) fn Invited(props: &InvitedProps) -> Html {
    let texts = use_texts();
    let refresh = props.refresh.reform(|_| ());
    let open = props.status.state == SurveyState::Open;
    let closes = clock::show(props.state.plan.closes_at);
    html! {
        <>
            <section class="card no-print">
                <h2>{ texts.say("status-title") }</h2>
                if open { <p data-test="status-closes">{ texts.with("status-closes", [("closes", closes.into())]) }</p> }
                { counts(&texts, &props.status) }
                { table(&texts, &props.state, &props.status) }
                <div class="actions">
                    <button type="button" class="button button-quiet" data-test="refresh" onclick={refresh}>
                        { texts.say("status-refresh") }
                    </button>
                </div>
            </section>
            if open { <Links desk={props.desk.clone()} state={props.state.clone()} refresh={props.refresh.clone()} /> }
        </>
    }
}

fn counts(texts: &Texts, status: &SurveyStatus) -> Html {
    let count = |of: fn(&RosterEntry) -> bool| {
        numbers::count(status.invitations.iter().filter(|entry| of(entry)).count() as u128)
    };
    let gaps = [
        ("invited", count(|_| true).into()),
        ("enrolled", count(|entry| entry.enrolled).into()),
        ("submitted", count(|entry| entry.submitted && !entry.withdrawn).into()),
    ];
    html! { <p data-test="status-counts">{ texts.with("status-counts", gaps) }</p> }
}

/// By name. The data server is told an invitation's name after it took the invitation; until then this browser knows it.
fn named<'a>(state: &'a OrganizerState, status: &'a SurveyStatus) -> Vec<(&'a str, &'a RosterEntry)> {
    let name = |entry: &'a RosterEntry| {
        let own = || state.invitations.iter().find(|record| record.invitation_key == entry.invitation_key);
        let told = Some(entry.label.as_str()).filter(|label| !label.is_empty());
        told.or_else(|| own().map(|record| record.label.as_str())).unwrap_or_default()
    };
    let mut named: Vec<_> = status.invitations.iter().map(|entry| (name(entry), entry)).collect();
    named.sort_by_key(|(name, _)| *name);
    named
}

fn table(texts: &Texts, state: &OrganizerState, status: &SurveyStatus) -> Html {
    let row = |(label, entry): (&str, &RosterEntry)| {
        let (name, word) = match entry {
            RosterEntry { revoked: true, .. } => ("revoked", texts.say("status-revoked")),
            RosterEntry { withdrawn: true, .. } => ("withdrawn", texts.say("status-withdrawn")),
            RosterEntry { submitted: true, .. } => ("submitted", texts.say("status-submitted")),
            RosterEntry { enrolled: true, .. } => ("enrolled", texts.say("status-enrolled")),
            _ => ("invited", texts.say("status-invited")),
        };
        html! { <tr><th scope="row">{ label }</th><td data-status={name}>{ word }</td></tr> }
    };
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={texts.say("status-title")}>
            <table data-test="status-table">
                <thead><tr>
                    <th scope="col">{ texts.say("status-who") }</th>
                    <th scope="col">{ texts.say("status-what") }</th>
                </tr></thead>
                <tbody>{ for named(state, status).into_iter().map(row) }</tbody>
            </table>
        </div>
    }
}
