//! `sealedpay rehearse`: a whole survey on this machine.

use crate::args::{GranularityArg, RehearseArgs};
use crate::{Failure, files, out, pay_file, progress, show};
use indicatif::ProgressBar;
use organizer::VerifiedResult;
use payfile::infer_schema;
use rehearsal::{Options, Play, Played, Progress, Rehearsal, RehearsalError, Step, deal};
use std::io::IsTerminal;
use std::sync::{Arc, Mutex};
use survey::{Capacity, Granularity, Thresholds};

const DEMO: &str = include_str!("../../data/faculty-salaries.csv");
const DEMO_REPORTERS: u32 = 6;

/// Reads, plays, prints.
pub(crate) async fn run(args: RehearseArgs) -> Result<(), Failure> {
    refuse_what_is_not_there_yet(&args)?;
    let play = prepare(&args)?;
    let ciphertexts = play.ciphertexts(args.key_bits.size()).map_err(|failed| failure(&failed))?;
    let reporters = play.reporters.len();
    eprintln!("{} reporters will seal {} entries.", reporters, show::count(ciphertexts as u64));
    let progress = Watch::start(ciphertexts);
    let mut options = Options::new(args.key_bits.size());
    options.progress = progress.clone();
    let rehearsal = Rehearsal::start(options).await.map_err(|failed| failure(&failed))?;
    let played = rehearsal.play(play, &progress).await;
    // The result is there or is not; a server that stumbles while it stops changes nothing about it.
    let _ = rehearsal.stop().await;
    print(&played.map_err(|failed| failure(&failed))?, args.json)
}

fn refuse_what_is_not_there_yet(args: &RehearseArgs) -> Result<(), Failure> {
    if !args.by.is_empty() {
        return Err(Failure::not_yet(
            "Figures broken down by a further column (--by) do not exist yet: this version compares the groups \
             of one column. Leave --by out. Nothing was sent.",
        ));
    }
    if args.granularity == GranularityArg::Totals {
        return Err(Failure::not_yet(
            "Reporting totals (--granularity totals) does not exist yet: this version seals one entry per \
             employee. Leave --granularity out. Nothing was sent.",
        ));
    }
    Ok(())
}

/// From the file to what is played; every problem of the file at once.
fn prepare(args: &RehearseArgs) -> Result<Play, Failure> {
    let bytes = match &args.csv {
        Some(path) => files::read(path).map_err(pay_file::unsent)?,
        None => DEMO.as_bytes().to_vec(),
    };
    let compare = args.compare.as_deref().unwrap_or("sex");
    let measure = args.measure.as_deref().unwrap_or("salary");
    let reporters = args.reporters.unwrap_or(DEMO_REPORTERS);
    let unit = args.unit.as_deref().unwrap_or(if args.demo { "USD" } else { "units" });
    let thresholds = Thresholds::new(args.min_reporters, args.min_cell_reporters, args.min_cell_employees)
        .map_err(|refused| pay_file::mend(format!("The minimum numbers are refused: {refused}.")))?;
    let (table, mapping) = pay_file::table(&bytes, compare, measure)?;
    let options = pay_file::options(args.decimal_mark);
    let schema =
        infer_schema(&table, mapping, args.reference.as_deref(), unit, options).map_err(pay_file::mend)?;
    let reading = payfile::read_records(&table, &schema, mapping, options).map_err(pay_file::mend)?;
    let records = reading.into_records();
    check_number(reporters, records.len())?;
    let granularity = Granularity::Records;
    let title = format!("Rehearsal: {measure} by {compare}");
    let reporters = deal(&records, reporters as usize);
    Ok(Play { title: title.chars().take(100).collect(), schema, thresholds, granularity, reporters })
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
