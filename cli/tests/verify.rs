//! A rehearsed survey's bundle passes every check; one changed figure, and it does not.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails loudly")]

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

fn run(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sealedpay")).current_dir(folder).args(args).output().unwrap()
}

fn verify(folder: &Path, bundle: &str) -> (Option<i32>, Value) {
    let output = run(folder, &["verify", bundle, "--server-keys", "keys.json", "--json"]);
    (output.status.code(), serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn a_rehearsed_bundle_holds_and_a_changed_one_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let options = ["rehearse", "--demo", "--by", "rank", "--bands", "20000", "--key-bits", "2048"];
    let files = ["--bundle", "bundle.json", "--server-keys", "keys.json"];
    let rehearsed = run(folder.path(), &[&options[..], &files].concat());
    assert!(rehearsed.status.success(), "{}", String::from_utf8_lossy(&rehearsed.stderr));

    let (code, report) = verify(folder.path(), "bundle.json");
    assert_eq!((code, report["passed"].as_bool()), (Some(0), Some(true)), "{report}");
    assert!(report["checks"].as_array().unwrap().len() > 30);
    assert_eq!(report["server_keys"]["from"], "file");

    let fingerprint = report["survey"]["fingerprint"].as_str().unwrap();
    let asked = |fingerprint: &str| {
        let options = ["verify", "bundle.json", "--server-keys", "keys.json", "--fingerprint", fingerprint];
        let output = run(folder.path(), &options);
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let (code, said, _) = asked(fingerprint);
    assert_eq!(code, Some(0));
    assert!(said.contains(&format!("result's hash: {}", report["survey"]["result"].as_str().unwrap())));
    let (code, said, why) = asked(&"0".repeat(64));
    assert_eq!((code, said.as_str()), (Some(1), ""));
    assert!(why.contains("of another survey") && why.contains(fingerprint), "{why}");

    let long = std::fs::File::create(folder.path().join("long.json")).unwrap();
    long.set_len((64 << 20) + 1).unwrap();
    let refused = run(folder.path(), &["verify", "long.json", "--server-keys", "keys.json"]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("long.json is longer than 64 MiB"));

    let bundle = std::fs::read(folder.path().join("bundle.json")).unwrap();
    let mut bundle: Value = serde_json::from_slice(&bundle).unwrap();
    bundle["release"]["body"]["counted"] = 7.into();
    std::fs::write(folder.path().join("changed.json"), bundle.to_string()).unwrap();
    let (code, report) = verify(folder.path(), "changed.json");
    assert_eq!((code, report["passed"].as_bool()), (Some(5), Some(false)));
    let failed = report["checks"].as_array().unwrap().iter().filter(|check| check["outcome"] == "failed");
    assert!(failed.filter_map(|check| check["name"].as_str()).any(|name| name == "release-data-server"));

    let unreachable = run(folder.path(), &["verify", "bundle.json"]);
    assert_eq!(unreachable.status.code(), Some(4), "the servers are gone, and nothing else vouches for keys");
}
