//! `sealedpay rehearse`: a whole survey on this machine.

use crate::args::RehearseArgs;
use crate::survey::preset;
use crate::{Failure, files, out, own, pay_file, progress, show};
use indicatif::ProgressBar;
use organizer::VerifiedResult;
use payfile::{Mapping, Table, Wish, infer_schema_by};
use rehearsal::{Options, Play, Played, Progress, Rehearsal, RehearsalError, Step, deal};
use std::io::IsTerminal;
use std::path::Path;
use std::sync::{Arc, Mutex};
use survey::{Capacity, Schema, Thresholds};

const DEMO: &str = include_str!("../../data/faculty-salaries.csv");
const DEMO_REPORTERS: u32 = 6;

/// Reads, plays, prints.
pub(crate) async fn run(args: RehearseArgs) -> Result<(), Failure> {
    let play = prepare(&args)?;
    let ciphertexts = play.ciphertexts(args.key_bits.size()).map_err(|failed| failure(&failed))?;
    let reporters = play.reporters.len();
    let first = play.reporters.first().map(|records| own::in_words(&play.schema, records));
    eprintln!("{} reporters will seal {} entries.", reporters, show::count(ciphertexts as u64));
    let progress = Watch::start(ciphertexts);
    let mut options = Options::new(args.key_bits.size());
    options.progress = progress.clone();
    let rehearsal = Rehearsal::start(options).await.map_err(|failed| failure(&failed))?;
    let played = rehearsal.play(play, &progress).await;
    let audit = write_audit(&rehearsal, played.as_ref().ok(), &args).await;
    // The result is there or is not; a server that stumbles while it stops changes nothing about it.
    let _ = rehearsal.stop().await;
    print(&played.map_err(|failed| failure(&failed))?, args.json)?;
    audit?;
    if let Some(first) = first.filter(|_| !args.json) {
        eprintln!("What the first reporter alone was shown of its own people:");
        eprint!("{first}");
    }
    Ok(())
}

/// Writes the bundle and the keys, where they are asked for and the survey was released.
async fn write_audit(
    rehearsal: &Rehearsal,
    played: Option<&Played>,
    args: &RehearseArgs,
) -> Result<(), Failure> {
    let (Some(bundle_file), Some(keys_file), Some(played)) = (&args.bundle, &args.server_keys, played) else {
        return Ok(());
    };
    if !matches!(played.result, VerifiedResult::Released { .. }) {
        return Ok(());
    }
    let survey = played.manifest.manifest().survey;
    let (bundle, keys) = rehearsal.audit(&survey).await.map_err(|failed| failure(&failed))?;
    files::write_public(bundle_file, &bundle)?;
    files::write_public(keys_file, &keys)
}

/// From the file to what is played; every problem of the file at once.
fn prepare(args: &RehearseArgs) -> Result<Play, Failure> {
    let bytes = match &args.csv {
        Some(path) => files::read(path).map_err(pay_file::unsent)?,
        None => DEMO.as_bytes().to_vec(),
    };
    let reporters = args.reporters.unwrap_or(DEMO_REPORTERS);
    let thresholds = Thresholds::new(args.min_reporters, args.min_cell_reporters, args.min_cell_employees)
        .map_err(|refused| pay_file::mend(format!("The minimum numbers are refused: {refused}.")))?;
    let table = Table::parse(&bytes).map_err(pay_file::mend)?;
    let options = pay_file::options(args.decimal_mark);
    let (schema, mapping) = match &args.schema {
        Some(path) => declared(path, &table)?,
        None => inferred(args, &table, options)?,
    };
    let reading = payfile::read_records(&table, &schema, mapping, options).map_err(pay_file::mend)?;
    eprint!("{}", reading.left_out());
    let records = reading.into_records();
    check_number(reporters, records.len())?;
    let names: Vec<&str> = schema.dimensions().iter().map(|dimension| dimension.name().as_str()).collect();
    let title = format!("Rehearsal: {} by {}", schema.measure().name(), names.join(", "));
    let reporters = deal(&records, reporters as usize);
    let granularity = args.granularity.wire().into();
    Ok(Play { title: title.chars().take(100).collect(), schema, thresholds, granularity, reporters })
}

/// The schema out of a file, and the columns that are named as in it.
fn declared(path: &Path, table: &Table) -> Result<(Schema, Mapping), Failure> {
    let schema = preset::read(path).map_err(pay_file::unsent)?;
    let schema =
        schema.admit().map_err(|refused| pay_file::mend(format!("The survey cannot be: {refused}.")))?;
    let dimensions: Vec<&str> = schema.dimensions().iter().map(|one| one.name().as_str()).collect();
    let measures: Vec<&str> = schema.entered().map(|(_, one)| one.name().as_str()).collect();
    let mapping = table.mapping_of(&dimensions, &measures).map_err(pay_file::mend)?;
    Ok((schema, mapping))
}

