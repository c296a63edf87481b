//! `sealedpay verify`: every check, named, with what it means.

use crate::args::VerifyArgs;
use crate::{Failure, files, out};
use audit::{Finding, Outcome, Report, read_bundle, read_server_keys, verify};
use http_client::{ComputationServer, DataServer, Http, ServerUrl};
use protocol::{Bundle, ServerKeys, Validity};
use serde_json::{Value, json};
use std::path::Path;

/// Reads, checks, prints; fails unless every check passes.
pub(crate) async fn run(args: VerifyArgs) -> Result<(), Failure> {
    let bundle = files::read(&args.bundle)?;
    let keys = match &args.server_keys {
        Some(path) => read_keys(path)?,
        None => fetch_keys(&bundle).await?,
    };
    let report = verify(&bundle, &keys);
    let bundle = read_bundle(&bundle).ok().filter(|_| report.passed());
    out::text(&if args.json {
        as_json(&report, bundle.as_ref())
    } else {
        in_words(&report) + &bundle.as_ref().map(about).unwrap_or_default()
    });
    if report.passed() { Ok(()) } else { Err(Failure::unverified()) }
}

fn read_keys(path: &Path) -> Result<ServerKeys, Failure> {
    let refused = |reason| Failure::input(format!("{}: {reason}.", path.display()));
    read_server_keys(&files::read(path)?).map_err(refused)
}

/// From the hosts that the bundle names: whoever sends a bundle names them too, so they are said.
async fn fetch_keys(bundle: &[u8]) -> Result<ServerKeys, Failure> {
    let bundle = read_bundle(bundle).map_err(|reason| Failure::input(format!("The bundle: {reason}.")))?;
    let failed = |error| Failure::client(&error, "Nothing was checked. Or give --server-keys.");
    let url = |text: &str| ServerUrl::parse(text).map_err(|refused| failed(refused.into()));
    let data = url(&bundle.manifest.data_server.url)?;
    let computation = url(&bundle.manifest.computation_server.url)?;
    eprintln!("Keys are fetched from {} and {}.", data.host(), computation.host());
    eprintln!("If these are not the hosts of the two operators you know, the result is not theirs.");
    let http = Http::new().map_err(failed)?;
    let data = DataServer::at(&http, data).identity().await.map_err(failed)?;
    let computation = ComputationServer::at(&http, computation).identity().await.map_err(failed)?;
    Ok(ServerKeys::new(data, computation))
}

fn words(outcome: &Outcome) -> (&'static str, Option<&str>) {
    match outcome {
        Outcome::Passed => ("passed", None),
        Outcome::Failed(reason) => ("failed", Some(reason)),
        Outcome::NotMade => ("not-made", None),
    }
}

/// What it is that holds: another survey of the same servers, under the same title, would hold as well.
fn about(bundle: &Bundle) -> String {
    let manifest = &bundle.manifest;
    let mut text = format!("{}, {}\n", manifest.title, manifest.period);
    text += &format!("survey's fingerprint: {} (compare it with your receipt's)\n", manifest.fingerprint());
    if manifest.rehearsal {
        text += "A rehearsal: nobody real took part.\n";
    }
    if manifest.validity == Validity::None {
        text += "Reporters proved nothing about what they sent (validity: none), so one of them may have sent nonsense, \
                 and together with the computation server anything.\n";
    }
    text
}

fn as_json(report: &Report, bundle: Option<&Bundle>) -> String {
    let check = |Finding { check, outcome }: &Finding| -> Value {
        let (said, reason) = words(outcome);
        let mut found = json!({ "name": check.name(), "outcome": said, "meaning": check.meaning() });
        if let (Some(reason), Some(found)) = (reason, found.as_object_mut()) {
            found.insert("reason".to_owned(), json!(reason));
        }
        found
    };
    let checks: Vec<Value> = report.findings().iter().map(check).collect();
    let mut report = json!({ "passed": report.passed(), "checks": checks });
    if let (Some(bundle), Some(report)) = (bundle, report.as_object_mut()) {
        let manifest = &bundle.manifest;
        let survey = json!({
            "title": manifest.title, "period": manifest.period, "fingerprint": manifest.fingerprint(),
            "rehearsal": manifest.rehearsal, "validity": manifest.validity,
        });
        report.insert("survey".to_owned(), survey);
    }
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}

fn in_words(report: &Report) -> String {
    let line = |Finding { check, outcome }: &Finding| {
        let (said, reason) = words(outcome);
        let reason = reason.map(|reason| format!(" [{reason}]")).unwrap_or_default();
        format!("{said:<9} {:<32} {}{reason}\n", check.name(), check.meaning())
    };
    let lines: String = report.findings().iter().map(line).collect();
    let passed = report.findings().iter().filter(|finding| finding.outcome == Outcome::Passed).count();
    let end = if report.passed() { "The result holds" } else { "THE RESULT DOES NOT HOLD" };
    format!("{lines}{end}: {passed} of {} checks passed.\n", report.findings().len())
}
