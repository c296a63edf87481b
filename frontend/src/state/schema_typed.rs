//! A survey that is there already, such as a preset's, as somebody would have typed it.

use super::schema_form::{DimensionForm, MeasureForm, SchemaForm};
use protocol::{DimensionWire, FormulaWire, MeasureWire, SchemaWire};

impl From<&SchemaWire> for SchemaForm {
    fn from(wire: &SchemaWire) -> Self {
        let position = |name: &String| wire.dimensions.iter().position(|one| one.name == *name);
        let tables = |tables: &[Vec<String>]| -> Vec<Vec<usize>> {
            tables.iter().map(|by| by.iter().filter_map(position).collect()).collect()
        };
        let dimension = |one: &DimensionWire| DimensionForm {
            name: one.name.clone(),
            categories: one.categories.join("\n"),
        };
        Self {
            dimensions: wire.dimensions.iter().map(dimension).collect(),
            compared: position(&wire.compared).unwrap_or_default(),
            reference: wire.reference.clone(),
            measures: wire.measures.iter().map(|one| measure_form(wire, one)).collect(),
            tables: tables(&wire.cross_tabulations),
            margins: tables(&wire.margins),
            snapshot: wire.who_counts.snapshot.clone().unwrap_or_default(),
            part_timers: wire.who_counts.part_timers,
            leavers: wire.who_counts.leavers,
            missing: wire.who_counts.missing,
        }
    }
}

fn measure_form(wire: &SchemaWire, measure: &MeasureWire) -> MeasureForm {
    let amount = |minor: u64| plain(minor, measure.decimals);
    let soft = |minor: u64, hard: u64| if minor == hard { String::new() } else { amount(minor) };
    let position = |name: &String| wire.measures.iter().position(|one| one.name == *name);
    let parts = |[one, other]: &[String; 2]| Some([position(one)?, position(other)?]);
    let computed = measure.computed.as_ref().and_then(|formula| match formula {
        FormulaWire::Quotient(of) => Some((true, parts(of)?)),
        FormulaWire::Sum(of) => Some((false, parts(of)?)),
    });
    MeasureForm {
        name: measure.name.clone(),
        unit: measure.unit.clone(),
        decimals: measure.decimals.to_string(),
        minimum: amount(measure.hard.min),
        maximum: amount(measure.hard.max),
        soft_minimum: soft(measure.soft.min, measure.hard.min),
        soft_maximum: soft(measure.soft.max, measure.hard.max),
        bands: measure.bands.iter().map(|edge| amount(*edge)).collect::<Vec<_>>().join(" "),
        statistics: measure.statistics.clone(),
        computed,
    }
}

/// An amount as it is typed: decimals where there are any.
fn plain(minor: u64, decimals: u8) -> String {
    let unit = 10u64.saturating_pow(decimals.into());
    match minor % unit {
        0 => (minor / unit).to_string(),
        rest => format!("{}.{rest:0width$}", minor / unit, width = usize::from(decimals)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use survey::{Date, Label, PresetKind, PresetOptions};

    #[test]
    fn every_preset_comes_out_of_the_form_as_it_went_in() {
        let label = |text| Label::parse(text).unwrap();
        for kind in PresetKind::ALL {
            let options = PresetOptions {
                currency: label("EUR"),
                snapshot: Date::parse("2026-04-05"),
                worker_categories: vec![label("A"), label("B")],
                bands: true,
            };
            let schema = kind.preset(&options).unwrap().schema;
            let wire = SchemaWire::from(&schema);
            let mut mistakes = Vec::new();
            assert_eq!(SchemaForm::from(&wire).write(&mut mistakes), wire, "{}", kind.name());
            assert_eq!(mistakes, []);
        }
    }
}
