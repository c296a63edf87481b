//! Which column is which.

use super::WayProps;
use crate::services::numbers;
use crate::state::columns::guess;
use crate::state::way::FileFacts;
use crate::texts::{Texts, use_texts};
use payfile::{ColumnNames, NumberFormat, Options};
use survey::{MissingValues, Schema};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// A column for every dimension and every measure that is entered, how decimals are written, what happens to rows
/// with a gap, and the first rows to see it by.
#[component]
pub(crate) fn Columns(props: &WayProps) -> Html {
    let texts = use_texts();
    let (decimals, missing) = (use_node_ref(), use_node_ref());
    // As many as a schema may have.
    let refs = use_memo((), |()| fresh_refs());
    let Some(session) = props.guide.way.session.clone() else { return html! {} };
    let schema = session.survey().manifest().schema();
    let file = &props.guide.way.file;
    let guessed = guess(file, schema);
    let go = {
        let (guide, refs) = (props.guide.clone(), refs.clone());
        let (decimals, missing) = (decimals.clone(), missing.clone());
        let (dimensions, measures) = (schema.dimensions().len(), schema.entered().count());
        Callback::from(move |_| {
            let mut names: Vec<String> = refs.iter().take(dimensions + measures).map(chosen).collect();
            let measures = names.split_off(dimensions.min(names.len()));
            let number_format = format_of(&chosen(&decimals));
            let options = Options { number_format, stops_at_missing: chosen(&missing) == "stop" };
            guide.read(ColumnNames { dimensions: names, measures }, options);
        })
    };
    let back = {
        let guide = props.guide.clone();
        Callback::from(move |_| guide.replace())
    };
    let asked = asked(schema);
    let several = asked.len() > 2;
    let field = |((asked, node), guess): ((&Asked, &NodeRef), &usize)| {
        select(&asked.id, node, &asked.label, &file.headers, *guess)
    };
    html! {
        <>
            <h2 tabindex="-1">{ texts.say("columns-title") }</h2>
            <p>{ texts.with("columns-rows", [("rows", numbers::count(file.rows as u128).into())]) }</p>
            if several { <p>{ texts.say("columns-match") }</p> }
            <div class="field-row">
                { for asked.iter().zip(refs.iter()).zip(&guessed).map(field) }
                { marks(&texts, &decimals) }
                { gaps(&texts, &missing, schema.who_counts().missing) }
            </div>
            if schema.who_counts().missing == MissingValues::Stop {
                <p class="fine" data-test="missing-must">{ texts.say("columns-missing-must") }</p>
            }
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

fn fresh_refs() -> Vec<NodeRef> {
    (0..Schema::MAX_DIMENSIONS + Schema::MAX_MEASURES).map(|_| NodeRef::default()).collect()
}

/// Something that needs a column.
struct Asked {
    id: String,
    label: String,
}

/// The dimensions, then the measures that are entered. The compared one and the first measure have names of their
/// own, which every survey has.
fn asked(schema: &Schema) -> Vec<Asked> {
    let dimension = |(at, dimension): (usize, &survey::Dimension)| {
        let compared = at == schema.compared_position();
        let id = if compared { "column-compared".to_owned() } else { format!("column-dimension-{}", at + 1) };
        Asked { id, label: dimension.name().to_string() }
    };
    let measure = |(at, (_, measure)): (usize, (usize, &survey::Measure))| {
        let id = if at == 0 { "column-measure".to_owned() } else { format!("column-measure-{}", at + 1) };
        Asked { id, label: format!("{} ({})", measure.name(), measure.unit()) }
    };
    let dimensions = schema.dimensions().iter().enumerate().map(dimension);
    dimensions.chain(schema.entered().enumerate().map(measure)).collect()
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

fn select(id: &str, node: &NodeRef, label: &str, headers: &[String], guess: usize) -> Html {
    let option = |(at, name): (usize, &String)| {
        html! { <option value={name.clone()} selected={at == guess}>{ name }</option> }
    };
    html! {
        <div class="field">
            <label for={id.to_owned()}>{ label }</label>
            <select id={id.to_owned()} ref={node} data-test={id.to_owned()}>
                { for headers.iter().enumerate().map(option) }
            </select>
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

/// Where the survey leaves rows with a gap out, the person may rather stop and complete them.
fn gaps(texts: &Texts, node: &NodeRef, rule: MissingValues) -> Html {
    if rule == MissingValues::Stop {
        return html! {};
    }
    html! {
        <div class="field">
            <label for="missing-rule">{ texts.say("columns-missing") }</label>
            <select id="missing-rule" ref={node} data-test="missing-rule">
                <option value="" selected=true>{ texts.say("columns-missing-leave-out") }</option>
                <option value="stop">{ texts.say("columns-missing-stop") }</option>
            </select>
        </div>
    }
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
