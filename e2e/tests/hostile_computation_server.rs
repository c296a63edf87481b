//! A computation server that departs from the protocol, against a real data server that has pinned its key.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests fail loudly, and so do their helpers"
)]

use e2e::http::Answer;
use e2e::play::{Lies, Organizer, Plan, Played, PlayedComputationServer, Reporter};
use e2e::processes::{ServerProcess, TOKEN, data_server_pinning};
use protocol::{DraftRequest, OrderKind, Problem, SurveyDocument, ThresholdsWire, routes};
use std::time::Duration;

/// A real data server that takes the played one for its computation server.
fn against_real(story: impl FnOnce(&mut ServerProcess, &PlayedComputationServer)) {
    let computation = PlayedComputationServer::start();
    let mut data = data_server_pinning(&computation);
    story(&mut data, &computation);
}

/// Men enough everywhere; women at two reporters only, so that their cell is to be suppressed.
fn few_women(survey: &Played, data: &ServerProcess) {
    for invitation in 0..4 {
        let women: &[(usize, u64)] = if invitation < 2 { &[(0, 7_001), (0, 7_002), (0, 7_003)] } else { &[] };
        let men = [(1, 10_000), (1, 20_000), (1, 30_000)];
        let reporter = Reporter::of(survey, invitation);
        reporter.take_part(survey, data.client(), &[women, &men].concat());
    }
}

/// Everybody has everybody.
fn enough_of_all(survey: &Played, data: &ServerProcess) {
    for invitation in 0..4 {
        let pays = [(0, 10_000), (0, 10_001), (1, 20_000), (1, 20_001)];
        Reporter::of(survey, invitation).take_part(survey, data.client(), &pays);
    }
}

fn open(data: &ServerProcess) -> Played {
    Organizer::new(TOKEN).open(data.client(), &Plan::inviting(4))
}

fn not_released(survey: &Played, data: &ServerProcess) -> bool {
    let answer = data.client().get(&survey.route(routes::RELEASE));
    answer.problem() == Some(Problem::NotReleased)
}

