//! The parts that other tests play by hand, played against each other: what they call honest is honest.

use e2e::http::Client;
use e2e::play::{Lies, Plan, PlayedComputationServer, PlayedDataServer};
use protocol::Outcome;
use protocol::peer::OpeningAnswer;

#[test]
fn an_honest_survey_by_hand_adds_up() {
    let (data, computation) = (PlayedDataServer::default(), PlayedComputationServer::start());
    computation.pin(data.key.verifying_key());
    let at = Client::to(computation.address());
    let met = data.meet(at, "http://127.0.0.1:10");
    let survey = met.open(&Plan::inviting(3));
    let held = met.take_all(&survey);
    let held: Vec<_> = held.iter().collect();
    let agreement = met.agree(&survey, &held);
    assert_eq!(agreement.agreed.body.outcome, Outcome::Proceed);
    assert_eq!(agreement.agreed.body.members.len(), 3);
    let OpeningAnswer::Release { release } = met.open_totals(&survey, &agreement.agreed, &held) else {
        panic!("an honest survey ended");
    };
    let [women, men] = release.body.cells.as_slice() else { panic!("two cells") };
    assert_eq!(women.employees, Some(9));
    // 3 · (1,000,000 + 1,000,001 + 1,000,002) hundredths of three women each
    assert_eq!(women.sum.as_deref(), Some("90000.09"));
    assert_eq!(men.sum.as_deref(), Some("120000.12"));
    assert_eq!(met.countersign(&survey, &release.body).status, 204);
    assert!(computation.is_countersigned(survey.id()));
}

#[test]
fn a_lie_is_told_when_asked_for() {
    let (data, computation) = (PlayedDataServer::default(), PlayedComputationServer::start());
    computation.pin(data.key.verifying_key());
    let met = data.meet(Client::to(computation.address()), "http://127.0.0.1:10");
    let survey = met.open(&Plan::inviting(3));
    let held = met.take_all(&survey);
    computation.lie(Lies::SetLacksOne);
    let agreement = met.agree(&survey, &held.iter().collect::<Vec<_>>());
    assert_eq!(agreement.agreed.body.members.len(), 2);
}
