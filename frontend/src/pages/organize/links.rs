//! The invitations' links and codes: one by one, all at once, as a file; and more of them.

use super::gate::{Failed, calm};
use super::prepare::{base, labels, save_key};
use super::survey::PartProps;
use crate::components::{Copy, Field, Kind, Trouble, Waiting};
use crate::services::leaving::use_guard;
use crate::services::{clock, download};
use crate::texts::{Texts, use_texts};
use organizer::{InvitationRecord, SurveyPlan};
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// The links, for mail merge too, and more of them.
#[component]
pub(crate) fn Links(props: &PartProps) -> Html {
    let texts = use_texts();
    let state = props.state.clone();
    let save = {
        let state = state.clone();
        Callback::from(move |_| {
            download::save("invitations.csv", "text/csv", as_csv(&state.invitations).as_bytes());
        })
    };
    let all = {
        let state = state.clone();
        Callback::from(move |()| as_lines(&state.invitations))
    };
    html! {
        <section class="card no-print">
            <h2>{ texts.say("links-title") }</h2>
            <p>{ texts.say("links-text") }</p>
            <details>
                <summary data-test="links-open">{ texts.say("links-open") }</summary>
                <ul class="links" data-test="invitation-links">
                    { for state.invitations.iter().map(|record| invitation(&texts, &state.plan, record)) }
                </ul>
            </details>
            <div class="actions">
                <button type="button" class="button" data-test="links-file" onclick={save}>
                    { texts.say("links-save") }
                </button>
                <Copy name="links-copy" label={texts.say("links-copy")} text={all} />
                { save_key(&texts.say("key-save"), &state) }
            </div>
            <More ..props.clone() />
        </section>
    }
}

fn invitation(texts: &Texts, plan: &SurveyPlan, record: &InvitationRecord) -> Html {
    let message = {
        let (texts, plan, record) = (texts.clone(), Rc::new(plan.clone()), record.clone());
        Callback::from(move |()| message(&texts, &plan, &record))
    };
    html! {
        <li>
            <strong>{ &record.label }</strong>
            <code class="code" data-test="invitation-link">{ &record.link }</code>
            <span>
                { texts.say("links-code") }{ " " }
                <code class="code" data-test="invitation-code">{ record.expose_code().unwrap_or_default() }</code>
            </span>
            <Copy name="message-copy" label={texts.say("links-message-copy")} about={record.label.clone()}
                text={message} />
        </li>
    }
}

/// What to write to the invited one.
fn message(texts: &Texts, plan: &SurveyPlan, record: &InvitationRecord) -> String {
    let gaps = [
        ("title", plan.title.clone().into()),
        ("closes", clock::show(plan.closes_at).into()),
        ("contact", plan.contact.clone().into()),
        ("link", record.link.clone().into()),
        ("code", record.expose_code().unwrap_or_default().into()),
    ];
    texts.with("links-message", gaps)
}

/// For a spreadsheet: one line each, tabs between.
fn as_lines(all: &[InvitationRecord]) -> String {
    let line = |record: &InvitationRecord| {
        format!("{}\t{}\t{}\n", record.label, record.link, record.expose_code().unwrap_or_default())
    };
    all.iter().map(line).collect()
}

/// A file for mail merge. No cell is a formula.
fn as_csv(all: &[InvitationRecord]) -> String {
    let quoted = |text: &str| {
        let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let text = if formula { format!("'{text}") } else { text.to_owned() };
        format!("\"{}\"", text.replace('"', "\"\""))
    };
    let line = |record: &InvitationRecord| {
        let code = record.expose_code().unwrap_or_default();
        format!("{},{},{}\r\n", quoted(&record.label), quoted(&record.link), quoted(&code))
    };
    std::iter::once("label,link,code\r\n".to_owned()).chain(all.iter().map(line)).collect()
}

/// More invitations.
#[component]
fn More(props: &PartProps) -> Html {
    let texts = use_texts();
    let invitees = use_state(String::new);
    let (trouble, busy) = (use_state(|| None::<Trouble>), use_state(|| false));
    let names = labels(&invitees);
    let nobody = names.is_empty();
    use_guard(!nobody);
    let go = {
        let (part, trouble, busy, invitees) =
            (props.clone(), trouble.clone(), busy.clone(), invitees.clone());
        Callback::from(move |()| {
            let (part, trouble, busy, invitees) =
                (part.clone(), trouble.clone(), busy.clone(), invitees.clone());
            let names = names.clone();
            busy.set(true);
            trouble.set(None);
            spawn_local(async move {
                let invited = part.desk.invite(&part.state.survey().to_string(), &names, &base()).await;
                busy.set(false);
                match invited {
                    Ok(()) => {
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
            if let Some(failed) = &*trouble {
                <Failed trouble={failed.clone()} desk={props.desk.clone()} again={go.clone()}
                    signed_in={calm(&trouble)} />
            }
            if *busy { <Waiting text={texts.say("inviting")} /> }
            <button type="button" class="button" data-test="invite-go" disabled={*busy || nobody}
                onclick={go.reform(|_| ())}>
                { texts.say("more-go") }
            </button>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::Hex;

    fn record(label: &str) -> InvitationRecord {
        let survey = "07".repeat(32);
        let link = format!("https://pay.example/take-part/{survey}#{}.{}", "01".repeat(16), "02".repeat(32));
        InvitationRecord { label: label.to_owned(), invitation_key: Hex([0; 32]), link }
    }

    #[test]
    fn the_file_has_link_and_code_and_no_formula() {
        let text = as_csv(&[record("=1+1"), record("A \"Ltd\"")]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "label,link,code");
        assert!(lines[1].starts_with("\"'=1+1\",\"https://pay.example/take-part/"));
        assert!(lines[2].starts_with("\"A \"\"Ltd\"\"\","));
        let code = record("x").expose_code().unwrap();
        assert!(lines[1].ends_with(&format!(",\"{code}\"")));
        assert!(as_lines(&[record("x")]).ends_with(&format!("\t{code}\n")));
    }
}
