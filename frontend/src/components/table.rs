//! A table of figures: the first column says what each row is about. On narrow screens each row is a list, in which
//! every figure has the head of its column beside it; the roles keep it a table for those who hear it.

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
        html! { <th scope="col" role="columnheader" class={(at > 0).then_some("number")}>{ head }</th> }
    };
    let row = |cells: &Vec<String>| {
        let sentence = cells.len() == 2 && width > 2;
        let span = sentence.then(|| (width - 1).to_string());
        let class = (!sentence).then_some("number");
        let figure = |(cell, head): (&String, &String)| {
            let label = (!sentence).then(|| head.clone());
            html! { <td role="cell" {class} colspan={span.clone()} data-label={label}>{ cell }</td> }
        };
        html! {
            <tr role="row">
                <th scope="row" role="rowheader">{ cells.first().cloned().unwrap_or_default() }</th>
                { for cells.iter().zip(&props.heads).skip(1).map(figure) }
            </tr>
        }
    };
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={props.caption.clone()}>
            <table class="stacked" role="table" data-test={props.name}>
                <caption>{ &props.caption }</caption>
                <thead role="rowgroup"><tr role="row">{ for props.heads.iter().enumerate().map(head) }</tr></thead>
                <tbody role="rowgroup">{ for props.rows.iter().take(SHOWN).map(row) }</tbody>
            </table>
        </div>
    }
}
