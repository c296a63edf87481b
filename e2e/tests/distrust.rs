//! The command takes part, and stops where what it is shown cannot be trusted: exit code 5, nothing sent.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests fail loudly, and so do their helpers"
)]

use e2e::http::{Answer, Client, Request, Server};
use e2e::play::{Lies, Organizer, Plan, Played, PlayedComputationServer};
use e2e::processes::{ServerProcess, TOKEN, binary, data_server_pinning};
use protocol::routes;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

/// A survey of a real data server and a played computation server.
fn survey(computation: &PlayedComputationServer) -> (ServerProcess, Played) {
    let data = data_server_pinning(computation);
    let survey = Organizer::new(TOKEN).open(data.client(), &Plan::inviting(3));
    (data, survey)
}

/// `sealedpay report` with a small pay file, reaching the data server at `at`.
fn report(survey: &Played, at: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pay.csv");
    std::fs::write(&file, "sex,salary\nFemale,45300.50\nMale,52100.00\n").unwrap();
    Command::new(binary("sealed-pay-cli", "sealedpay"))
        .args(["report", &survey.link(0)])
        .arg(&file)
        .args(["--yes", "--json", "--server", at, "--state"])
        .arg(folder.path().join("state.json"))
        .output()
        .unwrap()
}

fn assert_stopped(output: &Output) {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(5), "{errors}");
    assert!(errors.contains("Nothing was sent"), "{errors}");
}

#[test]
fn an_honest_survey_is_taken_part_in() {
    let computation = PlayedComputationServer::start();
    let (data, survey) = survey(&computation);
    let output = report(&survey, &data.front().url());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let receipt: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(receipt.is_object());
    assert!(computation.asked().contains(&survey.route(routes::peer::DECLARATIONS)));
}

#[test]
fn self_signed_second_server() {
    let computation = PlayedComputationServer::start();
    let (data, survey) = survey(&computation);
    // The manifest vouches for a key that does not stand at the second server's own address.
    computation.lie(Lies::AnotherIdentity);
    assert_stopped(&report(&survey, &data.front().url()));
    assert!(!computation.asked().contains(&survey.route(routes::ENROLMENTS)), "it enrolled");
}

/// A data server's address at which `change` stands between it and whoever asks.
fn between(
    data: Client,
    change: impl Fn(&Request, &mut Answer) + Send + Sync + 'static,
) -> (Server, Arc<Mutex<Vec<String>>>) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    let server = Server::start(move |request| {
        seen.lock().unwrap().push(format!("{} {}", request.method, request.path));
        let mut answer = data.send(&request.method, &request.path, &[], &request.body).ok()?;
        answer.headers.retain(|(name, _)| name == "content-type");
        change(&request, &mut answer);
        Some(answer)
    });
    (server, asked)
}

#[test]
fn swapped_paillier_key() {
    let computation = PlayedComputationServer::start();
    let (data, survey) = survey(&computation);
    let path = survey.route(routes::SURVEY);
    let (shown, asked) = between(data.client(), move |request, answer| {
        if request.path == path {
            let mut document: serde_json::Value = answer.json();
            let n = document["manifest"]["paillier"]["n"].as_str().unwrap().to_owned();
            let swapped = format!("{}{}", &n[..n.len() - 4], "0001");
            document["manifest"]["paillier"]["n"] = swapped.into();
            answer.body = serde_json::to_vec(&document).unwrap();
        }
    });
    assert_stopped(&report(&survey, &format!("http://{}", shown.address())));
    assert!(asked.lock().unwrap().iter().all(|line| line.starts_with("GET ")), "something was sent");
}
