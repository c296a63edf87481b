//! A survey run step by step with the command, against both servers on free ports.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails loudly")]

use paillier::KeyBits;
use rehearsal::{Options, Rehearsal};
use serde_json::Value;
use std::path::Path;
use tokio::process::Command;

const FILE: &str = include_str!("../../data/faculty-salaries.csv");

/// A folder with the organizer's sign-in in the environment.
struct Desk<'a> {
    folder: &'a Path,
    sign_in: &'a str,
}

impl Desk<'_> {
    /// Runs the command; its exit code and what it printed as JSON.
    async fn run(&self, args: &[&str]) -> (i32, Value, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_sealedpay"))
            .current_dir(self.folder)
            .env("SEALED_PAY_SIGN_IN", self.sign_in)
            .args(args)
            .output()
            .await
            .unwrap();
        let printed = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
        (output.status.code().unwrap(), printed, String::from_utf8(output.stderr).unwrap())
    }

    async fn done(&self, args: &[&str]) -> Value {
        let (code, printed, said) = self.run(args).await;
        assert_eq!(code, 0, "{args:?}: {said}");
        printed
    }

    /// Deals the file to six pay files.
    fn deal(&self) {
        let mut lines = FILE.lines();
        let header = lines.next().unwrap();
        let rows: Vec<&str> = lines.collect();
        for reporter in 0..6 {
            let mut own = vec![header];
            own.extend(rows.iter().skip(reporter).step_by(6));
            std::fs::write(self.folder.join(format!("{reporter}.csv")), own.join("\n")).unwrap();
        }
    }
}

fn insecure_key() -> paillier_keys::SecretKey {
    let primes = test_support::insecure_secret_key(KeyBits::B2048).expose_primes();
    paillier_keys::SecretKey::from_primes(&primes.0, &primes.1).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn from_create_to_show() {
    let options = Options { keys: vec![insecure_key()], ..Options::new(KeyBits::B2048) };
    let rehearsal = Rehearsal::start(options).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk { folder: folder.path(), sign_in: rehearsal.sign_in() };
    desk.deal();
    let server = rehearsal.data_server().url().to_string();
    let create = [
        "survey",
        "create",
        "org.json",
        "--server",
        &server,
        "--title",
        "Pay",
        "--contact",
        "me",
        "--period",
        "2026",
        "--compare",
        "sex",
        "--categories",
        "Female,Male",
        "--reference",
        "Male",
        "--measure",
        "salary",
        "--unit",
        "USD",
        "--max",
        "1000000",
        "--max-reporters",
        "9",
        "--max-employees",
        "100",
        "--key-bits",
        "2048",
    ];
    // A mistake costs no key: the only one in the pool is there for the next line.
    let mistaken = create.map(|word| if word == "Male" { "Men" } else { word });
    let (code, _, said) = desk.run(&mistaken).await;
    assert!(code == 1 && said.contains("nothing was sent"), "{said}");
    desk.done(&create).await;
    let opened = desk.done(&["survey", "open", "org.json", "--invitations", "6"]).await;
    let again = desk.done(&["survey", "open", "org.json", "--invitations", "6"]).await;
    assert_eq!(opened, again, "a survey opens once");
    for (reporter, invitation) in opened["invitations"].as_array().unwrap().iter().enumerate() {
        let link = invitation["link"].as_str().unwrap();
        let (file, state) = (format!("{reporter}.csv"), format!("{reporter}.json"));
        let mut report = vec!["report", link, &file, "--yes"];
        // Some name their file, others report for two employers in one folder without a thought.
        if reporter < 4 {
            report.extend(["--state", &state]);
        }
        assert_eq!(desk.done(&report).await["version"], 1);
    }
    reporting_again(&desk, opened["invitations"][0]["link"].as_str().unwrap()).await;
    let other = opened["invitations"][1]["link"].as_str().unwrap();
    let (code, _, said) = desk.run(&["report", other, "1.csv", "--state", "0.json", "--yes"]).await;
    assert!(code == 1 && said.contains("another invitation"), "{said}");
    somebody_leaves(&desk).await;
    let (code, ..) = desk.run(&["survey", "show", "org.json"]).await;
    assert_eq!(code, 4, "there is no result yet");
    let (code, ..) = desk.run(&["survey", "bundle", "org.json", "bundle.json"]).await;
    assert_eq!(code, 4, "there is no bundle yet");
    let (code, ..) = desk.run(&["survey", "close", "org.json"]).await;
    assert_eq!(code, 1, "nobody is there to be asked");
    desk.done(&["survey", "close", "org.json", "--yes"]).await;
    let released = desk.done(&["survey", "release", "org.json"]).await;
    assert_eq!(released["cells"][0]["mean"].to_string(), "101002.41");
    assert_eq!(desk.done(&["survey", "show", "org.json"]).await, released);
    desk.done(&["survey", "bundle", "org.json", "bundle.json"]).await;
    let report = desk.done(&["verify", "bundle.json", "--json"]).await;
    assert_eq!(report["passed"], true, "with the keys that the servers show: {report}");
    rehearsal.stop().await.unwrap();
}

/// The same file is not sent twice; another one is the next version, and so is the first again.
async fn reporting_again(desk: &Desk<'_>, link: &str) {
    let report = |file: &'static str| ["report", link, file, "--state", "0.json", "--yes"];
    assert_eq!(desk.done(&report("0.csv")).await["version"], 1);
    assert_eq!(desk.done(&report("1.csv")).await["version"], 2);
    assert_eq!(desk.done(&report("0.csv")).await["version"], 3);
    let (code, _, said) = desk.run(&["report", link, "0.csv", "--state", "thief.json", "--yes"]).await;
    assert!(code == 1 && said.contains("Somebody has already begun"), "{said}");
}

/// A seventh is invited, reports with a link whose end was cut off and its code, and withdraws: nothing of it
/// counts.
async fn somebody_leaves(desk: &Desk<'_>) {
    let invited = desk.done(&["survey", "invite", "org.json", "--invitations", "1"]).await;
    let [link, code] = ["link", "code"].map(|name| invited["invitations"][0][name].as_str().unwrap());
    let cut = link.split('#').next().unwrap();
    let (exit, _, said) = desk.run(&["report", cut, "1.csv", "--state", "6.json", "--yes"]).await;
    assert!(exit == 1 && said.contains("--code"), "{said}");
    desk.done(&["report", cut, "--code", code, "1.csv", "--state", "6.json", "--yes"]).await;
    assert_eq!(desk.done(&["withdraw", "6.json", "--yes"]).await["submitted"], false);
    let status = desk.done(&["survey", "status", "org.json"]).await;
    let withdrawn = status["invitations"].as_array().unwrap().iter().filter(|one| one["withdrawn"] == true);
    assert_eq!(withdrawn.count(), 1);
}
