//! What a survey asks, as it is being written: dimensions, measures, tables, and who counts.

use super::plan_form::{Field, Mistake};
use payfile::{NumberFormat, parse_amount};
use protocol::{
    DimensionWire, FormulaWire, LeaversWire, LimitsWire, MeasureWire, MissingWire, PartTimersWire,
    SchemaWire, StatisticWire, WhoCountsWire,
};
use serde::{Deserialize, Serialize};
use survey::Statistics;

/// What was typed of a dimension.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct DimensionForm {
    pub(crate) name: String,
    /// One per line.
    pub(crate) categories: String,
}

/// What was typed of a measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct MeasureForm {
    pub(crate) name: String,
    pub(crate) unit: String,
    pub(crate) decimals: String,
    pub(crate) minimum: String,
    pub(crate) maximum: String,
    pub(crate) soft_minimum: String,
    pub(crate) soft_maximum: String,
    /// A width, or where bands begin.
    pub(crate) bands: String,
    pub(crate) statistics: Vec<StatisticWire>,
    /// A quotient or a sum of two others, by their positions.
    pub(crate) computed: Option<(bool, [usize; 2])>,
}

/// What was typed of the question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct SchemaForm {
    pub(crate) dimensions: Vec<DimensionForm>,
    /// Which of them is compared.
    pub(crate) compared: usize,
    pub(crate) reference: String,
    pub(crate) measures: Vec<MeasureForm>,
    /// Positions of dimensions all combinations of whose categories are cells.
    pub(crate) tables: Vec<Vec<usize>>,
    /// Positions of dimensions by which sums over cells are published; none: everybody.
    pub(crate) margins: Vec<Vec<usize>>,
    pub(crate) snapshot: String,
    pub(crate) part_timers: PartTimersWire,
    pub(crate) leavers: LeaversWire,
    pub(crate) missing: MissingWire,
}

impl Default for MeasureForm {
    fn default() -> Self {
        let text = str::to_owned;
        Self {
            name: String::new(),
            unit: text("EUR"),
            decimals: text("2"),
            minimum: text("0"),
            maximum: text("1000000"),
            soft_minimum: String::new(),
            soft_maximum: String::new(),
            bands: String::new(),
            statistics: vec![StatisticWire::Mean],
            computed: None,
        }
    }
}

impl Default for SchemaForm {
    fn default() -> Self {
        let who = WhoCountsWire::from(survey::WhoCounts::DEFAULT);
        Self {
            dimensions: vec![DimensionForm {
                name: "gender".to_owned(),
                categories: "women\nmen".to_owned(),
            }],
            compared: 0,
            reference: "men".to_owned(),
            measures: vec![MeasureForm { name: "gross yearly pay".to_owned(), ..MeasureForm::default() }],
            tables: vec![vec![0]],
            margins: Vec::new(),
            snapshot: String::new(),
            part_timers: who.part_timers,
            leavers: who.leavers,
            missing: who.missing,
        }
    }
}

impl DimensionForm {
    /// The categories.
    pub(crate) fn list(&self) -> Vec<String> {
        let lines = self.categories.lines().map(str::trim);
        lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    fn write(&self, at: usize, mistakes: &mut Vec<(Field, Mistake)>) -> DimensionWire {
        if self.name.trim().is_empty() {
            mistakes.push((Field::Dimension(at), Mistake::Empty));
        }
        let categories = self.list();
        let mut distinct = categories.clone();
        distinct.sort_by_key(|name| name.to_lowercase());
        distinct.dedup_by_key(|name| name.to_lowercase());
        if categories.len() < 2 || distinct.len() < categories.len() {
            mistakes.push((Field::Categories(at), Mistake::Categories));
        }
        DimensionWire { name: self.name.trim().to_owned(), categories }
    }
}

impl MeasureForm {
    fn write(&self, at: usize, all: &[Self], mistakes: &mut Vec<(Field, Mistake)>) -> MeasureWire {
        for (field, text) in [(Field::Measure(at), &self.name), (Field::Unit(at), &self.unit)] {
            if text.trim().is_empty() {
                mistakes.push((field, Mistake::Empty));
            }
        }
        let decimals: u8 = super::plan_form::number(&self.decimals, Field::Decimals(at), mistakes);
        let mut amount = |text: &str, field, otherwise: Option<u64>| {
            if let (true, Some(otherwise)) = (text.trim().is_empty(), otherwise) {
                return otherwise;
            }
            minor(text, decimals).unwrap_or_else(|| {
                mistakes.push((field, Mistake::Number));
                0
            })
        };
        let hard = LimitsWire {
            min: amount(&self.minimum, Field::Minimum(at), None),
            max: amount(&self.maximum, Field::Maximum(at), None),
        };
        let soft = LimitsWire {
            min: amount(&self.soft_minimum, Field::SoftMinimum(at), Some(hard.min)),
            max: amount(&self.soft_maximum, Field::SoftMaximum(at), Some(hard.max)),
        };
        if hard.max <= hard.min && !mistakes.iter().any(|(field, _)| *field == Field::Maximum(at)) {
            mistakes.push((Field::Maximum(at), Mistake::Range));
        }
        let bands = edges(&self.bands, decimals, soft).unwrap_or_else(|| {
            mistakes.push((Field::Bands(at), Mistake::Bands));
            Vec::new()
        });
        let name = |at: usize| all.get(at).map(|one| one.name.trim().to_owned()).unwrap_or_default();
        let mut statistics = self.statistics.clone();
        statistics.sort_unstable();
        let computed = self.computed.map(|(quotient, parts)| {
            let parts = parts.map(name);
            if quotient { FormulaWire::Quotient(parts) } else { FormulaWire::Sum(parts) }
        });
        let (name, unit) = (self.name.trim().to_owned(), self.unit.trim().to_owned());
        MeasureWire { name, unit, decimals, hard, soft, statistics, bands, computed }
    }

