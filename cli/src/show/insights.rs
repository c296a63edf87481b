//! What follows from a result, in sentences.

use super::table::in_words as categories_in_words;
use organizer::export::{BandsShown, Between, Insights, Shown};

/// One line for each thing that can be said; where there are several measures each line names its own.
pub(super) fn in_words(insights: &Insights, several: bool) -> String {
    let mut lines = Vec::new();
    for gap in &insights.adjusted_gaps {
        let of = if several { format!("{}, ", gap.measure) } else { String::new() };
        lines.push(format!(
            "{of}{}: gap {} % to {} if both were spread alike over {}, over {} employees.",
            gap.compared,
            gap.percent,
            gap.reference,
            gap.adjusted_for.join(" and "),
            super::count(gap.employees)
        ));
    }
    for shown in &insights.comparisons {
        lines.extend(representation(shown));
        for (measure, bands) in &shown.measures {
            let of = if several { format!("{measure}, {}", place(shown)) } else { place(shown) };
            lines.extend(medians(&of, bands));
            lines.extend(quarters(&of, bands));
        }
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

fn place(shown: &Shown) -> String {
    if shown.within.is_empty() { String::new() } else { format!("{}, ", categories_in_words(&shown.within)) }
}

/// Of everybody the numbers of employees say it in the table.
fn representation(shown: &Shown) -> Option<String> {
    let parts = shown.representation_percent.iter().map(|(group, percent)| format!("{group} {percent} %"));
    let parts: Vec<String> = parts.collect();
    (!shown.within.is_empty() && !parts.is_empty())
        .then(|| format!("{}of those shown: {}.", place(shown), parts.join(", ")))
}

fn medians<'a>(of: &'a str, bands: &'a BandsShown) -> impl Iterator<Item = String> + 'a {
    bands.median_gaps.iter().map(move |(group, gap)| {
        format!("{of}{group}: median gap {} %, surely {}.", gap.percent.estimate, between(gap.percent))
    })
}

fn quarters(of: &str, bands: &BandsShown) -> Vec<String> {
    const NAMES: [&str; 4] = ["lowest", "second", "third", "highest"];
    let line = |(name, groups): (&str, &std::collections::BTreeMap<String, Between>)| {
        let parts = groups
            .iter()
            .map(|(group, percent)| format!("{group} {} % ({})", percent.estimate, between(*percent)));
        let parts: Vec<String> = parts.collect();
        (!parts.is_empty()).then(|| format!("{of}{name} quarter of pay: {}.", parts.join(", ")))
    };
    NAMES.into_iter().zip(&bands.quarter_percent).filter_map(line).collect()
}

fn between(of: Between) -> String {
    format!("{} to {}", of.low, of.high)
}
