//! Makes every check.

use crate::report::{Report, need};
use crate::{Check, read_bundle, release, set, survey_rules};
use protocol::{AdmittedManifest, Bundle, Identity, Role, ServerKeys, ServerWire};

/// Reads a bundle and makes every check. `keys` come from elsewhere: a bundle cannot vouch for its own.
#[must_use]
pub fn verify(bundle: &[u8], keys: &ServerKeys) -> Report {
    match read_bundle(bundle) {
        Ok(bundle) => verify_bundle(&bundle, keys),
        Err(unreadable) => {
            let mut report = Report::new();
            report.note(Check::Format, Err(unreadable.to_string()));
            report
        }
    }
}

/// Makes every check on a bundle that was read by [`read_bundle`].
#[must_use]
pub fn verify_bundle(bundle: &Bundle, keys: &ServerKeys) -> Report {
    let mut report = Report::new();
    let format = need(bundle.format == Bundle::FORMAT, "another format");
    report.note(Check::Format, format);
    report.note(Check::ServerKeys, server_keys(bundle, keys));
    report.note(Check::ManifestRules, bundle.manifest.check_but_paillier().map_err(|e| e.to_string()));
    match bundle.manifest.clone().assume() {
        Ok(manifest) => check_against(&mut report, bundle, &manifest),
        Err(refused) => report.note(Check::ManifestRules, Err(refused.to_string())),
    }
    report
}

fn check_against(report: &mut Report, bundle: &Bundle, manifest: &AdmittedManifest) {
    survey_rules::check(report, bundle, manifest);
    set::check(report, bundle, manifest);
    release::check(report, bundle, manifest);
}

/// The servers of the manifest are those whose keys were given.
fn server_keys(bundle: &Bundle, keys: &ServerKeys) -> Result<(), String> {
    need(keys.format == ServerKeys::FORMAT, "the keys are of another format")?;
    let manifest = &bundle.manifest;
    same_server(&manifest.data_server, &keys.data_server, Role::DataServer)
        .map_err(|reason| format!("the data server: {reason}"))?;
    same_server(&manifest.computation_server, &keys.computation_server, Role::ComputationServer)
        .map_err(|reason| format!("the computation server: {reason}"))
}

fn same_server(wire: &ServerWire, identity: &Identity, role: Role) -> Result<(), String> {
    need(identity.format == Identity::FORMAT, "what was given is no identity")?;
    need(identity.role == role, "what was given is the identity of the other role")?;
    need(identity.signing_key == wire.signing_key, "another signing key was given")?;
    need(identity.sealing_key == wire.sealing_key, "another sealing key was given")?;
    need(identity.operator == wire.operator, "another operator was given")
}
