//! What is asked: the compared dimension and the measure.

use crate::Label;

/// Why a schema is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SchemaRefusal {
    /// Fewer than two categories: nothing to compare.
    #[error("a compared dimension needs at least two categories")]
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
    /// More than [`Measure::MAX_DECIMALS`].
    #[error("a measure may have at most {} decimals", Measure::MAX_DECIMALS)]
    TooManyDecimals,
    /// A lower limit above its upper limit, or an upper limit of zero.
    #[error("the limits of a measure exclude every amount")]
    EmptyLimits,
    /// Soft limits that reach beyond the hard ones.
    #[error("the soft limits of a measure lie outside its hard limits")]
    SoftOutsideHard,
    /// An upper limit above [`Limits::MAX_MINOR`].
    #[error("the upper limit of a measure is too large")]
    LimitTooLarge,
}

/// A closed list of categories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    name: Label,
    categories: Vec<Label>,
}

impl Dimension {
    /// The most categories a compared dimension may have.
    pub const MAX_CATEGORIES: usize = 20;

    /// Checks that there is something to compare and that nothing can be confused.
    ///
    /// # Errors
    /// [`SchemaRefusal`] for fewer than two, too many, or equal categories.
    pub fn new(name: Label, categories: Vec<Label>) -> Result<Self, SchemaRefusal> {
        if categories.len() < 2 {
            return Err(SchemaRefusal::TooFewCategories);
        }
        if categories.len() > Self::MAX_CATEGORIES {
            return Err(SchemaRefusal::TooManyCategories);
        }
        let mut folded: Vec<String> = categories.iter().map(|c| c.as_str().to_lowercase()).collect();
        folded.sort();
        folded.dedup();
        if folded.len() != categories.len() {
            return Err(SchemaRefusal::DuplicateCategory);
        }
        Ok(Self { name, categories })
    }

    /// The dimension's name.
    #[must_use]
    pub const fn name(&self) -> &Label {
        &self.name
    }

    /// The categories in the order of the schema.
    #[must_use]
    pub fn categories(&self) -> &[Label] {
        &self.categories
    }

    /// The position of a category spelled exactly like this, or like this but for upper and lower case.
    #[must_use]
    pub fn position(&self, text: &str) -> Option<usize> {
        let folded = text.to_lowercase();
        self.categories.iter().position(|c| c.as_str().to_lowercase() == folded)
    }
}

/// A closed range of amounts, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    min_minor: u64,
    max_minor: u64,
}

impl Limits {
    /// The largest upper limit: 2⁴⁸ − 1 minor units, over two million million in cents.
    pub const MAX_MINOR: u64 = (1 << 48) - 1;

    /// Checks that at least one positive amount lies inside.
    ///
    /// # Errors
    /// [`SchemaRefusal::EmptyLimits`] or [`SchemaRefusal::LimitTooLarge`].
    pub const fn new(min_minor: u64, max_minor: u64) -> Result<Self, SchemaRefusal> {
        if max_minor == 0 || min_minor > max_minor {
            return Err(SchemaRefusal::EmptyLimits);
        }
        if max_minor > Self::MAX_MINOR {
            return Err(SchemaRefusal::LimitTooLarge);
        }
        Ok(Self { min_minor, max_minor })
    }

    /// The smallest amount inside.
    #[must_use]
    pub const fn min_minor(&self) -> u64 {
        self.min_minor
    }

    /// The largest amount inside.
    #[must_use]
    pub const fn max_minor(&self) -> u64 {
        self.max_minor
    }

    /// Whether an amount lies inside.
    #[must_use]
    pub const fn contain(&self, minor: u64) -> bool {
        self.min_minor <= minor && minor <= self.max_minor
    }
}

/// One thing that is measured about every employee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    name: Label,
    unit: Label,
    decimals: u8,
    hard: Limits,
    soft: Limits,
}

impl Measure {
    /// The most decimals an amount may have.
    pub const MAX_DECIMALS: u8 = 4;

