//! The result: who signed it, what it may show, and whether it follows from what reporters committed to.

use crate::Check;
use crate::report::{Report, need};
use crate::survey_rules::is_signed;
use protocol::{AdmittedManifest, Bundle, Document, Release, Signed};
use statistics::{Figure, Published, PublishedFault, ReleasedCell, check_published, recompute};

pub(crate) fn check(report: &mut Report, bundle: &Bundle, manifest: &AdmittedManifest) {
    let release = &bundle.release.body;
    report.note(Check::ReleaseSet, release_set(bundle, manifest));
    let signed = is_signed(&bundle.release, manifest.computation_server());
    report.note(Check::ReleaseComputationServer, need(signed, "the signature does not hold"));
    let countersigned = Signed { body: release.clone(), signature: bundle.release_countersignature };
    let signed = is_signed(&countersigned, manifest.data_server());
    report.note(Check::ReleaseDataServer, need(signed, "the signature does not hold"));
    let slots =
        release.slots(manifest.schema()).filter(|slots| slots.len() == manifest.schema().cell_count());
    let readable = need(slots.is_some(), "a cell is missing, or neither shown whole nor suppressed");
    report.note(Check::Cells, readable);
    if let Some(slots) = slots {
        figures(report, bundle, manifest, &slots);
    }
}

fn release_set(bundle: &Bundle, manifest: &AdmittedManifest) -> Result<(), String> {
    let (release, agreed) = (&bundle.release.body, &bundle.agreed.body);
    need(release.format == Release::FORMAT, "the result is of another format")?;
    need(release.agreed == agreed.hash(), "the result is about another set")?;
    need(usize::try_from(release.counted) == Ok(agreed.members.len()), "another number was counted")?;
    need(release.validity == manifest.manifest().validity, "the result claims another proof of honest form")
}

fn figures(
    report: &mut Report,
    bundle: &Bundle,
    manifest: &AdmittedManifest,
    slots: &[Figure<ReleasedCell>],
) {
    let (release, agreed) = (&bundle.release.body, &bundle.agreed.body);
    let published = recompute(manifest.schema(), slots);
    let turnout = manifest.turnout(agreed);
    let checked = check_published(manifest.schema(), manifest.thresholds(), turnout, &published);
    let of_sums = |fault: &PublishedFault| {
        matches!(fault, PublishedFault::WrongSum { .. } | PublishedFault::WrongBands { .. })
    };
    let fault = checked.err();
    let says = |fault: PublishedFault| Err(fault.to_string());
    report.note(Check::Suppression, fault.filter(|fault| !of_sums(fault)).map_or(Ok(()), says));
    // Whether sums hold is looked at only where everything may be shown.
    if fault.is_none_or(|fault| of_sums(&fault)) {
        report.note(Check::Sums, fault.map_or(Ok(()), says));
    }
    report.note(Check::Figures, recomputed(bundle, manifest, &published));
    let opened = release.check_rest(manifest, agreed, &manifest.generators());
    report.note(Check::Commitments, opened.map_err(|refused| refused.to_string()));
}

fn recomputed(bundle: &Bundle, manifest: &AdmittedManifest, published: &Published) -> Result<(), String> {
    let release = &bundle.release.body;
    let anew = Release::compose(manifest, &bundle.agreed.body, published, release.rest.clone());
    need(anew.cells == release.cells, "a figure does not follow from the numbers shown")?;
    need(anew.gaps == release.gaps, "a gap does not follow from the numbers shown")?;
    need(anew.warnings == release.warnings, "the warnings do not follow from the numbers shown")
}
