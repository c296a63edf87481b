//! A result that can be relied on: both signatures, the agreed set, and every figure.

use protocol::{
    AdmittedManifest, AgreedSet, Document, Ended, Hex, Outcome, Release, ReleaseCell, ReleaseGap,
    ReleasedDocument, Signed,
};
use statistics::{
    CellFigures, CellSlots, Decimal, Figure, GapFigures, Published, PublishedCell, PublishedFault,
    PublishedGap, SuppressionReason, check_published,
};

/// Why a result is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ResultDistrust {
    /// The computation server's signature does not hold, or is about another survey.
    #[error("the computation server did not sign this result for this survey")]
    ComputationServer,
    /// The data server's signature does not hold.
    #[error("the data server did not countersign this result")]
    DataServer,
    /// The result is about another set than the one beside it, or contradicts it.
    #[error("the result does not belong to the agreed set")]
    OtherSet,
    /// A cell, a gap or a number is not as a result has them.
    #[error("the result does not have the survey's shape")]
    Shape,
    /// A figure breaks a rule or does not follow from the published slots.
    #[error("the result breaks a rule: {0}")]
    Figures(#[from] PublishedFault),
}

/// A result in which everything holds that can be checked from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VerifiedResult {
    /// Published.
    Released {
        /// The figures.
        release: Release,
        /// Who was counted.
        agreed: AgreedSet,
    },
    /// Ended without a result.
    Ended {
        /// Why.
        ended: Ended,
        /// Who would have been counted.
        agreed: AgreedSet,
    },
}

/// Checks a result against its survey.
///
/// # Errors
/// [`ResultDistrust`] names the first thing that is wrong.
pub fn verify_result(
    manifest: &AdmittedManifest,
    document: &ReleasedDocument,
) -> Result<VerifiedResult, ResultDistrust> {
    let (fingerprint, server) = (manifest.fingerprint(), manifest.computation_server());
    match document {
        ReleasedDocument::Ended { ended, agreed } => {
            let ended = ended.verify(fingerprint, server).map_err(|_| ResultDistrust::ComputationServer)?;
            let agreed = check_set(manifest, agreed, ended.agreed)?;
            Ok(VerifiedResult::Ended { ended: ended.clone(), agreed })
        }
        ReleasedDocument::Released { release, countersignature, agreed, agreed_countersignature } => {
            let body = release.verify(fingerprint, server).map_err(|_| ResultDistrust::ComputationServer)?;
            countersigned(manifest, body, *countersignature)?;
            countersigned(manifest, &agreed.body, *agreed_countersignature)?;
            let agreed = check_set(manifest, agreed, body.agreed)?;
            let counted = agreed.members.len() == body.counted as usize;
            if agreed.outcome != Outcome::Proceed || !counted {
                return Err(ResultDistrust::OtherSet);
            }
            check_figures(manifest, body)?;
            Ok(VerifiedResult::Released { release: body.clone(), agreed })
        }
    }
}

fn countersigned<T: Document + Clone>(
    manifest: &AdmittedManifest,
    body: &T,
    signature: Hex<64>,
) -> Result<(), ResultDistrust> {
    let signed = Signed { body: body.clone(), signature };
    let verified = signed.verify(manifest.fingerprint(), manifest.data_server());
    verified.map(|_| ()).map_err(|_| ResultDistrust::DataServer)
}

fn check_set(
    manifest: &AdmittedManifest,
    agreed: &Signed<AgreedSet>,
    hash: Hex<32>,
) -> Result<AgreedSet, ResultDistrust> {
    let set = agreed
        .verify(manifest.fingerprint(), manifest.computation_server())
        .map_err(|_| ResultDistrust::ComputationServer)?;
    if set.hash() == hash { Ok(set.clone()) } else { Err(ResultDistrust::OtherSet) }
}

fn check_figures(manifest: &AdmittedManifest, release: &Release) -> Result<(), ResultDistrust> {
    if release.format != Release::FORMAT {
        return Err(ResultDistrust::Shape);
    }
    let published = read(manifest, release).ok_or(ResultDistrust::Shape)?;
    check_published(manifest.schema(), manifest.thresholds(), &published)?;
    let outside = published.cells.iter().any(|c| c.figures.released().is_some_and(|f| !f.within_limits));
    let expected: &[&str] = if outside { &["outside-limits"] } else { &[] };
    if release.warnings == expected { Ok(()) } else { Err(ResultDistrust::Shape) }
}

/// The figures as `statistics` has them; `None` if a name or a number is not in its place.
fn read(manifest: &AdmittedManifest, release: &Release) -> Option<Published> {
    let schema = manifest.schema();
    let names = schema.compared().categories();
    if release.cells.len() != names.len() || release.gaps.len() + 1 != names.len() {
        return None;
    }
    let cells = release.cells.iter().enumerate();
    let cells = cells.map(|(cell, wire)| {
        let named = wire.categories.get(schema.compared().name().as_str())?;
        (wire.categories.len() == 1 && *named == names.get(cell)?.as_str()).then_some(())?;
        Some(PublishedCell { cell, figures: read_cell(manifest, wire)? })
    });
    let others = (0..names.len()).filter(|category| *category != schema.reference());
    let gaps = others.zip(&release.gaps).map(|(category, wire)| {
        let reference = names.get(schema.reference())?.as_str();
        let named = (wire.measure.as_str(), wire.compared.as_str(), wire.reference.as_str());
        let expected = (schema.measure().name().as_str(), names.get(category)?.as_str(), reference);
        (named == expected).then_some(())?;
        Some(PublishedGap { category, figures: read_gap(wire)? })
    });
    Some(Published { cells: cells.collect::<Option<_>>()?, gaps: gaps.collect::<Option<_>>()? })
}

fn read_cell(manifest: &AdmittedManifest, wire: &ReleaseCell) -> Option<Figure<CellFigures>> {
    let ReleaseCell { reporters, employees, sum, mean, suppressed, .. } = wire;
    if let Some(code) = suppressed {
        let bare = reporters.is_none() && employees.is_none() && sum.is_none() && mean.is_none();
        return bare.then(|| SuppressionReason::from_code(code)).flatten().map(Figure::Suppressed);
    }
    let measure = manifest.schema().measure();
    let sum = Decimal::parse(sum.as_deref()?).filter(|sum| sum.decimals() == measure.decimals())?;
    let slots = CellSlots {
        reporters: (*reporters)?.into(),
        employees: (*employees)?.into(),
        sum_minor: sum.value(),
    };
    let within_limits = slots.within_limits(measure);
    let mean = Decimal::parse(mean.as_deref()?)?;
    Some(Figure::Released(CellFigures { slots, sum, mean, within_limits }))
}

fn read_gap(wire: &ReleaseGap) -> Option<Figure<GapFigures>> {
    let ReleaseGap { percent, cents_per_unit, suppressed, .. } = wire;
    match (suppressed, percent, cents_per_unit) {
        (Some(code), None, None) => SuppressionReason::from_code(code).map(Figure::Suppressed),
        (None, Some(percent), Some(cents)) => {
            let (percent, cents_per_unit) = (Decimal::parse(percent)?, Decimal::parse(cents)?);
            Some(Figure::Released(GapFigures { percent, cents_per_unit }))
        }
        _ => None,
    }
}
