//! Clients that depart from the protocol, against both real servers.
//!
//! # Attacks of the list that no test here plays, and where they are held
//! * `indicator_five` and whatever else a reporter says of the form of its slots: `hostile_proofs.rs`.
//!   `borrow_in_suppressed_slot` and `half_modulo_l` are lies that no proof can be made of: `crates/packproof`.
//!   Surveys here are rehearsals without proofs, so that what else holds is seen.
//! * `margin_of_one_employer_in_five_cells`, `margin_over_suppressed_cells_raised`: of results, in `crates/audit`.
//! * `slot_named_like_blind_generator`: no message names a slot; the test of this name is in
//!   `crates/commitments`.
//! * `self_signed_second_server`, `swapped_paillier_key` in what a client is shown: `distrust.rs`; what the
//!   servers refuse of it is below.
//! * `database_dumps_after_release_open_no_commitment`: `dumps.rs`.
//! * `bundle_with_its_own_keys`: of bundles, in `crates/audit`. `singleton_insider`: there are no protected margins.
//! * The data server's are in `hostile_data_server.rs`, the computation server's in
//!   `hostile_computation_server.rs`.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests fail loudly, and so do their helpers"
)]

use e2e::http::Client;
use e2e::play::{Organizer, Plan, Played, Reporter};
use e2e::processes::{Pair, TOKEN};
use protocol::{
    EndedReason, Enrolment, Hex, OrderKind, Problem, RosterEntry, SigningKey, SurveyStatus, routes,
};
use std::sync::Arc;

fn open(pair: &Arc<Pair>, invited: usize) -> Played {
    Organizer::new(TOKEN).open(pair.data.client(), &Plan::inviting(invited))
}

fn status(survey: &Played, data: Client) -> SurveyStatus {
    let answer = survey.organizer.send(data, "GET", &survey.route(routes::STATUS), &());
    answer.json()
}

fn entry(survey: &Played, data: Client, reporter: &Reporter) -> RosterEntry {
    let key = reporter.invitation.verifying_key().to_hex();
    status(survey, data).invitations.into_iter().find(|e| e.invitation_key == key).unwrap()
}

#[test]
fn link_scanner_loads_page_without_enrolling() {
    let pair = Pair::shared();
    let survey = open(&pair, 3);
    let reporter = Reporter::of(&survey, 0);
    let link = survey.link(0);
    let (page, fragment) = link.split_once('#').unwrap();
    let path = page.strip_prefix(&pair.data.front().url()).unwrap();
    // What a scanner does with a link: it loads whatever can be loaded, more than once.
    for path in [path.to_owned(), survey.route(routes::SURVEY), routes::IDENTITY.to_owned()] {
        for server in [pair.data.client(), pair.computation.client()] {
            for method in ["GET", "HEAD", "GET"] {
                let _ = server.send(method, &path, &[], b"");
            }
        }
    }
    let entry = entry(&survey, pair.data.client(), &reporter);
    assert!(!entry.enrolled && !entry.submitted, "loading enrolled");
    // The invited one still can, and the secret never went over the wire.
    assert!(reporter.enrol(&survey, pair.data.client()).status < 300);
    let secret = fragment.split_once('.').unwrap().0;
    for proxy in [pair.data.front(), pair.computation.front(), &pair.between] {
        let seen = proxy.recorded();
        assert!(!seen.windows(secret.len()).any(|w| w == secret.as_bytes()), "the secret was sent");
    }
}

#[test]
fn organizer_signs_with_invitation_key_after_enrolment() {
    let pair = Pair::shared();
    let survey = open(&pair, 3);
    let reporter = Reporter::of(&survey, 0);
    assert!(reporter.enrol(&survey, pair.data.client()).status < 300);
    // The organizer made the secret, so it has the invitation key: it cannot enrol a second time,
    let organizer = Reporter { key: SigningKey::from_seed(&[5; 32]), ..reporter.clone() };
    for server in [pair.data.client(), pair.computation.client()] {
        let refused = organizer.enrol(&survey, server);
        assert_eq!(refused.problem(), Some(Problem::AlreadyEnrolled), "{}", refused.text());
    }
    // and nothing that the invitation key or the organizer's own key signs is taken.
    for key in [reporter.invitation.clone(), organizer.key, survey.organizer.key.clone()] {
        let speaker = Reporter { key, ..reporter.clone() };
        let refused = speaker.upload(&survey, 1, &[(0, 5)]).send(pair.data.client()).unwrap();
        assert_eq!(refused.problem(), Some(Problem::CredentialUnknown), "{}", refused.text());
        for server in [pair.data.client(), pair.computation.client()] {
            let refused = speaker.withdraw(&survey, server, 1);
            assert_eq!(refused.problem(), Some(Problem::CredentialUnknown), "{}", refused.text());
        }
    }
    // The reporter itself is not disturbed.
    let upload = reporter.upload(&survey, 1, &[(0, 5)]);
    upload.assert_receipt(&survey, &upload.send(pair.data.client()).unwrap());
}