    /// Checks decimals and limits.
    ///
    /// Outside `hard` an amount is refused; outside `soft` its reporter is asked whether it is meant.
    ///
    /// # Errors
    /// [`SchemaRefusal`] for too many decimals or soft limits outside the hard ones.
    pub fn new(
        name: Label,
        unit: Label,
        decimals: u8,
        hard: Limits,
        soft: Limits,
    ) -> Result<Self, SchemaRefusal> {
        if decimals > Self::MAX_DECIMALS {
            return Err(SchemaRefusal::TooManyDecimals);
        }
        if !hard.contain(soft.min_minor) || !hard.contain(soft.max_minor) {
            return Err(SchemaRefusal::SoftOutsideHard);
        }
        Ok(Self { name, unit, decimals, hard, soft })
    }

    /// The measure's name.
    #[must_use]
    pub const fn name(&self) -> &Label {
        &self.name
    }

    /// The unit an amount is in: a currency code, hours.
    #[must_use]
    pub const fn unit(&self) -> &Label {
        &self.unit
    }

    /// How many decimals separate the unit from its minor unit.
    #[must_use]
    pub const fn decimals(&self) -> u8 {
        self.decimals
    }

    /// Limits outside which an amount is refused.
    #[must_use]
    pub const fn hard(&self) -> Limits {
        self.hard
    }

    /// Limits outside which an amount is questioned.
    #[must_use]
    pub const fn soft(&self) -> Limits {
        self.soft
    }
}

/// What a survey asks. Frozen when the survey opens.
///
/// This version holds one dimension, which is compared, and one measure; a cell is a category of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schema {
    compared: Dimension,
    reference: usize,
    measure: Measure,
}

impl Schema {
    /// Joins a compared dimension, its reference group (a position among its categories) and a measure.
    ///
    /// # Errors
    /// [`SchemaRefusal::UnknownReference`] if there is no category at `reference`.
    pub fn new(compared: Dimension, reference: usize, measure: Measure) -> Result<Self, SchemaRefusal> {
        if reference >= compared.categories.len() {
            return Err(SchemaRefusal::UnknownReference);
        }
        Ok(Self { compared, reference, measure })
    }

    /// The compared dimension.
    #[must_use]
    pub const fn compared(&self) -> &Dimension {
        &self.compared
    }

    /// The position of the reference group, of whose mean a gap is a part.
    #[must_use]
    pub const fn reference(&self) -> usize {
        self.reference
    }

    /// The measure.
    #[must_use]
    pub const fn measure(&self) -> &Measure {
        &self.measure
    }

    /// How many cells there are. Cell `c` is category `c` of the compared dimension.
    #[must_use]
    pub fn cell_count(&self) -> usize {
        self.compared.categories.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(text: &str) -> Label {
        Label::parse(text).unwrap()
    }

    fn labels(texts: &[&str]) -> Vec<Label> {
        texts.iter().map(|t| label(t)).collect()
    }

    #[test]
    fn a_dimension_refuses_what_cannot_be_compared() {
        let new = |c: &[&str]| Dimension::new(label("sex"), labels(c));
        assert_eq!(new(&["women"]), Err(SchemaRefusal::TooFewCategories));
        assert_eq!(new(&["women", "Women"]), Err(SchemaRefusal::DuplicateCategory));
        let many: Vec<String> = (0..21).map(|i| i.to_string()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(new(&many), Err(SchemaRefusal::TooManyCategories));
    }

    #[test]
    fn a_category_is_found_whatever_its_case() {
        let sex = Dimension::new(label("sex"), labels(&["Female", "Male"])).unwrap();
        assert_eq!(sex.position("MALE"), Some(1));
        assert_eq!(sex.position("other"), None);
    }

    #[test]
    fn limits_and_decimals_are_checked() {
        assert_eq!(Limits::new(5, 4), Err(SchemaRefusal::EmptyLimits));
        assert_eq!(Limits::new(0, 1 << 48), Err(SchemaRefusal::LimitTooLarge));
        let hard = Limits::new(1, 100).unwrap();
        let soft = Limits::new(1, 101).unwrap();
        let new = |decimals, soft| Measure::new(label("pay"), label("EUR"), decimals, hard, soft);
        assert_eq!(new(2, soft), Err(SchemaRefusal::SoftOutsideHard));
        assert_eq!(new(5, hard), Err(SchemaRefusal::TooManyDecimals));
    }
}
