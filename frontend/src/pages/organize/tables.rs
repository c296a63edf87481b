//! A result with several dimensions, amounts or bands: everything that was published, as tables.

use crate::components::Figures;
use crate::services::organizing::Outcome;
use crate::state::result_tables::{Table, adjusted, figures, gaps, quarters};
use crate::texts::Texts;
use organizer::export::Insights;
use protocol::Release;
use yew::prelude::*;

/// Comparisons first, which is what people come for; then every figure.
pub(super) fn tables(
    texts: &Texts,
    outcome: &Outcome,
    release: &Release,
    reason: fn(&Texts, &str) -> String,
) -> Html {
    let manifest = outcome.manifest.manifest();
    let insights = Insights::of(&outcome.manifest, release);
    let draw = |name: &'static str| move |Table { caption, heads, rows }: Table| html! { <Figures {name} {caption} {heads} {rows} /> };
    html! {
        <>
            { for adjusted(texts, &insights).into_iter().map(|line| html! { <p data-test="adjusted">{ line }</p> }) }
            { for gaps(texts, manifest, release, &insights).into_iter().map(draw("gap-table")) }
            { for quarters(texts, manifest, &insights).into_iter().map(draw("quarter-table")) }
            { for figures(texts, manifest, release, reason).into_iter().map(draw("figure-table")) }
            if !release.warnings.is_empty() {
                <div class="notice notice-warn"><p>{ texts.say("tables-outside") }</p></div>
            }
        </>
    }
}
