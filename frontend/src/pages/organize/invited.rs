//! Who was invited, has begun, has submitted; and the links.

use super::prepare::{base, labels, save_key};
use super::survey::PartProps;
use crate::components::{Field, Kind, Trouble, TroubleBox, Waiting};
use crate::services::organizing::Desk;
use crate::services::{clock, download, numbers};
use crate::texts::{Texts, use_texts};
use organizer::{InvitationRecord, OrganizerState};
use protocol::{RosterEntry, SurveyState, SurveyStatus};
use std::rc::Rc;
use yew::platform::spawn_local;
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
            <section class="card">
                <h2>{ texts.say("status-title") }</h2>
                if open { <p>{ texts.with("status-closes", [("closes", closes.into())]) }</p> }
                { counts(&texts, &props.status) }
                { table(&texts, &props.status) }
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

fn table(texts: &Texts, status: &SurveyStatus) -> Html {
    let row = |entry: &RosterEntry| {
        let (name, word) = match entry {
            RosterEntry { revoked: true, .. } => ("revoked", texts.say("status-revoked")),
            RosterEntry { withdrawn: true, .. } => ("withdrawn", texts.say("status-withdrawn")),
            RosterEntry { submitted: true, .. } => ("submitted", texts.say("status-submitted")),
            RosterEntry { enrolled: true, .. } => ("enrolled", texts.say("status-enrolled")),
            _ => ("invited", texts.say("status-invited")),
        };
        html! { <tr><th scope="row">{ &entry.label }</th><td data-status={name}>{ word }</td></tr> }
    };
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={texts.say("status-title")}>
            <table data-test="status-table">
                <thead><tr>
                    <th scope="col">{ texts.say("status-who") }</th>
                    <th scope="col">{ texts.say("status-what") }</th>
                </tr></thead>
                <tbody>{ for status.invitations.iter().map(row) }</tbody>
            </table>
        </div>
    }
}

/// The links, for mail merge too, and more of them.
#[component]
fn Links(props: &PartProps) -> Html {
    let texts = use_texts();
    let all = props.state.invitations.clone();
    let save = {
        let all = all.clone();
        Callback::from(move |_| download::save("invitations.csv", "text/csv", as_csv(&all).as_bytes()))
    };
    let link = |record: &InvitationRecord| {
        html! {
            <li>
                <span>{ &record.label }</span>
                <code class="code" data-test="invitation-link">{ &record.link }</code>
            </li>
        }
    };
    html! {
        <section class="card">
            <h2>{ texts.say("links-title") }</h2>
            <p>{ texts.say("links-text") }</p>
            <details>
                <summary data-test="links-open">{ texts.say("links-open") }</summary>
                <ul class="links" data-test="invitation-links">{ for all.iter().map(link) }</ul>
            </details>
            <div class="actions">
                <button type="button" class="button" data-test="links-file" onclick={save}>
                    { texts.say("links-save") }
                </button>
                { save_key(&texts.say("key-save"), &props.state) }
            </div>
            <More ..props.clone() />
        </section>
    }
}

/// A file for mail merge. No cell is a formula.
fn as_csv(all: &[InvitationRecord]) -> String {
    let quoted = |text: &str| {
        let formula = text.starts_with(['=', '+', '-', '@']);
        let text = if formula { format!("'{text}") } else { text.to_owned() };
        format!("\"{}\"", text.replace('"', "\"\""))
    };
    let line = |record: &InvitationRecord| format!("{},{}\r\n", quoted(&record.label), quoted(&record.link));
    std::iter::once("label,link\r\n".to_owned()).chain(all.iter().map(line)).collect()
}

/// More invitations.
#[component]
fn More(props: &PartProps) -> Html {
    let texts = use_texts();
    let invitees = use_state(String::new);
    let (trouble, busy) = (use_state(|| None::<Trouble>), use_state(|| false));
    let names = labels(&invitees);
    let nobody = names.is_empty();
    let go = {
        let (part, trouble, busy, invitees) =
            (props.clone(), trouble.clone(), busy.clone(), invitees.clone());
        Callback::from(move |_| {
            let (part, trouble, busy, invitees) =
                (part.clone(), trouble.clone(), busy.clone(), invitees.clone());
            let names = names.clone();
            busy.set(true);
            trouble.set(None);
            spawn_local(async move {
                let invited = part.desk.invite((*part.state).clone(), &names, &base()).await;
                busy.set(false);
                match invited {
                    Ok(_) => {
                        invitees.set(String::new());
                        part.refresh.emit(());
                    }
                    Err(failed) => trouble.set(Some(failed)),
                }
            });
        })
    };
    let typed = {
        let invitees = invitees.clone();
        Callback::from(move |text| invitees.set(text))
    };
    html! {
        <details>
            <summary data-test="invite-more">{ texts.say("more-open") }</summary>
            <Field name="more-invitees" label={texts.say("invite-label")} hint={texts.say("invite-hint")}
                kind={Kind::Lines} value={(*invitees).clone()} on_input={typed} />
            if let Some(trouble) = &*trouble { <TroubleBox trouble={trouble.clone()} /> }
            if *busy { <Waiting text={texts.say("inviting")} /> }
            <button type="button" class="button" data-test="invite-go" onclick={go} disabled={*busy || nobody}>
                { texts.say("more-go") }
            </button>
        </details>
    }
}
