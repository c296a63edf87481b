//! What is asked: dimensions, measures, and which combinations of categories become cells.

use crate::cross_table::{self, CrossTable};
use crate::dimension::all_different;
use crate::{Dimension, Formula, Label, Measure, WhoCounts};

/// Why a schema is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SchemaRefusal {
    /// Fewer than two categories: nothing to compare.
    #[error("a dimension needs at least two categories")]
    TooFewCategories,
    /// More than [`Dimension::MAX_CATEGORIES`].
    #[error("a dimension may have at most {} categories", Dimension::MAX_CATEGORIES)]
    TooManyCategories,
    /// Two categories that differ in nothing, or only in upper and lower case.
    #[error("two categories have the same name")]
    DuplicateCategory,
    /// The reference group is not one of the categories.
    #[error("the reference group is not one of the categories")]
    UnknownReference,
    /// No dimension, or more than [`Schema::MAX_DIMENSIONS`].
    #[error("a survey has 1 to {} dimensions", Schema::MAX_DIMENSIONS)]
    Dimensions,
    /// No measure, or more than [`Schema::MAX_MEASURES`].
    #[error("a survey has 1 to {} measures", Schema::MAX_MEASURES)]
    Measures,
    /// Two dimensions, or two measures, or one of each, with one name.
    #[error("two dimensions or measures have the same name")]
    DuplicateName,
    /// The compared dimension is none of the dimensions.
    #[error("the compared dimension is not one of the dimensions")]
    UnknownCompared,
    /// A cross-tabulation or margin by a dimension that does not exist.
    #[error("a cross-tabulation names a dimension that does not exist")]
    UnknownDimension,
    /// No cross-tabulation at all.
    #[error("a survey needs at least one cross-tabulation")]
    NoCrossTabulation,
    /// Two cross-tabulations or margins by the same dimensions, or one that names a dimension twice.
    #[error("a cross-tabulation stands there twice, or names a dimension twice")]
    DuplicateCrossTabulation,
    /// A cross-tabulation without the compared dimension: nothing in it could be compared.
    #[error("every cross-tabulation needs the compared dimension; without it there are margins only")]
    WithoutCompared,
    /// A cross-tabulation by some of another's dimensions.
    #[error("a cross-tabulation by some of another one's dimensions must be declared as its margin")]
    Nested,
    /// A margin that no cross-tabulation has.
    #[error("a margin must be by some, not all, of the dimensions of a cross-tabulation")]
    ForeignMargin,
    /// A dimension in no cross-tabulation.
    #[error("every dimension must be part of a cross-tabulation")]
    UnusedDimension,
    /// More cells and margins than [`Schema::MAX_CELLS`].
    #[error(
        "there are more than {} cells and margins: leave out a dimension or merge categories",
        Schema::MAX_CELLS
    )]
    TooManyCells,
    /// More than [`Measure::MAX_DECIMALS`].
    #[error("a measure may have at most {} decimals", Measure::MAX_DECIMALS)]
    TooManyDecimals,
    /// A lower limit above its upper limit, or an upper limit of zero.
    #[error("the limits of a measure exclude every amount")]
    EmptyLimits,
    /// Soft limits that reach beyond the hard ones.
    #[error("the soft limits of a measure lie outside its hard limits")]
    SoftOutsideHard,
    /// An upper limit above [`Limits::MAX_MINOR`](crate::Limits::MAX_MINOR).
    #[error("the upper limit of a measure is too large")]
    LimitTooLarge,
    /// Bands that do not ascend.
    #[error("the bands of a measure must ascend")]
    BandsOutOfOrder,
    /// A band that begins where no amount can be, or where the first begins anyway.
    #[error("a band of a measure begins outside its hard limits")]
    BandOutsideLimits,
    /// More than [`Statistics::MAX_BANDS`](crate::Statistics::MAX_BANDS).
    #[error("a measure may have at most {} bands", crate::Statistics::MAX_BANDS)]
    TooManyBands,
    /// Dispersion is about a mean.
    #[error("a measure's dispersion needs its mean")]
    DispersionWithoutMean,
    /// A measure of which nothing is added up and nothing computed.
    #[error("a measure has no statistics, and no other is computed of it")]
    NothingMeasured,
    /// A measure computed of one that does not stand before it, or of the same one twice.
    #[error("a measure must be computed of two different ones that stand before it")]
    UnknownOperand,
    /// A sum of measures with other decimals than its own.
    #[error("a measure that is a sum must have the decimals of what it is the sum of")]
    SumDecimals,
    /// A name that cannot be one.
    #[error("a name is refused")]
    Name,
}

/// What a schema is declared with. Dimensions are named by their positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaParts {
    /// What distinguishes employees.
    pub dimensions: Vec<Dimension>,
    /// The position of the compared dimension.
    pub compared: usize,
    /// The position of the reference group among the compared categories.
    pub reference: usize,
    /// What is measured.
    pub measures: Vec<Measure>,
    /// Every combination of the categories of such dimensions is a cell.
    pub cross_tabulations: Vec<Vec<usize>>,
    /// Sums over cells that are published, too; by no dimension at all: everybody.
    pub margins: Vec<Vec<usize>>,
    /// Who counts.
    pub who: WhoCounts,
}

/// What a survey asks. Frozen when the survey opens.
///
/// Cells are numbered over the cross-tabulations, then the margins, in the order of their declaration;
/// inside each over the combinations of categories, those of its last dimension next to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schema {
    parts: SchemaParts,
    tables: Vec<CrossTable>,
}

