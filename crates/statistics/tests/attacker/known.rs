//! What an attacker knows about a published survey, as a program about one suppressed cell and all the others.
//!
//! All numbers are of reporters other than the attacker, and of their employees.

use super::program::{Answers, FAR, Program, Span};
use super::tables::{Drawn, HIGHEST, LOWEST, Part};
use statistics::{Figure, ReleasedCell};
use std::collections::{BTreeMap, BTreeSet};

/// Who attacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attacker {
    /// Who reads what is published, and knows of a cell without anybody that there is nobody.
    Outsider,
    /// A reporter, who besides knows what it sent, and where it is alone that it is.
    Reporter(usize),
}

/// A number of a suppressed cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Number {
    Reporters,
    Employees,
    Sum,
}

impl Number {
    pub(crate) const ALL: [Self; 3] = [Self::Reporters, Self::Employees, Self::Sum];
}

/// What is published, and whether the attacker reads all of it.
pub(crate) struct Attack<'a> {
    pub(crate) drawn: &'a Drawn,
    pub(crate) slots: &'a [Figure<ReleasedCell>],
    pub(crate) attacker: Attacker,
    /// Whether figures are read; else reasons alone.
    pub(crate) reads_figures: bool,
}

/// Suppressed cells of which nothing tells them apart: cross-tabulation, class, and margins shown above them. Classes
/// tell apart only where another cross-tabulation counts the same people.
type Group = (usize, usize, Vec<usize>);

/// The most reporters and employees that a cell, or a group, may have.
#[derive(Clone, Copy, Default)]
struct Most {
    reporters: i64,
    employees: i64,
}

/// What an attacker has gathered before it asks.
pub(crate) struct Gathered<'a> {
    attack: &'a Attack<'a>,
    /// Where nothing is known of a suppressed cell.
    unknown: BTreeMap<usize, (Group, Most)>,
    groups: BTreeMap<Group, Most>,
    /// Margins that are shown although a cell under them is not.
    raised: Vec<usize>,
    /// So many others at most are in released cells.
    covered: i64,
}

/// Variables of a cell or a group.
#[derive(Clone, Copy)]
struct Names([usize; 3]);