/// A schema that fits the pay file.
fn inferred(
    args: &RehearseArgs,
    table: &Table,
    options: payfile::Options,
) -> Result<(Schema, Mapping), Failure> {
    let compare = args.compare.as_deref().unwrap_or("sex");
    let measure = args.measure.as_deref().unwrap_or("salary");
    let broken_down = Breakdown::of(&args.by, compare);
    let names: Vec<&str> = broken_down.dimensions.iter().map(String::as_str).collect();
    let mapping = table.mapping_of(&names, &[measure]).map_err(pay_file::mend)?;
    let wish = Wish {
        compared: broken_down.dimensions.len() - 1,
        reference: args.reference.as_deref(),
        unit: args.unit.as_deref().unwrap_or(if args.demo { "USD" } else { "units" }),
        cross_tabulations: &broken_down.cross_tabulations,
        margins: &broken_down.margins,
        dispersion: !args.no_dispersion,
        band_width: args.bands.as_deref(),
        missing: args.missing.rule(),
    };
    let schema = infer_schema_by(table, mapping, wish, options).map_err(pay_file::mend)?;
    Ok((schema, mapping))
}

/// What `--by` asks for: every `--by` is a cross-tabulation with the compared dimension, which comes last, and
/// then there is a margin of it alone.
struct Breakdown {
    dimensions: Vec<String>,
    cross_tabulations: Vec<Vec<usize>>,
    margins: Vec<Vec<usize>>,
}

impl Breakdown {
    fn of(by: &[String], compare: &str) -> Self {
        let mut dimensions: Vec<String> = Vec::new();
        let mut tables: Vec<Vec<usize>> = Vec::new();
        for columns in by {
            let mut table = Vec::new();
            for column in columns.split(',').map(str::trim) {
                let known = dimensions.iter().position(|name| name == column);
                table.push(known.unwrap_or(dimensions.len()));
                if known.is_none() {
                    dimensions.push(column.to_owned());
                }
            }
            tables.push(table);
        }
        let compared = dimensions.len();
        dimensions.push(compare.to_owned());
        tables.iter_mut().for_each(|table| table.push(compared));
        if tables.is_empty() {
            return Self { dimensions, cross_tabulations: vec![vec![compared]], margins: Vec::new() };
        }
        Self { dimensions, cross_tabulations: tables, margins: vec![vec![compared]] }
    }
}

fn check_number(reporters: u32, rows: usize) -> Result<(), Failure> {
    if reporters == 0 || reporters > Capacity::MAX_REPORTERS {
        let most = Capacity::MAX_REPORTERS;
        return Err(pay_file::mend(format!("A survey has 1 to {most} reporters. Choose another number.")));
    }
    if (reporters as usize) > rows {
        return Err(pay_file::mend(format!(
            "The file has {rows} rows, too few for {reporters} reporters with at least one each."
        )));
    }
    Ok(())
}

fn failure(failed: &RehearsalError) -> Failure {
    Failure::input(format!("The rehearsal stopped: {failed}. Nothing left this machine."))
}

fn print(played: &Played, json: bool) -> Result<(), Failure> {
    let manifest = &played.manifest;
    match &played.result {
        VerifiedResult::Released { release, .. } if json => {
            out::line(&show::released_json(manifest, release));
        }
        VerifiedResult::Released { release, .. } => show::print_table(manifest, release),
        VerifiedResult::Ended { ended, .. } => {
            if json {
                out::line(&show::ended_json(manifest, ended));
            }
            return Err(Failure::ended(show::ended_in_words(ended.reason)));
        }
    }
    Ok(())
}

/// What is shown while it goes on: bars on a terminal, a few lines of notes otherwise.
struct Watch {
    terminal: bool,
    bar: Mutex<ProgressBar>,
    total: usize,
}

impl Watch {
    fn start(total: usize) -> Progress {
        let terminal = std::io::stderr().is_terminal();
        let watch = Self { terminal, bar: Mutex::new(ProgressBar::hidden()), total };
        Arc::new(move |step| watch.see(step))
    }

    fn see(&self, step: Step) {
        // A thread that died while it drew a bar must not stop the others.
        let mut bar = self.bar.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let text = match step {
            Step::MakingKey => "Making the survey's key; this takes seconds to minutes …",
            Step::ServersReady => "Both servers answer.",
            Step::Opened => "The survey is open.",
            Step::Closed => "Closed. The servers agree on who counts and open the totals …",
            Step::Sealed { done, .. } => return bar.set_position(done as u64),
            Step::Finished | Step::PrimeFound | Step::Submitted { .. } => return,
        };
        bar.finish_and_clear();
        eprintln!("{text}");
        if !self.terminal {
            return;
        }
        match step {
            Step::MakingKey => *bar = progress::spinner("searching two large primes"),
            Step::Opened => *bar = progress::bar(self.total, "salaries sealed"),
            Step::Closed => *bar = progress::spinner("opening"),
            _ => {}
        }
    }
}
