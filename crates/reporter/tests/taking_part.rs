//! From a link to a receipt, and everything at which a reporter must stop.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails loudly")]

#[path = "../../organizer/tests/common/mod.rs"]
mod common;

use common::World;
use organizer::SurveyPlan;
use packproof::Refusal;
use protocol::{
    AdmittedManifest, Declaration, Enrolled, Hex, Invitation, Receipt, Side, SignedHour, SigningKey,
    Submission, SurveyDocument,
};
use reporter::{
    CheckedReceipt, CheckedSurvey, Counted, Enrolling, Job, JobRefusal, Participant, Pending, Preparation,
    ReporterKey, ReporterState, SealRefusal, SealedEntry, SurveyDistrust, was_counted,
};
use survey::{Amount, Record};

struct Scene {
    world: World,
    document: SurveyDocument,
    link: Invitation,
}

impl Scene {
    fn new() -> Self {
        Self::of(common::plan())
    }

    fn of(plan: SurveyPlan) -> Self {
        let world = World::new();
        let (state, document) = world.opened_with(plan);
        let link = Invitation::parse(&state.invitations[0].link).unwrap();
        Self { world, document, link }
    }

    fn check_with(
        &self,
        data: SurveyDocument,
        computation: &SurveyDocument,
    ) -> Result<CheckedSurvey, SurveyDistrust> {
        let (one, two) = (self.world.data_identity(), self.world.computation_identity());
        CheckedSurvey::check(&self.link, data, computation, &one, &two)
    }

    fn checked(&self) -> CheckedSurvey {
        self.check_with(self.document.clone(), &self.document).unwrap()
    }

    fn participant(&self) -> Participant {
        let key = ReporterKey::generate(&mut test_support::seeded_rng(6));
        let enrolling = Enrolling::begin(self.checked(), &self.link, key);
        let fingerprint = self.link.fingerprint;
        let answer = Enrolled {
            data_server: enrolling.request().confirm(&fingerprint, &self.world.data),
            computation_server: enrolling.request().confirm(&fingerprint, &self.world.computation),
        };
        enrolling.confirm(&answer).unwrap()
    }

    fn records(&self, survey: &CheckedSurvey) -> Vec<Record> {
        let record = |cell, minor| Record::new(survey.manifest().schema(), cell, Amount::from_minor(minor));
        vec![record(0, 5_000_000).unwrap(), record(1, 6_000_000).unwrap(), record(1, 7_000_000).unwrap()]
    }
}

fn sealed(preparation: &mut Preparation, survey: &CheckedSurvey) -> Vec<SealedEntry> {
    let manifest = survey.manifest();
    let encryptor = paillier::Encryptor::new(manifest.paillier(), &manifest.manifest().survey.0);
    let mut rng = test_support::seeded_rng(7);
    preparation.take_jobs().iter().map(|job| job.run(&encryptor, &mut rng).unwrap()).collect()
}

#[test]
fn link_scanner_loads_page_without_enrolling() {
    // Checking needs two survey documents and two identities, all of which anybody may GET; the request to
    // enrol exists only once a key was drawn for it.
    let scene = Scene::new();
    let survey = scene.checked();
    assert_eq!(survey.warnings(), []);
    assert_eq!(survey.fingerprint(), &scene.link.fingerprint);
}

#[test]
fn self_signed_second_server() {
    // The data server writes a second server of its own into the manifest, at the real one's address.
    let scene = Scene::new();
    let own = SigningKey::from_seed(&[77; 32]);
    let mut document = scene.document.clone();
    let manifest = &mut document.manifest;
    manifest.computation_server.signing_key = own.verifying_key().to_hex();
    manifest.paillier.signature =
        protocol::key_statement::sign(&own, &manifest.survey, &manifest.paillier.n.0);
    document.computation_server_signature = manifest.sign(&own);
    document.data_server_signature = manifest.sign(&scene.world.data);
    let link = Invitation { fingerprint: document.manifest.fingerprint(), ..scene.link.clone() };
    let (one, two) = (scene.world.data_identity(), scene.world.computation_identity());
    let refused = CheckedSurvey::check(&link, document.clone(), &document, &one, &two).unwrap_err();
    assert_eq!(refused, SurveyDistrust::ForeignKey(Side::ComputationServer));
}