impl Attack<'_> {
    fn own(&self, cell: usize) -> Part {
        match self.attacker {
            Attacker::Outsider => Part::default(),
            Attacker::Reporter(at) => self.drawn.parts[at][cell],
        }
    }

    fn own_one(&self, cell: usize) -> i64 {
        i64::from(self.own(cell).employees > 0)
    }

    /// How many others took part.
    fn others(&self) -> i64 {
        self.drawn.parts.len() as i64 - i64::from(self.attacker != Attacker::Outsider)
    }

    fn room(&self) -> i64 {
        self.others() * self.drawn.per_reporter
    }

    fn shown(&self, cell: usize) -> Option<&ReleasedCell> {
        self.slots[cell].released()
    }

    /// Whether the attacker may know all of a cell without reading anything: nobody is in it, or it is alone.
    fn knows(&self, cell: usize) -> bool {
        self.drawn.total(cell).0 == self.own_one(cell)
    }

    /// What others have of a released number.
    fn of_others(&self, cell: usize, number: Number) -> i64 {
        let (shown, own) = (self.shown(cell).unwrap(), self.own(cell));
        match number {
            Number::Reporters => shown.reporters as i64 - self.own_one(cell),
            Number::Employees => shown.employees as i64 - own.employees,
            Number::Sum => shown.measures[0].sum_minor.unwrap() as i64 - own.sum,
        }
    }

    /// A released cell of a cross-tabulation adds to what is known; else nothing.
    fn released(&self, cells: impl Iterator<Item = usize>, number: Number) -> i64 {
        cells.filter(|cell| self.shown(*cell).is_some()).map(|cell| self.of_others(cell, number)).sum()
    }

    /// The ways in which a suppressed cell may have too few: reporters and employees at most. Where others are
    /// suppressed with it, or all are, it need not have.
    fn ways(&self, cell: usize) -> Vec<Most> {
        let (few, small) =
            (self.drawn.thresholds.min_cell_reporters(), self.drawn.thresholds.min_cell_employees());
        let of = |reporters: i64, employees: i64| Most {
            reporters: reporters.min(self.others()).min(employees),
            employees: employees.min(self.room()).min(reporters.saturating_mul(self.drawn.per_reporter)),
        };
        let alone = self.drawn.class.iter().filter(|class| **class == self.drawn.class[cell]).count() == 1;
        if !alone || self.slots.iter().all(|slot| slot.released().is_none()) {
            return vec![of(FAR, FAR)];
        }
        let ways = [
            of(i64::from(few) - 1 - self.own_one(cell), FAR),
            of(FAR, i64::from(small) - 1 - self.own(cell).employees),
        ];
        ways.into_iter().filter(|way| way.reporters >= 0 && way.employees >= 0).collect()
    }

    pub(crate) fn gather(&self) -> Gathered<'_> {
        let schema = &self.drawn.schema;
        let hidden = |cell: &usize| self.shown(*cell).is_none();
        let margins =
            (0..schema.cell_count()).filter(|cell| schema.parts_of(*cell) != [*cell] && !hidden(cell));
        let parts: Vec<(usize, Vec<usize>)> = margins
            .map(|margin| (margin, schema.parts_of(margin)))
            .filter(|(_, of)| of.iter().any(hidden))
            .collect();
        let mut gathered = Gathered {
            attack: self,
            unknown: BTreeMap::new(),
            groups: BTreeMap::new(),
            raised: parts.iter().map(|(margin, _)| *margin).collect(),
            covered: self.covered(),
        };
        let bases = self.drawn.bases();
        let class = |cell: usize| if bases.len() > 1 { self.drawn.class[cell] } else { 0 };
        for (base, cells) in bases.iter().cloned().enumerate() {
            for cell in cells.filter(hidden) {
                let above =
                    parts.iter().filter(|(_, of)| of.contains(&cell)).map(|(margin, _)| *margin).collect();
                let ways = self.ways(cell);
                let most = Most {
                    reporters: ways.iter().map(|way| way.reporters).max().unwrap(),
                    employees: ways.iter().map(|way| way.employees).max().unwrap(),
                };
                let group: Group = (base, class(cell), above);
                if !self.knows(cell) {
                    let all = gathered.groups.entry(group.clone()).or_default();
                    all.reporters += most.reporters;
                    all.employees += most.employees;
                }
                gathered.unknown.insert(cell, (group, most));
            }
        }
        gathered
    }

    /// So many others at most are in released cells: of every set of released cells and margins that has them all
    /// under it, not more than its reporters together.
    fn covered(&self) -> i64 {
        let schema = &self.drawn.schema;
        let whole = |cell: usize| schema.parts_of(cell).iter().all(|part| self.shown(*part).is_some());
        let tables: Vec<Vec<(usize, Vec<usize>)>> = schema
            .tables()
            .iter()
            .map(|table| table.cells().filter(|cell| self.shown(*cell).is_some() && whole(*cell)))
            .map(|cells| cells.map(|cell| (cell, schema.parts_of(cell))).collect())
            .collect();
        let mut least = self.others();
        for base in self.drawn.bases() {
            let all: BTreeSet<usize> = base.clone().filter(|cell| self.shown(*cell).is_some()).collect();
            let within = |table: &&Vec<(usize, Vec<usize>)>| {
                table.iter().all(|(_, of)| of.iter().all(|p| base.contains(p)))
            };
            let mine: Vec<_> = tables.iter().filter(within).collect();
            let everything: Vec<_> = mine.iter().flat_map(|table| table.iter().cloned()).collect();
            // One margin's cells and what they leave, and the cheapest of everything one after the other.
            for sets in mine.into_iter().chain([&everything]) {
                least = least.min(self.cover(sets, all.clone()));
            }
        }
        least
    }

    fn cover(&self, sets: &[(usize, Vec<usize>)], mut left: BTreeSet<usize>) -> i64 {
        let mut reporters = 0;
        while !left.is_empty() {
            let news = |of: &[usize]| of.iter().filter(|part| left.contains(*part)).count() as i64;
            let open = sets.iter().map(|(cell, of)| (self.of_others(*cell, Number::Reporters), news(of), of));
            let best = open.filter(|(_, news, _)| *news > 0).min_by(|a, b| (a.0 * b.1).cmp(&(b.0 * a.1)));
            let Some((cost, _, of)) = best else {
                return reporters
                    + left.iter().map(|cell| self.of_others(*cell, Number::Reporters)).sum::<i64>();
            };
            reporters += cost;
            left.retain(|part| !of.contains(part));
        }
        reporters
    }
}

