//! One field of a form: its name, a hint, what is wrong with it.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// How a field is typed into.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Kind {
    /// One line.
    #[default]
    Line,
    /// A number.
    Number,
    /// Several lines.
    Lines,
    /// A moment.
    Moment,
    /// Something nobody should read over a shoulder.
    Secret,
}

/// A field.
#[derive(Properties, PartialEq)]
pub(crate) struct FieldProps {
    /// Its id, and what tests find it by.
    pub(crate) name: AttrValue,
    /// What people call it.
    pub(crate) label: AttrValue,
    /// More about it.
    #[prop_or_default]
    pub(crate) hint: Option<AttrValue>,
    /// What is wrong.
    #[prop_or_default]
    pub(crate) wrong: Option<AttrValue>,
    /// What stands in it.
    pub(crate) value: AttrValue,
    /// What it is.
    #[prop_or_default]
    pub(crate) kind: Kind,
    /// Gets what is typed.
    pub(crate) on_input: Callback<String>,
}

/// Label, hint, input, mistake.
#[component]
pub(crate) fn Field(props: &FieldProps) -> Html {
    let name = props.name.clone();
    let (hint_id, wrong_id) = (format!("{name}-hint"), format!("{name}-wrong"));
    let on_input = props.on_input.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        if let Some(text) = typed(&event) {
            on_input.emit(text);
        }
    });
    let described = format!("{hint_id} {wrong_id}");
    let invalid = props.wrong.is_some().to_string();
    let value = props.value.clone();
    let (kind, mode) = match props.kind {
        Kind::Moment => ("datetime-local", "text"),
        Kind::Secret => ("password", "text"),
        Kind::Number => ("text", "decimal"),
        Kind::Line | Kind::Lines => ("text", "text"),
    };
    html! {
        <div class="field">
            <label for={name.clone()}>{ &props.label }</label>
            if let Some(hint) = &props.hint { <p class="hint" id={hint_id}>{ hint }</p> }
            if props.kind == Kind::Lines {
                <textarea id={name.clone()} data-test={name} {value} {oninput} aria-describedby={described}
                    aria-invalid={invalid} spellcheck="false" autocomplete="off" />
            } else {
                <input id={name.clone()} data-test={name} type={kind} inputmode={mode} {value} {oninput}
                    aria-describedby={described} aria-invalid={invalid} autocomplete="off" />
            }
            if let Some(wrong) = &props.wrong { <p class="wrong" id={wrong_id}>{ wrong }</p> }
        </div>
    }
}

fn typed(event: &InputEvent) -> Option<String> {
    let target = event.target()?;
    let line = target.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value);
    line.or_else(|| target.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value))
}