#[test]
fn swapped_paillier_key() {
    // Everybody signs a manifest whose Paillier key the computation server did not make for this survey.
    let scene = Scene::new();
    let mut document = scene.document.clone();
    let other = test_support::insecure_secret_key(paillier::KeyBits::B3072);
    document.manifest.paillier.n = protocol::HexBytes(other.public().to_bytes());
    let link = Invitation { fingerprint: document.manifest.fingerprint(), ..scene.link.clone() };
    let (one, two) = (scene.world.data_identity(), scene.world.computation_identity());
    let refused = CheckedSurvey::check(&link, document.clone(), &document, &one, &two).unwrap_err();
    assert_eq!(refused, SurveyDistrust::Manifest(protocol::ManifestRefusal::ForeignPaillierKey));
}

#[test]
fn a_survey_other_than_the_links_is_refused() {
    let scene = Scene::new();
    let mut document = scene.document.clone();
    document.manifest.title.push('!');
    let refused = scene.check_with(document.clone(), &document).unwrap_err();
    assert_eq!(refused, SurveyDistrust::OtherSurvey);
}

#[test]
fn servers_that_show_different_surveys_stop_everything() {
    let scene = Scene::new();
    let mut other = scene.document.clone();
    other.manifest.max_reporters -= 1;
    assert_eq!(scene.check_with(scene.document.clone(), &other).unwrap_err(), SurveyDistrust::ServersDiffer);
    let mut state = scene.document.clone();
    state.state = protocol::SurveyState::Closed;
    assert!(scene.check_with(scene.document.clone(), &state).is_ok());
}

#[test]
fn each_of_the_three_signatures_must_hold() {
    let scene = Scene::new();
    let broken = |change: fn(&mut SurveyDocument)| {
        let mut document = scene.document.clone();
        change(&mut document);
        scene.check_with(document.clone(), &document).unwrap_err()
    };
    let refused = broken(|d| d.organizer_signature = d.data_server_signature);
    assert_eq!(refused, SurveyDistrust::OrganizerSignature);
    let refused = broken(|d| d.data_server_signature = d.computation_server_signature);
    assert_eq!(refused, SurveyDistrust::ServerSignature(Side::DataServer));
    let refused = broken(|d| d.computation_server_signature = d.data_server_signature);
    assert_eq!(refused, SurveyDistrust::ServerSignature(Side::ComputationServer));
}

#[test]
fn without_both_confirmations_nobody_goes_on() {
    let scene = Scene::new();
    let key = ReporterKey::generate(&mut test_support::seeded_rng(6));
    let enrolling = Enrolling::begin(scene.checked(), &scene.link, key);
    let confirmed = enrolling.request().confirm(&scene.link.fingerprint, &scene.world.data);
    let answer = Enrolled { data_server: confirmed, computation_server: confirmed };
    assert_eq!(enrolling.confirm(&answer).unwrap_err(), protocol::EnrolledRefusal::ComputationServer);
}

#[test]
fn a_submission_is_what_both_servers_admit() {
    let scene = Scene::new();
    let participant = scene.participant();
    let survey = participant.survey();
    let records = scene.records(survey);
    let mut rng = test_support::seeded_rng(8);
    let mut preparation = Preparation::new(survey, &records, 1, &mut rng).unwrap();
    let groups = &preparation.figures().groups;
    assert_eq!((groups[0].employees, groups[1].employees), (1, 2));
    assert_eq!((groups[0].sum_minor, groups[1].sum_minor), (5_000_000, 13_000_000));
    assert_eq!(preparation.figures().ciphertexts, 32);
    let outputs = sealed(&mut preparation, survey);
    let submission = preparation.seal(&participant, outputs, &mut rng).unwrap();

    let layout = survey.manifest().layout();
    let statement = &submission.statement.statement;
    let key = &scene.world.data_sealing;
    let admitted = Submission::admit(&submission.bytes, &statement.aad(), key, layout).unwrap();
    let slots = u32::try_from(layout.slot_count()).unwrap();
    let generators = commitments::Generators::derive(&survey.fingerprint().0, slots);
    let key = &scene.world.computation_sealing;
    let declared =
        Declaration::admit(&admitted.sealed_declaration, &admitted.statement, key, &generators).unwrap();
    let c = commitments::Point::admit(statement.commitment.0).unwrap();
    let totals = [1, 1, 5_000_000, 1, 2, 13_000_000];
    assert!(generators.opens(&[c], &totals, &admitted.share, &declared.share));
    assert_eq!(verified(survey.manifest(), &admitted), Ok(()));
    // The proof is of this submission and no other.
    let mut other = Preparation::new(survey, &records, 2, &mut rng).unwrap();
    let outputs = sealed(&mut other, survey);
    let other = other.seal(&participant, outputs, &mut rng).unwrap();
    let aad = other.statement.statement.aad();
    let mut other = Submission::admit(&other.bytes, &aad, &scene.world.data_sealing, layout).unwrap();
    assert_eq!(verified(survey.manifest(), &other), Ok(()));
    other.proof = admitted.proof;
    assert_eq!(verified(survey.manifest(), &other), Err(Refusal::Projection));
}

