//! What is asked, as it stands in a manifest and in an organizer's plan: names instead of positions.

use crate::ManifestRefusal;
use serde::{Deserialize, Serialize};
use survey::{
    Date, Dimension, Formula, Label, LabelRefusal, Leavers, Limits, Measure, MissingValues, PartTimers,
    Schema, SchemaParts, SchemaRefusal, Statistics, WhoCounts,
};

/// A closed list of categories.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DimensionWire {
    /// What distinguishes the categories.
    pub name: String,
    /// In canonical order.
    pub categories: Vec<String>,
}

/// A closed range in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitsWire {
    /// Smallest amount.
    #[serde(deserialize_with = "crate::canonical::integer")]
    pub min: u64,
    /// Largest amount.
    #[serde(deserialize_with = "crate::canonical::integer")]
    pub max: u64,
}

/// What is added up of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StatisticWire {
    /// Its sum.
    Mean,
    /// Its squares over employees.
    Dispersion,
    /// Employees with more than nothing.
    Receiving,
}

/// How a measure is computed of two others, by their names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum FormulaWire {
    /// Their sum.
    Sum([String; 2]),
    /// The first divided by the second.
    Quotient([String; 2]),
}

/// What is measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasureWire {
    /// Its name.
    pub name: String,
    /// Its unit: a currency code, hours.
    pub unit: String,
    /// Decimals between unit and minor unit.
    pub decimals: u8,
    /// Amounts outside are refused.
    pub hard: LimitsWire,
    /// Amounts outside are questioned.
    pub soft: LimitsWire,
    /// What is added up, in the order of the enumeration.
    pub statistics: Vec<StatisticWire>,
    /// Where bands begin after the first, in minor units; none: bands are not counted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bands: Vec<u64>,
    /// What it is computed of; otherwise it is entered.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub computed: Option<FormulaWire>,
}

impl MeasureWire {
    /// A measure of which the mean is published.
    #[must_use]
    pub fn mean_of(name: String, unit: String, decimals: u8, hard: LimitsWire, soft: LimitsWire) -> Self {
        let statistics = vec![StatisticWire::Mean];
        Self { name, unit, decimals, hard, soft, statistics, bands: Vec::new(), computed: None }
    }
}

/// What is reported of those who work less than full time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartTimersWire {
    /// What they were paid.
    AsPaid,
    /// What they would have been paid for full time.
    FullTimeEquivalent,
    /// Nothing.
    LeftOut,
}

/// What is reported of those who left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeaversWire {
    /// Nothing.
    LeftOut,
    /// What they were paid until they left.
    Counted,
}

/// What happens to rows in which something is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MissingWire {
    /// They are left out, and how many is shown.
    LeaveOut,
    /// Nothing is taken before they are completed.
    Stop,
}

/// Who counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhoCountsWire {
    /// Whoever was employed on this day, `2026-04-05`; otherwise the period says who.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub snapshot: Option<String>,
    /// Those who work less than full time.
    pub part_timers: PartTimersWire,
    /// Those who left.
    pub leavers: LeaversWire,
    /// Rows in which something is missing.
    pub missing: MissingWire,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchemaWire {
    /// One to six.
    pub dimensions: Vec<DimensionWire>,
    /// The name of the dimension that is compared.
    pub compared: String,
    /// The category that gaps are parts of.
    pub reference: String,
    /// One to eight.
    pub measures: Vec<MeasureWire>,
    /// Names of dimensions, all combinations of whose categories are cells.
    pub cross_tabulations: Vec<Vec<String>>,
    /// Names of dimensions by which sums over cells are published; no name at all: everybody.
    pub margins: Vec<Vec<String>>,
    /// Who counts.
    pub who_counts: WhoCountsWire,
}

