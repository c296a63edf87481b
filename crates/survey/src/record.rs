//! One employee, as far as a survey asks.

use crate::{Amount, Schema};
use core::fmt;

/// One employee of one reporter: a category of every dimension, and an amount of every measure inside its
/// hard limits, the computed ones included.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Record {
    categories: [u8; Schema::MAX_DIMENSIONS],
    amounts: [Amount; Schema::MAX_MEASURES],
}

impl Record {
    /// Checks categories (one per dimension) and amounts (one per measure that is entered) against the
    /// schema, and computes the others; `None` if one lies outside, cannot be computed or is too many.
    #[must_use]
    pub fn of(schema: &Schema, categories: &[usize], entered: &[Amount]) -> Option<Self> {
        let mut record = Self {
            categories: [0; Schema::MAX_DIMENSIONS],
            amounts: [Amount::from_minor(0); Schema::MAX_MEASURES],
        };
        if categories.len() != schema.dimensions().len() || entered.len() != schema.entered().count() {
            return None;
        }
        for ((slot, category), dimension) in
            record.categories.iter_mut().zip(categories).zip(schema.dimensions())
        {
            if *category >= dimension.categories().len() {
                return None;
            }
            *slot = u8::try_from(*category).ok()?;
        }
        for ((position, measure), amount) in schema.entered().zip(entered) {
            if !measure.hard().contain(amount.minor()) {
                return None;
            }
            *record.amounts.get_mut(position)? = *amount;
        }
        record.compute(schema)
    }

    fn compute(mut self, schema: &Schema) -> Option<Self> {
        for (position, measure) in schema.measures().iter().enumerate() {
            let Some(formula) = measure.formula() else { continue };
            let operand = |at: usize| Some((self.amount(at)?.minor(), schema.measures().get(at)?.decimals()));
            let [one, other] = formula.operands();
            let minor = measure.compute(formula, operand(one)?, operand(other)?)?;
            *self.amounts.get_mut(position)? = Amount::from_minor(minor);
        }
        Some(self)
    }

    /// The same where there is one dimension, one of whose categories is `category`, and one measure.
    #[must_use]
    pub fn new(schema: &Schema, category: usize, amount: Amount) -> Option<Self> {
        Self::of(schema, &[category], &[amount])
    }

    /// The positions of its categories, one per dimension of the schema, then zeros.
    #[must_use]
    pub const fn categories(&self) -> &[u8; Schema::MAX_DIMENSIONS] {
        &self.categories
    }

    /// The position of its category of the compared dimension.
    #[must_use]
    pub fn compared(&self, schema: &Schema) -> usize {
        self.categories.get(schema.compared_position()).copied().unwrap_or(0).into()
    }

    /// What was measured, by the measure's position.
    #[must_use]
    pub fn amount(&self, measure: usize) -> Option<Amount> {
        self.amounts.get(measure).copied()
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Record(<private>)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_schemas::{label, pay, rank_by_sex};
    use crate::{Dimension, Formula, Limits, Measure, SchemaParts, Statistics, WhoCounts};

    #[test]
    fn a_record_lies_inside_its_schema() {
        let schema = rank_by_sex(Statistics::mean());
        let of = |categories: &[usize], minor: &[u64]| {
            let amounts: Vec<_> = minor.iter().copied().map(Amount::from_minor).collect();
            Record::of(&schema, categories, &amounts)
        };
        assert!(of(&[2, 1], &[100]).is_some());
        assert_eq!(of(&[3, 1], &[100]), None, "no such category");
        assert_eq!(of(&[2], &[100]), None, "a dimension is missing");
        assert_eq!(of(&[2, 1], &[]), None, "an amount is missing");
        assert_eq!(of(&[2, 1], &[1, 2]), None, "an amount too many");
        assert_eq!(of(&[2, 1], &[100_000_001]), None, "outside the limits");
    }

    #[test]
    fn pay_per_hour_is_computed_of_pay_and_hours() {
        let hours_limits = Limits::new(0, 40_000).unwrap();
        let hours = Measure::new(label("hours"), label("h"), 1, hours_limits, hours_limits).unwrap();
        let hourly = pay("hourly pay", 1_000_000).computed(Formula::Quotient { dividend: 0, divisor: 1 });
        let sex = Dimension::new(label("sex"), vec![label("women"), label("men")]).unwrap();
        let schema = Schema::declare(SchemaParts {
            dimensions: vec![sex],
            compared: 0,
            reference: 1,
            measures: vec![pay("annual pay", 100_000_000), hours, hourly],
            cross_tabulations: vec![vec![0]],
            margins: vec![],
            who: WhoCounts::DEFAULT,
        })
        .unwrap();
        let of =
            |pay, hours| Record::of(&schema, &[0], &[Amount::from_minor(pay), Amount::from_minor(hours)]);
        assert_eq!(of(3_600_000, 18_725).unwrap().amount(2), Some(Amount::from_minor(1923)));
        assert_eq!(of(3_600_000, 0), None, "no pay per hour without hours");
    }

    #[test]
    fn debug_output_never_shows_anything() {
        let schema = rank_by_sex(Statistics::mean());
        let record = Record::of(&schema, &[2, 1], &[Amount::from_minor(4711)]).unwrap();
        assert_eq!(format!("{record:?}"), "Record(<private>)");
    }
}