#[test]
fn copied_submission_other_credential() {
    let pair = Pair::shared();
    let survey = open(&pair, 3);
    let (victim, copier) = (Reporter::of(&survey, 0), Reporter::of(&survey, 1));
    for reporter in [&victim, &copier] {
        assert!(reporter.enrol(&survey, pair.data.client()).status < 300);
    }
    let original = victim.prepare(&survey, 1, &[(0, 1_234_567), (1, 7_654_321)]);
    let declaration = original.declaration(&survey);
    let copied = |own_shares: bool| {
        // C and K of the victim under the copier's own signature, with the victim's ciphertexts.
        let mut copy_of = copier.prepare(&survey, 1, &[(0, 5)]);
        let mut statement = copy_of.signed.statement;
        statement.commitment = original.signed.statement.commitment;
        statement.share_commitment = original.signed.statement.share_commitment;
        copy_of.signed = statement.sign(&copier.key);
        copy_of.groups = original.groups.clone();
        let sealed = if own_shares { copy_of.declaration(&survey) } else { declaration.clone() };
        copy_of.upload(&survey, sealed)
    };
    // The victim's sealed declaration does not open for another credential; shares of one's own do not open K.
    let refused = copied(false).send(pair.data.client()).unwrap();
    assert_eq!(refused.problem(), Some(Problem::DeclarationRefused), "{}", refused.text());
    let refused = copied(true).send(pair.data.client()).unwrap();
    assert_eq!(refused.problem(), Some(Problem::ShareMismatch), "{}", refused.text());
    // The victim's own bytes under the copier's address.
    let mut upload = original.upload(&survey, declaration);
    let own_path = upload.path.clone();
    upload.path = own_path.replace(&victim.credential().to_string(), &copier.credential().to_string());
    let refused = upload.send(pair.data.client()).unwrap();
    assert_eq!(refused.problem(), Some(Problem::SubmissionUnsealable), "{}", refused.text());
    upload.path = own_path;
    upload.assert_receipt(&survey, &upload.send(pair.data.client()).unwrap());
}

#[test]
fn share_mismatch_refused_at_intake() {
    let pair = Pair::shared();
    let survey = open(&pair, 3);
    let reporter = Reporter::of(&survey, 0);
    assert!(reporter.enrol(&survey, pair.data.client()).status < 300);
    let mut broken = reporter.prepare(&survey, 1, &[(0, 5)]);
    std::mem::swap(&mut broken.shares.computation, &mut broken.shares.check);
    let sealed = broken.declaration(&survey);
    let refused = broken.upload(&survey, sealed).send(pair.data.client()).unwrap();
    assert_eq!(refused.problem(), Some(Problem::ShareMismatch), "{}", refused.text());
    // The version was dropped and may be used again.
    assert!(!entry(&survey, pair.data.client(), &reporter).submitted);
    let upload = reporter.upload(&survey, 1, &[(0, 5)]);
    upload.assert_receipt(&survey, &upload.send(pair.data.client()).unwrap());
}

#[test]
fn bit_above_top_slot() {
    let pair = Pair::shared();
    let survey = open(&pair, 4);
    for invitation in 0..3 {
        let pays = [(0, 5_000), (0, 5_001), (1, 6_000), (1, 6_001)];
        Reporter::of(&survey, invitation).take_part(&survey, pair.data.client(), &pays);
    }
    // One entry with the highest usable bit set: far above the top slot.
    let saboteur = Reporter::of(&survey, 3);
    assert!(saboteur.enrol(&survey, pair.data.client()).status < 300);
    let upload = saboteur.sabotage(&survey);
    upload.assert_receipt(&survey, &upload.send(pair.data.client()).unwrap());
    survey.close_and_release(pair.data.client());
    // One fixed answer without a cause, at both, and no figures.
    assert_eq!(survey.ended(pair.computation.client()), EndedReason::Inconsistent);
    assert_eq!(survey.ended(pair.data.client()), EndedReason::Inconsistent);
}

