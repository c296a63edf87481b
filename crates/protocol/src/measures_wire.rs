//! The figures of measures, as they stand in a release, and their slots read out of it.

use crate::{ReleaseBand, ReleaseBounds, ReleaseCell, ReleaseMeasure};
use statistics::{Band, Bounds, CellFigures, Decimal, MeasureFigures, ReleasedMeasure};
use std::collections::BTreeMap;
use survey::{Measure, Schema};

/// The measures that anything is published of.
fn published(schema: &Schema) -> impl Iterator<Item = (usize, &Measure)> {
    schema.measures().iter().enumerate().filter(|(_, measure)| !measure.statistics().is_empty())
}

/// Adds the figures of all measures to a cell: of a single one in the cell itself.
pub(crate) fn with_measures(schema: &Schema, figures: &CellFigures, cell: ReleaseCell) -> ReleaseCell {
    let of = |(at, measure): (usize, &Measure)| {
        let composed = compose(measure, figures.slots.measures.get(at)?, figures.measures.get(at)?);
        Some((measure.name().to_string(), composed))
    };
    let mut all: BTreeMap<String, ReleaseMeasure> = published(schema).filter_map(of).collect();
    match all.pop_first() {
        Some((_, only)) if all.is_empty() => cell.with(only),
        Some((name, first)) => {
            all.insert(name, first);
            ReleaseCell { measures: Some(all), ..cell }
        }
        None => cell,
    }
}

fn compose(measure: &Measure, slots: &ReleasedMeasure, figures: &MeasureFigures) -> ReleaseMeasure {
    let text = |number: Option<Decimal>| number.map(|number| number.to_string());
    let minor = |minor: u64| Decimal::new(minor.into(), measure.decimals()).to_string();
    let band = |band: &Band| {
        let employees = u64::try_from(band.employees).ok()?;
        Some(ReleaseBand { from: minor(band.low_minor), to: minor(band.high_minor), employees })
    };
    let bands: Option<Vec<ReleaseBand>> = slots.bands.iter().map(band).collect();
    ReleaseMeasure {
        sum: text(figures.sum),
        mean: text(figures.mean),
        squares: slots.squares.map(|squares| squares.to_string()),
        std: text(figures.std),
        receiving: slots.receiving.and_then(|receiving| u64::try_from(receiving).ok()),
        receiving_percent: text(figures.receiving_percent),
        bands: bands.filter(|bands| !bands.is_empty()),
        lower_quartile: figures.lower_quartile.map(bounds),
        median: figures.median.map(bounds),
        upper_quartile: figures.upper_quartile.map(bounds),
    }
}

fn bounds(bounds: Bounds) -> ReleaseBounds {
    ReleaseBounds {
        low: bounds.low.to_string(),
        high: bounds.high.to_string(),
        estimate: bounds.estimate.to_string(),
    }
}

/// The slots of all measures of a released cell; `None` if one is missing or spelled otherwise than it may be.
/// Whatever else stands there is compared by the caller, who composes the whole release anew.
pub(crate) fn read_measures(schema: &Schema, cell: &ReleaseCell) -> Option<Vec<ReleasedMeasure>> {
    let several = published(schema).count() > 1;
    let read_one = |measure: &Measure| {
        if measure.statistics().is_empty() {
            return Some(ReleasedMeasure::default());
        }
        let own = cell.own_figures();
        let named = cell.measures.as_ref().and_then(|all| all.get(measure.name().as_str()));
        read(measure, if several { named? } else { &own })
    };
    schema.measures().iter().map(read_one).collect()
}

fn read(measure: &Measure, wire: &ReleaseMeasure) -> Option<ReleasedMeasure> {
    let minor = |text: &String| {
        let number = Decimal::parse(text).filter(|number| number.decimals() == measure.decimals())?;
        u64::try_from(number.value()).ok()
    };
    let band = |band: &ReleaseBand| {
        let (low_minor, high_minor) = (minor(&band.from)?, minor(&band.to)?);
        Some(Band { low_minor, high_minor, employees: band.employees.into() })
    };
    let asked = measure.statistics();
    let sum = |text: &String| Decimal::parse(text).filter(|sum| sum.decimals() == measure.decimals());
    let squares = |text: &String| text.parse::<i128>().ok().filter(|squares| squares.to_string() == *text);
    Some(ReleasedMeasure {
        sum_minor: if asked.mean { Some(wire.sum.as_ref().and_then(sum)?.value()) } else { None },
        squares: if asked.dispersion { Some(wire.squares.as_ref().and_then(squares)?) } else { None },
        receiving: if asked.receiving { Some(wire.receiving?.into()) } else { None },
        bands: wire.bands.iter().flatten().map(band).collect::<Option<_>>()?,
    })
}
