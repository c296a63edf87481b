//! The set: nobody is removed, added or doubled.

use protocol::{Discrepancy, Kind, Order, OrderKind, Problem, Side, Signed, routes};

use crate::survey::{CLOSES_AT, CLOSES_NOT_BEFORE, Survey, Version, pay, reporter};
use crate::world::World;

#[tokio::test]
async fn submission_dropped() {
    let world = World::start().await;
    let survey = Survey::open(&world, 4).await;
    let versions = survey.declare_all(&world, 4).await;
    survey.close(&world).await;
    // The data server leaves one out that it signed for: it is convicted, and the count is public.
    let agreed = survey.agree(&world, &versions[1..]).await.agreed.body;
    let statement = versions[0].signed.statement;
    let (credential, version) = (statement.credential, statement.version);
    assert_eq!(agreed.discrepancies, [Discrepancy::Lost { credential, version, by: Side::DataServer }]);
    assert_eq!(agreed.members.len(), 3);
}

#[tokio::test]
async fn release_without_the_organizers_order() {
    let world = World::start().await;
    let survey = Survey::open(&world, 3).await;
    let versions = survey.declare_all(&world, 3).await;
    let list = survey.list(&world, &versions);
    let ask = async || world.peer(&survey.at(routes::peer::AGREEMENT), &list).await;
    // Closed by order, closed twice, and over by the clock: the organizer still has not said that it be opened.
    world.clock.set(CLOSES_NOT_BEFORE);
    for sequence in [1, 2] {
        assert_eq!(survey.order(&world, sequence, OrderKind::Close {}).await.status, 204);
        assert_eq!(ask().await.problem(), Problem::SurveyNotClosed);
    }
    world.clock.set(CLOSES_AT);
    assert_eq!(ask().await.problem(), Problem::SurveyNotClosed);
    // An order of the data server's own is none.
    let order = Order { fingerprint: *survey.fingerprint(), sequence: 3, order: OrderKind::Release {} };
    let forged = world.public(&survey.at(routes::ORDERS), &Signed::sign(order, &world.data_server)).await;
    assert_eq!(forged.problem(), Problem::WrongSignature);
    assert_eq!(ask().await.problem(), Problem::SurveyNotClosed);
    assert_eq!(survey.order(&world, 3, OrderKind::Release {}).await.status, 204);
    // An order after it takes nothing back.
    assert_eq!(survey.order(&world, 4, OrderKind::Close {}).await.status, 204);
    assert_eq!(ask().await.status, 200);
}

#[tokio::test]
async fn more_losses_than_tolerated_end_the_survey() {
    let world = World::start().await;
    let survey = Survey::open(&world, 5).await;
    let versions = survey.declare_all(&world, 5).await;
    survey.close(&world).await;
    let ended = survey.agree(&world, &versions[2..]).await.ended.unwrap();
    assert_eq!(ended.body.reason, protocol::EndedReason::TooManyMissing);
}

#[tokio::test]
async fn submission_added() {
    let world = World::start().await;
    let survey = Survey::open(&world, 4).await;
    let mut versions = survey.declare_all(&world, 3).await;
    // Never declared here: with a forged word, and with none.
    let mut added = survey.submission(&world, &reporter(3), 1, &pay(3));
    added.declared = Some(added.held);
    versions.push(added);
    survey.close(&world).await;
    let agreement = survey.agree(&world, &versions).await;
    let agreed = &agreement.agreed.body;
    assert!(matches!(agreed.discrepancies[..], [Discrepancy::Unfinished { .. }]));
    assert_eq!(agreed.members.len(), 3);
    // It sends the product over all four nevertheless.
    let opening = survey.opening(&world, &agreement.agreed, &versions);
    crate::opening::assert_inconsistent(&world, &survey, &opening).await;
}

