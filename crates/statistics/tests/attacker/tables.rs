//! Drawn surveys: who employs how many in which cell, and what they are paid.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use survey::{CellTotals, Dimension, Label, Limits, Measure, Schema, SchemaParts, Thresholds, WhoCounts};

/// What one reporter has in one cell.
#[derive(Clone, Copy, Default)]
pub(crate) struct Part {
    pub(crate) employees: i64,
    pub(crate) sum: i64,
}

/// A survey whose answers are known, as an attacker's examiner knows them.
pub(crate) struct Drawn {
    pub(crate) schema: Schema,
    pub(crate) thresholds: Thresholds,
    /// The most employees of one reporter, over all cells together.
    pub(crate) per_reporter: i64,
    /// By reporter and cell, margins included.
    pub(crate) parts: Vec<Vec<Part>>,
}

/// The largest amount, in minor units.
pub(crate) const HIGHEST: i64 = 1000;
/// The smallest.
pub(crate) const LOWEST: i64 = 10;

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

fn label(text: &str) -> Label {
    Label::parse(text).unwrap()
}

/// A schema of dimensions of these sizes; the last one is compared.
pub(crate) fn schema(
    sizes: &[usize],
    cross_tabulations: Vec<Vec<usize>>,
    margins: Vec<Vec<usize>>,
) -> Schema {
    let limits = Limits::new(LOWEST as u64, HIGHEST as u64).unwrap();
    let dimension = |(at, size): (usize, &usize)| {
        let names = (0..*size).map(|category| label(&format!("category {category}"))).collect();
        Dimension::new(label(&format!("dimension {at}")), names).unwrap()
    };
    Schema::declare(SchemaParts {
        dimensions: sizes.iter().enumerate().map(dimension).collect(),
        compared: sizes.len() - 1,
        reference: 0,
        measures: vec![Measure::new(label("pay"), label("EUR"), 0, limits, limits).unwrap()],
        cross_tabulations,
        margins,
        who: WhoCounts::DEFAULT,
    })
    .unwrap()
}

/// 3 to 6 dimensions, at least 200 cells before margins, and some of the margins. Every fourth has two
/// cross-tabulations in place of one.
fn drawn_schema(draw: &mut Draw) -> Schema {
    let whole: [&[usize]; 9] = [
        &[10, 8, 3],
        &[7, 6, 5],
        &[12, 9, 2],
        &[5, 5, 4, 2],
        &[6, 4, 3, 3],
        &[5, 4, 3, 2, 2],
        &[3, 3, 3, 4, 2],
        &[3, 3, 3, 2, 2, 2],
        &[4, 3, 3, 2, 2, 2],
    ];
    let halves: [&[usize]; 3] = [&[11, 6, 9, 4, 2], &[8, 5, 6, 6, 3], &[30, 40, 3]];
    let two = draw.below(4) == 0;
    let sizes = if two { halves[draw.below(halves.len())] } else { whole[draw.below(whole.len())] };
    let (last, middle) = (sizes.len() - 1, (sizes.len() - 1) / 2);
    let bases = if two {
        vec![(0..middle).chain([last]).collect(), (middle..=last).collect()]
    } else {
        vec![(0..=last).collect::<Vec<usize>>()]
    };
    let percent = [15, 40, 100][draw.below(3)];
    let mut margins = Vec::new();
    for mask in 0..(1u32 << sizes.len()) {
        let by: Vec<usize> = (0..sizes.len()).filter(|at| mask & (1 << at) != 0).collect();
        let inside = |base: &Vec<usize>| by.len() < base.len() && by.iter().all(|at| base.contains(at));
        if bases.iter().any(inside) && draw.chance(percent) {
            margins.push(by);
        }
    }
    schema(sizes, bases, margins)
}

