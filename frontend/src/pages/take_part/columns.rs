//! Which column is which.

use super::WayProps;
use crate::services::numbers;
use crate::state::way::FileFacts;
use crate::texts::{Texts, use_texts};
use payfile::NumberFormat;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Two columns, how decimals are written, and the first rows to see it by.
#[component]
pub(crate) fn Columns(props: &WayProps) -> Html {
    let texts = use_texts();
    let (compared, measure, decimals) = (use_node_ref(), use_node_ref(), use_node_ref());
    let Some(session) = props.guide.way.session.clone() else { return html! {} };
    let manifest = session.survey().manifest().manifest();
    let measured = manifest.measures.first().map(|measure| measure.name.clone()).unwrap_or_default();
    let file = &props.guide.way.file;
    let guess = guess(file, &manifest.compared, &measured);
    let go = {
        let (guide, refs) = (props.guide.clone(), [compared.clone(), measure.clone(), decimals.clone()]);
        Callback::from(move |_| {
            let [compared, measure, decimals] = refs.each_ref().map(chosen);
            guide.read(compared, measure, format_of(&decimals));
        })
    };
    let back = {
        let guide = props.guide.clone();
        Callback::from(move |_| guide.replace())
    };
    html! {
        <>
            <h2 tabindex="-1">{ texts.say("columns-title") }</h2>
            <p>{ texts.with("columns-rows", [("rows", numbers::count(file.rows as u128).into())]) }</p>
            <div class="field-row">
                { select("column-compared", &compared, &manifest.compared, &file.headers, guess.0) }
                { select("column-measure", &measure, &measured, &file.headers, guess.1) }
                { marks(&texts, &decimals) }
            </div>
            { first_rows(&texts, file) }
            <div class="actions">
                <button type="button" class="button" data-test="columns-go" onclick={go}>
                    { texts.say("columns-go") }
                </button>
                <button type="button" class="button button-quiet" data-test="other-file" onclick={back}>
                    { texts.say("other-file") }
                </button>
            </div>
        </>
    }
}

fn chosen(select: &NodeRef) -> String {
    select.cast::<HtmlSelectElement>().map(|select| select.value()).unwrap_or_default()
}

fn format_of(name: &str) -> Option<NumberFormat> {
    match name {
        "dot" => Some(NumberFormat::DecimalDot),
        "comma" => Some(NumberFormat::DecimalComma),
        _ => None,
    }
}

fn select(id: &'static str, node: &NodeRef, label: &str, headers: &[String], guess: usize) -> Html {
    let option = |(at, name): (usize, &String)| {
        html! { <option value={name.clone()} selected={at == guess}>{ name }</option> }
    };
    html! {
        <div class="field">
            <label for={id}>{ label }</label>
            <select {id} ref={node} data-test={id}>{ for headers.iter().enumerate().map(option) }</select>
        </div>
    }
}

fn marks(texts: &Texts, node: &NodeRef) -> Html {
    html! {
        <div class="field">
            <label for="decimal-mark">{ texts.say("columns-decimals") }</label>
            <select id="decimal-mark" ref={node} data-test="decimal-mark">
                // Said in so many words: a browser takes what stands in the list first, and yew puts the last
                // one there first.
                <option value="" selected=true>{ texts.say("columns-decimals-auto") }</option>
                <option value="dot">{ texts.say("columns-decimals-dot") }</option>
                <option value="comma">{ texts.say("columns-decimals-comma") }</option>
            </select>
        </div>
    }
}

/// Columns of the right name; else the first, and the first that is another and holds numbers.
fn guess(file: &FileFacts, compared: &str, measure: &str) -> (usize, usize) {
    let named =
        |name: &str| file.headers.iter().position(|header| header.trim().eq_ignore_ascii_case(name.trim()));
    let holds_numbers = |at: usize| {
        let cells = file.first_rows.iter().filter_map(|row| row.get(at));
        cells.into_iter().any(|cell| cell.starts_with(|c: char| c.is_ascii_digit()))
    };
    let measure = named(measure).or_else(|| (0..file.headers.len()).rev().find(|at| holds_numbers(*at)));
    let compared = named(compared).or_else(|| (0..file.headers.len()).find(|at| Some(*at) != measure));
    (compared.unwrap_or(0), measure.unwrap_or(0))
}

/// The first rows: they show pay, to the one who chose the file, and go with this page.
fn first_rows(texts: &Texts, file: &FileFacts) -> Html {
    let cells = |row: &Vec<String>| row.iter().map(|cell| html! { <td>{ cell }</td> }).collect::<Html>();
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={texts.say("columns-first-rows")}><table>
            <caption>{ texts.say("columns-first-rows") }</caption>
            <thead><tr>{ for file.headers.iter().map(|name| html! { <th scope="col">{ name }</th> }) }</tr></thead>
            <tbody>{ for file.first_rows.iter().map(|row| html! { <tr>{ cells(row) }</tr> }) }</tbody>
        </table></div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_guessed_by_name_then_by_what_they_hold() {
        let file = |headers: [&str; 3]| FileFacts {
            headers: headers.map(str::to_owned).to_vec(),
            rows: 1,
            first_rows: vec![["prof", "Female", "80000"].map(str::to_owned).to_vec()],
        };
        assert_eq!(guess(&file(["rank", "Sex", "Salary"]), "sex", "salary"), (1, 2));
        assert_eq!(guess(&file(["rank", "gender", "pay"]), "sex", "salary"), (0, 2));
        assert_eq!(guess(&file(["salary", "sex", "id"]), "sex", "salary"), (1, 0));
    }
}
