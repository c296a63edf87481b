//! Drawn tables: who employs how many in which cell.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use statistics::{Counts, Tabulation, suppression};
use survey::Thresholds;

/// A survey whose answers are known, as an attacker's examiner knows them.
pub(crate) struct Drawn {
    pub(crate) tabulation: Tabulation,
    pub(crate) thresholds: Thresholds,
    /// By reporter and cell, margins included: employees.
    pub(crate) contributions: Vec<Vec<i64>>,
    /// By cell.
    pub(crate) counts: Vec<Counts>,
}

pub(crate) struct Draw(ChaCha8Rng);

impl Draw {
    pub(crate) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// One of 0..n, near enough evenly.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.0.next_u32() as usize) % n
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// Sizes of 3 to 6 dimensions with 200 to 300 combinations.
fn sizes(draw: &mut Draw) -> Vec<usize> {
    let shapes: [&[usize]; 10] = [
        &[10, 8, 3],
        &[7, 6, 5],
        &[12, 9, 2],
        &[5, 5, 4, 2],
        &[6, 4, 3, 3],
        &[4, 4, 4, 4],
        &[5, 4, 3, 2, 2],
        &[3, 3, 3, 3, 3],
        &[3, 3, 3, 2, 2, 2],
        &[4, 3, 3, 2, 2, 2],
    ];
    shapes[draw.below(shapes.len())].to_vec()
}

/// The full crossing and some of its margins; in every fourth table all of them, in every eighth two
/// overlapping crossings instead of the full one.
fn crossings(draw: &mut Draw, dimensions: usize) -> Vec<Vec<usize>> {
    let subset = |mask: usize| (0..dimensions).filter(|d| mask & (1 << d) != 0).collect::<Vec<_>>();
    let full = (1 << dimensions) - 1;
    let all = draw.below(4) == 0;
    let mut crossings = vec![subset(full)];
    for mask in 0..full {
        let few = [100, 60, 35, 20, 10, 6, 3];
        if all
            || draw.chance(
                few[((full & !mask as usize).count_ones() as usize + dimensions.saturating_sub(4)).min(6)]
                    .max(12),
            )
        {
            crossings.push(subset(mask));
        }
    }
    crossings
}

impl Drawn {
    /// The most employees of one reporter in one cell.
    pub(crate) const PER_REPORTER: i64 = 10_000;

    /// A table in which 30 to 60 per cent of the counted cells have too few behind them.
    pub(crate) fn new(seed: u64) -> Self {
        let mut draw = Draw::new(seed);
        let sizes = sizes(&mut draw);
        let tabulation = Tabulation::new(&sizes, &crossings(&mut draw, sizes.len())).unwrap();
        let thresholds = match draw.below(3) {
            0 => Thresholds::new(3, 3, 6).unwrap(),
            _ => Thresholds::DEFAULT,
        };
        let mut density = 20 + draw.below(60);
        for _ in 0..40 {
            let drawn = Self::fill(&mut draw, &tabulation, thresholds, density);
            let share = drawn.primary_percent();
            match share {
                0..30 => density = density.saturating_sub(4).max(2),
                30..=60 => return drawn,
                _ => density += 4,
            }
        }
        panic!("no density gives a third to a half of small cells");
    }

    fn fill(draw: &mut Draw, tabulation: &Tabulation, thresholds: Thresholds, density: usize) -> Self {
        let reporters = thresholds.min_cell_reporters() as usize + 2 + draw.below(9);
        let cells = tabulation.cell_count();
        let mut contributions = vec![vec![0i64; cells]; reporters];
        for cell in (0..cells).filter(|cell| tabulation.inner(*cell) == [*cell]) {
            // Some cells are rare everywhere, some are empty.
            let percent = [0, density / 8, density / 2, density, density + 30][draw.below(5)];
            for of_reporter in &mut contributions {
                if draw.chance(percent) {
                    let most = [1, 3, 10][draw.below(3)];
                    of_reporter[cell] = 1 + draw.below(most) as i64;
                }
            }
        }
        for of_reporter in &mut contributions {
            for cell in 0..cells {
                of_reporter[cell] = tabulation.inner(cell).iter().map(|inner| of_reporter[*inner]).sum();
            }
        }
        let counts = |cell: usize| {
            let of_cell = || contributions.iter().map(|of_reporter| of_reporter[cell]);
            Counts { reporters: of_cell().filter(|n| *n > 0).count() as i64, employees: of_cell().sum() }
        };
        let counts = (0..cells).map(counts).collect();
        Self { tabulation: tabulation.clone(), thresholds, contributions, counts }
    }

    pub(crate) fn is_primary(&self, cell: usize) -> bool {
        let Counts { reporters, employees } = self.counts[cell];
        suppression(self.thresholds, reporters.into(), employees.into()).is_some()
    }

    fn primary_percent(&self) -> usize {
        let counted = |cell: &usize| self.tabulation.inner(*cell) == [*cell];
        let cells: Vec<usize> = (0..self.counts.len()).filter(counted).collect();
        cells.iter().filter(|cell| self.is_primary(**cell)).count() * 100 / cells.len()
    }
}
