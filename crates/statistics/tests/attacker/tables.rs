//! Drawn surveys: who employs how many in which cell, and what they are paid.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use statistics::{Figure, ReleasedCell, Turnout, suppress};
use std::collections::BTreeMap;
use std::ops::Range;
use survey::{CellTotals, Dimension, Label, Limits, Measure, Schema, SchemaParts, Thresholds, WhoCounts};

/// What one reporter has in one cell.
#[derive(Clone, Copy, Default, PartialEq)]
pub(crate) struct Part {
    pub(crate) employees: i64,
    pub(crate) sum: i64,
}

/// Somebody who is counted: whose, with which category of every dimension, and paid what.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) reporter: usize,
    pub(crate) combination: Vec<usize>,
    pub(crate) pay: i64,
}

impl Person {
    pub(crate) fn categories(&self) -> Vec<u8> {
        self.combination.iter().map(|at| *at as u8).collect()
    }
}

/// A survey whose answers are known, as an attacker's examiner knows them.
pub(crate) struct Drawn {
    pub(crate) schema: Schema,
    pub(crate) thresholds: Thresholds,
    /// The most employees of one reporter, over all cells together.
    pub(crate) per_reporter: i64,
    /// By reporter and cell, margins included.
    pub(crate) parts: Vec<Vec<Part>>,
    pub(crate) people: Vec<Person>,
    /// By cell of a cross-tabulation: which add up to the same, as far as can be told from categories.
    pub(crate) class: Vec<usize>,
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
    let halves: [&[usize]; 3] = [&[11, 6, 9, 4, 2], &[8, 5, 6, 6, 3], &[20, 18, 6]];
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
        let mut person = |draw: &mut Draw, reporter: usize, cell: usize| {
            let mut combination: Vec<usize> = sizes.iter().map(|size| draw.below(*size)).collect();
            for (at, category) in schema.categories_of(cell) {
                combination[at] = category;
            }
            people.push(Person { reporter, combination, pay: LOWEST + draw.below(900) as i64 });
        };
        // Some combinations are rare everywhere.
        let cells = schema.tables()[0].cells().len();
        let rarity: Vec<usize> = (0..cells).map(|_| [1, 4, 8, 8][draw.below(4)]).collect();
        for reporter in 0..reporters {
            for (cell, often) in rarity.iter().enumerate() {
                if draw.chance(density * often / 4) {
                    let most = [1, 3, 10][draw.below(3)];
                    (0..1 + draw.below(most)).for_each(|_| person(draw, reporter, cell));
                }
            }
        }
        // In some surveys there are many who are in one rare combination alone.
        let mut reporter = reporters;
        if draw.below(4) == 0 {
            let often = 10 + draw.below(60);
            for (cell, _) in rarity.iter().enumerate().filter(|(_, often)| **often == 1) {
                for _ in 0..thresholds.min_cell_reporters() - 1 {
                    if draw.chance(often) {
                        person(draw, reporter, cell);
                        reporter += 1;
                    }
                }
            }
        }
        people.sort_by_key(|person: &Person| person.reporter);
        let last = people.last().map_or(0, |person| person.reporter);
        // Whoever has nobody takes no part.
        let mut number = vec![0; last + 1];
        people.iter().for_each(|person| number[person.reporter] = 1);
        let mut counted = 0;
        for of in &mut number {
            counted += *of;
            *of = counted;
        }
        people.iter_mut().for_each(|person| person.reporter = number[person.reporter] - 1);
        let most = [60, 400, 5000][draw.below(3)];
        let largest = (0..counted).map(|at| people.iter().filter(|of| of.reporter == at).count());
        let per_reporter = largest.max().unwrap_or(0).max(most) as i64;
        Self::of(schema.clone(), thresholds, per_reporter, counted, people)
    }

    /// The survey of these people.
    pub(crate) fn of(
        schema: Schema,
        thresholds: Thresholds,
        per_reporter: i64,
        reporters: usize,
        people: Vec<Person>,
    ) -> Self {
        let class = classes(&schema);
        Self { parts: parts(&schema, reporters, &people), schema, thresholds, per_reporter, people, class }
    }

    /// The same survey with other people.
    pub(crate) fn with(&self, people: Vec<Person>) -> Self {
        let (schema, class) = (self.schema.clone(), self.class.clone());
        Self { parts: parts(&schema, self.parts.len(), &people), schema, people, class, ..*self }
    }

    pub(crate) fn turnout(&self) -> Turnout {
        Turnout { counted: self.parts.len() as u32, max_employees_per_reporter: self.per_reporter as u32 }
    }

    pub(crate) fn published(&self) -> Vec<Figure<ReleasedCell>> {
        suppress(&self.schema, self.thresholds, self.turnout(), &self.totals())
    }

    /// Cells of each cross-tabulation.
    pub(crate) fn bases(&self) -> Vec<Range<usize>> {
        let bases = self.schema.tables().iter().filter(|table| table.margin_of().is_none());
        bases.map(survey::CrossTable::cells).collect()
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

    fn small_percent(&self) -> usize {
        let inner: Vec<usize> = self.bases().into_iter().flatten().collect();
        inner.iter().filter(|cell| self.is_small(**cell)).count() * 100 / inner.len()
    }
}

fn parts(schema: &Schema, reporters: usize, people: &[Person]) -> Vec<Vec<Part>> {
    let mut parts = vec![vec![Part::default(); schema.cell_count()]; reporters];
    for person in people {
        let categories = person.categories();
        for table in schema.tables() {
            let part = &mut parts[person.reporter][table.cell_of(&categories)];
            part.employees += 1;
            part.sum += person.pay;
        }
    }
    parts
}

/// Cells of different cross-tabulations with the same categories of what both have are of one class.
fn classes(schema: &Schema) -> Vec<usize> {
    let bases: Vec<_> = schema.tables().iter().filter(|table| table.margin_of().is_none()).collect();
    let mut class: Vec<usize> = (0..bases.iter().map(|table| table.cells().end).max().unwrap_or(0)).collect();
    for (at, one) in bases.iter().enumerate() {
        for other in &bases[at + 1..] {
            let both = |of: &usize| one.dimensions().contains(of) && other.dimensions().contains(of);
            let mut places: BTreeMap<Vec<(usize, usize)>, usize> = BTreeMap::new();
            for cell in one.cells().chain(other.cells()) {
                let mut place = schema.categories_of(cell);
                place.retain(|(dimension, _)| both(dimension));
                place.sort_unstable();
                let first = class[*places.entry(place).or_insert(cell)];
                let from = class[cell];
                class.iter_mut().filter(|of| **of == from).for_each(|of| *of = first);
            }
        }
    }
    class
}
