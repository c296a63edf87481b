//! Rows that are typed: for those who have a handful of people and no file.

use super::WayProps;
use crate::state::typed::{Source, TypedRow, as_csv};
use crate::texts::use_texts;
use survey::Schema;
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
    let schema = session.survey().manifest().schema();
    let columns = columns(schema);
    let more = {
        let rows = rows.clone();
        Callback::from(move |_| rows.set(at_least(rows.len() + AT_ONCE, (*rows).clone())))
    };
    let go = {
        let (guide, rows) = (props.guide.clone(), rows.clone());
        let header: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
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
                    { for columns.iter().map(|column| html! { <th scope="col">{ &column.head }</th> }) }
                </tr></thead>
                <tbody>{ for (0..rows.len()).map(|at| row(&rows, at, &columns)) }</tbody>
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

/// What is typed of each person.
struct Column {
    name: String,
    head: String,
    /// None where an amount is typed.
    categories: Vec<String>,
}

fn columns(schema: &Schema) -> Vec<Column> {
    let dimension = |dimension: &survey::Dimension| {
        let (name, head) = (dimension.name().to_string(), dimension.name().to_string());
        Column { name, head, categories: dimension.categories().iter().map(ToString::to_string).collect() }
    };
    let measure = |(_, measure): (usize, &survey::Measure)| {
        let head = format!("{} ({})", measure.name(), measure.unit());
        Column { name: measure.name().to_string(), head, categories: Vec::new() }
    };
    schema.dimensions().iter().map(dimension).chain(schema.entered().map(measure)).collect()
}

fn row(rows: &UseStateHandle<Vec<TypedRow>>, at: usize, columns: &[Column]) -> Html {
    let Some(now) = rows.get(at).cloned() else { return html! {} };
    let set = |column: usize| {
        let rows = rows.clone();
        Callback::from(move |event: Event| {
            let mut all = (*rows).clone();
            if let (Some(row), Some(text)) = (all.get_mut(at), typed(&event)) {
                row.write(column, text);
            }
            rows.set(all);
        })
    };
    let number = at + 1;
    let cell = |(position, column): (usize, &Column)| {
        let (value, onchange) = (now.cell(position).to_owned(), set(position));
        let label = format!("{}, {number}", column.name);
        if column.categories.is_empty() {
            return html! {
                <td><input inputmode="decimal" autocomplete="off" aria-label={label} {value} {onchange} /></td>
            };
        }
        html! {
            <td>
                <select aria-label={label} {onchange}>
                    <option value="" selected={value.is_empty()}></option>
                    { for column.categories.iter().map(|name| html! {
                        <option value={name.clone()} selected={*name == value}>{ name }</option>
                    }) }
                </select>
            </td>
        }
    };
    html! { <tr><th scope="row">{ number }</th>{ for columns.iter().enumerate().map(cell) }</tr> }
}

fn typed(event: &Event) -> Option<String> {
    let target = event.target()?;
    let input = target.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value);
    input.or_else(|| target.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::value))
}
