//! A data server that departs from the protocol, against a real computation server that has pinned its key.
//!
//! The names are those of the attacks. Those that the computation server cannot notice before there are
//! validity proofs, and where else the others are held, stands at the end of `hostile_client.rs`.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests fail loudly, and so do their helpers"
)]

use e2e::play::{Held, Introduced, Plan, Played, PlayedDataServer, Reporter, copy, products, this_hour};
use e2e::processes::{ServerProcess, computation_server_pinning};
use protocol::peer::{Agreement, OpeningAnswer};
use protocol::{
    Discrepancy, EndedReason, Hex, Kind, OrderKind, Outcome, Problem, Side, Signed, SignedHour, SigningKey,
    routes,
};

/// A real computation server that takes the played one for its data server.
fn against_real(keys: usize, story: impl FnOnce(&mut ServerProcess, &PlayedDataServer)) {
    let data = PlayedDataServer::default();
    let mut computation = computation_server_pinning(&data, keys);
    story(&mut computation, &data);
}

fn meet<'a>(computation: &ServerProcess, data: &'a PlayedDataServer) -> Introduced<'a> {
    data.meet(computation.client(), &computation.front().url())
}

fn all(held: &[Held]) -> Vec<&Held> {
    held.iter().collect()
}

fn ended(answer: OpeningAnswer) -> EndedReason {
    match answer {
        OpeningAnswer::Ended { ended } => ended.body.reason,
        OpeningAnswer::Release { .. } => panic!("it was opened"),
    }
}

#[test]
fn an_honest_data_server_gets_the_totals() {
    against_real(1, |computation, data| {
        let met = meet(computation, data);
        let survey = met.open(&Plan::inviting(3));
        let held = met.take_all(&survey);
        let agreement = met.agree(&survey, &all(&held));
        assert_eq!(agreement.agreed.body.outcome, Outcome::Proceed);
        let OpeningAnswer::Release { release } = met.open_totals(&survey, &agreement.agreed, &all(&held))
        else {
            panic!("an honest survey ended");
        };
        assert_eq!(release.body.counted, 3);
        assert_eq!(release.body.cells[0].sum.as_deref(), Some("90000.09"));
        assert_eq!(release.body.cells[1].sum.as_deref(), Some("120000.12"));
        assert_eq!(met.countersign(&survey, &release.body).status, 204);
        assert_eq!(survey.release(met.computation()), release.body);
    });
}

#[test]
fn submission_dropped() {
    against_real(1, |computation, data| {
        let met = meet(computation, data);
        let survey = met.open(&Plan::inviting(4));
        let held = met.take_all(&survey);
        let agreement = met.agree(&survey, &all(&held[1..]));
        let credential = held[0].prepared.signed.statement.credential;
        let lost = Discrepancy::Lost { credential, version: 1, by: Side::DataServer };
        assert_eq!(agreement.agreed.body.discrepancies, [lost]);
        assert_eq!(agreement.agreed.body.outcome, Outcome::TooManyMissing);
        let reason = agreement.ended.as_ref().map(|e| e.body.reason);
        assert_eq!(reason, Some(EndedReason::TooManyMissing));
        // What convicts: our own signature, in the list that the computation server signed.
        let server = survey.manifest.computation_server();
        let list = agreement.list.verify(survey.fingerprint(), server).unwrap();
        let conviction = list.entries.iter().find(|e| e.credential == credential).unwrap().other.unwrap();
        let statement = &held[0].prepared.signed.statement;
        assert!(conviction.verify_held(statement, survey.manifest.data_server()).is_ok());
        refuses_to_open(&met, &survey, &agreement, &all(&held[1..]));
    });
}

fn refuses_to_open(met: &Introduced<'_>, survey: &Played, agreement: &Agreement, held: &[&Held]) {
    let answer = met.send_opening(survey, &met.opening(survey, &agreement.agreed, held));
    let release = serde_json::from_slice::<OpeningAnswer>(&answer.body);
    assert!(!matches!(release, Ok(OpeningAnswer::Release { .. })), "opened: {}", answer.text());
}

