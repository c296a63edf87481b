//! Every total that will be sent, where a survey asks for more than one sum by one column.

use crate::show::{self, Align, lay_out};
use survey::{CellTotals, Measure, Record, Schema};

/// A table over all cells, and what goes along with them; empty where the groups' table has said it all.
pub(super) fn everything(schema: &Schema, records: &[Record]) -> String {
    let simple = schema.measures().iter().all(|measure| *measure.statistics() == survey::Statistics::mean());
    if schema.cell_count() == schema.compared().categories().len() && schema.measures().len() == 1 && simple {
        return String::new();
    }
    let totals = schema.add_up(records);
    let added: Vec<(usize, &Measure)> = schema
        .measures()
        .iter()
        .enumerate()
        .filter(|(_, measure)| !measure.statistics().is_empty())
        .collect();
    let mut head = vec!["of these".to_owned(), "employees".to_owned()];
    for (_, measure) in &added {
        let statistics = measure.statistics();
        head.extend(statistics.mean.then(|| format!("{} ({})", measure.name(), measure.unit())));
        head.extend(statistics.receiving.then(|| format!("with {}", measure.name())));
    }
    let align: Vec<Align> =
        (0..head.len()).map(|at| if at == 0 { Align::Left } else { Align::Right }).collect();
    let mut rows = vec![head];
    rows.extend(totals.iter().map(|cell| row(schema, &added, cell)));
    let mut text = lay_out(&rows, &align);
    for (_, measure) in added {
        text.push_str(&along(measure));
    }
    text
}

fn row(schema: &Schema, added: &[(usize, &Measure)], cell: &CellTotals) -> Vec<String> {
    let category = |(dimension, category): (usize, usize)| {
        let dimension = schema.dimensions().get(dimension)?;
        dimension.categories().get(category).map(ToString::to_string)
    };
    let names: Vec<String> = schema.categories_of(cell.cell).into_iter().filter_map(category).collect();
    let count = |number: i128| show::count(u64::try_from(number).unwrap_or(0));
    let name = if names.is_empty() { "all".to_owned() } else { names.join(", ") };
    let mut row = vec![name, count(cell.employees)];
    for (at, measure) in added {
        let Some(of) = cell.measures.get(*at) else { continue };
        let sum = |sum: i128| show::minor(sum.unsigned_abs(), measure.decimals());
        row.extend(of.sum_minor.map(sum));
        row.extend(of.receiving.map(count));
    }
    row
}

fn along(measure: &Measure) -> String {
    let statistics = measure.statistics();
    let squares = statistics.dispersion.then(|| "the sum of its squares".to_owned());
    let bands = statistics.band_count();
    let bands = (bands > 0).then(|| format!("how many employees are in each of {bands} bands of it"));
    let parts: Vec<String> = squares.into_iter().chain(bands).collect();
    match parts.is_empty() {
        true => String::new(),
        false => format!(
            "Of {} there goes along, for every line but sums of lines: {}.\n",
            measure.name(),
            parts.join(" and ")
        ),
    }
}
