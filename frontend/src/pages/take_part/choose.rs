//! A file, dropped or chosen; or rows, pasted or typed.

use super::WayProps;
use super::typed::TypedRows;
use crate::state::typed::Source;
use crate::texts::use_texts;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// All ways in.
#[component]
pub(crate) fn Choose(props: &WayProps) -> Html {
    let texts = use_texts();
    let source = props.guide.desk.typed.borrow().source;
    let replaces = props.guide.way.state.as_ref().is_some_and(|state| state.acknowledged > 0);
    html! {
        <>
            <h2 tabindex="-1">{ texts.say("choose-title") }</h2>
            <p>{ texts.say("choose-text") }</p>
            if replaces { <div class="notice"><p>{ texts.say("choose-replaces") }</p></div> }
            <Drop guide={props.guide.clone()} />
            <details open={source == Source::Pasted}>
                <summary data-test="paste-open">{ texts.say("choose-paste-open") }</summary>
                <Paste guide={props.guide.clone()} />
            </details>
            <details open={source == Source::Typed}>
                <summary data-test="type-open">{ texts.say("choose-type-open") }</summary>
                <TypedRows guide={props.guide.clone()} />
            </details>
        </>
    }
}

/// A place to drop a file on, which is a button too.
#[component]
fn Drop(props: &WayProps) -> Html {
    let texts = use_texts();
    let over = use_state(|| false);
    let set_over = |value: bool| {
        let over = over.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(value);
        })
    };
    let dropped = {
        let (guide, over) = (props.guide.clone(), over.clone());
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(false);
            let file = event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0));
            if let Some(file) = file {
                guide.open_file(file.into());
            }
        })
    };
    let chosen = {
        let guide = props.guide.clone();
        Callback::from(move |event: Event| {
            let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            if let Some(file) = input.and_then(|input| input.files()).and_then(|files| files.get(0)) {
                guide.open_file(file.into());
            }
        })
    };
    html! {
        <div class={classes!("drop", over.then_some("drop-over"))} data-test="drop" ondragover={set_over(true)}
            ondragleave={set_over(false)} ondrop={dropped}>
            <label for="pay-file">{ texts.say("choose-drop") }</label>
            <input id="pay-file" type="file" accept=".csv,.tsv,.txt,text/csv" data-test="file-input"
                aria-describedby="pay-file-hint" onchange={chosen} />
            <p class="fine" id="pay-file-hint">{ texts.say("choose-drop-hint") }</p>
        </div>
    }
}

/// Rows copied from a spreadsheet, names of columns included.
#[component]
fn Paste(props: &WayProps) -> Html {
    let texts = use_texts();
    let area = use_node_ref();
    let go = {
        let (guide, area) = (props.guide.clone(), area.clone());
        Callback::from(move |_| {
            let text = area.cast::<HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default();
            guide.open_text(&text, Source::Pasted);
            guide.desk.typed.borrow_mut().pasted = text.into();
        })
    };
    let before = props.guide.desk.typed.borrow().pasted.to_string();
    html! {
        <div class="field">
            <label for="pasted">{ texts.say("choose-paste") }</label>
            <p class="hint" id="pasted-hint">{ texts.say("choose-paste-hint") }</p>
            <textarea id="pasted" ref={area} data-test="paste" autocomplete="off" spellcheck="false"
                aria-describedby="pasted-hint" defaultvalue={before} />
            <button type="button" class="button" data-test="paste-go" onclick={go}>
                { texts.say("choose-paste-go") }
            </button>
        </div>
    }
}
