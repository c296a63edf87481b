//! Exactly one opening, of exactly the agreed set.

use num_bigint::BigUint;
use protocol::peer::{OpeningAnswer, OpeningRequest};
use protocol::{EndedReason, Problem, ReleasedDocument, Signed, routes};

use crate::survey::Survey;
use crate::world::World;

/// The opening fails with the one answer that names no cause, and the survey is over.
pub(crate) async fn assert_inconsistent(world: &World, survey: &Survey, opening: &OpeningRequest) {
    let answer = world.peer(&survey.at(routes::peer::OPENING), opening).await;
    let OpeningAnswer::Ended { ended } = answer.json() else { panic!("it was opened") };
    ended.verify(survey.fingerprint(), survey.manifest.computation_server()).unwrap();
    assert_eq!(ended.body.reason, EndedReason::Inconsistent);
    assert_eq!(world.peer(&survey.at(routes::peer::OPENING), opening).await.body, answer.body);
    let shown: ReleasedDocument = world.get(&survey.at(routes::RELEASE)).await.json();
    assert!(matches!(shown, ReleasedDocument::Ended { ended: same, .. } if same == ended));
}

#[tokio::test]
async fn single_ciphertext_as_aggregate() {
    let world = World::start().await;
    let survey = Survey::open(&world, 3).await;
    let versions = survey.declare_all(&world, 3).await;
    survey.close(&world).await;
    let agreement = survey.agree(&world, &versions).await;
    let opening = survey.opening(&world, &agreement.agreed, &versions[..1]);
    assert_inconsistent(&world, &survey, &opening).await;
    let honest = survey.opening(&world, &agreement.agreed, &versions);
    let answer = world.peer(&survey.at(routes::peer::OPENING), &honest).await;
    assert_eq!(answer.problem(), Problem::OpeningBegun);
}

#[tokio::test]
async fn equality_probe_gets_no_second_opening() {
    let world = World::start().await;
    let survey = Survey::open(&world, 3).await;
    let versions = survey.declare_all(&world, 3).await;
    survey.close(&world).await;
    let agreement = survey.agree(&world, &versions).await;
    // A guess about one figure is added and the answer is watched: the first probe ends everything.
    let probe = |guess: u32| {
        survey.tampered_opening(&world, &agreement.agreed, &versions, |sums| {
            sums[0][0] += BigUint::from(guess);
        })
    };
    assert_inconsistent(&world, &survey, &probe(1)).await;
    let again = world.peer(&survey.at(routes::peer::OPENING), &probe(0)).await;
    assert_eq!(again.problem(), Problem::OpeningBegun);
}

#[tokio::test]
async fn bit_above_top_slot() {
    let world = World::start().await;
    let survey = Survey::open(&world, 3).await;
    let versions = survey.declare_all(&world, 3).await;
    survey.close(&world).await;
    let agreement = survey.agree(&world, &versions).await;
    let used = survey.manifest.layout().groups()[0].used_bits(0);
    let opening = survey.tampered_opening(&world, &agreement.agreed, &versions, |sums| {
        sums[0][0] += BigUint::from(1u32) << used;
    });
    assert_inconsistent(&world, &survey, &opening).await;
}

#[tokio::test]
async fn an_opening_that_is_not_over_the_agreed_set_begins_nothing() {
    let world = World::start().await;
    let survey = Survey::open(&world, 3).await;
    let versions = survey.declare_all(&world, 3).await;
    let path = survey.at(routes::peer::OPENING);
    survey.close(&world).await;
    let agreement = survey.agree(&world, &versions).await;
    let honest = survey.opening(&world, &agreement.agreed, &versions);
    let mut foreign = honest.opening.body.clone();
    foreign.agreed.0[0] ^= 1;
    let opening = Signed::sign(foreign, &world.data_server);
    let foreign = OpeningRequest { opening, ..honest.clone() };
    assert_eq!(world.peer(&path, &foreign).await.problem(), Problem::OpeningRefused);
    let opening = Signed::sign(honest.opening.body.clone(), &survey.organizer);
    let forged = OpeningRequest { opening, ..honest.clone() };
    assert_eq!(world.peer(&path, &forged).await.problem(), Problem::WrongSignature);
    let unsigned = OpeningRequest { agreed_signature: honest.opening.signature, ..honest.clone() };
    assert_eq!(world.peer(&path, &unsigned).await.problem(), Problem::WrongSignature);
    let mut shape = honest.opening.body.clone();
    shape.aggregates.pop();
    let shape = OpeningRequest { opening: Signed::sign(shape, &world.data_server), ..honest.clone() };
    assert_eq!(world.peer(&path, &shape).await.problem(), Problem::OpeningRefused);
    assert!(matches!(world.peer(&path, &honest).await.json(), OpeningAnswer::Release { .. }));
}
