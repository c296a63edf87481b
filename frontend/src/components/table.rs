//! A table of figures: the first column says what each row is about.

use yew::prelude::*;

/// The most rows that a page draws without keeping its reader waiting.
pub(crate) const SHOWN: usize = 200;

/// A table.
#[derive(Properties, PartialEq)]
pub(crate) struct FiguresProps {
    /// What tests find it by.
    pub(crate) name: &'static str,
    /// Above it, and its name for those who hear it.
    pub(crate) caption: String,
    /// Above the columns; the first one's stands above what rows are about.
    pub(crate) heads: Vec<String>,
    /// As many cells as heads; a row of two cells has a sentence for all its figures.
    pub(crate) rows: Vec<Vec<String>>,
}

/// The table, of whose rows at most [`SHOWN`] are drawn.
#[component]
pub(crate) fn Figures(props: &FiguresProps) -> Html {
    let width = props.heads.len();
    let head = |(at, head): (usize, &String)| {
        html! { <th scope="col" class={(at > 0).then_some("number")}>{ head }</th> }
    };
    let row = |cells: &Vec<String>| {
        let sentence = cells.len() == 2 && width > 2;
        let span = sentence.then(|| (width - 1).to_string());
        let class = (!sentence).then_some("number");
        let figures = cells.iter().skip(1);
        html! {
            <tr>
                <th scope="row">{ cells.first().cloned().unwrap_or_default() }</th>
                { for figures.map(|cell| html! { <td {class} colspan={span.clone()}>{ cell }</td> }) }
            </tr>
        }
    };
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={props.caption.clone()}>
            <table data-test={props.name}>
                <caption>{ &props.caption }</caption>
                <thead><tr>{ for props.heads.iter().enumerate().map(head) }</tr></thead>
                <tbody>{ for props.rows.iter().take(SHOWN).map(row) }</tbody>
            </table>
        </div>
    }
}
