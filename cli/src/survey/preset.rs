//! `sealedpay survey preset`: a schema to begin with, and reading it back.

use crate::args::PresetArgs;
use crate::{Failure, files, show};
use protocol::SchemaWire;
use std::path::Path;
use survey::{Among, Date, Definition, Label, Preset, PresetKind, PresetOptions, Wanted};

/// Prints the schema as JSON; what is said about it goes to standard error.
pub(super) fn run(args: &PresetArgs) -> Result<(), Failure> {
    let names: Vec<&str> = PresetKind::ALL.into_iter().map(PresetKind::name).collect();
    let kind = PresetKind::from_name(&args.name).ok_or_else(|| {
        Failure::input(format!("There is no preset {}. There are: {}.", args.name, names.join(", ")))
    })?;
    let preset = kind
        .preset(&options(args)?)
        .map_err(|refused| Failure::input(format!("The preset cannot be: {refused}.")))?;
    show::print_json(&SchemaWire::from(&preset.schema));
    explain(&preset);
    Ok(())
}

fn options(args: &PresetArgs) -> Result<PresetOptions, Failure> {
    let label = |text: &String| {
        Label::parse(text.trim()).map_err(|refused| Failure::input(format!("“{text}”: {refused}.")))
    };
    let snapshot = args.snapshot.as_deref().map(|day| {
        Date::parse(day)
            .ok_or_else(|| Failure::input(format!("{day} is not a day, written as in 2026-04-05.")))
    });
    Ok(PresetOptions {
        currency: label(&args.currency)?,
        snapshot: snapshot.transpose()?,
        worker_categories: args.worker_category.iter().map(label).collect::<Result<_, _>>()?,
        bands: args.bands,
    })
}

fn explain(preset: &Preset) {
    let thresholds = preset.thresholds;
    eprintln!(
        "Meant for at least {} reporters, {} reporters and {} employees in a cell.",
        thresholds.min_reporters(),
        thresholds.min_cell_reporters(),
        thresholds.min_cell_employees()
    );
    for definition in &preset.definitions {
        eprintln!("{}", in_words(preset, definition));
    }
}

fn in_words(preset: &Preset, definition: &Definition) -> String {
    let measure = definition.measure.and_then(|at| preset.schema.measures().get(at));
    let measure = measure.map(|measure| format!(" of “{}”", measure.name())).unwrap_or_default();
    let what = match definition.wanted {
        Wanted::Employees => "employees",
        Wanted::Sum => "sum",
        Wanted::Mean => "mean",
        Wanted::MeanGap => "gap between means",
        Wanted::MedianGap => "gap between medians, from bands",
        Wanted::ShareReceiving => "share with more than nothing",
        Wanted::QuartileShares => "shares in the four quarters, from bands",
        Wanted::Bands => "employees in bands",
    };
    let among = if definition.among == Among::Receiving { ", among those who have any" } else { "" };
    format!("{} {}: {what}{measure}{among}.", definition.item, definition.words)
}

/// Reads a schema that was printed and perhaps changed.
pub(crate) fn read(path: &Path) -> Result<SchemaWire, Failure> {
    serde_json::from_slice(&files::read(path)?)
        .map_err(|error| Failure::input(format!("{} holds no schema: {error}.", path.display())))
}
