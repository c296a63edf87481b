//! Attack.
#![allow(clippy::all)]
mod attacker { pub(crate) mod tables; }
use attacker::tables::Drawn;
use statistics::{Standing, standings};
#[test]
fn timing() {
    for seed in 0..std::env::var("N").map_or(10, |n| n.parse().unwrap()) {
        let drawn = Drawn::new(seed);
        let cells = drawn.counts.len();
        let inner = (0..cells).filter(|c| drawn.tabulation.inner(*c) == [*c]).count();
        let primary = (0..cells).filter(|c| drawn.is_primary(*c)).count();
        let start = std::time::Instant::now();
        let s = standings(&drawn.tabulation, drawn.thresholds, &drawn.counts, 1_000_000);
        let took = start.elapsed();
        let prot = |r: std::ops::Range<usize>| s[r].iter().filter(|s| **s == Standing::Protecting).count();
        let rel = |r: std::ops::Range<usize>| s[r].iter().filter(|s| **s == Standing::Released).count();
        println!("{seed} {:?} crossings {} cells {cells} inner {inner} primary {primary} protecting {} ({} inner) released {} ({} inner) {took:?} {}",
            drawn.tabulation.crossings()[0].dimensions().len(), drawn.tabulation.crossings().len(), prot(0..cells), prot(0..inner), rel(0..cells), rel(0..inner), statistics::stats());
    }
}