#[test]
fn submission_added() {
    against_real(2, |computation, data| {
        let met = meet(computation, data);
        // Listed without the computation server's word, or with a forged one: named, not counted.
        for forged in [false, true] {
            let survey = met.open(&Plan::inviting(4));
            let mut held = met.take_all(&survey);
            let puppet = Reporter { key: SigningKey::from_seed(&[77; 32]), ..Reporter::of(&survey, 0) };
            let prepared = puppet.prepare(&survey, 1, &[(0, 5)]);
            let statement = prepared.signed.statement;
            let word = SignedHour::declared(&statement, this_hour(), &data.key);
            let ours = SignedHour::held(&statement, this_hour(), &data.key);
            held.push(Held { prepared, held: ours, declared: forged.then_some(word) });
            let agreement = met.agree(&survey, &all(&held));
            let (credential, version) = (statement.credential, 1);
            assert_eq!(
                agreement.agreed.body.discrepancies,
                [Discrepancy::Unfinished { credential, version }]
            );
            assert_eq!(agreement.agreed.body.members.len(), 4);
            // Multiplied in all the same: the commitments do not open.
            let answer = met.open_totals(&survey, &agreement.agreed, &all(&held));
            assert_eq!(ended(answer), EndedReason::Inconsistent);
            assert_eq!(survey.ended(met.computation()), EndedReason::Inconsistent);
        }
    });
}

#[test]
fn submission_doubled() {
    against_real(1, |computation, data| {
        let met = meet(computation, data);
        let survey = met.open(&Plan::inviting(3));
        let held = met.take_all(&survey);
        // Twice in the list is no list.
        survey.close_and_release(met.computation());
        let twice = met.list(&survey, &[&held[0], &held[0], &held[1], &held[2]]);
        let refused = met.ask_agreement(&survey, &twice);
        assert_eq!(refused.problem(), Some(Problem::AgreementConflict), "{}", refused.text());
        let answer = met.ask_agreement(&survey, &met.list(&survey, &all(&held)));
        let agreement: Agreement = answer.json();
        // Twice in the product does not open the commitments.
        let product = [&held[0], &held[0], &held[1], &held[2]];
        let answer = met.open_totals(&survey, &agreement.agreed, &product);
        assert_eq!(ended(answer), EndedReason::Inconsistent);
    });
}

#[test]
fn single_ciphertext_as_aggregate() {
    against_real(1, |computation, data| {
        let met = meet(computation, data);
        let survey = met.open(&Plan::inviting(3));
        let held = met.take_all(&survey);
        let agreement = met.agree(&survey, &all(&held));
        let answer = met.open_totals(&survey, &agreement.agreed, &[&held[0]]);
        assert_eq!(ended(answer), EndedReason::Inconsistent);
        // And that was the only opening there will ever be.
        refuses_to_open(&met, &survey, &agreement, &all(&held));
        assert_eq!(survey.ended(met.computation()), EndedReason::Inconsistent);
    });
}

#[test]
fn equality_probe_gets_no_second_opening() {
    against_real(1, |computation, data| {
        let met = meet(computation, data);
        let survey = met.open(&Plan::inviting(3));
        let held = met.take_all(&survey);
        let agreement = met.agree(&survey, &all(&held));
        let opening = met.opening(&survey, &agreement.agreed, &all(&held));
        let first = met.send_opening(&survey, &opening);
        // The same bytes get the same answer; the same sums under other noise, or any guess, get none.
        assert_eq!(met.send_opening(&survey, &opening).body, first.body);
        for probe in [all(&held), all(&held[..2])] {
            let refused = met.send_opening(&survey, &met.opening(&survey, &agreement.agreed, &probe));
            assert_eq!(refused.problem(), Some(Problem::OpeningBegun), "{}", refused.text());
        }
        assert_eq!(met.send_opening(&survey, &opening).body, first.body);
    });
}

