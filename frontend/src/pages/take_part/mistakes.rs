//! Every row that must be mended, at once.

use super::WayProps;
use crate::services::numbers;
use crate::state::typed::Source;
use crate::state::way::Stage;
use crate::texts::use_texts;
use payfile::RowProblem;
use yew::prelude::*;

/// The list, and the way to a mended file.
#[component]
pub(crate) fn Mistakes(props: &WayProps) -> Html {
    let texts = use_texts();
    let Stage::Mistakes(problems) = &props.guide.way.stage else { return html! {} };
    let (columns, other) = {
        let (one, two) = (props.guide.clone(), props.guide.clone());
        (Callback::from(move |_| one.columns_again()), Callback::from(move |_| two.replace()))
    };
    let unlisted = problems.total() - problems.listed().len();
    let source = props.guide.desk.typed.borrow().source;
    let (text, again) = if source == Source::File {
        (texts.say("mistakes-text"), texts.say("mistakes-again"))
    } else {
        (texts.say("mistakes-text-typed"), texts.say("mistakes-again-typed"))
    };
    // Typed rows have no line with the names of the columns above them.
    let above = u32::from(source == Source::Typed);
    html! {
        <div data-test="problems">
            <h2 tabindex="-1">
                { texts.with("mistakes-title", [("count", problems.total().into())]) }
            </h2>
            <div class="notice notice-bad" role="alert" data-test="error" data-code="rows">
                <p>{ text }</p>
            </div>
            <div class="scroll" tabindex="0" role="region" aria-label={texts.say("mistakes-table")}><table>
                <thead><tr>
                    <th scope="col" class="number">{ texts.say("mistakes-row") }</th>
                    <th scope="col">{ texts.say("mistakes-column") }</th>
                    <th scope="col">{ texts.say("mistakes-what") }</th>
                </tr></thead>
                <tbody>{ for problems.listed().iter().map(|problem| row(problem, above)) }</tbody>
            </table></div>
            if unlisted > 0 {
                <p>{ texts.with("mistakes-more", [("count", numbers::count(unlisted as u128).into())]) }</p>
            }
            <div class="actions">
                <button type="button" class="button" data-test="other-file" onclick={other}>
                    { again }
                </button>
                <button type="button" class="button button-quiet" data-test="other-columns" onclick={columns}>
                    { texts.say("other-columns") }
                </button>
            </div>
        </div>
    }
}

/// A row: the amount itself is not shown, a category that was not known is.
fn row(problem: &RowProblem, above: u32) -> Html {
    let entered = problem.category_as_entered().map(|entered| format!("“{entered}”: ")).unwrap_or_default();
    html! {
        <tr>
            <td class="number">{ numbers::count(problem.row.saturating_sub(above).into()) }</td>
            <td>{ &problem.column }</td>
            <td>{ format!("{entered}{}.", problem.kind) }</td>
        </tr>
    }
}