#[tokio::test]
async fn submission_doubled() {
    let world = World::start().await;
    let survey = Survey::open(&world, 3).await;
    let versions = survey.declare_all(&world, 3).await;
    survey.close(&world).await;
    let doubled = [&versions[..], &versions[..1]].concat();
    let answer = world.peer(&survey.at(routes::peer::AGREEMENT), &survey.list(&world, &doubled)).await;
    assert_eq!(answer.problem(), Problem::AgreementConflict, "a list names nobody twice");
    let agreement = survey.agree(&world, &versions).await;
    let opening = survey.opening(&world, &agreement.agreed, &doubled);
    crate::opening::assert_inconsistent(&world, &survey, &opening).await;
}

#[tokio::test]
async fn second_aggregate_after_late_finisher() {
    let world = World::start().await;
    let survey = Survey::open(&world, 5).await;
    let mut versions = survey.declare_all(&world, 3).await;
    let mut finisher = survey.submission(&world, &reporter(3), 1, &pay(3));
    let late = survey.submission(&world, &reporter(4), 1, &pay(4));
    survey.close(&world).await;
    // Held before the close: it may be finished until the set is agreed on.
    finisher.declared = Some(survey.declare(&world, &finisher).await.json());
    versions.push(finisher.clone());
    let agreement = survey.agree(&world, &versions).await;
    assert_eq!(survey.declare(&world, &late).await.problem(), Problem::SurveyClosed);
    assert_eq!(survey.declare(&world, &finisher).await.status, 200, "a repetition is answered still");
    // No second list, and no second aggregate.
    let more = [&versions[..], std::slice::from_ref(&late)].concat();
    let answer = world.peer(&survey.at(routes::peer::AGREEMENT), &survey.list(&world, &more)).await;
    assert_eq!(answer.problem(), Problem::AgreementConflict);
    let first = survey.opening(&world, &agreement.agreed, &versions);
    assert_eq!(world.peer(&survey.at(routes::peer::OPENING), &first).await.status, 200);
    let second = survey.opening(&world, &agreement.agreed, &more);
    let answer = world.peer(&survey.at(routes::peer::OPENING), &second).await;
    assert_eq!(answer.problem(), Problem::OpeningBegun);
}

#[tokio::test]
async fn a_new_submission_after_the_close_is_refused() {
    let world = World::start().await;
    let survey = Survey::open(&world, 3).await;
    survey.close(&world).await;
    world.clock.advance(7200);
    let mut late = survey.submission(&world, &reporter(0), 1, &pay(0));
    let hour = protocol::hour_of(kit::Clock::now_s(&*world.clock));
    late.held = protocol::SignedHour::held(&late.signed.statement, hour, &world.data_server);
    assert_eq!(survey.declare(&world, &late).await.problem(), Problem::SurveyClosed);
    let withdrawal = survey.withdrawal(&reporter(0), 1).to_bytes();
    let answer = world.post(&survey.at(routes::WITHDRAWALS), &withdrawal).await;
    assert_eq!(answer.problem(), Problem::SurveyClosed);
}

#[tokio::test]
async fn a_withdrawal_that_only_this_server_has_wins() {
    let world = World::start().await;
    let survey = Survey::open(&world, 4).await;
    let versions: Vec<Version> = survey.declare_all(&world, 4).await;
    let withdrawal = survey.withdrawal(&reporter(0), 2);
    assert_eq!(withdrawal.statement.kind, Kind::Withdrawal);
    assert_eq!(world.post(&survey.at(routes::WITHDRAWALS), &withdrawal.to_bytes()).await.status, 200);
    survey.close(&world).await;
    let list = survey.list(&world, &versions);
    let agreed = survey.agree(&world, &versions).await.agreed.body;
    assert_eq!((agreed.members.len(), agreed.withdrawn), (3, 1));
    let again = world.peer(&survey.at(routes::peer::AGREEMENT), &list).await;
    assert_eq!(again.json::<protocol::peer::Agreement>().agreed.body, agreed);
}
