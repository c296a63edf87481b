//! From figures to a release, and what the data server checks before it signs one.
//!
//! A release has one spelling: the check reads the released slots out of it, computes everything anew and
//! compares whole documents, so that nothing can stand in a release that does not follow from its slots.

use crate::measures_wire::{read_measures, with_measures};
use crate::{AdmittedManifest, AgreedSet, Document, HexBytes, Release, ReleaseCell, ReleaseGap};
use statistics::{
    CellFigures, Figure, Published, PublishedCell, PublishedFault, PublishedGap, ReleasedCell,
    SuppressionReason, Turnout, check_published, recompute,
};
use std::collections::BTreeMap;
use survey::Schema;

/// The warning of a release in which a figure lies outside what honest reporters could have sent.
const OUTSIDE_LIMITS: &str = "outside-limits";

/// Why a release is not signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CountersignRefusal {
    /// Of another survey or set, or with another number of reporters than the set has.
    #[error("the release is not of this survey and agreed set")]
    Foreign,
    /// A cell that is neither released with all its figures nor suppressed with a known reason.
    #[error("a cell of the release is neither released nor suppressed")]
    Malformed,
    /// Below a threshold, or not the cells of the survey.
    #[error("the release may not be published: {0}")]
    Fault(#[from] PublishedFault),
    /// A figure, name or warning is another than the one that follows from the released slots.
    #[error("the release does not follow from its released slots")]
    NotRecomputed,
}

impl AdmittedManifest {
    /// Who took part, as rules of what may be published need it: the members of the agreed set.
    #[must_use]
    pub fn turnout(&self, agreed: &AgreedSet) -> Turnout {
        Turnout {
            counted: u32::try_from(agreed.members.len()).unwrap_or(u32::MAX),
            max_employees_per_reporter: self.manifest().max_employees_per_reporter,
        }
    }
}

impl Release {
    /// The release of what may be published, with the proof that it opens the commitments.
    #[must_use]
    pub fn compose(
        manifest: &AdmittedManifest,
        agreed: &AgreedSet,
        published: &Published,
        rest: HexBytes,
    ) -> Self {
        let schema = manifest.schema();
        let outside = |cell: &Figure<CellFigures>| cell.released().is_some_and(|f| !f.within_limits);
        let warning = published.cells.iter().any(|cell| outside(&cell.figures));
        let cell = |of: &PublishedCell| compose_cell(schema, of.cell, &of.figures);
        Self {
            format: Self::FORMAT.to_owned(),
            fingerprint: *manifest.fingerprint(),
            agreed: agreed.hash(),
            counted: u32::try_from(agreed.members.len()).unwrap_or(u32::MAX),
            cells: published.cells.iter().map(cell).collect(),
            gaps: published.gaps.iter().map(|gap| compose_gap(schema, gap)).collect(),
            warnings: warning.then(|| OUTSIDE_LIMITS.to_owned()).into_iter().collect(),
            validity: manifest.manifest().validity,
            rest,
        }
    }
}

impl Release {
    /// The released slots, one entry per cell of the schema: what every other figure is made of. `None` if a
    /// cell is neither released with all its figures nor suppressed with a known reason; that a
    /// [`countersign_check`] passed rules it out.
    #[must_use]
    pub fn slots(&self, schema: &Schema) -> Option<Vec<Figure<ReleasedCell>>> {
        self.cells.iter().map(|cell| read_cell(schema, self.counted, cell)).collect()
    }
}

fn category(schema: &Schema, (dimension, category): (usize, usize)) -> (String, String) {
    let dimension = schema.dimensions().get(dimension);
    let category = dimension.and_then(|dimension| dimension.categories().get(category));
    (
        dimension.map(|dimension| dimension.name().to_string()).unwrap_or_default(),
        category.map(ToString::to_string).unwrap_or_default(),
    )
}

fn compose_cell(schema: &Schema, cell: usize, figures: &Figure<CellFigures>) -> ReleaseCell {
    let shown = figures.released();
    let composed = ReleaseCell {
        categories: schema.categories_of(cell).into_iter().map(|of| category(schema, of)).collect(),
        reporters: shown.and_then(|f| u32::try_from(f.slots.reporters).ok()),
        employees: shown.and_then(|f| u64::try_from(f.slots.employees).ok()),
        suppressed: figures.reason().map(|reason| reason.as_code().to_owned()),
        ..ReleaseCell::default()
    };
    shown.map_or_else(|| composed.clone(), |figures| with_measures(schema, figures, composed.clone()))
}

fn compose_gap(schema: &Schema, gap: &PublishedGap) -> ReleaseGap {
    let compared = schema.compared_position();
    let name = |cell| schema.compared_category(cell).map(|at| category(schema, (compared, at)).1);
    let others = schema.categories_of(gap.cell).into_iter().filter(|(dimension, _)| *dimension != compared);
    let within: BTreeMap<String, String> = others.map(|of| category(schema, of)).collect();
    let measure = schema.measures().get(gap.measure);
    ReleaseGap {
        measure: measure.map(|measure| measure.name().to_string()).unwrap_or_default(),
        within: (!within.is_empty()).then_some(within),
        compared: name(gap.cell).unwrap_or_default(),
        reference: name(gap.reference).unwrap_or_default(),
        percent: gap.figures.released().map(|f| f.percent.to_string()),
        cents_per_unit: gap.figures.released().map(|f| f.cents_per_unit.to_string()),
        suppressed: gap.figures.reason().map(|reason| reason.as_code().to_owned()),
    }
}

/// Checks that a release is the one that follows from its own released slots, keeps every threshold, and is
/// about this survey and this agreed set. Whether it opens the commitments says [`Release::check_rest`].
///
/// # Errors
/// [`CountersignRefusal`] names the first condition that does not hold.
pub fn countersign_check(
    manifest: &AdmittedManifest,
    agreed: &AgreedSet,
    release: &Release,
) -> Result<(), CountersignRefusal> {
    let counted = u32::try_from(agreed.members.len()).unwrap_or(u32::MAX);
    let ours = release.fingerprint == *manifest.fingerprint() && agreed.fingerprint == release.fingerprint;
    if !ours || release.agreed != agreed.hash() || release.counted != counted {
        return Err(CountersignRefusal::Foreign);
    }
    let slots = release.slots(manifest.schema()).ok_or(CountersignRefusal::Malformed)?;
    if slots.len() != manifest.schema().cell_count() {
        return Err(PublishedFault::WrongCells.into());
    }
    let published = recompute(manifest.schema(), &slots);
    check_published(manifest.schema(), manifest.thresholds(), manifest.turnout(agreed), &published)?;
    if Release::compose(manifest, agreed, &published, release.rest.clone()) == *release {
        Ok(())
    } else {
        Err(CountersignRefusal::NotRecomputed)
    }
}

/// The slots of a released cell, or the reason of a suppressed one.
fn read_cell(schema: &Schema, counted: u32, cell: &ReleaseCell) -> Option<Figure<ReleasedCell>> {
    if let Some(reason) = &cell.suppressed {
        return SuppressionReason::from_code(reason).map(Figure::Suppressed);
    }
    let reporters = cell.reporters.filter(|reporters| *reporters <= counted)?;
    let employees = i128::from(cell.employees?);
    let measures = read_measures(schema, cell)?;
    Some(Figure::Released(ReleasedCell { reporters: reporters.into(), employees, measures }))
}
