//! A figure that a legal text asks for, in terms of a schema.

/// What is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wanted {
    /// Employees in each cell.
    Employees,
    /// The sum of the measure in each cell.
    Sum,
    /// The mean of the measure in each cell.
    Mean,
    /// The gap between means.
    MeanGap,
    /// The gap between medians.
    MedianGap,
    /// The part of each group that has more than nothing of the measure.
    ShareReceiving,
    /// The part of each group in each quarter of everybody, from the lowest amounts to the highest.
    QuartileShares,
    /// Employees in each band of the measure.
    Bands,
}

/// Of whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Among {
    /// Of everybody in the cell.
    Everybody,
    /// Of those with more than nothing of the measure.
    Receiving,
}

/// One figure of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Definition {
    /// How the text numbers it.
    pub item: &'static str,
    /// The text, shortened.
    pub words: &'static str,
    /// What is computed.
    pub wanted: Wanted,
    /// The position of the measure; `None` where only heads are counted.
    pub measure: Option<usize>,
    /// The position of the cross-tabulation or margin.
    pub table: usize,
    /// Of whom.
    pub among: Among,
    /// Only cells with this (dimension, category), where the text is about some of the employees.
    pub within: Option<(usize, usize)>,
}

impl Definition {
    /// About everybody in every cell.
    pub(crate) const fn new(
        item: &'static str,
        words: &'static str,
        wanted: Wanted,
        measure: usize,
        table: usize,
    ) -> Self {
        let (measure, among, within) = (Some(measure), Among::Everybody, None);
        Self { item, words, wanted, measure, table, among, within }
    }

    pub(crate) const fn among_receiving(self) -> Self {
        Self { among: Among::Receiving, ..self }
    }

    pub(crate) const fn within(self, dimension: usize, category: usize) -> Self {
        Self { within: Some((dimension, category)), ..self }
    }
}