impl SchemaWire {
    /// One dimension, one measure.
    #[must_use]
    pub fn simple(compared: DimensionWire, reference: String, measure: MeasureWire) -> Self {
        Self {
            compared: compared.name.clone(),
            cross_tabulations: vec![vec![compared.name.clone()]],
            dimensions: vec![compared],
            reference,
            measures: vec![measure],
            margins: Vec::new(),
            who_counts: WhoCounts::DEFAULT.into(),
        }
    }

    /// Checks every rule about what is asked.
    ///
    /// # Errors
    /// [`ManifestRefusal`] names the first that does not hold.
    pub fn admit(&self) -> Result<Schema, ManifestRefusal> {
        let dimensions: Result<Vec<Dimension>, ManifestRefusal> =
            self.dimensions.iter().map(DimensionWire::admit).collect();
        let position = |name: &String| self.dimensions.iter().position(|one| one.name == *name);
        let compared = position(&self.compared).ok_or(SchemaRefusal::UnknownCompared)?;
        let categories =
            self.dimensions.get(compared).map(|one| one.categories.as_slice()).unwrap_or_default();
        let reference = categories.iter().position(|category| *category == self.reference);
        let tables = |tables: &[Vec<String>]| -> Result<Vec<Vec<usize>>, SchemaRefusal> {
            let of = |by: &Vec<String>| by.iter().map(position).collect::<Option<Vec<usize>>>();
            tables.iter().map(|by| of(by).ok_or(SchemaRefusal::UnknownDimension)).collect()
        };
        let measures: Result<Vec<Measure>, ManifestRefusal> =
            self.measures.iter().map(|measure| self.admit_measure(measure)).collect();
        Ok(Schema::declare(SchemaParts {
            dimensions: dimensions?,
            compared,
            reference: reference.ok_or(SchemaRefusal::UnknownReference)?,
            measures: measures?,
            cross_tabulations: tables(&self.cross_tabulations)?,
            margins: tables(&self.margins)?,
            who: self.who_counts.admit()?,
        })?)
    }

    fn admit_measure(&self, wire: &MeasureWire) -> Result<Measure, ManifestRefusal> {
        let limits = |wire: LimitsWire| Limits::new(wire.min, wire.max);
        let (name, unit) = (Label::parse(&wire.name)?, Label::parse(&wire.unit)?);
        if !wire.statistics.is_sorted_by(|one, next| one < next) {
            return Err(ManifestRefusal::Shape);
        }
        let asked = |statistic| wire.statistics.contains(&statistic);
        let statistics = Statistics {
            mean: asked(StatisticWire::Mean),
            dispersion: asked(StatisticWire::Dispersion),
            receiving: asked(StatisticWire::Receiving),
            bands: wire.bands.clone(),
        };
        let measure = Measure::new(name, unit, wire.decimals, limits(wire.hard)?, limits(wire.soft)?)?;
        let measure = measure.with(statistics)?;
        let Some(formula) = &wire.computed else { return Ok(measure) };
        let position = |name: &String| {
            let found = self.measures.iter().position(|measure| measure.name == *name);
            found.ok_or(SchemaRefusal::UnknownOperand)
        };
        Ok(measure.computed(match formula {
            FormulaWire::Sum([of, and]) => Formula::Sum { of: position(of)?, and: position(and)? },
            FormulaWire::Quotient([dividend, divisor]) => {
                Formula::Quotient { dividend: position(dividend)?, divisor: position(divisor)? }
            }
        }))
    }
}

impl DimensionWire {
    fn admit(&self) -> Result<Dimension, ManifestRefusal> {
        let categories: Result<Vec<Label>, LabelRefusal> =
            self.categories.iter().map(|category| Label::parse(category)).collect();
        Ok(Dimension::new(Label::parse(&self.name)?, categories?)?)
    }
}