impl Gathered<'_> {
    /// Suppressed cells of cross-tabulations, one of those that nothing tells apart.
    pub(crate) fn suppressed(&self) -> Vec<usize> {
        let kind = |cell: &usize, group: &Group| {
            let ways = self.attack.ways(*cell).into_iter().map(|way| (way.reporters, way.employees));
            (group.clone(), ways.collect::<Vec<_>>(), self.attack.knows(*cell))
        };
        let mut seen = BTreeSet::new();
        let new = self.unknown.iter().filter(|(cell, (group, _))| seen.insert(kind(cell, group)));
        new.map(|(cell, _)| *cell).collect()
    }

    /// The least and the most that others may have in a suppressed cell, of which nothing is known beforehand.
    pub(crate) fn range(&self, cell: usize, number: Number, answers: &mut Answers) -> Span {
        let ways = self.attack.ways(cell).into_iter();
        let ranges: Vec<Span> = ways
            .filter_map(|way| {
                let (program, Names(names)) = self.program(cell, way);
                program.range(&[(names[number as usize], 1)], answers)
            })
            .collect();
        let ends = (ranges.iter().map(|range| range.0).min(), ranges.iter().map(|range| range.1).max());
        (ends.0.expect("what is true is possible"), ends.1.expect("what is true is possible"))
    }

    fn program(&self, asked: usize, way: Most) -> (Program, Names) {
        let (attack, mut program) = (self.attack, Program::default());
        let (group, most) = &self.unknown[&asked];
        let of_asked = attack.names(&mut program, way);
        let mut cells = vec![(group.clone(), of_asked)];
        for (of, all) in &self.groups {
            let with = of == group && !attack.knows(asked);
            let (reporters, employees) = if with { (most.reporters, most.employees) } else { (0, 0) };
            // No more than all others may have.
            let left = (all.employees - employees).min(attack.room());
            let most = Most { reporters: (all.reporters - reporters).min(left), employees: left };
            cells.push((of.clone(), attack.names(&mut program, most)));
        }
        if attack.reads_figures {
            self.everybody(&cells, &mut program);
        }
        self.links(&cells, &mut program);
        self.margins(asked, &cells, &mut program);
        (program, of_asked)
    }

    /// Everybody who was counted has somebody somewhere, and at most as many as it may have.
    fn everybody(&self, cells: &[(Group, Names)], program: &mut Program) {
        for (base, of_base) in self.attack.drawn.bases().into_iter().enumerate() {
            let sum = |number: Number| terms(cells, number, |group| group.0 == base);
            program.row(sum(Number::Reporters), (self.attack.others() - self.covered, FAR));
            let released = self.attack.released(of_base, Number::Employees);
            program.row(sum(Number::Employees), (-FAR, self.attack.room() - released));
        }
    }

    /// Cross-tabulations count the same people: what they have in common adds up to the same.
    fn links(&self, cells: &[(Group, Names)], program: &mut Program) {
        let (drawn, bases) = (self.attack.drawn, self.attack.drawn.bases());
        let classes: BTreeSet<usize> = self.unknown.values().map(|(group, _)| group.1).collect();
        for class in classes {
            for at in 1..bases.len() {
                for number in [Number::Employees, Number::Sum] {
                    let of = |base: usize| terms(cells, number, |group| (group.0, group.1) == (base, class));
                    let known = |base: usize| {
                        let members = bases[base].clone().filter(|cell| drawn.class[*cell] == class);
                        if self.attack.reads_figures { self.attack.released(members, number) } else { 0 }
                    };
                    let mut both = of(at - 1);
                    both.extend(of(at).into_iter().map(|(name, one)| (name, -one)));
                    let difference = known(at) - known(at - 1);
                    program.row(both, (difference, difference));
                }
            }
        }
    }

    /// A margin that is shown is the sum of its cells, and has the reporters of each.
    fn margins(&self, asked: usize, cells: &[(Group, Names)], program: &mut Program) {
        let schema = &self.attack.drawn.schema;
        for margin in self.raised.iter().filter(|_| self.attack.reads_figures) {
            let under = |number: Number| terms(cells, number, |group| group.2.contains(margin));
            let left = |number: Number| {
                let parts = schema.parts_of(*margin).into_iter();
                self.attack.of_others(*margin, number) - self.attack.released(parts, number)
            };
            for number in [Number::Employees, Number::Sum] {
                program.row(under(number), (left(number), left(number)));
            }
            program.row(under(Number::Reporters), (left(Number::Reporters), FAR));
            if schema.parts_of(*margin).contains(&asked) {
                let all = self.attack.of_others(*margin, Number::Reporters);
                program.row(vec![(cells[0].1.0[0], 1)], (0, all));
            }
        }
    }
}

impl Attack<'_> {
    /// Of the others each in a cell has at least one there, and at most as many as it may have.
    fn names(&self, program: &mut Program, most: Most) -> Names {
        let r = program.variable((0, most.reporters));
        let x = program.variable((0, most.employees));
        let s = program.variable((0, most.employees * HIGHEST));
        program.row(vec![(x, 1), (r, -1)], (0, FAR));
        program.row(vec![(x, 1), (r, -self.drawn.per_reporter)], (-FAR, 0));
        program.row(vec![(s, 1), (x, -LOWEST)], (0, FAR));
        program.row(vec![(s, 1), (x, -HIGHEST)], (-FAR, 0));
        Names([r, x, s])
    }
}

fn terms(cells: &[(Group, Names)], number: Number, wanted: impl Fn(&Group) -> bool) -> Vec<(usize, i64)> {
    let of = |(_, Names(names)): &(Group, Names)| (names[number as usize], 1);
    cells.iter().filter(|(group, _)| wanted(group)).map(of).collect()
}
