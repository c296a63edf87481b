//! From a draft to a result, with everything an honest data server does.

use protocol::peer::{OpeningAnswer, SignatureDocument};
use protocol::{Problem, ReleasedDocument, Signed, SurveyDocument, SurveyState, countersign_check, routes};

use crate::survey::{Survey, pay};
use crate::world::World;

/// Cents as the release writes them.
fn units(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

#[tokio::test]
async fn four_reporters_to_a_release_with_the_right_means() {
    let world = World::start().await;
    let survey = Survey::open(&world, 5).await;
    let versions = survey.declare_all(&world, 4).await;
    assert_eq!(world.get(&survey.at(routes::RELEASE)).await.problem(), Problem::NotReleased);
    survey.close(&world).await;
    let agreement = survey.agree(&world, &versions).await;
    assert_eq!((agreement.agreed.body.members.len(), &agreement.ended), (4, &None));

    let opening = survey.opening(&world, &agreement.agreed, &versions);
    let answer = world.peer(&survey.at(routes::peer::OPENING), &opening).await;
    let OpeningAnswer::Release { release } = answer.json() else { panic!("it ended") };
    assert_eq!(world.peer(&survey.at(routes::peer::OPENING), &opening).await.body, answer.body);
    countersign_check(&survey.manifest, &agreement.agreed.body, &release.body).unwrap();
    for (cell, released) in release.body.cells.iter().enumerate() {
        let pays = (0..4).flat_map(pay).filter(|pay| pay.0 == cell).map(|pay| pay.1);
        let (count, sum) = (pays.clone().count() as u64, pays.sum::<u64>());
        assert_eq!((released.reporters, released.employees), (Some(4), Some(count)));
        assert_eq!(released.sum.as_deref(), Some(units(sum).as_str()));
        assert_eq!(released.mean.as_deref(), Some(units((2 * sum + count) / (2 * count)).as_str()));
    }
    assert!(release.body.warnings.is_empty());

    let signature = Signed::sign(release.body.clone(), &world.data_server).signature;
    let path = survey.at(routes::peer::COUNTERSIGNATURE);
    for _ in 0..2 {
        assert_eq!(world.peer(&path, &SignatureDocument { signature }).await.status, 204);
    }
    let ReleasedDocument::Released { release: published, countersignature, agreed, .. } =
        world.get(&survey.at(routes::RELEASE)).await.json()
    else {
        panic!("not released")
    };
    assert_eq!((published, countersignature, agreed), (release, signature, agreement.agreed));
    let shown: SurveyDocument = world.get(&survey.at(routes::SURVEY)).await.json();
    assert_eq!(shown.state, SurveyState::Released);
    assert_eq!(world.peer(&survey.at(routes::peer::OPENING), &opening).await.body, answer.body);
}

#[tokio::test]
async fn too_few_reporters_end_the_survey_and_the_key() {
    let world = World::start().await;
    let survey = Survey::open(&world, 3).await;
    let versions = survey.declare_all(&world, 2).await;
    survey.close(&world).await;
    let agreement = survey.agree(&world, &versions).await;
    let ended = agreement.ended.clone().unwrap();
    assert_eq!(ended.body.reason, protocol::EndedReason::TooFewReporters);
    let opening = survey.opening(&world, &agreement.agreed, &versions);
    let answer = world.peer(&survey.at(routes::peer::OPENING), &opening).await;
    assert_eq!(answer.problem(), Problem::OpeningRefused);
    let shown: ReleasedDocument = world.get(&survey.at(routes::RELEASE)).await.json();
    assert_eq!(shown, ReleasedDocument::Ended { ended, agreed: agreement.agreed });
}

#[tokio::test]
async fn a_survey_closes_by_itself() {
    let world = World::start().await;
    let survey = Survey::open(&world, 3).await;
    let versions = survey.declare_all(&world, 3).await;
    world.clock.set(crate::survey::CLOSES_AT);
    let shown: SurveyDocument = world.get(&survey.at(routes::SURVEY)).await.json();
    assert_eq!(shown.state, SurveyState::Closed);
    assert_eq!(survey.agree(&world, &versions).await.ended, None);
}
