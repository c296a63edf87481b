//! The receipt, what can still be changed, and later: whether it was counted.

use super::WayProps;
use crate::pages::read::{COMPARED, grouped};
use crate::services::{clock, download};
use crate::texts::{Texts, use_texts};
use protocol::{Kind, Manifest, ServerWire, SignedHour, SurveyState};
use reporter::{CheckedReceipt, Counted};
use yew::prelude::*;

/// After both servers signed.
#[component]
pub(crate) fn ReceiptPage(props: &WayProps) -> Html {
    let texts = use_texts();
    let way = &props.guide.way;
    let (Some(session), Some(state)) = (way.session.clone(), way.state.clone()) else { return html! {} };
    let Some(receipt) = session.receipt(&state) else {
        return html! {
            <div class="notice notice-bad" role="alert" data-test="error" data-code="receipt-untrusted">
                <p>{ texts.say("trouble-receipt-untrusted") }</p>
            </div>
        };
    };
    let submitted = receipt.statement().statement.kind == Kind::Submission;
    let closes = clock::show(session.survey().manifest().manifest().closes_at);
    html! {
        <>
            <section class="card receipt" data-test="receipt">
                <h2 tabindex="-1" data-test={if submitted { "submitted" } else { "withdrawn" }}>
                    { if submitted { texts.say("receipt-title") } else { texts.say("receipt-withdrawn-title") } }
                </h2>
                <p>{ if submitted { texts.say("receipt-text") } else { texts.say("receipt-withdrawn-text") } }</p>
                <p class="fine" id="receipt-code-name">{ texts.say("receipt-code") }</p>
                <p class="short-code" data-test="receipt-code" aria-labelledby="receipt-code-name">{ receipt.code() }</p>
                { facts(&texts, &receipt, session.survey().manifest().manifest()) }
                { keep(props, &texts) }
            </section>
            if submitted { <WasCounted guide={props.guide.clone()} /> }
            if session.survey().state() == SurveyState::Open && way.counted.is_none() {
                <Change guide={props.guide.clone()} {closes} {submitted} />
            }
        </>
    }
}

/// What the servers signed for, and when.
fn facts(texts: &Texts, receipt: &CheckedReceipt, manifest: &Manifest) -> Html {
    let (statement, words) = (&receipt.statement().statement, receipt.keep().receipt);
    let by = |server: &ServerWire, word: &SignedHour| {
        texts.with(
            "receipt-signed-value",
            [
                ("operator", server.operator.clone().into()),
                ("hour", clock::show(word.hour.saturating_mul(3600)).into()),
            ],
        )
    };
    let rows = [
        (texts.say("receipt-survey"), manifest.title.clone()),
        (texts.say("receipt-version"), statement.version.to_string()),
        (texts.say("receipt-held"), by(&manifest.data_server, &words.held)),
        (texts.say("receipt-declared"), by(&manifest.computation_server, &words.declared)),
        (texts.say("receipt-fingerprint"), grouped(&statement.fingerprint.to_string(), COMPARED)),
    ];
    html! {
        <dl class="facts">
            { for rows.into_iter().map(|(name, value)| html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> }) }
        </dl>
    }
}

/// Save and print.
fn keep(props: &WayProps, texts: &Texts) -> Html {
    let way = props.guide.way.clone();
    let save = Callback::from(move |_| {
        if let (Some(session), Some(state)) = (&way.session, &way.state)
            && let Some(receipt) = session.receipt(state)
        {
            save_receipt(&receipt, &session.survey().manifest().manifest().title);
        }
    });
    let print = Callback::from(|_| {
        if let Some(window) = web_sys::window() {
            // Where printing is forbidden the browser says so itself.
            let _ = window.print();
        }
    });
    html! {
        <div class="actions">
            <button type="button" class="button" data-test="receipt-file" onclick={save}>
                { texts.say("receipt-save") }
            </button>
            <button type="button" class="button button-quiet" data-test="print" onclick={print}>
                { texts.say("receipt-print") }
            </button>
        </div>
    }
}

