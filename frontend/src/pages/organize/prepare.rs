//! Before a survey opens: the key is saved, and those who are to answer are named.

use super::gate::{Failed, calm};
use super::survey::PartProps;
use crate::components::{Field, Kind, Trouble, Waiting};
use crate::pages::asked::asked;
use crate::services::download;
use crate::services::leaving::use_guard;
use crate::texts::use_texts;
use organizer::OrganizerState;
use yew::platform::spawn_local;
use yew::prelude::*;

/// The page's own address: where links lead.
pub(super) fn base() -> String {
    web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}

/// One invited per line.
pub(super) fn labels(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Key, invited, and the button that opens.
#[component]
pub(crate) fn Prepare(props: &PartProps) -> Html {
    let texts = use_texts();
    let (saved, invitees) = (use_state(|| false), use_state(String::new));
    let (trouble, busy) = (use_state(|| None::<Trouble>), use_state(|| false));
    // After a lost answer the same request goes out again, to the same people.
    let begun = props.state.request.is_some();
    let names = labels(&invitees);
    use_guard(!names.is_empty());
    let open = {
        let (part, trouble, busy, names) = (props.clone(), trouble.clone(), busy.clone(), names.clone());
        Callback::from(move |()| {
            let (part, trouble, busy, names) = (part.clone(), trouble.clone(), busy.clone(), names.clone());
            busy.set(true);
            trouble.set(None);
            spawn_local(async move {
                let opened = part.desk.open(&part.state.survey().to_string(), &names, &base()).await;
                busy.set(false);
                match opened {
                    Ok(()) => part.refresh.emit(()),
                    Err(failed) => trouble.set(Some(failed)),
                }
            });
        })
    };
    let toggle = {
        let saved = saved.clone();
        Callback::from(move |_| saved.set(!*saved))
    };
    let typed = {
        let invitees = invitees.clone();
        Callback::from(move |text| invitees.set(text))
    };
    html! {
        <>
            <section class="card">
                <h2>{ texts.say("key-title") }</h2>
                <p>{ texts.say("key-text") }</p>
                <div class="actions">{ save_key(&texts.say("key-save"), &props.state) }</div>
                <label class="check">
                    <input type="checkbox" data-test="key-saved" checked={*saved} onchange={toggle} />
                    { texts.say("key-saved") }
                </label>
            </section>
            { operators(&texts, &props.state) }
            { in_words(&texts, &props.state) }
            <section class="card">
                <h2>{ texts.say("invite-title") }</h2>
                if begun {
                    <p>{ texts.say("invite-begun") }</p>
                } else {
                    <Field name="invitees" label={texts.say("invite-label")} hint={texts.say("invite-hint")}
                        kind={Kind::Lines} value={(*invitees).clone()} on_input={typed} />
                }
                if let Some(failed) = &*trouble {
                    <Failed trouble={failed.clone()} desk={props.desk.clone()} again={open.clone()}
                    signed_in={calm(&trouble)} />
                }
                if *busy { <Waiting text={texts.say("opening-survey")} /> }
                <p>{ texts.say("open-text") }</p>
                if !*saved { <p class="hint">{ texts.say("open-key-first") }</p> }
                <button type="button" class="button" data-test="open-survey" onclick={open.reform(|_| ())}
                    disabled={*busy || !*saved || !begun && names.is_empty()}>
                    { texts.with("open-go", [("count", names.len().into())]) }
                </button>
            </section>
        </>
    }
}

/// The key as a file: the same that the command writes and reads.
pub(super) fn save_key(label: &str, state: &OrganizerState) -> Html {
    let state = state.clone();
    let save = Callback::from(move |_| {
        let text = zeroize::Zeroizing::new(serde_json::to_vec_pretty(&state).unwrap_or_default());
        let id: String = state.survey().to_string().chars().take(12).collect();
        download::save(&format!("organizer-key-{id}.json"), "application/json", &text);
    });
    html! {
        <button type="button" class="button button-quiet" data-test="save-key" onclick={save}>{ label }</button>
    }
}

/// The survey as reporters will read it: the last look before it is frozen.
fn in_words(texts: &crate::texts::Texts, state: &OrganizerState) -> Html {
    let line = |(name, value): (String, String)| html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> };
    html! {
        <section class="card">
            <h2>{ texts.say("question-in-words") }</h2>
            <dl class="facts" data-test="in-words">
                { for asked(texts, &state.plan.schema).into_iter().map(line) }
            </dl>
        </section>
    }
}

/// Whose servers these are, and what it means if one runs both.
fn operators(texts: &crate::texts::Texts, state: &OrganizerState) -> Html {
    let (data, computation) = (&state.draft.data_server.operator, &state.draft.computation_server.operator);
    let same = data.trim().to_lowercase() == computation.trim().to_lowercase();
    let gaps = [("data", data.clone().into()), ("computation", computation.clone().into())];
    html! {
        <>
            <p>{ texts.with("footer-operators", gaps) }</p>
            if same { <div class="notice notice-warn" data-test="same-operator"><p>{ texts.say("warning-same-operator") }</p></div> }
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_invited_per_line_and_empty_lines_invite_nobody() {
        assert_eq!(labels(" a \n\n b b\r\n"), ["a", "b b"]);
    }
}