#[test]
fn small_order_roster_key() {
    let pair = Pair::shared();
    let organizer = Organizer::new(TOKEN);
    let draft = organizer.draft(pair.data.client());
    let mut small = [0; 32];
    small[0] = 1;
    let roster = [Hex(small)];
    let request = organizer.open_request(organizer.manifest(&draft, &Plan::inviting(1), &roster), &roster);
    let refused = organizer.send(pair.data.client(), "POST", routes::SURVEYS, &request);
    assert_eq!(refused.problem(), Some(Problem::RosterRefused), "{}", refused.text());
    // Nor by an order afterwards, at either server, nor as a reporter key.
    let survey = open(&pair, 3);
    for server in [pair.data.client(), pair.computation.client()] {
        let order = survey.order_numbered(1, OrderKind::Invite { keys: vec![Hex(small)] });
        let refused = server.post(&survey.route(routes::ORDERS), &order);
        assert_eq!(refused.problem(), Some(Problem::RosterRefused), "{}", refused.text());
        let reporter = Reporter::of(&survey, 0);
        let weak = Enrolment { reporter_key: Hex(small), ..reporter.enrolment(&survey) };
        let refused = server.post(&survey.route(routes::ENROLMENTS), &weak);
        assert!(matches!(refused.status, 400..500), "{}", refused.text());
    }
}

#[test]
fn self_signed_second_server() {
    let pair = Pair::shared();
    let organizer = Organizer::new(TOKEN);
    let draft = organizer.draft(pair.data.client());
    // A manifest with a second server of the organizer's own, which vouches for the key itself.
    let own = SigningKey::from_seed(&[9; 32]);
    let mut manifest = organizer.manifest(&draft, &Plan::inviting(0), &[]);
    manifest.computation_server.signing_key = own.verifying_key().to_hex();
    manifest.paillier.signature =
        protocol::key_statement::sign(&own, &manifest.survey, &manifest.paillier.n.0);
    assert!(manifest.clone().admit().is_ok(), "consistent in itself");
    let refused =
        organizer.send(pair.data.client(), "POST", routes::SURVEYS, &organizer.open_request(manifest, &[]));
    assert_eq!(refused.problem(), Some(Problem::ManifestForeign), "{}", refused.text());
}

#[test]
fn swapped_paillier_key() {
    let pair = Pair::shared();
    let organizer = Organizer::new(TOKEN);
    let (one, mut other) = (organizer.draft(pair.data.client()), organizer.draft(pair.data.client()));
    other.paillier = one.paillier;
    let request = organizer.open_request(organizer.manifest(&other, &Plan::inviting(0), &[]), &[]);
    let refused = organizer.send(pair.data.client(), "POST", routes::SURVEYS, &request);
    assert!(
        matches!(refused.problem(), Some(Problem::ManifestForeign | Problem::ManifestRefused)),
        "{}",
        refused.text()
    );
}

#[test]
fn withdrawal_replayed() {
    let pair = Pair::shared();
    let survey = open(&pair, 3);
    let data = pair.data.client();
    for invitation in 0..2 {
        Reporter::of(&survey, invitation).take_part(&survey, data, &[(0, 50), (1, 60), (1, 61), (0, 51)]);
    }
    let wavering = Reporter::of(&survey, 2);
    wavering.take_part(&survey, data, &[(0, 50), (1, 60), (1, 61), (0, 51)]);
    assert!(wavering.withdraw(&survey, data, 2).status < 300);
    let third = wavering.upload(&survey, 3, &[(0, 70), (0, 71), (1, 80), (1, 81)]);
    third.assert_receipt(&survey, &third.send(data).unwrap());
    for server in [data, pair.computation.client()] {
        let replayed = wavering.withdraw(&survey, server, 2);
        assert!(replayed.status < 300 || replayed.problem() == Some(Problem::VersionUsed));
    }
    survey.close_and_release(data);
    let release = survey.release(data);
    assert_eq!(release.counted, 3);
    assert_eq!(release.cells[0].sum.as_deref(), Some("3.43"));
}

#[test]
fn submission_doubled() {
    let pair = Pair::shared();
    let survey = open(&pair, 3);
    let data = pair.data.client();
    let pays = [(0, 1_000), (0, 1_000), (1, 2_000), (1, 2_000)];
    for invitation in 0..3 {
        let reporter = Reporter::of(&survey, invitation);
        assert!(reporter.enrol(&survey, data).status < 300);
        let upload = reporter.upload(&survey, 1, &pays);
        let first = upload.assert_receipt(&survey, &upload.send(data).unwrap());
        // The same bytes: the same receipt. Other bytes for the same version: refused.
        let again = upload.send(data).unwrap();
        assert_eq!(again.status, 200);
        assert_eq!(upload.assert_receipt(&survey, &again), first);
        let refused = reporter.upload(&survey, 1, &pays).send(data).unwrap();
        assert_eq!(refused.problem(), Some(Problem::VersionUsed), "{}", refused.text());
        let refused = reporter.upload(&survey, 3, &pays).send(data).unwrap();
        assert_eq!(refused.problem(), Some(Problem::VersionGap), "{}", refused.text());
    }
    survey.close_and_release(data);
    let release = survey.release(data);
    assert_eq!(release.cells[0].sum.as_deref(), Some("60.00"));
    assert_eq!(release.cells[1].sum.as_deref(), Some("120.00"));
    assert_eq!(survey.release(pair.computation.client()), release);
}
