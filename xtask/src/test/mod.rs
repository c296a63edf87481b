//! `test`: every check there is, timed, with one plain closing line.

mod count;
mod parts;
mod vector;

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::setup;
pub(crate) use count::Count;
use parts::Part;

/// What to test.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Run this part alone
    #[arg(long, value_enum, value_name = "PART")]
    only: Option<Part>,
}

/// How one part went.
struct Outcome {
    part: Part,
    succeeded: bool,
    count: Count,
    took: Duration,
}

/// Runs the parts in order, all of them whatever fails; says whether all passed.
pub(crate) fn test(options: &Options) -> Result<bool> {
    setup::setup(&setup::Options::default(), setup::Purpose::Test)?;
    let parts = options.only.map_or(Part::ALL.to_vec(), |part| vec![part]);
    let outcomes: Vec<Outcome> = parts.into_iter().map(carry_out).collect();
    let failed: Vec<&str> =
        outcomes.iter().filter(|outcome| !outcome.succeeded).map(|outcome| outcome.part.name()).collect();
    print_table(&outcomes);
    if !failed.is_empty() {
        println!("failed: {}", failed.join(", "));
        println!("repeat one with: cargo xtask test --only {}", failed.first().unwrap_or(&""));
    }
    let total: Count = outcomes.iter().map(|outcome| outcome.count).sum();
    println!("{total}");
    Ok(failed.is_empty() && total.failed == 0)
}

fn carry_out(part: Part) -> Outcome {
    println!("\n== {}: {}", part.name(), part.purpose());
    let begun = Instant::now();
    let (succeeded, mut count) = part.run().unwrap_or_else(|error| {
        println!("{error:#}");
        (false, Count::default())
    });
    if !succeeded && count.failed == 0 {
        // A part that breaks off before it counts anything must not look like a success.
        count.failed = 1;
    }
    Outcome { part, succeeded, count, took: begun.elapsed() }
}

fn print_table(outcomes: &[Outcome]) {
    println!("\n{:<12} {:>8} {:>8} {:>8}  result", "part", "passed", "failed", "seconds");
    for outcome in outcomes {
        println!(
            "{:<12} {:>8} {:>8} {:>8.1}  {}",
            outcome.part.name(),
            outcome.count.passed,
            outcome.count.failed,
            outcome.took.as_secs_f64(),
            if outcome.succeeded { "passed" } else { "FAILED" },
        );
    }
    let took: Duration = outcomes.iter().map(|outcome| outcome.took).sum();
    println!("{:<12} {:>8} {:>8} {:>8.1}\n", "all", "", "", took.as_secs_f64());
}
