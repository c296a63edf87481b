//! Reporters that lie about the form of what they send, against both real servers: each is refused by name, and
//! nothing of it is kept.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests fail loudly, and so do their helpers"
)]

use e2e::play::{Organizer, Plan, Played, Prepared, Reporter};
use e2e::processes::{Pair, TOKEN};
use protocol::{GranularityWire, Problem, SurveyStatus, Validity, routes};
use std::sync::Arc;

/// A survey with proofs, and somebody enrolled in it.
struct Scene {
    pair: Arc<Pair>,
    survey: Played,
    reporter: Reporter,
}

const PAYS: [(usize, u64); 3] = [(0, 4_000_000), (1, 5_000_000), (1, 6_000_000)];

impl Scene {
    fn of(plan: &Plan) -> Self {
        let pair = Pair::shared();
        let survey = Organizer::new(TOKEN).open(pair.data.client(), plan);
        let reporter = Reporter::of(&survey, 0);
        assert!(reporter.enrol(&survey, pair.data.client()).status < 300);
        Self { pair, survey, reporter }
    }

    fn new() -> Self {
        Self::of(&Plan::proving(3))
    }

    fn send(&self, prepared: Prepared) -> Option<Problem> {
        let declaration = prepared.declaration(&self.survey);
        let upload = prepared.upload(&self.survey, declaration);
        upload.send(self.pair.data.client()).unwrap().problem()
    }

    /// Refused by name, nothing kept, and the same version still free.
    fn refuses(&self, prepared: Prepared, problem: Problem) {
        assert_eq!(self.send(prepared), Some(problem));
        let status = self.survey.organizer.send(
            self.pair.data.client(),
            "GET",
            &self.survey.route(routes::STATUS),
            &(),
        );
        let status: SurveyStatus = status.json();
        assert!(status.invitations.iter().all(|entry| !entry.submitted), "{problem:?} kept something");
    }

    /// And the truth is taken, by both servers, after every lie.
    fn takes_the_truth(&self) {
        let upload = self.reporter.upload(&self.survey, 1, &PAYS);
        let answer = upload.send(self.pair.data.client()).unwrap();
        let first = upload.assert_receipt(&self.survey, &answer);
        let again = upload.send(self.pair.data.client()).unwrap();
        assert_eq!((again.status, upload.assert_receipt(&self.survey, &again)), (200, first));
    }

    fn honest(&self, version: u32) -> Prepared {
        self.reporter.prepare(&self.survey, version, &PAYS)
    }
}

/// Values of the four slots of both groups: reporters, employees, and the two limbs of the sum.
fn forged(scene: &Scene, women: [u64; 4], men: [u64; 4]) -> Prepared {
    scene.reporter.forge(&scene.survey, 1, &[women, men].concat())
}

const NOBODY: [u64; 4] = [0; 4];

#[test]
fn a_forged_submission_of_the_truth_is_taken() {
    let scene = Scene::new();
    assert_eq!(scene.send(forged(&scene, [1, 2, 7_000, 0], NOBODY)), None);
}

#[test]
fn indicator_five() {
    let scene = Scene::new();
    for reporters in [2, 5] {
        scene.refuses(forged(&scene, [reporters, 5, 5_000, 0], NOBODY), Problem::ProofOutOfRange);
    }
    scene.takes_the_truth();
}

#[test]
fn a_slot_out_of_its_range() {
    let scene = Scene::new();
    let most = 40;
    let limb = 34;
    for (name, women) in [
        ("more employees than one reporter may have", [1, most + 1, 50_000, 0]),
        ("somebody where nobody is", [1, 0, 0, 0]),
        ("employees of nobody", [0, 3, 3_000, 0]),
        ("a sum of nobody", [0, 0, 1, 0]),
        ("less than everybody earns at least", [1, 3, 2, 0]),
        ("more than everybody may earn", [1, 1, 999_999_999_999 % (1 << limb) + 1, 999_999_999_999 >> limb]),
    ] {
        println!("{name}");
        scene.refuses(forged(&scene, women, NOBODY), Problem::ProofOutOfRange);
    }
    scene.takes_the_truth();
}

#[test]
fn figures_that_do_not_add_up() {
    // One employee at most, so that whoever is there has exactly one.
    let scene = Scene::of(&Plan { max_employees: 1, ..Plan::proving(3) });
    let slots = scene.survey.manifest.layout().slot_count() / 2;
    let values = |of: [u64; 2]| {
        let mut cell = vec![0; slots];
        cell[..2].copy_from_slice(&of);
        [cell, vec![0; slots]].concat()
    };
    scene.refuses(scene.reporter.forge(&scene.survey, 1, &values([1, 0])), Problem::ProofFacts);
}

#[test]
fn wrong_block() {
    let scene = Scene::new();
    let mut swapped = scene.honest(1);
    swapped.groups.swap(0, 1);
    swapped.exponents.swap(0, 1);
    swapped.prove(&scene.survey);
    scene.refuses(swapped, Problem::ProofCiphertexts);
    // The ciphertexts of other figures under an honest commitment and its own proof.
    let (mut other, honest) = (scene.reporter.prepare(&scene.survey, 1, &[(0, 4_000_001)]), scene.honest(1));
    other.groups = honest.groups;
    other.exponents = honest.exponents;
    other.prove(&scene.survey);
    scene.refuses(other, Problem::ProofCiphertexts);
    scene.takes_the_truth();
}

