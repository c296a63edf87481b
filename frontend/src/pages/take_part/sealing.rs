//! Sealing, as it goes on.

use super::WayProps;
use crate::services::numbers;
use crate::state::way::{Sealing, Stage};
use crate::texts::{Texts, use_texts};
use protocol::GranularityWire;
use yew::prelude::*;

/// How far it is, how long it takes, and how to stop it.
#[component]
pub(crate) fn Progress(props: &WayProps) -> Html {
    let texts = use_texts();
    let Stage::Sealing(sealing) = props.guide.way.stage else { return html! {} };
    let employees = props.guide.way.ready.as_ref().map_or(0, |ready| ready.figures.employees());
    let session = props.guide.way.session.as_ref();
    let added = session
        .is_some_and(|session| session.survey().manifest().manifest().granularity == GranularityWire::Totals);
    let cancel = {
        let guide = props.guide.clone();
        Callback::from(move |_| guide.cancel())
    };
    let (done, total) = (sealing.done.to_string(), sealing.total.max(1).to_string());
    html! {
        <>
            <h2 tabindex="-1">{ texts.say("sealing-title") }</h2>
            <p id="sealed" data-test="progress-text">{ so_far(&texts, sealing, (!added).then_some(employees)) }</p>
            <progress value={done} max={total} aria-labelledby="sealed" data-test="progress"></progress>
            <p class="fine" data-test="time-left">{ time_left(&texts, sealing) }</p>
            <p>{ texts.say("sealing-text") }</p>
            <div class="actions">
                <button type="button" class="button button-quiet" data-test="cancel" onclick={cancel}>
                    { texts.say("sealing-cancel") }
                </button>
            </div>
        </>
    }
}

/// In people, if there are lists of them, which are filled up with entries that stand for nobody, mixed in at
/// random; otherwise in ciphertexts.
fn so_far(texts: &Texts, sealing: Sealing, employees: Option<u64>) -> String {
    let gaps = |done, total| [("done", numbers::count(done).into()), ("total", numbers::count(total).into())];
    let (done, total) = (sealing.done as u128, sealing.total.max(1) as u128);
    match employees {
        Some(people) => {
            let people = u128::from(people);
            texts.with("sealing-so-far", gaps(people * done / total, people))
        }
        None => texts.with("sealing-so-far-added", gaps(done, total)),
    }
}

fn time_left(texts: &Texts, sealing: Sealing) -> String {
    match sealing.seconds_left() {
        None => texts.say("sealing-soon-known"),
        Some(seconds) if seconds < 60 => texts.with("sealing-seconds-left", [("count", seconds.into())]),
        Some(seconds) => texts.with("sealing-minutes-left", [("count", seconds.div_ceil(60).into())]),
    }
}
