//! What a reporter gets back at once: everything that will be sent, cell by cell, and its own exact figures, which
//! are not sent.

use super::WayProps;
use crate::components::{Figures, SHOWN};
use crate::services::{download, numbers};
use crate::state::own_figures::{self, Shown};
use crate::state::way::Ready;
use crate::texts::{Texts, use_texts};
use protocol::{GranularityWire, Manifest, MeasureWire};
use reporter::OwnCell;
use yew::prelude::*;

/// The reporter's own report.
#[component]
pub(crate) fn OwnFigures(props: &WayProps) -> Html {
    let texts = use_texts();
    let (Some(session), Some(ready)) = (props.guide.way.session.clone(), props.guide.way.ready.clone())
    else {
        return html! {};
    };
    let manifest = session.survey().manifest().manifest();
    let compared = manifest.dimensions.iter().find(|dimension| dimension.name == manifest.compared);
    let groups = compared.map(|dimension| dimension.categories.clone()).unwrap_or_default();
    let rows: Vec<Shown> = own_figures::rows(&texts, &ready.report.lines);
    let cells = rows.iter().map(|row| row.cells(numbers::decimal)).collect::<Vec<_>>();
    let heads: Vec<String> = [texts.say("own-figure")].into_iter().chain(groups.iter().cloned()).collect();
    let save = {
        let csv = own_figures::csv(&heads, &rows);
        Callback::from(move |_| download::save("own-pay-gap.csv", "text/csv", csv.as_bytes()))
    };
    html! {
        <section data-test="own-report">
            <h3>{ texts.say("own-title") }</h3>
            <p>{ texts.say("own-text") }</p>
            { more(&texts, cells.len()) }
            <Figures name="own-figures" caption={texts.say("own-title")} {heads} rows={cells} />
            <div class="actions">
                <button type="button" class="button button-quiet" data-test="own-save" onclick={save}>
                    { texts.say("own-save") }
                </button>
            </div>
        </section>
    }
}

/// How many rows a table leaves out.
fn more(texts: &Texts, rows: usize) -> Html {
    let more = rows.saturating_sub(SHOWN);
    if more == 0 {
        return html! {};
    }
    html! { <p>{ texts.with("rows-more", [("count", numbers::count(more as u128).into())]) }</p> }
}

/// Every cell and margin that is sent, where the groups' own table does not say it all. Of single salaries nothing
/// is added up here.
pub(super) fn sent(texts: &Texts, manifest: &Manifest, ready: &Ready) -> Html {
    let several = manifest.dimensions.len() > 1 || manifest.measures.len() > 1;
    if !several || manifest.granularity == GranularityWire::Records {
        return html! {};
    }
    let measures = || manifest.measures.iter().enumerate().filter(|(_, measure)| is_published(measure));
    let mut heads = vec![texts.say("totals-group"), texts.say("totals-employees")];
    for (_, measure) in measures() {
        let name = || ("measure", measure.name.clone().into());
        if has(&ready.report.cells, |cell| cell.sum.is_some(), manifest, measure) {
            heads.push(texts.with("sent-sum", [name(), ("unit", measure.unit.clone().into())]));
        }
        if has(&ready.report.cells, |cell| cell.receiving.is_some(), manifest, measure) {
            heads.push(texts.with("sent-receiving", [name()]));
        }
    }
    let row = |cell: &OwnCell| {
        let name = if cell.categories.is_empty() {
            texts.say("sent-everybody")
        } else {
            cell.categories.join(" / ")
        };
        let mut row = vec![name, numbers::count(cell.employees.into())];
        for of in measures().filter_map(|(at, _)| cell.measures.get(at)) {
            row.extend(of.sum.as_deref().map(numbers::decimal));
            row.extend(of.receiving.map(|receiving| numbers::count(receiving.into())));
        }
        row
    };
    let rows: Vec<Vec<String>> = ready.report.cells.iter().map(row).collect();
    let bands = manifest.measures.iter().any(|measure| !measure.bands.is_empty());
    html! {
        <>
            { more(texts, rows.len()) }
            <Figures name="sent-totals" caption={texts.say("sent-title")} {heads} {rows} />
            if bands { <p class="fine">{ texts.say("sent-bands") }</p> }
        </>
    }
}

fn is_published(measure: &MeasureWire) -> bool {
    !measure.statistics.is_empty() || !measure.bands.is_empty()
}

fn has(
    cells: &[OwnCell],
    of: fn(&reporter::OwnMeasure) -> bool,
    manifest: &Manifest,
    measure: &MeasureWire,
) -> bool {
    let at = manifest.measures.iter().position(|one| one.name == measure.name);
    let own = cells.first().zip(at).and_then(|(cell, at)| cell.measures.get(at));
    own.is_some_and(of)
}

/// Rows that are left out, by the survey's rule.
pub(super) fn left_out(texts: &Texts, ready: &Ready) -> Html {
    if ready.left_out.rows() == 0 {
        return html! {};
    }
    let column = |(column, count): &(String, usize)| {
        let gaps = [("column", column.clone().into()), ("count", (*count).into())];
        html! { <li>{ texts.with("left-out-column", gaps) }</li> }
    };
    html! {
        <div class="notice notice-warn" data-test="left-out">
            <p>{ texts.with("left-out-title", [("count", ready.left_out.rows().into())]) }</p>
            <ul>{ for ready.left_out.columns().iter().map(column) }</ul>
            <p>{ texts.say("left-out-stop") }</p>
        </div>
    }
}