/// What the data server says of a submission's proof.
fn verified(manifest: &AdmittedManifest, submission: &Submission) -> Result<(), Refusal> {
    let key = manifest.paillier();
    let encryptor = std::sync::Arc::new(paillier::Encryptor::new(key, &manifest.manifest().survey.0));
    let shape = manifest.proof_shape().unwrap().unwrap();
    let setting = packproof::Setting::new(manifest.fingerprint().0, shape, encryptor).unwrap();
    let products = submission.groups.iter().zip(manifest.layout().groups()).flat_map(|(group, layout)| {
        let all = key.admit_ciphertexts(&group.bytes).unwrap();
        let of_block = |block| {
            let mut product = paillier::Product::one(key);
            for one in all.iter().skip(block).step_by(layout.blocks) {
                product.multiply(one).unwrap();
            }
            product.into_ciphertext()
        };
        (0..layout.blocks).map(of_block).collect::<Vec<_>>()
    });
    let signed = &submission.statement.statement;
    let statement = packproof::Statement {
        context: &signed.aad(),
        commitment: commitments::Point::admit(signed.commitment.0).unwrap(),
        share_commitment: commitments::Point::admit(signed.share_commitment.0).unwrap(),
        data_share: &submission.share,
        ciphertexts: &products.collect::<Vec<_>>(),
        entries: submission.groups.iter().map(|group| group.entries).max().unwrap(),
    };
    setting.verify(&statement, submission.proof.as_deref().unwrap())
}

/// Two dimensions, a margin, squares and bands, as totals.
fn wide_plan() -> SurveyPlan {
    let mut plan = common::plan();
    plan.granularity = protocol::GranularityWire::Totals;
    let categories = ["low", "middle", "high"].map(str::to_owned).to_vec();
    plan.schema.dimensions.push(protocol::DimensionWire { name: "rank".to_owned(), categories });
    plan.schema.cross_tabulations = vec![vec!["rank".to_owned(), "sex".to_owned()]];
    plan.schema.margins = vec![vec!["sex".to_owned()]];
    plan.schema.measures[0].statistics.push(protocol::StatisticWire::Dispersion);
    plan.schema.measures[0].bands = (1..40).map(|band| band * 1_000_000).collect();
    plan
}

#[test]
fn totals_are_one_entry_whose_blocks_go_to_several_workers() {
    let scene = Scene::of(wide_plan());
    let participant = scene.participant();
    let survey = participant.survey();
    let (layout, schema) = (survey.manifest().layout(), survey.manifest().schema());
    let record =
        |categories: [usize; 2], minor| Record::of(schema, &categories, &[Amount::from_minor(minor)]);
    let records = [record([0, 2], 5_000_000), record([1, 0], 7_000_000), record([1, 0], 9_000_000)];
    let records: Vec<Record> = records.into_iter().map(Option::unwrap).collect();
    let mut rng = test_support::seeded_rng(8);
    let mut preparation = Preparation::new(survey, &records, 1, &mut rng).unwrap();
    let blocks = layout.groups()[0].blocks;
    assert!(blocks > 1);
    assert_eq!(preparation.figures().ciphertexts, blocks);
    let outputs = sealed(&mut preparation, survey);
    assert_eq!(outputs.len(), blocks, "each block is a job of its own");
    let submission = preparation.seal(&participant, outputs, &mut rng).unwrap();
    let aad = submission.statement.statement.aad();
    let admitted = Submission::admit(&submission.bytes, &aad, &scene.world.data_sealing, layout).unwrap();
    assert_eq!((admitted.groups.len(), admitted.groups[0].entries), (1, 1), "no head-count shows");
    let slots = u32::try_from(layout.slot_count()).unwrap();
    let generators = commitments::Generators::derive(&survey.fingerprint().0, slots);
    let key = &scene.world.computation_sealing;
    let declared =
        Declaration::admit(&admitted.sealed_declaration, &admitted.statement, key, &generators).unwrap();
    let c = commitments::Point::admit(submission.statement.statement.commitment.0).unwrap();
    let (_, sums) = layout.entries(&records).unwrap();
    let sums: Vec<i128> = sums.iter().map(|sum| i128::from(*sum)).collect();
    assert!(generators.opens(&[c], &sums, &admitted.share, &declared.share));
    let totals = layout.cell_totals(&sums).unwrap();
    assert_eq!(totals, *schema.add_up(&records));
    assert_eq!(verified(survey.manifest(), &admitted), Ok(()));
}

