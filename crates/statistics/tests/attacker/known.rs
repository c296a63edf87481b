//! What an attacker knows about a published survey, as a program.

use super::program::{Answers, Indexed, Program, Span};
use super::tables::{Drawn, HIGHEST, LOWEST, Part};
use statistics::SuppressionReason::{Complementary, TooFewEmployees, TooFewReporters};
use statistics::{Figure, ReleasedCell};

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

/// The variables of a cell; a margin is a sum of others but for its reporters.
struct Cell {
    reporters: usize,
    employees: Vec<(usize, i64)>,
    sum: Vec<(usize, i64)>,
}

/// What is known while one cell is asked for.
pub(crate) struct Knowledge {
    program: Indexed,
    cells: Vec<Cell>,
}

/// What is known, as it is put together.
struct Gathered {
    program: Program,
    cells: Vec<Cell>,
}

const FAR: i64 = 1 << 40;

impl Knowledge {
    pub(crate) fn range(&self, cell: usize, number: Number, answers: &mut Answers) -> Span {
        let cell = &self.cells[cell];
        match number {
            Number::Reporters => self.program.range(&[(cell.reporters, 1)], answers),
            Number::Employees => self.program.range(&cell.employees, answers),
            Number::Sum => self.program.range(&cell.sum, answers),
        }
    }
}

