//! Rows that are typed: for those who have a handful of people and no file.

use super::WayProps;
use crate::state::typed::{Source, TypedRow, as_csv};
use crate::texts::use_texts;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// How many empty rows there are at first, and more on demand.
const AT_ONCE: usize = 5;

/// A table of inputs.
#[component]
pub(crate) fn TypedRows(props: &WayProps) -> Html {
    let texts = use_texts();
    let rows = {
        let desk = props.guide.desk.clone();
        use_state(move || at_least(AT_ONCE, desk.typed.borrow().rows.clone()))
    };
    let Some(session) = props.guide.way.session.clone() else { return html! {} };
    let manifest = session.survey().manifest().manifest();
    let compared = manifest.dimensions.iter().find(|dimension| dimension.name == manifest.compared);
    let categories = compared.map(|dimension| dimension.categories.clone()).unwrap_or_default();
    let measure = manifest.measures.first().map(|measure| (measure.name.clone(), measure.unit.clone()));
    let (measure, unit) = measure.unwrap_or_default();
    let more = {
        let rows = rows.clone();
        Callback::from(move |_| rows.set(at_least(rows.len() + AT_ONCE, (*rows).clone())))
    };
    let go = {
        let (guide, rows) = (props.guide.clone(), rows.clone());
        let header = [manifest.compared.clone(), measure.clone()];
        Callback::from(move |_| {
            guide.desk.typed.borrow_mut().rows.clone_from(&rows);
            guide.open_text(&as_csv(&header, &rows), Source::Typed);
        })
    };
    html! {
        <div data-test="type-rows">
            <div class="scroll"><table class="typed">
                <thead><tr>
                    <th scope="col">{ texts.say("typed-row") }</th>
                    <th scope="col">{ &manifest.compared }</th>
                    <th scope="col">{ format!("{measure} ({unit})") }</th>
                </tr></thead>
                <tbody>{ for (0..rows.len()).map(|at| row(&rows, at, &categories, &manifest.compared, &measure)) }</tbody>
            </table></div>
            <div class="actions">
                <button type="button" class="button" data-test="type-go" onclick={go}>
                    { texts.say("typed-go") }
                </button>
                <button type="button" class="button button-quiet" data-test="type-more" onclick={more}>
                    { texts.say("typed-more") }
                </button>
            </div>
        </div>
    }
}

fn at_least(count: usize, mut rows: Vec<TypedRow>) -> Vec<TypedRow> {
    rows.resize(rows.len().max(count), TypedRow::default());
    rows
}

fn row(
    rows: &UseStateHandle<Vec<TypedRow>>,
    at: usize,
    categories: &[String],
    compared: &str,
    measure: &str,
) -> Html {
    let Some(now) = rows.get(at).cloned() else { return html! {} };
    let set = |change: fn(&mut TypedRow, String)| {
        let rows = rows.clone();
        Callback::from(move |event: Event| {
            let mut all = (*rows).clone();
            if let (Some(row), Some(text)) = (all.get_mut(at), typed(&event)) {
                change(row, text);
            }
            rows.set(all);
        })
    };
    let number = at + 1;
    html! {
        <tr>
            <th scope="row">{ number }</th>
            <td>
                <select aria-label={format!("{compared}, {number}")} onchange={set(|row, text| row.category = text)}>
                    <option value="" selected={now.category.is_empty()}></option>
                    { for categories.iter().map(|name| html! {
                        <option value={name.clone()} selected={*name == now.category}>{ name }</option>
                    }) }
                </select>
            </td>
            <td>
                <input inputmode="decimal" autocomplete="off" aria-label={format!("{measure}, {number}")}
                    value={now.amount} onchange={set(|row, text| row.amount = text)} />
            </td>
        </tr>
    }
}

fn typed(event: &Event) -> Option<String> {
    let target = event.target()?;
    let input = target.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value);
    input.or_else(|| target.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::value))
}
