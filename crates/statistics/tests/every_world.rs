//! Every survey that there can be of a few reporters: what all that look alike to somebody have in a suppressed cell.
//!
//! Nothing is assumed of how the attacker reasons. Of all the surveys in which it sends what it sends and reads what
//! it reads, the suppressed cell has some number of others' employees in each; those numbers are what it cannot
//! tell apart.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_wrap,
    clippy::cast_possible_truncation,
    reason = "a test fails loudly, and its numbers are small"
)]

mod attacker;

use attacker::tables::schema;
use statistics::{Figure, Turnout, protection_interval, suppress};
use std::collections::HashMap;
use survey::{CellTotals, Schema, Thresholds};

/// Surveys of so many reporters with so many employees each at most.
struct Surveys {
    schema: Schema,
    /// Which combinations of categories there are, and how many employees of each one reporter has at most.
    combinations: Vec<(Vec<u8>, u8)>,
    reporters: usize,
    most: u8,
}

/// Reporters and employees of every cell.
type Counts = Vec<(i128, i128)>;
/// What is published of them.
type Published = Vec<Option<(i128, i128)>>;

/// What may be, for each that looks alike: who looks, by what it sent, or nobody who took part; what is published;
/// and for each cell the numbers of others' employees that it may have, one bit each.
struct Open {
    published: Vec<Published>,
    numbers: HashMap<(Option<usize>, usize), Vec<u64>>,
}

impl Surveys {
    /// Everything that a reporter may send, as employees by cell: somebody at least.
    fn answers(&self) -> Vec<Vec<i128>> {
        let mut answers = vec![Vec::new()];
        for (_, most) in &self.combinations {
            let longer = |answer: Vec<u8>| {
                let left = (self.most - answer.iter().sum::<u8>()).min(*most);
                (0..=left).map(move |count| [answer.as_slice(), &[count]].concat())
            };
            answers = answers.into_iter().flat_map(longer).collect();
        }
        answers.retain(|answer| answer.iter().any(|count| *count > 0));
        answers.iter().map(|answer| self.by_cell(answer)).collect()
    }

    fn by_cell(&self, answer: &[u8]) -> Vec<i128> {
        let mut cells = vec![0; self.schema.cell_count()];
        for table in self.schema.tables() {
            for ((categories, _), count) in self.combinations.iter().zip(answer) {
                cells[table.cell_of(categories)] += i128::from(*count);
            }
        }
        cells
    }

    fn publish(&self, thresholds: Thresholds, turnout: Turnout, counts: &Counts) -> Published {
        let of = |(cell, (reporters, employees)): (usize, &(i128, i128))| {
            CellTotals::of_sum(cell, *reporters, *employees, 0)
        };
        let totals: Vec<CellTotals> = counts.iter().enumerate().map(of).collect();
        let shown = |slot: &Figure<statistics::ReleasedCell>| {
            slot.released().map(|cell| (cell.reporters, cell.employees))
        };
        suppress(&self.schema, thresholds, turnout, &totals).iter().map(shown).collect()
    }

    /// Looks at every survey with every eye. `rule` is who the rule takes to have taken part.
    fn open(&self, thresholds: Thresholds, rule: Turnout) -> Open {
        let answers = self.answers();
        let mut open = Open { published: Vec::new(), numbers: HashMap::new() };
        let (mut by_counts, mut by_published) = (HashMap::new(), HashMap::new());
        let mut chosen = vec![0; self.reporters];
        loop {
            let mut counts = vec![(0, 0); self.schema.cell_count()];
            for answer in &chosen {
                for (sum, own) in counts.iter_mut().zip(&answers[*answer]) {
                    *sum = (sum.0 + i128::from(*own > 0), sum.1 + own);
                }
            }
            let seen = *by_counts.entry(counts).or_insert_with_key(|counts| {
                let published = self.publish(thresholds, rule, counts);
                *by_published.entry(published).or_insert_with_key(|published: &Published| {
                    open.published.push(published.clone());
                    open.published.len() - 1
                })
            });
            let employees = |cell: usize| chosen.iter().map(|answer| answers[*answer][cell]).sum::<i128>();
            let all: Vec<i128> = (0..self.schema.cell_count()).map(employees).collect();
            let mut eyes: Vec<_> = chosen.iter().copied().map(Some).chain([None]).collect();
            eyes.dedup();
            for eye in eyes {
                let numbers = open.numbers.entry((eye, seen)).or_insert_with(|| vec![0; all.len()]);
                for (cell, (number, all)) in numbers.iter_mut().zip(&all).enumerate() {
                    *number |= 1 << (all - eye.map_or(0, |own| answers[own][cell]));
                }
            }
            // The next choice in ascending order, each choice of several alike answers once.
            let Some(at) = chosen.iter().rposition(|answer| answer + 1 < answers.len()) else { return open };
            let next = chosen[at] + 1;
            chosen[at..].fill(next);
        }
    }

