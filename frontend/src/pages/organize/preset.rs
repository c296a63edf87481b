//! A survey to begin with, as a legal text or a council asks it.

use crate::components::{Field, Kind, Trouble, TroubleBox};
use crate::state::plan_form::PlanForm;
use crate::state::schema_form::SchemaForm;
use crate::texts::{Texts, use_texts};
use protocol::SchemaWire;
use survey::{Date, Label, Preset, PresetKind, PresetOptions};
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// The form, and who gets it filled in.
#[derive(Properties, PartialEq)]
pub(crate) struct PresetProps {
    /// As it is now.
    pub(crate) form: PlanForm,
    /// Gets it filled in.
    pub(crate) on_filled: Callback<PlanForm>,
}

/// What is typed before a preset is made.
#[derive(Clone, PartialEq)]
struct Wish {
    kind: PresetKind,
    currency: String,
    snapshot: String,
    workers: String,
    bands: bool,
}

/// Which preset, and what it leaves open.
#[component]
pub(crate) fn Presets(props: &PresetProps) -> Html {
    let texts = use_texts();
    let wish = use_state(|| Wish {
        kind: PresetKind::Simple,
        currency: "EUR".to_owned(),
        snapshot: String::new(),
        workers: String::new(),
        bands: false,
    });
    let made = use_state(|| None::<Result<PresetKind, Trouble>>);
    let change = |change: fn(&mut Wish, String)| {
        let wish = wish.clone();
        Callback::from(move |text: String| {
            let mut next = (*wish).clone();
            change(&mut next, text);
            wish.set(next);
        })
    };
    let kind = {
        let wish = wish.clone();
        Callback::from(move |event: Event| {
            let name = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
            let kind = name.and_then(|select| PresetKind::from_name(&select.value()));
            wish.set(Wish { kind: kind.unwrap_or(wish.kind), ..(*wish).clone() });
        })
    };
    let bands = {
        let wish = wish.clone();
        Callback::from(move |_| wish.set(Wish { bands: !wish.bands, ..(*wish).clone() }))
    };
    let go = {
        let (wish, made) = (wish.clone(), made.clone());
        let (form, on_filled) = (props.form.clone(), props.on_filled.clone());
        Callback::from(move |_| match preset(&wish) {
            Ok(preset) => {
                on_filled.emit(filled(&form, &preset));
                made.set(Some(Ok(preset.kind)));
            }
            Err(trouble) => made.set(Some(Err(trouble))),
        })
    };
    html! {
        <section class="card">
            <h2>{ texts.say("preset-title") }</h2>
            <p>{ texts.say("preset-text") }</p>
            <div class="field-row">
                { select(&texts, wish.kind, kind) }
                if !matches!(wish.kind, PresetKind::Uk) {
                    <Field name="preset-currency" label={texts.say("preset-currency")} value={wish.currency.clone()}
                        on_input={change(|wish, text| wish.currency = text)} />
                }
                <Field name="preset-snapshot" label={texts.say("preset-snapshot")}
                    hint={AttrValue::from(texts.say("preset-snapshot-hint"))} value={wish.snapshot.clone()}
                    on_input={change(|wish, text| wish.snapshot = text)} />
            </div>
            if wish.kind == PresetKind::Eu {
                <Field name="preset-workers" label={texts.say("preset-workers")} kind={Kind::Lines}
                    hint={AttrValue::from(texts.say("preset-workers-hint"))} value={wish.workers.clone()}
                    on_input={change(|wish, text| wish.workers = text)} />
            }
            if wish.kind == PresetKind::Boston {
                <label class="check">
                    <input type="checkbox" data-test="preset-bands" checked={wish.bands} onchange={bands} />
                    { texts.say("preset-bands") }
                </label>
            }
            { outcome(&texts, (*made).as_ref()) }
            <button type="button" class="button button-quiet" data-test="preset-go" onclick={go}>
                { texts.say("preset-go") }
            </button>
        </section>
    }
}

fn outcome(texts: &Texts, made: Option<&Result<PresetKind, Trouble>>) -> Html {
    match made {
        None => html! {},
        Some(Err(trouble)) => html! { <TroubleBox trouble={trouble.clone()} /> },
        Some(Ok(kind)) => {
            let done = texts.with("preset-done", [("name", name(texts, *kind).into())]);
            html! { <p role="status" data-test="preset-done">{ done }</p> }
        }
    }
}

fn select(texts: &Texts, chosen: PresetKind, onchange: Callback<Event>) -> Html {
    let option = |kind: PresetKind| {
        html! { <option value={kind.name()} selected={kind == chosen}>{ name(texts, kind) }</option> }
    };
    html! {
        <div class="field">
            <label for="preset">{ texts.say("preset-which") }</label>
            <select id="preset" data-test="preset" {onchange}>
                { for PresetKind::ALL.into_iter().map(option) }
            </select>
        </div>
    }
}

fn name(texts: &Texts, kind: PresetKind) -> String {
    match kind {
        PresetKind::Simple => texts.say("preset-simple"),
        PresetKind::Eu => texts.say("preset-eu"),
        PresetKind::Uk => texts.say("preset-uk"),
        PresetKind::Boston => texts.say("preset-boston"),
        PresetKind::Eeo1 => texts.say("preset-eeo1"),
    }
}

/// The preset, or why it cannot be, in the words of the rooms that refuse it.
fn preset(wish: &Wish) -> Result<Preset, Trouble> {
    let label =
        |text: &str| Label::parse(text.trim()).map_err(|refusal| Trouble::in_words("preset", &refusal));
    let day = wish.snapshot.trim();
    let snapshot = Date::parse(day);
    if !day.is_empty() && snapshot.is_none() {
        return Err(Trouble::new("preset-day"));
    }
    let workers = wish.workers.lines().filter(|line| !line.trim().is_empty());
    let options = PresetOptions {
        currency: label(&wish.currency)?,
        snapshot,
        worker_categories: workers.map(label).collect::<Result<_, _>>()?,
        bands: wish.bands,
    };
    wish.kind.preset(&options).map_err(|refusal| Trouble::in_words("preset", &refusal))
}

fn filled(form: &PlanForm, preset: &Preset) -> PlanForm {
    let mut form = PlanForm { schema: SchemaForm::from(&SchemaWire::from(&preset.schema)), ..form.clone() };
    form.set_thresholds(preset.thresholds);
    form
}
