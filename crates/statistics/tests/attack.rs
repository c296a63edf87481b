//! Attacks on drawn tables of 3 to 6 dimensions with at least 200 cells, of which 30 to 60 per cent have too few
//! behind them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_wrap,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a test fails loudly, and its numbers are small"
)]

mod attacker {
    pub(crate) mod bounds;
    pub(crate) mod tables;
}

use attacker::bounds::{Attack, Knows};
use attacker::tables::Drawn;
use statistics::{Standing, standings};

fn decide(drawn: &Drawn) -> Vec<Standing> {
    let reporters = drawn.contributions.len() as i64;
    standings(&drawn.tabulation, drawn.thresholds, &drawn.counts, reporters, Drawn::PER_REPORTER)
}

/// How many tables are attacked: `ATTACKED_TABLES`, or a few.
fn tables() -> u64 {
    std::env::var("ATTACKED_TABLES").map_or(6, |tables| tables.parse().unwrap())
}

#[test]
fn nobody_bounds_a_suppressed_cell_too_tightly() {
    for seed in 0..tables() {
        let drawn = Drawn::new(seed);
        let start = std::time::Instant::now();
        let standings = decide(&drawn);
        let count = |standing| standings.iter().filter(|s| **s == standing).count();
        println!(
            "table {seed}: {} cells, {} released, {} protecting, {:?}",
            standings.len(),
            count(Standing::Released),
            count(Standing::Protecting),
            start.elapsed()
        );
        let own = (0..drawn.contributions.len()).map(Knows::Own);
        let own: Vec<Knows> =
            if seed % 16 == 0 { own.collect() } else { own.skip(seed as usize % 3).take(1).collect() };
        for knows in [Knows::Nothing, Knows::Most].into_iter().chain(own) {
            let attack = Attack { drawn: &drawn, standings: &standings, knows };
            assert_eq!(attack.exposed(), None, "table {seed}, attacker {knows:?}");
        }
    }
}