#[test]
fn restored_backup_opens_again() {
    against_real(1, |computation, data| {
        let met = meet(computation, data);
        let survey = met.open(&Plan::inviting(3));
        let held = met.take_all(&survey);
        let agreement = met.agree(&survey, &all(&held));
        computation.stop();
        let backup = computation.backup(&computation.data_folder());
        computation.start();
        let opening = met.opening(&survey, &agreement.agreed, &all(&held));
        let first = met.send_opening(&survey, &opening);
        assert_eq!(first.status, 200);
        // The whole data folder as it was before the opening, keys and shares included.
        computation.stop();
        computation.restore(backup.path(), &computation.data_folder());
        computation.start();
        let other = met.opening(&survey, &agreement.agreed, &all(&held[..2]));
        let refused = met.send_opening(&survey, &other);
        assert_eq!(refused.problem(), Some(Problem::OpeningBegun), "{}", refused.text());
        // Without any mark nobody knows what was opened: nothing is.
        computation.stop();
        computation.restore(backup.path(), &computation.data_folder());
        for mark in std::fs::read_dir(computation.marks_folder()).unwrap() {
            std::fs::remove_file(mark.unwrap().path()).unwrap();
        }
        computation.start();
        for any in [&opening, &other] {
            let refused = met.send_opening(&survey, any);
            assert_eq!(refused.problem(), Some(Problem::OpeningBegun), "{}", refused.text());
        }
    });
}

#[test]
fn early_close_by_data_server() {
    against_real(2, |computation, data| {
        let met = meet(computation, data);
        let survey = met.open(&Plan::inviting(3));
        let held = met.take_all(&survey);
        // Without the organizer's order.
        let early = met.ask_agreement(&survey, &met.list(&survey, &all(&held)));
        assert_eq!(early.problem(), Some(Problem::SurveyNotClosed), "{}", early.text());
        // With an order of one's own.
        let order = survey.order_numbered(1, OrderKind::Close {});
        let forged = Signed::sign(order.body, &data.key);
        let refused = met.computation().post(&survey.route(routes::ORDERS), &forged);
        assert_eq!(refused.problem(), Some(Problem::WrongSignature));
        // With the organizer's order, but before the time that the manifest names.
        let plan = Plan { closes_not_before: 3_000, ..Plan::inviting(3) };
        let later = met.open(&plan);
        let refused = later.give(met.computation(), OrderKind::Close {});
        assert_eq!(refused.problem(), Some(Problem::TooEarly));
        // An order for one survey closes no other.
        let foreign = later.order_numbered(1, OrderKind::Close {});
        let refused = met.computation().post(&survey.route(routes::ORDERS), &foreign);
        assert_eq!(refused.problem(), Some(Problem::WrongSignature));
        let reporter = Reporter::of(&later, 0);
        let _ = met.take(&later, &reporter, 1, &[(0, 5)]);
    });
}

#[test]
fn withdrawal_replayed() {
    against_real(2, |computation, data| {
        let met = meet(computation, data);
        let survey = met.open(&Plan::inviting(3));
        let mut held: Vec<_> = (0..2)
            .map(|invitation| met.take(&survey, &Reporter::of(&survey, invitation), 1, &[(0, 7), (1, 8)]))
            .collect();
        let wavering = Reporter::of(&survey, 2);
        let _ = met.take(&survey, &wavering, 1, &[(0, 7), (1, 8)]);
        let withdrawn = wavering.withdraw(&survey, met.computation(), 2);
        assert!(withdrawn.status < 300, "{}", withdrawn.text());
        held.push(met.take(&survey, &wavering, 3, &[(0, 7), (1, 8)]));
        // The old withdrawal again: at most its old answer, and it takes nothing back.
        let replayed = wavering.withdraw(&survey, met.computation(), 2);
        assert!(replayed.body == withdrawn.body || replayed.problem() == Some(Problem::VersionUsed));
        // The withdrawal of another survey.
        let other = met.open(&Plan::inviting(3));
        let headers = [("content-type", "application/octet-stream")];
        let foreign = wavering.withdrawal(&other, 4).to_bytes();
        let path = survey.route(routes::WITHDRAWALS);
        let refused = met.computation().send("POST", &path, &headers, &foreign).unwrap();
        assert!(refused.status >= 400, "{}", refused.text());
        let agreement = met.agree(&survey, &all(&held));
        assert_eq!(agreement.agreed.body.withdrawn, 0);
        let counted = agreement.agreed.body.members.iter().find(|m| m.credential == wavering.credential());
        assert_eq!(counted.unwrap().version, 3);
    });
}