#[test]
fn a_commitment_of_which_nobody_knows_the_opening() {
    // C less what another one committed to: together with that one's it would cancel out in the sum.
    let scene = Scene::new();
    let mut rogue = scene.honest(1);
    let mut statement = rogue.signed.statement;
    let other = Reporter::of(&scene.survey, 1).prepare(&scene.survey, 1, &[(0, 1_000)]);
    statement.commitment = other.signed.statement.commitment;
    rogue.signed = statement.sign(&scene.reporter.key);
    rogue.prove(&scene.survey);
    scene.refuses(rogue, Problem::ProofForeign);
    scene.takes_the_truth();
}

#[test]
fn proof_of_another_credential() {
    let scene = Scene::new();
    let other = Reporter::of(&scene.survey, 1);
    assert!(other.enrol(&scene.survey, scene.pair.data.client()).status < 300);
    let victim = other.prepare(&scene.survey, 1, &PAYS);
    let copied = || {
        let mut copy = scene.honest(1);
        copy.proof.clone_from(&victim.proof);
        copy
    };
    scene.refuses(copied(), Problem::ProofForeign);
    // With the victim's commitments and ciphertexts as well, under an own signature.
    let mut copy = copied();
    let mut statement = copy.signed.statement;
    statement.commitment = victim.signed.statement.commitment;
    statement.share_commitment = victim.signed.statement.share_commitment;
    copy.signed = statement.sign(&scene.reporter.key);
    copy.groups.clone_from(&victim.groups);
    scene.refuses(copy, Problem::ProofForeign);
    // The victim's share of the opening too: the context alone is another.
    let mut copy = copied();
    copy.signed = statement.sign(&scene.reporter.key);
    copy.groups.clone_from(&victim.groups);
    copy.shares.data = e2e::play::copy(&victim.shares.data);
    scene.refuses(copy, Problem::ProofForeign);
    scene.takes_the_truth();
}

#[test]
fn proof_of_another_version() {
    let scene = Scene::new();
    // Everything but the signed version stays as it was proven.
    let mut later = scene.honest(2);
    let mut statement = later.signed.statement;
    statement.version = 1;
    later.signed = statement.sign(&scene.reporter.key);
    scene.refuses(later, Problem::ProofForeign);
    scene.takes_the_truth();
    let mut replayed = scene.honest(1);
    let mut statement = replayed.signed.statement;
    statement.version = 2;
    replayed.signed = statement.sign(&scene.reporter.key);
    assert_eq!(scene.send(replayed), Some(Problem::ProofForeign));
    // The second version with its own proof is taken.
    assert_eq!(scene.send(scene.honest(2)), None);
}

#[test]
fn missing_truncated_and_prolonged_proofs() {
    let scene = Scene::new();
    let with = |change: &dyn Fn(&mut Option<Vec<u8>>)| {
        let mut prepared = scene.honest(1);
        change(&mut prepared.proof);
        prepared
    };
    scene.refuses(with(&|proof| *proof = None), Problem::ProofMissing);
    let length = scene.honest(1).proof.unwrap().len();
    for kept in [0, 1, length / 2, length - 1] {
        scene.refuses(with(&|proof| proof.as_mut().unwrap().truncate(kept)), Problem::ProofMalformed);
    }
    scene.refuses(with(&|proof| proof.as_mut().unwrap().push(0)), Problem::ProofMalformed);
    scene.refuses(with(&|proof| proof.as_mut().unwrap()[0] = 2), Problem::ProofMalformed);
    scene.refuses(with(&|proof| proof.as_mut().unwrap()[1..33].fill(0)), Problem::ProofMalformed);
    scene.takes_the_truth();
}

#[test]
fn proofs_are_taken_only_where_they_are_asked_for() {
    let scene = Scene::of(&Plan::inviting(3));
    let mut prepared = scene.honest(1);
    prepared.proof = Some(Vec::new());
    scene.refuses(prepared, Problem::SubmissionRefused);
    scene.takes_the_truth();
}

#[test]
fn surveys_without_proofs_open_in_rehearsals_only() {
    let pair = Pair::shared();
    let organizer = Organizer::new(TOKEN);
    let data = pair.data.client();
    let open = |validity, granularity| {
        let draft = organizer.draft(data);
        let mut manifest = organizer.manifest(&draft, &Plan::inviting(0), &[]);
        (manifest.rehearsal, manifest.validity, manifest.granularity) = (false, validity, granularity);
        organizer.send(data, "POST", routes::SURVEYS, &organizer.open_request(manifest, &[]))
    };
    assert_eq!(open(Validity::None, GranularityWire::Records).problem(), Some(Problem::ValidityNone));
    assert_eq!(open(Validity::PackProof1, GranularityWire::Records).status, 200);
    assert_eq!(open(Validity::PackProof1, GranularityWire::Totals).status, 200);
}

#[test]
fn a_survey_with_proofs_is_released() {
    let pair = Pair::shared();
    let data = pair.data.client();
    let survey = Organizer::new(TOKEN).open(data, &Plan::proving(3));
    for invitation in 0..3 {
        let pays = [(0, 1_000), (0, 2_000), (1, 4_000), (1, 5_000)];
        Reporter::of(&survey, invitation).take_part(&survey, data, &pays);
    }
    survey.close_and_release(data);
    let release = survey.release(data);
    assert_eq!((release.counted, release.validity), (3, Validity::PackProof1));
    let sums: Vec<_> = release.cells.iter().map(|cell| cell.sum.as_deref()).collect();
    assert_eq!(sums, [Some("90.00"), Some("270.00")]);
}
