//! A server that lies is not taken part with.

use e2e::http::{Client, Server};
use e2e::play::Plan;
use stories::{Browser, Options, World};

#[test]
fn another_survey_at_the_second_server_stops_the_page_plainly() {
    let world = World::start();
    let (survey, other) = (world.survey(&Plan::inviting(3)), world.survey(&Plan::inviting(3)));
    let computation = &world.servers.computation;
    let (honest, asked, shown) = (computation.unrecorded(), survey.id().to_string(), other.id().to_string());
    let impostor = Server::start(move |request| {
        let path = request.path.replace(&asked, &shown);
        let headers = request.headers.iter().filter(|(name, _)| name == "origin");
        let headers: Vec<_> = headers.map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let honest: Client = honest;
        let mut answer = honest.send(&request.method, &path, &headers, &request.body).ok()?;
        answer.headers.retain(|(name, _)| name != "content-length" && name != "transfer-encoding");
        Some(answer)
    });
    computation.front().divert(Some(impostor.address()));
    let browser = Browser::start(&Options::default());
    browser.open(&world.link(&survey, 0));
    let said = browser.trouble("servers-differ");
    assert!(said.contains("Stop") && said.contains("Do not take part"), "{said}");
    assert!(!browser.is_there("begin") && !browser.is_there("retry"));
    computation.front().divert(None);
    browser.reload();
    browser.wait_for("begin");
}