impl Attack<'_> {
    fn own(&self, cell: usize) -> Part {
        match self.attacker {
            Attacker::Outsider => Part::default(),
            Attacker::Reporter(at) => self.drawn.parts[at][cell],
        }
    }

    /// How many others took part.
    fn others(&self) -> i64 {
        self.drawn.parts.len() as i64 - i64::from(self.attacker != Attacker::Outsider)
    }

    /// Whether the attacker may know all of a cell without reading anything: nobody is in it, or it is alone.
    pub(crate) fn knows(&self, cell: usize) -> bool {
        let (reporters, _) = self.drawn.total(cell);
        reporters == 0 || (reporters == 1 && self.own(cell).employees > 0)
    }

    /// Everything known, except that nothing is known beforehand of the cell `asked` for.
    pub(crate) fn knowledge(&self, asked: Option<usize>) -> Knowledge {
        let mut known = Gathered { program: Program::default(), cells: Vec::new() };
        for cell in 0..self.drawn.schema.cell_count() {
            let parts = self.drawn.schema.parts_of(cell);
            let found = if parts == [cell] {
                self.counted(cell, asked, &mut known.program)
            } else {
                self.margin(cell, &parts, &mut known)
            };
            self.reason(cell, &found, &mut known.program);
            self.figures(cell, &found, &mut known.program);
            known.cells.push(found);
        }
        self.everybody(&mut known);
        self.links(&mut known);
        Knowledge { program: known.program.indexed(), cells: known.cells }
    }

    fn counted(&self, cell: usize, asked: Option<usize>, program: &mut Program) -> Cell {
        let (own, own_one) = (self.own(cell), i64::from(self.own(cell).employees > 0));
        let (reporters, all) = self.drawn.total(cell);
        let known = Some(cell) != asked && self.knows(cell) && self.slots[cell].released().is_none();
        let span = |low: i64, high: i64, truth: i64| if known { (truth, truth) } else { (low, high) };
        let room = self.others() * self.drawn.per_reporter;
        let r = program.variable(span(own_one, own_one + self.others(), reporters));
        let x = program.variable(span(own.employees, own.employees + room, all.employees));
        let s = program.variable(span(own.sum, own.sum + room * HIGHEST, all.sum));
        // Of the others each in the cell has at least one there, and at most as many as it may have.
        let apart = own.employees - own_one;
        program.row(vec![(x, 1), (r, -1)], (apart, FAR));
        let most = self.drawn.per_reporter;
        program.row(vec![(x, 1), (r, -most)], (-FAR, own.employees - own_one * most));
        program.row(vec![(s, 1), (x, -LOWEST)], (own.sum - own.employees * LOWEST, FAR));
        program.row(vec![(s, 1), (x, -HIGHEST)], (-FAR, own.sum - own.employees * HIGHEST));
        Cell { reporters: r, employees: vec![(x, 1)], sum: vec![(s, 1)] }
    }

    fn margin(&self, cell: usize, parts: &[usize], known: &mut Gathered) -> Cell {
        let own = i64::from(self.own(cell).employees > 0);
        let reporters = known.program.variable((own, own + self.others()));
        let all = |of: &dyn Fn(&Cell) -> Vec<(usize, i64)>| {
            parts.iter().flat_map(|part| of(&known.cells[*part])).collect::<Vec<_>>()
        };
        let (employees, sum) = (all(&|cell| cell.employees.clone()), all(&|cell| cell.sum.clone()));
        // Each reporter of a part is one of the margin's, and each of the margin's is one of a part's; of the
        // attacker's own that is known anyway.
        let of_others = |part: &usize| i64::from(self.own(*part).employees > 0);
        let own_parts: i64 = parts.iter().map(of_others).sum();
        let mut terms: Vec<_> = parts.iter().map(|part| (known.cells[*part].reporters, 1)).collect();
        for (part, (variable, _)) in parts.iter().zip(&terms) {
            known.program.row(vec![(reporters, 1), (*variable, -1)], (own - of_others(part), FAR));
        }
        terms.push((reporters, -1));
        known.program.row(terms, (own_parts - own, FAR));
        Cell { reporters, employees, sum }
    }

    fn reason(&self, cell: usize, of: &Cell, program: &mut Program) {
        let few = i64::from(self.drawn.thresholds.min_cell_reporters());
        let small = i64::from(self.drawn.thresholds.min_cell_employees());
        let (reporters, employees) = match self.slots[cell].reason() {
            Some(TooFewReporters) => ((0, few - 1), (0, FAR)),
            Some(TooFewEmployees) => ((few, FAR), (0, small - 1)),
            None | Some(Complementary) => ((few, FAR), (small, FAR)),
            Some(other) => panic!("no cell is suppressed because of {other}"),
        };
        program.row(vec![(of.reporters, 1)], reporters);
        program.row(of.employees.clone(), employees);
    }

    fn figures(&self, cell: usize, of: &Cell, program: &mut Program) {
        if let (true, Some(shown)) = (self.reads_figures, self.slots[cell].released()) {
            let exactly = |number: i128| (number as i64, number as i64);
            program.row(vec![(of.reporters, 1)], exactly(shown.reporters));
            program.row(of.employees.clone(), exactly(shown.employees));
            program.row(of.sum.clone(), exactly(shown.measures[0].sum_minor.unwrap()));
        }
    }

    /// Everybody who was counted has somebody somewhere, and at most as many as it may have.
    fn everybody(&self, known: &mut Gathered) {
        for table in self.drawn.schema.tables().iter().filter(|table| table.margin_of().is_none()) {
            let own = |cell: &usize| self.own(*cell).employees;
            let own_reports: i64 = table.cells().filter(|cell| own(cell) > 0).count() as i64;
            let own_employees: i64 = table.cells().map(|cell| own(&cell)).sum();
            let of_cells = || table.cells().map(|cell| &known.cells[cell]);
            let reporters = of_cells().map(|cell| (cell.reporters, 1)).collect();
            let employees = of_cells().flat_map(|cell| cell.employees.clone()).collect();
            let room = self.others() * self.drawn.per_reporter;
            known.program.row(reporters, (own_reports + self.others(), FAR));
            known.program.row(employees, (own_employees + self.others(), own_employees + room));
        }
    }

    /// Two cross-tabulations count the same people: what they have in common adds up to the same, and a
    /// reporter in a cell of one is in some cell of the other.
    fn links(&self, known: &mut Gathered) {
        let schema = &self.drawn.schema;
        let [one, other] =
            &schema.tables().iter().filter(|t| t.margin_of().is_none()).collect::<Vec<_>>()[..]
        else {
            return;
        };
        let shared = |cell: usize| {
            let both =
                |(at, _): &(usize, usize)| one.dimensions().contains(at) && other.dimensions().contains(at);
            let mut of = schema.categories_of(cell);
            of.retain(both);
            of.sort_unstable();
            of
        };
        let mut places: Vec<_> = one.cells().map(shared).collect();
        places.sort_unstable();
        places.dedup();
        for place in places {
            let at =
                |cells: core::ops::Range<usize>| cells.filter(|c| shared(*c) == place).collect::<Vec<_>>();
            let (left, right) = (at(one.cells()), at(other.cells()));
            for of in [|c: &Cell| c.employees.clone(), |c: &Cell| c.sum.clone()] {
                let mut terms: Vec<_> = left.iter().flat_map(|c| of(&known.cells[*c])).collect();
                terms.extend(right.iter().flat_map(|c| of(&known.cells[*c])).map(|(at, one)| (at, -one)));
                known.program.row(terms, (0, 0));
            }
            for (some, all) in [(&left, &right), (&right, &left)] {
                let own = |cell: &usize| i64::from(self.own(*cell).employees > 0);
                let mut terms: Vec<_> = all.iter().map(|cell| (known.cells[*cell].reporters, 1)).collect();
                let owns: i64 = all.iter().map(own).sum();
                for cell in some {
                    terms.push((known.cells[*cell].reporters, -1));
                    known.program.row(terms.clone(), (owns - own(cell), FAR));
                    terms.pop();
                }
            }
        }
    }
}
