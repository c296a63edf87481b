//! Whole numbers between bounds, of which some sums are known to lie between bounds too.

use microlp::{ComparisonOp, OptimizationDirection, Problem};
use std::collections::{HashMap, HashSet};

/// Both ends included.
pub(crate) type Span = (i64, i64);

/// A sum of variables, each times a factor, that lies in a span.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Row {
    pub(crate) terms: Vec<(usize, i64)>,
    pub(crate) within: Span,
}

/// Everything known, as a program.
#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
pub(crate) struct Program {
    pub(crate) variables: Vec<Span>,
    pub(crate) rows: Vec<Row>,
}

/// Answers that were found before: many cells are alike.
#[derive(Default)]
pub(crate) struct Answers(HashMap<(Program, Vec<(usize, i64)>), i64>);

/// A program of which it has been looked up which rows bear on which variable.
pub(crate) struct Indexed {
    program: Program,
    /// Rows that can fail, by variable.
    rows: HashMap<usize, Vec<usize>>,
}

impl Program {
    pub(crate) fn indexed(self) -> Indexed {
        let mut rows: HashMap<usize, Vec<usize>> = HashMap::new();
        for (at, row) in self.rows.iter().enumerate() {
            let (low, high) = self.reach(&row.terms);
            if low < row.within.0 || high > row.within.1 {
                row.terms.iter().for_each(|(variable, _)| rows.entry(*variable).or_default().push(at));
            }
        }
        Indexed { program: self, rows }
    }

    pub(crate) fn variable(&mut self, span: Span) -> usize {
        self.variables.push(span);
        self.variables.len() - 1
    }

    pub(crate) fn row(&mut self, terms: Vec<(usize, i64)>, within: Span) {
        self.rows.push(Row { terms, within });
    }

    fn reach(&self, terms: &[(usize, i64)]) -> Span {
        terms.iter().fold((0, 0), |(low, high), (at, factor)| {
            let (least, most) = self.variables[*at];
            let ends = [least * factor, most * factor];
            (low + ends[0].min(ends[1]), high + ends[0].max(ends[1]))
        })
    }

    fn holds(&self, values: &[i64]) -> bool {
        let sum = |row: &Row| row.terms.iter().map(|(at, factor)| values[*at] * factor).sum::<i64>();
        let inside = |value: i64, (low, high): Span| (low..=high).contains(&value);
        self.variables.iter().zip(values).all(|(span, value)| inside(*value, *span))
            && self.rows.iter().all(|row| inside(sum(row), row.within))
    }

    /// The least of a sum, over fractions or over whole numbers, and where it is.
    fn solve(&self, of: &[(usize, i64)], whole: bool) -> (f64, Vec<i64>) {
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let mut factors = vec![0i64; self.variables.len()];
        of.iter().for_each(|(at, factor)| factors[*at] += factor);
        let variables: Vec<_> = self
            .variables
            .iter()
            .zip(&factors)
            .map(|((low, high), factor)| {
                if whole {
                    problem.add_integer_var(*factor as f64, (*low as i32, *high as i32))
                } else {
                    problem.add_var(*factor as f64, (*low as f64, *high as f64))
                }
            })
            .collect();
        for row in &self.rows {
            let terms: Vec<_> =
                row.terms.iter().map(|(at, factor)| (variables[*at], *factor as f64)).collect();
            problem.add_constraint(&terms, ComparisonOp::Ge, row.within.0 as f64);
            problem.add_constraint(&terms, ComparisonOp::Le, row.within.1 as f64);
        }
        let solution = problem.solve().unwrap().into_solution().unwrap();
        let values = variables.iter().map(|variable| solution.var_value(*variable).round() as i64).collect();
        (solution.objective(), values)
    }
}

impl Indexed {
    /// The least and the most that a sum of variables can be.
    pub(crate) fn range(&self, of: &[(usize, i64)], answers: &mut Answers) -> Span {
        let (program, of, known) = self.around(of);
        let negative = of.iter().map(|(at, factor)| (*at, -factor)).collect();
        let least = answers.least(&program, of);
        (known + least, known - answers.least(&program, negative))
    }

    /// What bears on a sum: the rows that can fail and are linked to it through variables that are not known.
    fn around(&self, of: &[(usize, i64)]) -> (Program, Vec<(usize, i64)>, i64) {
        let mut around = Around {
            all: &self.program,
            names: HashMap::new(),
            program: Program::default(),
            todo: Vec::new(),
        };
        let (wanted, known) = around.split(of);
        let mut taken = HashSet::new();
        while let Some(variable) = around.todo.pop() {
            for at in self.rows.get(&variable).into_iter().flatten().filter(|at| taken.insert(**at)) {
                let row = &self.program.rows[*at];
                let (terms, known) = around.split(&row.terms);
                around.program.row(terms, (row.within.0 - known, row.within.1 - known));
            }
        }
        (around.program, wanted, known)
    }
}

/// A part of a program, with variables numbered as they are met.
struct Around<'a> {
    all: &'a Program,
    names: HashMap<usize, usize>,
    program: Program,
    todo: Vec<usize>,
}

impl Around<'_> {
    /// A sum over variables that are not known, and what the known ones add to it.
    fn split(&mut self, terms: &[(usize, i64)]) -> (Vec<(usize, i64)>, i64) {
        let (mut kept, mut known) = (Vec::new(), 0);
        for (at, factor) in terms {
            let span = self.all.variables[*at];
            if span.0 == span.1 {
                known += span.0 * factor;
                continue;
            }
            let name = *self.names.entry(*at).or_insert_with(|| {
                self.todo.push(*at);
                self.program.variable(span)
            });
            kept.push((name, *factor));
        }
        (kept, known)
    }
}

impl Answers {
    /// The least of a sum, shown by whole numbers that satisfy the program.
    fn least(&mut self, program: &Program, of: Vec<(usize, i64)>) -> i64 {
        if of.is_empty() {
            return 0;
        }
        let question = (program.clone(), of);
        if let Some(answer) = self.0.get(&question) {
            return *answer;
        }
        let of = &question.1;
        let value = |values: &[i64]| of.iter().map(|(at, factor)| values[*at] * factor).sum::<i64>();
        let (bound, values) = program.solve(of, false);
        let least = (bound - 1e-5).ceil() as i64;
        let answer = if program.holds(&values) && value(&values) == least {
            least
        } else {
            let (_, values) = program.solve(of, true);
            assert!(program.holds(&values), "the whole numbers that were found do not satisfy what is known");
            value(&values)
        };
        self.0.insert(question, answer);
        answer
    }
}