    fn turnout(&self) -> Turnout {
        Turnout { counted: self.reporters as u32, max_employees_per_reporter: self.most.into() }
    }

    /// In how many of those that look alike a suppressed cell is narrower than it may be, and in how many of them
    /// some cells are shown and others are not.
    fn narrow(&self, rule: Turnout) -> (usize, usize) {
        let thresholds = Thresholds::new(3, 3, 6).unwrap();
        let interval = protection_interval(thresholds);
        let open = self.open(thresholds, rule);
        let bases = || self.schema.tables().iter().filter(|table| table.margin_of().is_none());
        // Of a combination that does not exist everybody knows that nobody is in it.
        let answers = self.answers();
        let reached: Vec<bool> =
            (0..self.schema.cell_count()).map(|cell| answers.iter().any(|answer| answer[cell] > 0)).collect();
        let (mut narrow, mut both) = (0, 0);
        for ((_, seen), numbers) in &open.numbers {
            let published = &open.published[*seen];
            let any = published.iter().any(Option::is_some);
            // Where something is released nobody may be there; else the interval may begin with the first.
            let wide = |number: u64| {
                let from = |from: u32| (number >> from).trailing_ones() > interval;
                from(0) || (!any && from(1))
            };
            let asked = |cell: &usize| published[*cell].is_none() && reached[*cell];
            let hidden: Vec<usize> = bases().flat_map(|table| table.cells()).filter(asked).collect();
            narrow += usize::from(hidden.iter().any(|cell| !wide(numbers[*cell])));
            both += usize::from(any && !hidden.is_empty());
        }
        (narrow, both)
    }

    fn stay_open(&self) {
        let (narrow, both) = self.narrow(self.turnout());
        assert_eq!(narrow, 0);
        assert!(both > 0);
        // Without a look at who took part the same search finds what follows.
        let (narrow, _) = self.narrow(Turnout { counted: 2, max_employees_per_reporter: u32::MAX });
        assert!(narrow > 0);
    }
}

#[test]
fn two_cells() {
    for (reporters, most) in [(3, 8), (4, 6), (5, 4)] {
        let combinations = vec![(vec![0], most), (vec![1], most)];
        Surveys { schema: schema(&[2], vec![vec![0]], vec![]), combinations, reporters, most }.stay_open();
    }
}

#[test]
fn three_cells() {
    let combinations = vec![(vec![0], 6), (vec![1], 6), (vec![2], 6)];
    let schema = schema(&[3], vec![vec![0]], vec![]);
    Surveys { schema, combinations, reporters: 3, most: 6 }.stay_open();
}

#[test]
fn ranks_and_sexes_with_margins() {
    // One more took part than a cell needs, and the margin over two cells may have three or four of them.
    let combinations = vec![(vec![0, 0], 2), (vec![1, 0], 2), (vec![1, 1], 4)];
    let schema = schema(&[2, 2], vec![vec![0, 1]], vec![vec![1], vec![0], vec![]]);
    Surveys { schema, combinations, reporters: 4, most: 8 }.stay_open();
}

#[test]
fn two_cross_tabulations_of_the_same_people() {
    let combinations = vec![(vec![0, 0, 0], 2), (vec![1, 1, 0], 2), (vec![0, 1, 1], 4)];
    let schema = schema(&[2, 2, 2], vec![vec![0, 2], vec![1, 2]], vec![vec![2]]);
    Surveys { schema, combinations, reporters: 4, most: 8 }.stay_open();
}