impl Schema {
    /// The most dimensions.
    pub const MAX_DIMENSIONS: usize = 6;
    /// The most measures, computed ones included.
    pub const MAX_MEASURES: usize = 8;
    /// The most cells, margins included.
    pub const MAX_CELLS: usize = 4096;

    /// Joins a compared dimension, its reference group (a position among its categories) and a measure: the
    /// smallest survey.
    ///
    /// # Errors
    /// [`SchemaRefusal::UnknownReference`] if there is no category at `reference`.
    pub fn new(compared: Dimension, reference: usize, measure: Measure) -> Result<Self, SchemaRefusal> {
        Self::declare(SchemaParts {
            dimensions: vec![compared],
            compared: 0,
            reference,
            measures: vec![measure],
            cross_tabulations: vec![vec![0]],
            margins: Vec::new(),
            who: WhoCounts::DEFAULT,
        })
    }

    /// Checks everything that is declared.
    ///
    /// # Errors
    /// [`SchemaRefusal`] names the first rule that does not hold.
    pub fn declare(parts: SchemaParts) -> Result<Self, SchemaRefusal> {
        check_names(&parts)?;
        check_measures(&parts.measures)?;
        let compared = parts.dimensions.get(parts.compared).ok_or(SchemaRefusal::UnknownCompared)?;
        if parts.reference >= compared.categories().len() {
            return Err(SchemaRefusal::UnknownReference);
        }
        let tables = cross_table::declare(&parts)?;
        Ok(Self { parts, tables })
    }

    /// What it was declared with.
    #[must_use]
    pub const fn parts(&self) -> &SchemaParts {
        &self.parts
    }

    /// All dimensions.
    #[must_use]
    pub fn dimensions(&self) -> &[Dimension] {
        &self.parts.dimensions
    }

    /// The position of the compared dimension.
    #[must_use]
    pub const fn compared_position(&self) -> usize {
        self.parts.compared
    }

    /// The compared dimension.
    ///
    /// # Panics
    /// Never: [`Schema::declare`] has looked.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "`declare` refuses a compared dimension that is not there")]
    pub fn compared(&self) -> &Dimension {
        &self.parts.dimensions[self.parts.compared]
    }

    /// The position of the reference group, of whose mean a gap is a part.
    #[must_use]
    pub const fn reference(&self) -> usize {
        self.parts.reference
    }

    /// All measures.
    #[must_use]
    pub fn measures(&self) -> &[Measure] {
        &self.parts.measures
    }

    /// The position of the first measure that anything is added up of, otherwise of the first.
    #[must_use]
    pub fn measure_position(&self) -> usize {
        self.measures().iter().position(|measure| !measure.statistics().is_empty()).unwrap_or(0)
    }

    /// The measure at [`Schema::measure_position`].
    ///
    /// # Panics
    /// Never: there is one.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "`declare` refuses a schema without measures")]
    pub fn measure(&self) -> &Measure {
        &self.parts.measures[self.measure_position()]
    }

    /// The measures that are entered, with their positions: the others are computed of them.
    pub fn entered(&self) -> impl Iterator<Item = (usize, &Measure)> {
        self.measures().iter().enumerate().filter(|(_, measure)| measure.formula().is_none())
    }

    /// Who counts.
    #[must_use]
    pub const fn who_counts(&self) -> WhoCounts {
        self.parts.who
    }

    /// The cross-tabulations, then the margins.
    #[must_use]
    pub fn tables(&self) -> &[CrossTable] {
        &self.tables
    }
}

fn check_names(parts: &SchemaParts) -> Result<(), SchemaRefusal> {
    if parts.dimensions.is_empty() || parts.dimensions.len() > Schema::MAX_DIMENSIONS {
        return Err(SchemaRefusal::Dimensions);
    }
    if parts.measures.is_empty() || parts.measures.len() > Schema::MAX_MEASURES {
        return Err(SchemaRefusal::Measures);
    }
    let dimensions = parts.dimensions.iter().map(Dimension::name);
    let measures = parts.measures.iter().map(Measure::name);
    let names: Vec<&Label> = dimensions.chain(measures).collect();
    if all_different(names.into_iter()) { Ok(()) } else { Err(SchemaRefusal::DuplicateName) }
}

fn check_measures(measures: &[Measure]) -> Result<(), SchemaRefusal> {
    let formulas = measures.iter().enumerate().filter_map(|(at, measure)| Some((at, measure.formula()?)));
    let formulas: Vec<(usize, Formula)> = formulas.collect();
    for (at, formula) in &formulas {
        let [one, other] = formula.operands();
        if one == other || one.max(other) >= *at {
            return Err(SchemaRefusal::UnknownOperand);
        }
        let decimals = [one, other, *at].map(|of| measures.get(of).map(Measure::decimals));
        let same = decimals.iter().all(|one| decimals.first() == Some(one));
        if matches!(formula, Formula::Sum { .. }) && !same {
            return Err(SchemaRefusal::SumDecimals);
        }
    }
    let used = |at: usize| formulas.iter().any(|(_, formula)| formula.operands().contains(&at));
    let idle = |(at, measure): (usize, &Measure)| measure.statistics().is_empty() && !used(at);
    if measures.iter().enumerate().any(idle) { Err(SchemaRefusal::NothingMeasured) } else { Ok(()) }
}
