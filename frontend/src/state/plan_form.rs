//! A survey as it is being written: what was typed, and what is wrong with it, field by field.

use super::schema_form::SchemaForm;
use organizer::SurveyPlan;
use protocol::{GranularityWire, ThresholdsWire};
use serde::{Deserialize, Serialize};

/// Every field, by the name that it also has on the page; those of dimensions and measures with their positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    Title,
    Purpose,
    Contact,
    Period,
    Dimension(usize),
    Categories(usize),
    Reference,
    Measure(usize),
    Unit(usize),
    Decimals(usize),
    Minimum(usize),
    Maximum(usize),
    SoftMinimum(usize),
    SoftMaximum(usize),
    Bands(usize),
    Snapshot,
    MaxEmployees,
    MaxReporters,
    MinReporters,
    MinCellReporters,
    MinEmployees,
    Closes,
    KeyBits,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mistake {
    /// Nothing stands there.
    Empty,
    /// No number, or one that is out of range.
    Number,
    /// Fewer than two categories, or one twice.
    Categories,
    /// Not one of the categories.
    Reference,
    /// The largest is not larger than the smallest.
    Range,
    /// In the past, or no moment.
    Closes,
    /// Neither a width nor where bands begin.
    Bands,
    /// No day that there is.
    Day,
}

/// What was typed. Holds nobody's pay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct PlanForm {
    pub(crate) title: String,
    pub(crate) purpose: String,
    pub(crate) contact: String,
    pub(crate) period: String,
    /// What is asked.
    pub(crate) schema: SchemaForm,
    pub(crate) granularity: GranularityWire,
    pub(crate) max_employees: String,
    pub(crate) max_reporters: String,
    pub(crate) min_reporters: String,
    pub(crate) min_cell_reporters: String,
    pub(crate) min_employees: String,
    pub(crate) closes: String,
    pub(crate) key_bits: String,
    pub(crate) rehearsal: bool,
}

impl Default for PlanForm {
    fn default() -> Self {
        let thresholds = survey::Thresholds::DEFAULT;
        let none = String::new;
        Self {
            title: none(),
            purpose: none(),
            contact: none(),
            period: none(),
            schema: SchemaForm::default(),
            granularity: GranularityWire::Totals,
            max_employees: "10000".to_owned(),
            max_reporters: "1000".to_owned(),
            min_reporters: thresholds.min_reporters().to_string(),
            min_cell_reporters: thresholds.min_cell_reporters().to_string(),
            min_employees: thresholds.min_cell_employees().to_string(),
            closes: none(),
            key_bits: "3072".to_owned(),
            rehearsal: false,
        }
    }
}

/// A plan and the length of its key.
pub(crate) struct Written {
    /// The survey.
    pub(crate) plan: SurveyPlan,
    /// Bits of n.
    pub(crate) key_bits: u32,
}

impl PlanForm {
    /// What stands in a field; `None` for one of a dimension or a measure that is not there.
    pub(crate) fn text(&mut self, field: Field) -> Option<&mut String> {
        let schema = &mut self.schema;
        Some(match field {
            Field::Title => &mut self.title,
            Field::Purpose => &mut self.purpose,
            Field::Contact => &mut self.contact,
            Field::Period => &mut self.period,
            Field::Dimension(at) => &mut schema.dimensions.get_mut(at)?.name,
            Field::Categories(at) => &mut schema.dimensions.get_mut(at)?.categories,
            Field::Reference => &mut schema.reference,
            Field::Measure(at) => &mut schema.measures.get_mut(at)?.name,
            Field::Unit(at) => &mut schema.measures.get_mut(at)?.unit,
            Field::Decimals(at) => &mut schema.measures.get_mut(at)?.decimals,
            Field::Minimum(at) => &mut schema.measures.get_mut(at)?.minimum,
            Field::Maximum(at) => &mut schema.measures.get_mut(at)?.maximum,
            Field::SoftMinimum(at) => &mut schema.measures.get_mut(at)?.soft_minimum,
            Field::SoftMaximum(at) => &mut schema.measures.get_mut(at)?.soft_maximum,
            Field::Bands(at) => &mut schema.measures.get_mut(at)?.bands,
            Field::Snapshot => &mut schema.snapshot,
            Field::MaxEmployees => &mut self.max_employees,
            Field::MaxReporters => &mut self.max_reporters,
            Field::MinReporters => &mut self.min_reporters,
            Field::MinCellReporters => &mut self.min_cell_reporters,
            Field::MinEmployees => &mut self.min_employees,
            Field::Closes => &mut self.closes,
            Field::KeyBits => &mut self.key_bits,
        })
    }

    /// The minimum numbers that a preset is meant for.
    pub(crate) fn set_thresholds(&mut self, thresholds: survey::Thresholds) {
        self.min_reporters = thresholds.min_reporters().to_string();
        self.min_cell_reporters = thresholds.min_cell_reporters().to_string();
        self.min_employees = thresholds.min_cell_employees().to_string();
    }