impl Drawn {
    /// A survey of at least 200 cells of which 30 to 60 per cent have too few behind them.
    pub(crate) fn new(seed: u64) -> Self {
        let mut draw = Draw::new(seed);
        let schema = drawn_schema(&mut draw);
        let thresholds = match draw.below(3) {
            0 => Thresholds::new(3, 3, 6).unwrap(),
            1 => Thresholds::new(8, 5, 8).unwrap(),
            _ => Thresholds::DEFAULT,
        };
        let mut density = 30;
        for _ in 0..60 {
            let drawn = Self::fill(&mut draw, &schema, thresholds, density);
            match drawn.small_percent() {
                0..30 => density -= 2,
                30..=60 => return drawn,
                _ => density += 2,
            }
        }
        panic!("no density leaves a third to a half of the cells small");
    }

    fn fill(draw: &mut Draw, schema: &Schema, thresholds: Thresholds, density: usize) -> Self {
        let sizes: Vec<usize> = schema.dimensions().iter().map(|of| of.categories().len()).collect();
        let reporters = thresholds.min_cell_reporters() as usize + 2 + draw.below(9);
        let mut people = Vec::new();
        // Some combinations are rare everywhere.
        let cells = schema.tables()[0].cells().len();
        let rarity: Vec<usize> = (0..cells).map(|_| [1, 4, 8, 8][draw.below(4)]).collect();
        for reporter in 0..reporters {
            for (cell, often) in rarity.iter().enumerate() {
                if draw.chance(density * often / 4) {
                    let most = [1, 3, 10][draw.below(3)];
                    for _ in 0..1 + draw.below(most) {
                        let mut categories: Vec<usize> = sizes.iter().map(|size| draw.below(*size)).collect();
                        for (at, category) in schema.categories_of(cell) {
                            categories[at] = category;
                        }
                        people.push((reporter, categories, LOWEST + draw.below(900) as i64));
                    }
                }
            }
        }
        Self::of(schema.clone(), thresholds, 5000, reporters, &people)
    }

    /// The survey of these people: reporter, categories, pay.
    pub(crate) fn of(
        schema: Schema,
        thresholds: Thresholds,
        per_reporter: i64,
        reporters: usize,
        people: &[(usize, Vec<usize>, i64)],
    ) -> Self {
        let mut parts = vec![vec![Part::default(); schema.cell_count()]; reporters];
        for table in schema.tables() {
            for (reporter, categories, pay) in people {
                let categories: Vec<u8> = categories.iter().map(|at| *at as u8).collect();
                let part = &mut parts[*reporter][table.cell_of(&categories)];
                part.employees += 1;
                part.sum += pay;
            }
        }
        Self { schema, thresholds, per_reporter, parts }
    }

    /// Reporters, employees and sum of a cell.
    pub(crate) fn total(&self, cell: usize) -> (i64, Part) {
        let mut total = (0, Part::default());
        for part in self.parts.iter().map(|parts| parts[cell]).filter(|part| part.employees > 0) {
            total.0 += 1;
            total.1.employees += part.employees;
            total.1.sum += part.sum;
        }
        total
    }

    pub(crate) fn totals(&self) -> Vec<CellTotals> {
        let of = |cell| {
            let (reporters, Part { employees, sum }) = self.total(cell);
            CellTotals::of_sum(cell, reporters.into(), employees.into(), sum.into())
        };
        (0..self.schema.cell_count()).map(of).collect()
    }

    pub(crate) fn is_small(&self, cell: usize) -> bool {
        let (reporters, Part { employees, .. }) = self.total(cell);
        reporters < self.thresholds.min_cell_reporters().into()
            || employees < self.thresholds.min_cell_employees().into()
    }

    /// Cells that are no margins.
    pub(crate) fn inner(&self) -> Vec<usize> {
        let bases = self.schema.tables().iter().filter(|table| table.margin_of().is_none());
        bases.flat_map(|table| table.cells()).collect()
    }

    fn small_percent(&self) -> usize {
        let inner = self.inner();
        inner.iter().filter(|cell| self.is_small(**cell)).count() * 100 / inner.len()
    }
}