#[test]
fn a_withdrawal_that_its_reporter_did_not_sign_takes_nobody_out() {
    against_real(1, |computation, data| {
        let met = meet(computation, data);
        let survey = met.open(&Plan::inviting(4));
        let held = met.take_all(&survey);
        survey.close_and_release(met.computation());
        let honest = met.list(&survey, &all(&held)).body.entries;
        let mut made_up = honest.clone();
        let zero = Hex([0; 32]);
        made_up[0].version = 2;
        made_up[0].kind = Kind::Withdrawal;
        (made_up[0].commitment, made_up[0].share_commitment, made_up[0].other) = (zero, zero, None);
        let refused = met.ask_agreement(&survey, &met.sign_list(&survey, made_up));
        assert_eq!(refused.problem(), Some(Problem::AgreementConflict), "{}", refused.text());
        let agreement: Agreement = met.ask_agreement(&survey, &met.sign_list(&survey, honest)).json();
        assert_eq!(agreement.agreed.body.members.len(), 4);
        assert_eq!(agreement.agreed.body.withdrawn, 0);
    });
}

#[test]
fn share_mismatch_refused_at_intake() {
    against_real(1, |computation, data| {
        let met = meet(computation, data);
        let survey = met.open(&Plan::inviting(3));
        let reporter = Reporter::of(&survey, 0);
        let _ = reporter.enrol(&survey, met.computation());
        let one = reporter.prepare(&survey, 1, &[(0, 5)]);
        let mut other = reporter.prepare(&survey, 1, &[(0, 5)]);
        // The shares of another version under this statement, sealed as they should be.
        other.signed = one.signed;
        let refused = met.declare(&survey, &one.signed, &other.declaration(&survey));
        assert_eq!(refused.problem(), Some(Problem::ShareMismatch), "{}", refused.text());
        // It took nothing: the honest declaration of the same version goes in.
        let taken = met.declare(&survey, &one.signed, &one.declaration(&survey));
        assert!(taken.status < 300, "{}", taken.text());
    });
}

#[test]
fn reopened_draft_replay() {
    against_real(1, |computation, data| {
        let met = meet(computation, data);
        let draft = met.draft();
        let plan = Plan::inviting(3);
        let (request, _) = e2e::play::Organizer::new("one").compose(&draft, &plan);
        let first = met.forward_open(request.clone());
        assert_eq!(first.status, 200, "{}", first.text());
        assert_eq!(met.forward_open(request).body, first.body);
        // Same id, same key, another roster.
        let (other, _) = e2e::play::Organizer::new("other").compose(&draft, &plan);
        let refused = met.forward_open(other);
        assert_eq!(refused.problem(), Some(Problem::AlreadyOpen), "{}", refused.text());
    });
}

#[test]
fn second_aggregate_after_late_finisher() {
    against_real(1, |computation, data| {
        let met = meet(computation, data);
        let survey = met.open(&Plan::inviting(4));
        let (mut held, late) = (Vec::new(), Reporter::of(&survey, 3));
        for invitation in 0..3 {
            held.push(met.take(&survey, &Reporter::of(&survey, invitation), 1, &[(0, 7), (0, 8)]));
        }
        let _ = late.enrol(&survey, met.computation());
        let agreement = met.agree(&survey, &all(&held));
        let answer = met.open_totals(&survey, &agreement.agreed, &all(&held));
        assert!(matches!(answer, OpeningAnswer::Release { .. }));
        // The late finisher would be the difference of two openings.
        let prepared = late.prepare(&survey, 1, &[(0, 9)]);
        let refused = met.declare(&survey, &prepared.signed, &prepared.declaration(&survey));
        assert_eq!(refused.problem(), Some(Problem::SurveyClosed), "{}", refused.text());
        let ours = SignedHour::held(&prepared.signed.statement, this_hour(), &data.key);
        held.push(Held { prepared, held: ours, declared: None });
        let refused = met.ask_agreement(&survey, &met.list(&survey, &all(&held)));
        assert_eq!(refused.problem(), Some(Problem::AgreementConflict), "{}", refused.text());
        let second = met.send_opening(&survey, &met.opening(&survey, &agreement.agreed, &all(&held)));
        assert_eq!(second.problem(), Some(Problem::OpeningBegun), "{}", second.text());
    });
}