    /// The plan, or every mistake at once. `closes_at` is what the browser makes of the moment typed.
    pub(crate) fn write(&self, closes_at: Option<u64>, now_s: u64) -> Result<Written, Vec<(Field, Mistake)>> {
        let mut mistakes = Vec::new();
        let plan = self.plan(closes_at.filter(|at| *at > now_s), now_s, &mut mistakes);
        let key_bits = number(&self.key_bits, Field::KeyBits, &mut mistakes);
        if mistakes.is_empty() { Ok(Written { plan, key_bits }) } else { Err(mistakes) }
    }

    fn plan(&self, closes_at: Option<u64>, now_s: u64, mistakes: &mut Vec<(Field, Mistake)>) -> SurveyPlan {
        self.check_texts(mistakes);
        if closes_at.is_none() {
            mistakes.push((Field::Closes, Mistake::Closes));
        }
        SurveyPlan {
            title: self.title.trim().to_owned(),
            purpose: self.purpose.trim().to_owned(),
            contact: self.contact.trim().to_owned(),
            period: self.period.trim().to_owned(),
            schema: self.schema.write(mistakes),
            granularity: self.granularity,
            max_reporters: number(&self.max_reporters, Field::MaxReporters, mistakes),
            max_employees_per_reporter: number(&self.max_employees, Field::MaxEmployees, mistakes),
            thresholds: ThresholdsWire {
                min_reporters: number(&self.min_reporters, Field::MinReporters, mistakes),
                min_cell_reporters: number(&self.min_cell_reporters, Field::MinCellReporters, mistakes),
                min_cell_employees: number(&self.min_employees, Field::MinEmployees, mistakes),
            },
            max_missing: 0,
            closes_not_before: now_s.saturating_sub(1),
            closes_at: closes_at.unwrap_or_default(),
            rehearsal: self.rehearsal,
        }
    }

    fn check_texts(&self, mistakes: &mut Vec<(Field, Mistake)>) {
        let needed =
            [(Field::Title, &self.title), (Field::Contact, &self.contact), (Field::Period, &self.period)];
        let empty = needed.into_iter().filter(|(_, text)| text.trim().is_empty());
        mistakes.extend(empty.map(|(field, _)| (field, Mistake::Empty)));
    }
}

pub(super) fn number<N: std::str::FromStr + Default>(
    text: &str,
    field: Field,
    mistakes: &mut Vec<(Field, Mistake)>,
) -> N {
    text.trim().parse().unwrap_or_else(|_| {
        mistakes.push((field, Mistake::Number));
        N::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::LimitsWire;

    fn filled() -> PlanForm {
        let text = str::to_owned;
        PlanForm { title: text("Pay"), contact: text("me"), period: text("2026"), ..PlanForm::default() }
    }

    fn mistakes(form: &PlanForm) -> Vec<(Field, Mistake)> {
        form.write(Some(2_000), 1_000).map(|_| ()).unwrap_err()
    }

    #[test]
    fn a_filled_form_is_a_plan() {
        let written = filled().write(Some(2_000), 1_000).unwrap_or_else(|wrong| panic!("{wrong:?}"));
        assert_eq!(written.key_bits, 3072);
        assert_eq!(written.plan.schema.dimensions[0].categories, ["women", "men"]);
        assert_eq!(written.plan.schema.measures[0].hard, LimitsWire { min: 0, max: 100_000_000 });
        assert_eq!(written.plan.schema.measures[0].soft, written.plan.schema.measures[0].hard);
        assert_eq!(written.plan.closes_at, 2_000);
        let bits = paillier_bits(written.key_bits);
        assert!(written.plan.check(bits, 1_000).is_ok());
    }

    /// Bits of a plaintext that a layout may use, as the servers count them, for this test alone.
    fn paillier_bits(key_bits: u32) -> u32 {
        key_bits - 64
    }

    #[test]
    fn every_mistake_is_named_at_its_field_at_once() {
        let mut form = PlanForm { title: " ".into(), min_reporters: "-1".into(), ..filled() };
        form.schema.dimensions[0].categories = "a\nA".into();
        form.schema.reference = "b".into();
        form.schema.measures[0].maximum = "much".into();
        let found = mistakes(&form);
        assert_eq!(
            found,
            [
                (Field::Title, Mistake::Empty),
                (Field::Categories(0), Mistake::Categories),
                (Field::Reference, Mistake::Reference),
                (Field::Maximum(0), Mistake::Number),
                (Field::MinReporters, Mistake::Number),
            ]
        );
        let mut narrow = filled();
        narrow.schema.measures[0].maximum = "0".into();
        assert_eq!(mistakes(&narrow), [(Field::Maximum(0), Mistake::Range)]);
        let late = filled().write(Some(900), 1_000).map(|_| ()).unwrap_err();
        assert_eq!(late, [(Field::Closes, Mistake::Closes)]);
    }
}