/// Waits until the played server was asked for `route`, and then for what the data server does next.
fn wait_until_asked(computation: &PlayedComputationServer, survey: &Played, route: &str) {
    for _ in 0..400 {
        if computation.asked().contains(&survey.route(route)) {
            std::thread::sleep(Duration::from_millis(700));
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("the data server never asked for {route}");
}

fn was_asked(computation: &PlayedComputationServer, survey: &Played, route: &str) -> bool {
    computation.asked().contains(&survey.route(route))
}

#[test]
fn an_honest_computation_server_is_countersigned() {
    against_real(|data, computation| {
        let survey = open(data);
        enough_of_all(&survey, data);
        survey.close_and_release(data.client());
        let release = survey.release(data.client());
        assert_eq!(release.cells[0].sum.as_deref(), Some("800.04"));
        assert_eq!(release.cells[1].sum.as_deref(), Some("1600.04"));
        assert!(computation.is_countersigned(survey.id()));
    });
}

#[test]
fn an_honest_suppression_is_countersigned() {
    against_real(|data, _| {
        let survey = open(data);
        few_women(&survey, data);
        survey.close_and_release(data.client());
        let release = survey.release(data.client());
        assert_eq!(release.cells[0].suppressed.as_deref(), Some("too-few"));
        assert!(release.gaps[0].suppressed.is_some());
    });
}

/// Nothing that a computation server makes up of a result is signed or shown by the data server.
fn refuses_to_countersign(lies: Lies, take_part: fn(&Played, &ServerProcess)) {
    against_real(|data, computation| {
        let survey = open(data);
        take_part(&survey, data);
        computation.lie(lies);
        survey.close_and_release(data.client());
        wait_until_asked(computation, &survey, routes::peer::OPENING);
        assert!(!computation.is_countersigned(survey.id()), "{lies:?} was countersigned");
        assert!(!was_asked(computation, &survey, routes::peer::COUNTERSIGNATURE), "{lies:?}");
        assert!(not_released(&survey, data), "{lies:?} was published");
    });
}

#[test]
fn gap_with_suppressed_side() {
    refuses_to_countersign(Lies::GapWithSuppressedSide, few_women);
}

#[test]
fn suppressed_zero() {
    refuses_to_countersign(Lies::SuppressedZero, few_women);
}

#[test]
fn a_cell_below_the_minimum_numbers_is_not_countersigned() {
    refuses_to_countersign(Lies::PublishesSmallCell, few_women);
}

#[test]
fn a_mean_that_does_not_follow_is_not_countersigned() {
    refuses_to_countersign(Lies::WrongMean, enough_of_all);
}

#[test]
fn a_sum_that_nobody_committed_to_is_not_countersigned() {
    refuses_to_countersign(Lies::AnotherSum, enough_of_all);
}

#[test]
fn more_counted_than_agreed_on_are_not_countersigned() {
    refuses_to_countersign(Lies::WrongCounted, enough_of_all);
}

/// Where the set does not follow from the two lists, the data server sends neither product nor sum.
fn refuses_to_send_the_opening(lies: Lies) {
    against_real(|data, computation| {
        let survey = open(data);
        enough_of_all(&survey, data);
        computation.lie(lies);
        survey.close_and_release(data.client());
        wait_until_asked(computation, &survey, routes::peer::AGREEMENT);
        assert!(!was_asked(computation, &survey, routes::peer::OPENING), "{lies:?}: the opening was sent");
        assert!(not_released(&survey, data), "{lies:?}");
    });
}

#[test]
fn a_set_that_lacks_a_member_gets_no_opening() {
    refuses_to_send_the_opening(Lies::SetLacksOne);
}

#[test]
fn a_set_with_one_member_more_gets_no_opening() {
    refuses_to_send_the_opening(Lies::SetHasOneMore);
}

#[test]
fn submission_dropped() {
    against_real(|data, computation| {
        let survey = open(data);
        enough_of_all(&survey, data);
        computation.lie(Lies::ListLacksOne);
        survey.close_and_release(data.client());
        // It declared all four: its own words, in the data server's list, convict it.
        assert_eq!(survey.ended(data.client()), protocol::EndedReason::TooManyMissing);
        assert!(!was_asked(computation, &survey, routes::peer::OPENING));
    });
}

#[test]
fn a_word_about_another_statement_is_no_receipt() {
    against_real(|data, computation| {
        let survey = open(data);
        let reporter = Reporter::of(&survey, 0);
        let _ = reporter.enrol(&survey, data.client());
        computation.lie(Lies::DeclaresAnother);
        let upload = reporter.upload(&survey, 1, &[(0, 5)]);
        let answer = upload.send(data.client()).unwrap();
        assert!(answer.status >= 500, "a receipt: {}", answer.text());
        // Once it says the right thing, the same bytes get their receipt.
        computation.lie(Lies::None);
        let _ = upload.send_until_received(&survey, data.client());
    });
}

#[test]
fn answers_that_the_pinned_key_did_not_sign_are_no_answers() {
    against_real(|data, computation| {
        computation.lie(Lies::AnswersOfAnother);
        let answer = draft(data);
        assert!(answer.status >= 500, "{}", answer.text());
    });
}

fn draft(data: &ServerProcess) -> Answer {
    Organizer::new(TOKEN).send(data.client(), "POST", routes::DRAFTS, &DraftRequest { key_bits: 2048 })
}

#[test]
fn swapped_paillier_key() {
    against_real(|data, computation| {
        for lies in [Lies::KeyOfAnotherSurvey, Lies::ProofOfAnotherSurvey] {
            computation.lie(lies);
            // Refused at the draft, or at the latest when the manifest with it is to be opened.
            let answer = draft(data);
            if answer.status < 300 {
                let draft: protocol::Draft = answer.json();
                let organizer = Organizer::new(TOKEN);
                let manifest = organizer.manifest(&draft, &Plan::inviting(0), &[]);
                assert!(manifest.clone().admit().is_err(), "{lies:?}: every client refuses it");
                let request = organizer.open_request(manifest, &[]);
                let refused = organizer.send(data.client(), "POST", routes::SURVEYS, &request);
                assert_eq!(refused.problem(), Some(Problem::ManifestRefused), "{}", refused.text());
            } else {
                assert!(answer.status >= 500, "{lies:?}: {}", answer.text());
            }
        }
    });
}

#[test]
fn the_data_server_shows_the_manifest_that_both_signed() {
    against_real(|data, computation| {
        let survey = open(data);
        let shown: SurveyDocument = data.client().get(&survey.route(routes::SURVEY)).json();
        assert_eq!(shown.manifest.thresholds, ThresholdsWire { ..Plan::inviting(4).thresholds });
        let server = computation.identity().verifying_key().unwrap();
        assert!(shown.manifest.verify(&server, &shown.computation_server_signature).is_ok());
    });
}

#[test]
fn restored_backup_opens_again() {
    against_real(|data, computation| {
        let survey = open(data);
        enough_of_all(&survey, data);
        assert_eq!(survey.give(data.client(), OrderKind::Close {}).status, 204);
        data.stop();
        let backup = data.backup(&data.data_folder());
        data.start();
        let release = survey.order(OrderKind::Release {});
        let order = |data: &ServerProcess| data.client().post(&survey.route(routes::ORDERS), &release).status;
        assert_eq!(order(data), 204);
        let _ = survey.release(data.client());
        let asked = |route| computation.asked().into_iter().filter(|p| *p == survey.route(route)).count();
        let openings = || asked(routes::peer::OPENING);
        assert_eq!(openings(), 1);
        // The data folder as it was before, with all ciphertexts and shares; and once more without the mark.
        for without_mark in [false, true] {
            data.stop();
            data.restore(backup.path(), &data.data_folder());
            if without_mark {
                std::fs::remove_file(data.marks_folder().join(survey.id().to_string())).unwrap();
            }
            data.start();
            assert_eq!(order(data), 204);
            std::thread::sleep(Duration::from_millis(1_500));
            // It does get as far as agreeing once more; there it stops.
            assert_eq!(asked(routes::peer::AGREEMENT), 2 + usize::from(without_mark));
            assert_eq!(openings(), 1, "a second product was sent; without its mark: {without_mark}");
        }
    });
}
