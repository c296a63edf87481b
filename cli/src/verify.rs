//! `sealedpay verify`: every check, named, with what it means.

use crate::args::VerifyArgs;
use crate::{Failure, files, out};
use audit::{Finding, Outcome, Report, Unreadable, read_bundle, read_server_keys, verify};
use http_client::{ComputationServer, DataServer, Http, ServerUrl};
use protocol::{Bundle, Document, Hex, ServerKeys, Validity};
use serde_json::{Value, json};
use std::path::Path;

/// Reads, checks, prints; fails unless every check passes.
pub(crate) async fn run(args: VerifyArgs) -> Result<(), Failure> {
    let bytes = files::read_at_most(&args.bundle, MOST_BYTES)?;
    let bundle = read_bundle(&bytes);
    if let (Some(expected), Ok(bundle)) = (&args.fingerprint, &bundle) {
        refuse_other(expected, &bundle.manifest.fingerprint())?;
    }
    let keys = match &args.server_keys {
        Some(path) => Keys { keys: read_keys(path)?, hosts: None },
        None => fetch_keys(bundle.as_ref()).await?,
    };
    let report = verify(&bytes, &keys.keys);
    let bundle = bundle.ok().filter(|_| report.passed());
    out::text(&if args.json {
        as_json(&report, &keys, bundle.as_ref())
    } else {
        in_words(&report, &keys) + &bundle.as_ref().map(about).unwrap_or_default()
    });
    if report.passed() { Ok(()) } else { Err(Failure::unverified()) }
}

/// More than this no bundle has: 1,000 reporters of 5,000 slots take a tenth of it.
const MOST_BYTES: u64 = 64 << 20;

/// The servers' keys, and from which hosts they were fetched, if they were.
struct Keys {
    keys: ServerKeys,
    hosts: Option<[String; 2]>,
}

fn refuse_other(expected: &Hex<32>, found: &Hex<32>) -> Result<(), Failure> {
    if expected == found {
        return Ok(());
    }
    Err(Failure::input(format!(
        "The bundle is of another survey, whose fingerprint is {found}. Nothing was checked."
    )))
}

fn read_keys(path: &Path) -> Result<ServerKeys, Failure> {
    let refused = |reason| Failure::input(format!("{}: {reason}.", path.display()));
    read_server_keys(&files::read_at_most(path, MOST_BYTES)?).map_err(refused)
}

/// From the hosts that the bundle names: whoever sends a bundle names them too, so they are said.
async fn fetch_keys(bundle: Result<&Bundle, &Unreadable>) -> Result<Keys, Failure> {
    let bundle = bundle.map_err(|reason| Failure::input(format!("The bundle: {reason}.")))?;
    let failed = |error| Failure::client(&error, "Nothing was checked. Or give --server-keys.");
    let url = |text: &str| ServerUrl::parse(text).map_err(|refused| failed(refused.into()));
    let data = url(&bundle.manifest.data_server.url)?;
    let computation = url(&bundle.manifest.computation_server.url)?;
    eprintln!("Keys are fetched from {} and {}.", data.host(), computation.host());
    eprintln!("If these are not the hosts of the two operators you know, the result is not theirs.");
    let hosts = Some([data.host().to_owned(), computation.host().to_owned()]);
    let http = Http::new().map_err(failed)?;
    let data = DataServer::at(&http, data).identity().await.map_err(failed)?;
    let computation = ComputationServer::at(&http, computation).identity().await.map_err(failed)?;
    Ok(Keys { keys: ServerKeys::new(data, computation), hosts })
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
    text += &format!(
        "result's hash: {} (whoever reads another one has another result)\n",
        bundle.release.body.hash()
    );
    if manifest.rehearsal {
        text += "A rehearsal: nobody real took part.\n";
    }
    if manifest.validity == Validity::None {
        text += "Reporters proved nothing about what they sent (validity: none), so one of them may have sent nonsense, \
                 and together with the computation server anything.\n";
    }
    text
}

fn as_json(report: &Report, keys: &Keys, bundle: Option<&Bundle>) -> String {
    let check = |Finding { check, outcome }: &Finding| -> Value {
        let (said, reason) = words(outcome);
        let mut found = json!({ "name": check.name(), "outcome": said, "meaning": check.meaning() });
        if let (Some(reason), Some(found)) = (reason, found.as_object_mut()) {
            found.insert("reason".to_owned(), json!(reason));
        }
        found
    };
    let checks: Vec<Value> = report.findings().iter().map(check).collect();
    let keys = match &keys.hosts {
        None => json!({ "from": "file" }),
        Some([data, computation]) => {
            json!({ "from": "hosts", "data_server": data, "computation_server": computation })
        }
    };
    let mut report = json!({ "passed": report.passed(), "server_keys": keys, "checks": checks });
    if let (Some(bundle), Some(report)) = (bundle, report.as_object_mut()) {
        let manifest = &bundle.manifest;
        let survey = json!({
            "title": manifest.title, "period": manifest.period, "fingerprint": manifest.fingerprint(),
            "rehearsal": manifest.rehearsal, "validity": manifest.validity, "result": bundle.release.body.hash(),
        });
        report.insert("survey".to_owned(), survey);
    }
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}

fn in_words(report: &Report, keys: &Keys) -> String {
    let line = |Finding { check, outcome }: &Finding| {
        let (said, reason) = words(outcome);
        let reason = reason.map(|reason| format!(" [{reason}]")).unwrap_or_default();
        format!("{said:<9} {:<32} {}{reason}\n", check.name(), check.meaning())
    };
    let lines: String = report.findings().iter().map(line).collect();
    let passed = report.findings().iter().filter(|finding| finding.outcome == Outcome::Passed).count();
    let end = if report.passed() { "The result holds" } else { "THE RESULT DOES NOT HOLD" };
    let from = keys.hosts.as_ref().map_or_else(String::new, |[data, computation]| {
        format!("The servers' keys are those that {data} and {computation} gave just now.\n")
    });
    format!("{lines}{from}{end}: {passed} of {} checks passed.\n", report.findings().len())
}