    /// Whether this statistic is asked for.
    pub(crate) fn asks(&self, statistic: StatisticWire) -> bool {
        self.statistics.contains(&statistic)
    }

    /// Asks for it, or no longer.
    pub(crate) fn toggle(&mut self, statistic: StatisticWire) {
        if self.asks(statistic) {
            self.statistics.retain(|one| *one != statistic);
        } else {
            self.statistics.push(statistic);
        }
    }
}

fn minor(text: &str, decimals: u8) -> Option<u64> {
    let amount = parse_amount(text.trim(), NumberFormat::DecimalDot, decimals);
    amount.ok().map(survey::Amount::minor)
}

/// One number is a width, whose multiples between the soft limits are edges; several are the edges themselves.
/// `None` for anything else. More than a measure may have are not made: the refusal of the first too many says it.
fn edges(text: &str, decimals: u8, soft: LimitsWire) -> Option<Vec<u64>> {
    let numbers = text.split([' ', ';', '\n', '\t']).filter(|number| !number.is_empty());
    let numbers: Vec<u64> = numbers.map(|number| minor(number, decimals)).collect::<Option<_>>()?;
    match numbers.as_slice() {
        [0] => None,
        [width] => {
            let multiples = (soft.min / width + 1..=soft.max / width).map(|times| times * width);
            Some(multiples.take(Statistics::MAX_BANDS + 1).collect())
        }
        _ => Some(numbers),
    }
}

impl SchemaForm {
    /// What is asked; every mistake is added at its field.
    pub(crate) fn write(&self, mistakes: &mut Vec<(Field, Mistake)>) -> SchemaWire {
        let dimensions = self.dimensions.iter().enumerate().map(|(at, one)| one.write(at, mistakes));
        let dimensions: Vec<DimensionWire> = dimensions.collect();
        let compared = dimensions.get(self.compared);
        let reference = self.reference.trim().to_owned();
        if !compared.is_some_and(|compared| compared.categories.contains(&reference)) {
            mistakes.push((Field::Reference, Mistake::Reference));
        }
        let measures = self.measures.iter().enumerate();
        let measures = measures.map(|(at, one)| one.write(at, &self.measures, mistakes)).collect();
        let snapshot = Some(self.snapshot.trim().to_owned()).filter(|day| !day.is_empty());
        if snapshot.as_deref().is_some_and(|day| survey::Date::parse(day).is_none()) {
            mistakes.push((Field::Snapshot, Mistake::Day));
        }
        let name = |at: &usize| dimensions.get(*at).map(|one| one.name.clone());
        let names = |tables: &[Vec<usize>]| -> Vec<Vec<String>> {
            tables.iter().map(|by| by.iter().filter_map(name).collect()).collect()
        };
        SchemaWire {
            compared: compared.map(|one| one.name.clone()).unwrap_or_default(),
            reference,
            measures,
            cross_tabulations: names(&self.tables),
            margins: names(&self.margins),
            who_counts: WhoCountsWire {
                snapshot,
                part_timers: self.part_timers,
                leavers: self.leavers,
                missing: self.missing,
            },
            dimensions,
        }
    }