/// The receipt as a file: what both servers signed. It holds neither pay nor key.
fn save_receipt(receipt: &CheckedReceipt, title: &str) {
    let statement = &receipt.statement().statement;
    let document = serde_json::json!({
        "format": "sealed-pay/receipt/1",
        "title": title,
        "code": receipt.code(),
        "version": statement.version,
        "credential": statement.credential.to_string(),
        "fingerprint": statement.fingerprint.to_string(),
        "receipt": receipt.keep(),
    });
    let text = serde_json::to_string_pretty(&document).unwrap_or_default();
    download::save(&format!("receipt-{}.json", receipt.code()), "application/json", text.as_bytes());
}

/// What [`Change`] gets.
#[derive(Properties, PartialEq)]
struct ChangeProps {
    guide: super::guide::Guide,
    closes: String,
    submitted: bool,
}

/// Replacing and withdrawing, until the survey closes.
#[component]
fn Change(props: &ChangeProps) -> Html {
    let texts = use_texts();
    let asked = use_state(|| false);
    let (replace, withdraw) = {
        let (one, two) = (props.guide.clone(), props.guide.clone());
        (Callback::from(move |_| one.replace()), Callback::from(move |_| two.withdraw()))
    };
    let set = |value: bool| {
        let asked = asked.clone();
        Callback::from(move |_| asked.set(value))
    };
    html! {
        <section class="card no-print">
            <h2>{ texts.say("change-title") }</h2>
            <p>{ texts.with("change-text", [("closes", props.closes.clone().into())]) }</p>
            <div class="actions">
                <button type="button" class="button button-quiet" data-test="replace" onclick={replace}>
                    { if props.submitted { texts.say("change-replace") } else { texts.say("change-report") } }
                </button>
                if props.submitted && !*asked {
                    <button type="button" class="button button-quiet" data-test="withdraw" onclick={set(true)}>
                        { texts.say("change-withdraw") }
                    </button>
                }
            </div>
            if *asked {
                <div class="notice notice-warn" role="alertdialog" aria-label={texts.say("change-withdraw")}>
                    <p>{ texts.say("change-withdraw-text") }</p>
                    <div class="actions">
                        <button type="button" class="button button-grave" data-test="confirm-withdraw"
                            onclick={withdraw}>{ texts.say("change-withdraw-yes") }</button>
                        <button type="button" class="button button-quiet" onclick={set(false)}>
                            { texts.say("change-withdraw-no") }
                        </button>
                    </div>
                </div>
            }
        </section>
    }
}

/// Whether it was counted, once there is a result.
#[component]
fn WasCounted(props: &WayProps) -> Html {
    let texts = use_texts();
    let look = {
        let guide = props.guide.clone();
        Callback::from(move |_| guide.count())
    };
    let answer = props.guide.way.counted.map(|counted| {
        let (kind, name, text) = in_words(&texts, counted);
        html! { <div class={classes!("notice", kind)} role="status" data-test="counted" data-counted={name}><p>{ text }</p></div> }
    });
    html! {
        <section class="card no-print">
            <h2>{ texts.say("counted-title") }</h2>
            <p>{ texts.say("counted-text") }</p>
            { answer }
            <div class="actions">
                <button type="button" class="button button-quiet" data-test="was-counted" onclick={look}>
                    { texts.say("counted-look") }
                </button>
            </div>
        </section>
    }
}

fn in_words(texts: &Texts, counted: Counted) -> (&'static str, &'static str, String) {
    match counted {
        Counted::Yes => ("notice-good", "yes", texts.say("counted-yes")),
        Counted::OtherVersion(version) => {
            ("notice-warn", "other-version", texts.with("counted-other", [("version", version.into())]))
        }
        Counted::OtherCommitment => ("notice-bad", "other-commitment", texts.say("counted-other-commitment")),
        Counted::Lost(_) => ("notice-bad", "lost", texts.say("counted-lost")),
        Counted::No => ("notice-bad", "no", texts.say("counted-no")),
        Counted::Ended => ("notice-warn", "ended", texts.say("counted-ended")),
    }
}
