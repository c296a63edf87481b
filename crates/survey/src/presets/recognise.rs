//! Which preset a survey was begun with: its figures are then those of the text.

use super::{Preset, PresetKind, PresetOptions};
use crate::{Dimension, Measure, Schema};

impl Preset {
    /// The preset whose figures a schema has: dimensions, measures and tables are those of the preset, whatever
    /// the currency, limits, bands, minimum numbers, and (for the EU) categories of workers. `None` for all
    /// others, and for [`PresetKind::Simple`], which no text asks for.
    #[must_use]
    pub fn recognise(schema: &Schema) -> Option<Self> {
        let kinds = PresetKind::ALL.into_iter().filter(|kind| *kind != PresetKind::Simple);
        let options = PresetOptions {
            currency: schema.measure().unit().clone(),
            snapshot: schema.who_counts().snapshot,
            worker_categories: schema.dimensions().first()?.categories().to_vec(),
            bands: false,
        };
        kinds.filter_map(|kind| kind.preset(&options).ok()).find(|preset| preset.is_like(schema))
    }

    fn is_like(&self, other: &Schema) -> bool {
        let (own, other) = (self.schema.parts(), other.parts());
        let same = |one: &Dimension, other: &Dimension| {
            one.name() == other.name() && one.categories() == other.categories()
        };
        let alike = |one: &Measure, other: &Measure| {
            one.name() == other.name()
                && one.formula() == other.formula()
                && one.decimals() == other.decimals()
        };
        own.dimensions.len() == other.dimensions.len()
            && own.measures.len() == other.measures.len()
            && own.dimensions.iter().zip(&other.dimensions).all(|(one, other)| same(one, other))
            && own.measures.iter().zip(&other.measures).all(|(one, other)| alike(one, other))
            && (own.compared, own.reference) == (other.compared, other.reference)
            && own.cross_tabulations == other.cross_tabulations
            && own.margins == other.margins
    }
}
