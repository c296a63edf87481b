//! What this server checks before it signs a manifest.

use protocol::{
    AdmittedManifest, Draft, Identity, Manifest, OpenRequest, Problem, Roster, ServerWire, Submission,
};

use crate::{Floors, Settings};

/// The draft is ours, and the manifest names both servers and the key as the draft does.
pub(super) fn check_draft(manifest: &Manifest, draft: &Draft) -> Result<(), Problem> {
    let named = |wire: &ServerWire, identity: &Identity, url: &str| {
        let keys = wire.signing_key == identity.signing_key && wire.sealing_key == identity.sealing_key;
        keys && wire.operator == identity.operator && wire.url == url
    };
    let ours = manifest.survey == draft.survey
        && manifest.paillier == draft.paillier
        && named(&manifest.data_server, &draft.data_server, &draft.data_server_url)
        && named(&manifest.computation_server, &draft.computation_server, &draft.computation_server_url);
    if ours { Ok(()) } else { Err(Problem::ManifestForeign) }
}

/// Everything that does not depend on the draft.
pub(super) fn check_request(
    request: &OpenRequest,
    manifest: &AdmittedManifest,
    settings: &Settings,
    now_s: u64,
) -> Result<(), Problem> {
    let wire = &request.manifest;
    wire.verify(manifest.organizer(), &request.organizer_signature).map_err(|_| Problem::WrongSignature)?;
    let roster = Roster::admit(request.roster.clone()).map_err(|_| Problem::RosterRefused)?;
    let fits = u32::try_from(roster.keys().len()).is_ok_and(|keys| keys <= wire.max_reporters);
    if !fits || roster.root(&wire.survey) != wire.roster_root {
        return Err(Problem::RosterRefused);
    }
    if !manifest.proves_enough() {
        return Err(Problem::ValidityNone);
    }
    if manifest.proof_shape().is_some_and(|shape| shape.is_err()) {
        return Err(Problem::ManifestRefused);
    }
    let largest = Submission::max_sealed_bytes(manifest);
    if manifest.is_over_at(now_s) || largest > settings.max_submission_bytes {
        return Err(Problem::ManifestRefused);
    }
    check_floors(manifest, settings.floors)
}

fn check_floors(manifest: &AdmittedManifest, floors: Floors) -> Result<(), Problem> {
    let thresholds = manifest.thresholds();
    let above = thresholds.min_reporters() >= floors.min_reporters
        && thresholds.min_cell_reporters() >= floors.min_cell_reporters
        && thresholds.min_cell_employees() >= floors.min_cell_employees;
    if above { Ok(()) } else { Err(Problem::BelowFloor) }
}