impl WhoCountsWire {
    fn admit(&self) -> Result<WhoCounts, ManifestRefusal> {
        let snapshot = self.snapshot.as_deref();
        let snapshot = snapshot.map(|day| Date::parse(day).ok_or(ManifestRefusal::Date)).transpose()?;
        Ok(WhoCounts {
            snapshot,
            part_timers: match self.part_timers {
                PartTimersWire::AsPaid => PartTimers::AsPaid,
                PartTimersWire::FullTimeEquivalent => PartTimers::FullTimeEquivalent,
                PartTimersWire::LeftOut => PartTimers::LeftOut,
            },
            leavers: match self.leavers {
                LeaversWire::LeftOut => Leavers::LeftOut,
                LeaversWire::Counted => Leavers::Counted,
            },
            missing: match self.missing {
                MissingWire::LeaveOut => MissingValues::LeaveOut,
                MissingWire::Stop => MissingValues::Stop,
            },
        })
    }
}

impl From<WhoCounts> for WhoCountsWire {
    fn from(who: WhoCounts) -> Self {
        Self {
            snapshot: who.snapshot.map(|day| day.to_string()),
            part_timers: match who.part_timers {
                PartTimers::AsPaid => PartTimersWire::AsPaid,
                PartTimers::FullTimeEquivalent => PartTimersWire::FullTimeEquivalent,
                PartTimers::LeftOut => PartTimersWire::LeftOut,
            },
            leavers: match who.leavers {
                Leavers::LeftOut => LeaversWire::LeftOut,
                Leavers::Counted => LeaversWire::Counted,
            },
            missing: match who.missing {
                MissingValues::LeaveOut => MissingWire::LeaveOut,
                MissingValues::Stop => MissingWire::Stop,
            },
        }
    }
}

/// A schema in words, such as a preset's.
impl From<&Schema> for SchemaWire {
    fn from(schema: &Schema) -> Self {
        let parts = schema.parts();
        let text = |label: Option<&Label>| label.map(ToString::to_string).unwrap_or_default();
        let dimension = |at: &usize| text(parts.dimensions.get(*at).map(Dimension::name));
        let tables = |tables: &[Vec<usize>]| {
            tables.iter().map(|by| by.iter().map(dimension).collect()).collect::<Vec<Vec<String>>>()
        };
        let dimensions = parts.dimensions.iter().map(|dimension| DimensionWire {
            name: dimension.name().to_string(),
            categories: dimension.categories().iter().map(ToString::to_string).collect(),
        });
        Self {
            dimensions: dimensions.collect(),
            compared: schema.compared().name().to_string(),
            reference: text(schema.compared().categories().get(schema.reference())),
            measures: parts.measures.iter().map(|measure| write_measure(schema, measure)).collect(),
            cross_tabulations: tables(&parts.cross_tabulations),
            margins: tables(&parts.margins),
            who_counts: parts.who.into(),
        }
    }
}

fn write_measure(schema: &Schema, measure: &Measure) -> MeasureWire {
    let limits = |limits: Limits| LimitsWire { min: limits.min_minor(), max: limits.max_minor() };
    let name = |at: usize| schema.measures().get(at).map(|one| one.name().to_string()).unwrap_or_default();
    let asked = measure.statistics();
    let statistics = [
        (asked.mean, StatisticWire::Mean),
        (asked.dispersion, StatisticWire::Dispersion),
        (asked.receiving, StatisticWire::Receiving),
    ];
    MeasureWire {
        name: measure.name().to_string(),
        unit: measure.unit().to_string(),
        decimals: measure.decimals(),
        hard: limits(measure.hard()),
        soft: limits(measure.soft()),
        statistics: statistics.into_iter().filter(|(asked, _)| *asked).map(|(_, one)| one).collect(),
        bands: asked.bands.clone(),
        computed: measure.formula().map(|formula| match formula {
            Formula::Sum { of, and } => FormulaWire::Sum([name(of), name(and)]),
            Formula::Quotient { dividend, divisor } => FormulaWire::Quotient([name(dividend), name(divisor)]),
        }),
    }
}