#[test]
fn swapped_paillier_key() {
    against_real(2, |computation, data| {
        let met = meet(computation, data);
        let (one, mut other) = (met.draft(), met.draft());
        // The key of another survey of the same server, with its own good signature.
        other.paillier = one.paillier;
        let roster: Vec<Hex<32>> = Vec::new();
        let organizer = e2e::play::Organizer::new("swaps");
        let manifest = organizer.manifest(&other, &Plan::inviting(0), &roster);
        let refused = met.forward_open(organizer.open_request(manifest, &roster));
        let problem = refused.problem();
        let wanted = [Some(Problem::ManifestForeign), Some(Problem::ManifestRefused)];
        assert!(wanted.contains(&problem), "{}", refused.text());
    });
}

#[test]
fn board_signature_covers_share() {
    against_real(1, |computation, data| {
        let met = meet(computation, data);
        let survey = met.open(&Plan::inviting(3));
        let held = met.take_all(&survey);
        let agreement = met.agree(&survey, &all(&held));
        let opening = met.opening(&survey, &agreement.agreed, &all(&held));
        let _ = met.send_opening(&survey, &opening);
        let said = computation.front().recorded();
        for one in &held {
            // The word is about the statement alone: it is verified without any share, and the same statement
            // with its declaration sealed anew gets the very same word.
            let statement = &one.prepared.signed.statement;
            let server = survey.manifest.computation_server();
            assert!(one.declared.unwrap().verify_declared(statement, server).is_ok());
            let shares =
                [&one.prepared.shares.data, &one.prepared.shares.computation, &one.prepared.shares.check];
            for share in shares.map(|share| copy(share).expose_bytes()) {
                assert!(!contains(&statement.to_bytes(), &share));
                assert!(!contains(&said, &share), "a share in the clear");
                assert!(!contains(&said, Hex(share).to_string().as_bytes()), "a share in the clear");
            }
        }
    });
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[test]
fn an_opening_over_another_set_or_of_another_shape_is_refused_before_anything_is_opened() {
    against_real(1, |computation, data| {
        let met = meet(computation, data);
        let survey = met.open(&Plan::inviting(3));
        let held = met.take_all(&survey);
        let agreement = met.agree(&survey, &all(&held));
        let good = met.opening(&survey, &agreement.agreed, &all(&held));
        let mut smaller = agreement.agreed.clone();
        smaller.body.members.pop();
        let other_set = met.opening(&survey, &smaller, &all(&held[..2]));
        let mut shape = products(&survey, &all(&held));
        shape.pop();
        let share_sum = good.opening.body.share_sum;
        let other_shape = met.sign_opening(&survey, &agreement.agreed, shape, share_sum);
        // Our signature over the smaller set is none over the agreed one.
        let mut other_signature = other_set.clone();
        other_signature.agreed_signature = good.agreed_signature;
        for (bad, problem) in [
            (other_set, Problem::WrongSignature),
            (other_signature, Problem::OpeningRefused),
            (other_shape, Problem::OpeningRefused),
        ] {
            let refused = met.send_opening(&survey, &bad);
            assert_eq!(refused.problem(), Some(problem), "{}", refused.text());
        }
        let answer: OpeningAnswer = met.send_opening(&survey, &good).json();
        assert!(matches!(answer, OpeningAnswer::Release { .. }));
    });
}