#[test]
fn a_missing_or_doubled_entry_is_never_sealed() {
    let scene = Scene::new();
    let participant = scene.participant();
    let records = scene.records(participant.survey());
    let mut rng = test_support::seeded_rng(8);
    let mut prepare = || Preparation::new(participant.survey(), &records, 1, &mut rng).unwrap();
    let mut preparation = prepare();
    let outputs = sealed(&mut preparation, participant.survey());
    let mut fewer = outputs.clone();
    fewer.pop();
    let mut doubled = outputs.clone();
    doubled[3] = doubled[4].clone();
    let mut rng = test_support::seeded_rng(9);
    let refused = preparation.seal(&participant, fewer, &mut rng).unwrap_err();
    assert_eq!(refused, SealRefusal::Entries);
    let refused = prepare().seal(&participant, doubled, &mut rng).unwrap_err();
    assert_eq!(refused, SealRefusal::Entries);
}

#[test]
fn a_job_reaches_a_worker_as_a_message() {
    let scene = Scene::new();
    let survey = scene.checked();
    let mut rng = test_support::seeded_rng(8);
    let mut preparation = Preparation::new(&survey, &scene.records(&survey), 1, &mut rng).unwrap();
    let job = preparation.take_jobs().remove(0);
    let copy = Job::from_bytes(&job.expose_bytes(), 256).unwrap();
    assert_eq!(copy.expose_bytes(), job.expose_bytes());
    assert!(Job::from_bytes(&job.expose_bytes()[..200], 256).is_err());
    // And its result comes back as one, with what the proof is made with.
    let encryptor =
        paillier::Encryptor::new(survey.manifest().paillier(), &survey.manifest().manifest().survey.0);
    let sealed = job.run(&encryptor, &mut rng).unwrap();
    assert_eq!((sealed.bytes.len(), sealed.spent.len()), (512, 128));
    assert_eq!(SealedEntry::from_message(&sealed.expose_message()), Ok(sealed.clone()));
    for length in [0, 7, 200] {
        assert_eq!(SealedEntry::from_message(&sealed.expose_message()[..length]), Err(JobRefusal::Malformed));
    }
    assert_eq!(format!("{sealed:?}"), "SealedEntry(0, 512 bytes)");
}

fn receipt(scene: &Scene, participant: &Participant, version: u32) -> CheckedReceipt {
    let statement = participant.withdrawal(version);
    let receipt = Receipt {
        held: SignedHour::held(&statement.statement, 1, &scene.world.data),
        declared: SignedHour::declared(&statement.statement, 1, &scene.world.computation),
    };
    CheckedReceipt::accept(participant.survey(), statement, receipt).unwrap()
}

#[test]
fn a_receipt_needs_both_words_and_survives_its_file() {
    let scene = Scene::new();
    let participant = scene.participant();
    let checked = receipt(&scene, &participant, 1);
    assert_eq!(CheckedReceipt::restore(participant.survey(), &checked.keep()), Some(checked));
    assert_eq!(checked.code().len(), 23);
    let mut kept = checked.keep();
    kept.receipt.declared.signature = kept.receipt.held.signature;
    assert_eq!(CheckedReceipt::restore(participant.survey(), &kept), None);
}

