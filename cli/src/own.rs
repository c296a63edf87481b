//! A reporter's own figures, in lines of text: for its own eyes, and sent nowhere.

use statistics::{Decimal, OwnFigure, OwnValue, Summary, own_report};
use survey::{Record, Schema};

/// What a reporter's own rows say: the figures of the law, where the survey was begun with one, otherwise means,
/// medians, quartiles and gaps. Exact, and nothing in it is suppressed. Empty without rows.
pub(crate) fn in_words(schema: &Schema, records: &[Record]) -> String {
    let figures = own_report(schema, records);
    let lines = figures.iter().flat_map(|figure| lines(schema, figure));
    lines.map(|line| format!("  {line}\n")).collect()
}

fn lines(schema: &Schema, figure: &OwnFigure) -> Vec<String> {
    let about = about(schema, figure);
    match &figure.of {
        OwnValue::Summaries(groups) => {
            let line = |(name, summary): (String, &Option<Summary>)| {
                Some(summarized(&about, &name, summary.as_ref()?))
            };
            names(schema).zip(groups).filter_map(line).collect()
        }
        OwnValue::MeanGap(gaps) => gap(schema, &about, "gap of means", gaps),
        OwnValue::MedianGap(gaps) => gap(schema, &about, "gap of medians", gaps),
        OwnValue::Receiving(shares) => {
            let parts = names(schema).zip(shares).map(|(name, share)| format!("{name} {}", percent(*share)));
            vec![format!("{about}who receives any: {}", joined(parts))]
        }
        OwnValue::Quarters(quarters) => {
            const QUARTERS: [&str; 4] = ["lowest", "second", "third", "highest"];
            let line = |(quarter, shares): (&str, &Option<Vec<Decimal>>)| {
                let parts =
                    names(schema).zip(shares.as_ref()?).map(|(name, share)| format!("{name} {share} %"));
                Some(format!("{about}{quarter} quarter: {}", joined(parts)))
            };
            QUARTERS.into_iter().zip(quarters).filter_map(line).collect()
        }
    }
}

/// What a line is about: the item of the law, the measure, and of whom.
fn about(schema: &Schema, figure: &OwnFigure) -> String {
    let measure = schema.measures().get(figure.measure).map(|measure| measure.name().to_string());
    let category = |(dimension, category): &(usize, usize)| {
        let categories = schema.dimensions().get(*dimension)?.categories();
        categories.get(*category).map(ToString::to_string)
    };
    let item = Some(figure.item.to_owned()).filter(|item| !item.is_empty());
    let among = figure.among_receiving.then(|| "of who receives any".to_owned());
    let head: Vec<String> = item.into_iter().chain(measure).collect();
    let of = figure.within.iter().filter_map(category).chain(among);
    let parts: Vec<String> = std::iter::once(head.join(" ")).chain(of).collect();
    format!("{}: ", parts.join(", "))
}

fn names(schema: &Schema) -> impl Iterator<Item = String> {
    schema.compared().categories().iter().map(ToString::to_string)
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

fn gap(schema: &Schema, about: &str, what: &str, gaps: &[Option<Decimal>]) -> Vec<String> {
    let groups = names(schema).zip(gaps).enumerate().filter(|(group, _)| *group != schema.reference());
    groups.map(|(_, (name, gap))| format!("{about}{name}, {what} {}", percent(*gap))).collect()
}

fn percent(of: Option<Decimal>) -> String {
    of.map_or_else(|| "none".to_owned(), |of| format!("{of} %"))
}

fn summarized(about: &str, name: &str, of: &Summary) -> String {
    let shown = |figure: Decimal| crate::show::decimal(&figure.to_string());
    format!(
        "{about}{name}, {} employees, mean {}, dispersion {}, median {} (quartiles {} and {})",
        crate::show::count(of.employees),
        shown(of.mean),
        shown(of.std),
        shown(of.median),
        shown(of.lower_quartile),
        shown(of.upper_quartile)
    )
}
