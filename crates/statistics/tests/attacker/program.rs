//! Whole numbers between bounds, of which some sums are known to lie between bounds too.

use microlp::{ComparisonOp, OptimizationDirection, Problem};
use std::collections::HashMap;

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
pub(crate) struct Answers(HashMap<Asked, Option<i64>>);

/// A program, and a sum of its variables.
type Asked = (Program, Vec<(usize, i64)>);

/// More than any number in a program.
pub(crate) const FAR: i64 = 1 << 40;

impl Program {
    pub(crate) fn variable(&mut self, span: Span) -> usize {
        self.variables.push(span);
        self.variables.len() - 1
    }

    pub(crate) fn row(&mut self, terms: Vec<(usize, i64)>, within: Span) {
        self.rows.push(Row { terms, within });
    }

    fn holds(&self, values: &[i64]) -> bool {
        let sum = |row: &Row| row.terms.iter().map(|(at, factor)| values[*at] * factor).sum::<i64>();
        let inside = |value: i64, (low, high): Span| (low..=high).contains(&value);
        self.variables.iter().zip(values).all(|(span, value)| inside(*value, *span))
            && self.rows.iter().all(|row| inside(sum(row), row.within))
    }

    /// The least and the most that a sum of variables can be; `None` if nothing satisfies the program.
    pub(crate) fn range(&self, of: &[(usize, i64)], answers: &mut Answers) -> Option<Span> {
        let negative = of.iter().map(|(at, factor)| (*at, -factor)).collect();
        Some((answers.least(self, of.to_vec())?, -answers.least(self, negative)?))
    }

    /// The least of a sum, over fractions or over whole numbers, and where it is.
    fn solve(&self, of: &[(usize, i64)], whole: bool) -> Option<(f64, Vec<i64>)> {
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
            if row.within.0 > -FAR {
                problem.add_constraint(&terms, ComparisonOp::Ge, row.within.0 as f64);
            }
            if row.within.1 < FAR {
                problem.add_constraint(&terms, ComparisonOp::Le, row.within.1 as f64);
            }
        }
        let solution = match problem.solve() {
            Err(microlp::Error::Infeasible) => return None,
            solved => solved.unwrap().into_solution().unwrap(),
        };
        let values = variables.iter().map(|variable| solution.var_value(*variable).round() as i64).collect();
        Some((solution.objective(), values))
    }
}

impl Answers {
    /// The least of a sum, shown by whole numbers that satisfy the program.
    fn least(&mut self, program: &Program, of: Vec<(usize, i64)>) -> Option<i64> {
        let question = (program.clone(), of);
        if let Some(answer) = self.0.get(&question) {
            return *answer;
        }
        let answer = Self::found(program, &question.1);
        self.0.insert(question, answer);
        answer
    }

    fn found(program: &Program, of: &[(usize, i64)]) -> Option<i64> {
        let value = |values: &[i64]| of.iter().map(|(at, factor)| values[*at] * factor).sum::<i64>();
        let (bound, values) = program.solve(of, false)?;
        if program.holds(&values) && value(&values) == (bound - 1e-5).ceil() as i64 {
            return Some(value(&values));
        }
        let (_, values) = program.solve(of, true)?;
        assert!(program.holds(&values), "the whole numbers that were found do not satisfy what is known");
        Some(value(&values))
    }
}