#[test]
fn a_state_goes_on_where_it_stopped() {
    let scene = Scene::new();
    let participant = scene.participant();
    let servers = ["https://data.example".to_owned(), "https://keys.org".to_owned()];
    let (survey, fingerprint) = (scene.link.survey, scene.link.fingerprint);
    let mut state = ReporterState::new(survey, fingerprint, servers, participant.key());
    assert_eq!(state.key().credential(), participant.key().credential());
    let source = Some(state.source_of(b"file"));
    let statement = protocol::HexBytes(participant.withdrawal(1).to_bytes());
    state.pending = Some(Pending { statement, file: None, sha256: None, source });
    let text = serde_json::to_string(&state).unwrap();
    let mut state = serde_json::from_str::<ReporterState>(&text).unwrap().admit().unwrap();
    state.acknowledge(&receipt(&scene, &participant, 1));
    assert_eq!((state.next_version(), state.pending.is_none(), state.last_source), (2, true, source));
    assert_ne!(source, Some(state.source_of(b"another")));
}

#[test]
fn nothing_secret_is_ever_shown() {
    let scene = Scene::new();
    let participant = scene.participant();
    let seed = Hex(*participant.key().expose_seed()).to_string();
    let servers = ["https://data.example".to_owned(), "https://keys.org".to_owned()];
    let state = ReporterState::new(scene.link.survey, scene.link.fingerprint, servers, participant.key());
    let mut rng = test_support::seeded_rng(8);
    let records = scene.records(participant.survey());
    let mut preparation = Preparation::new(participant.survey(), &records, 1, &mut rng).unwrap();
    let job = preparation.take_jobs().remove(0);
    let shown =
        format!("{state:?} {:?} {preparation:?} {:?} {job:?}", participant.key(), preparation.figures());
    assert!(!shown.contains(&seed));
    assert!(!shown.contains("5000000") && !shown.contains("13000000"));
    assert_eq!(format!("{job:?}"), "Job(0, <private>)");
    assert_eq!(format!("{:?}", participant.key()), "ReporterKey(<private>)");
}

#[test]
fn a_result_that_was_not_countersigned_is_not_believed() {
    use protocol::{AgreedSet, Document, Member, Outcome, Release, ReleasedDocument, Signed, Validity};
    let scene = Scene::new();
    let participant = scene.participant();
    let mine = receipt(&scene, &participant, 1);
    let statement = mine.statement().statement;
    let fingerprint = scene.link.fingerprint;
    let member =
        |version| Member { credential: statement.credential, version, commitment: statement.commitment };
    let result = |members: Vec<Member>, countersigner: &SigningKey| {
        let set = AgreedSet {
            fingerprint,
            data_list: Hex([1; 32]),
            computation_list: Hex([2; 32]),
            members,
            withdrawn: 0,
            discrepancies: Vec::new(),
            outcome: Outcome::Proceed,
        };
        let release = Release {
            format: Release::FORMAT.into(),
            fingerprint,
            agreed: set.hash(),
            counted: 3,
            cells: Vec::new(),
            gaps: Vec::new(),
            warnings: Vec::new(),
            validity: Validity::PackProof1,
            rest: protocol::HexBytes(Vec::new()),
        };
        ReleasedDocument::Released {
            countersignature: Signed::sign(release.clone(), countersigner).signature,
            release: Signed::sign(release, &scene.world.computation),
            agreed_countersignature: Signed::sign(set.clone(), &scene.world.data).signature,
            agreed: Signed::sign(set, &scene.world.computation),
        }
    };
    let survey = participant.survey();
    let ask = |members, key| was_counted(survey, &result(members, key), &mine);
    assert_eq!(ask(vec![member(1)], &scene.world.data), Ok(Counted::Yes));
    assert_eq!(ask(vec![member(2)], &scene.world.data), Ok(Counted::OtherVersion(2)));
    let other = protocol::Member { commitment: Hex([9; 32]), ..member(1) };
    assert_eq!(ask(vec![other], &scene.world.data), Ok(Counted::OtherCommitment));
    assert_eq!(ask(vec![], &scene.world.data), Ok(Counted::No));
    let refused = ask(vec![member(1)], &scene.world.computation);
    assert_eq!(refused, Err(reporter::ResultDistrust::DataServer));
}