    /// A further dimension, which becomes part of the first table; what is compared gets a margin of its own.
    pub(crate) fn add_dimension(&mut self) {
        let at = self.dimensions.len();
        self.dimensions.push(DimensionForm::default());
        if let Some(first) = self.tables.first_mut() {
            first.push(at);
        }
        if at == 1 && self.margins.is_empty() {
            self.margins.push(vec![self.compared]);
        }
    }

    /// Removes a dimension, also out of all tables.
    pub(crate) fn remove_dimension(&mut self, at: usize) {
        if at >= self.dimensions.len() || self.dimensions.len() == 1 {
            return;
        }
        self.dimensions.remove(at);
        for by in self.tables.iter_mut().chain(&mut self.margins) {
            by.retain(|one| *one != at);
            by.iter_mut().filter(|one| **one > at).for_each(|one| *one -= 1);
        }
        self.tables.retain(|by| !by.is_empty());
        if self.compared >= at {
            self.compared = if self.compared == at { 0 } else { self.compared - 1 };
        }
        if self.tables.is_empty() {
            self.tables.push(vec![self.compared]);
        }
        // A margin by all of a table's dimensions is the table.
        let tables = self.tables.clone();
        self.margins.retain(|by| !by.is_empty() && !tables.contains(by));
    }

    /// Removes a measure, and what is computed of it.
    pub(crate) fn remove_measure(&mut self, at: usize) {
        let uses = |measure: &MeasureForm| measure.computed.is_some_and(|(_, parts)| parts.contains(&at));
        let gone: Vec<usize> =
            self.measures.iter().enumerate().filter(|(_, m)| uses(m)).map(|m| m.0).collect();
        for later in gone.into_iter().rev() {
            self.remove_measure(later);
        }
        if at < self.measures.len() && self.measures.len() > 1 {
            self.measures.remove(at);
            let computed = self.measures.iter_mut().filter_map(|measure| measure.computed.as_mut());
            let parts = computed.flat_map(|(_, parts)| parts.iter_mut());
            parts.filter(|part| **part > at).for_each(|part| *part -= 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(form: &SchemaForm) -> SchemaWire {
        let mut mistakes = Vec::new();
        let wire = form.write(&mut mistakes);
        assert_eq!(mistakes, []);
        wire
    }

    #[test]
    fn one_number_is_a_width_and_several_are_edges() {
        let soft = LimitsWire { min: 1_000, max: 5_000 };
        assert_eq!(edges("10", 2, soft), Some(vec![2_000, 3_000, 4_000, 5_000]));
        assert_eq!(edges("10 20.50; 30", 2, soft), Some(vec![1_000, 2_050, 3_000]));
        assert_eq!(edges(" ", 2, soft), Some(vec![]));
        for wrong in ["0", "ten", "10 much", "-5"] {
            assert_eq!(edges(wrong, 2, soft), None, "{wrong}");
        }
        let wide = LimitsWire { min: 0, max: u64::MAX };
        assert_eq!(edges("0.01", 2, wide).unwrap().len(), Statistics::MAX_BANDS + 1);
    }

    #[test]
    fn a_further_dimension_joins_the_table_and_goes_out_of_it() {
        let mut form = SchemaForm::default();
        form.add_dimension();
        form.dimensions[1] = DimensionForm { name: "rank".into(), categories: "low\nhigh".into() };
        assert_eq!((form.tables.clone(), form.margins.clone()), (vec![vec![0, 1]], vec![vec![0]]));
        assert!(written(&form).admit().is_ok());
        form.remove_dimension(0);
        assert_eq!((form.tables.clone(), form.margins.clone(), form.compared), (vec![vec![0]], vec![], 0));
        assert_eq!(form.dimensions[0].name, "rank");
        form.remove_dimension(0);
        assert_eq!(form.dimensions.len(), 1, "one stays");
    }

    #[test]
    fn what_is_computed_of_a_measure_goes_with_it() {
        let measure =
            |name: &str, computed| MeasureForm { name: name.into(), computed, ..MeasureForm::default() };
        let mut form = SchemaForm {
            measures: vec![
                measure("a", None),
                measure("b", None),
                measure("c", None),
                measure("b per c", Some((true, [1, 2]))),
                measure("all", Some((false, [0, 3]))),
            ],
            ..SchemaForm::default()
        };
        let mut other = form.clone();
        form.remove_measure(0);
        let names = |form: &SchemaForm| form.measures.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&form), ["b", "c", "b per c"]);
        assert_eq!(form.measures[2].computed, Some((true, [0, 1])));
        other.remove_measure(2);
        assert_eq!(names(&other), ["a", "b"], "and what is computed of that");
    }
}
