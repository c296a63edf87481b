//! The worked example of docs/PROTOCOL.md, made anew and compared, so that document, example and code agree.
//!
//! `UPDATE_EXAMPLE=1 cargo test -p sealed-pay-protocol --test worked_example` writes both files.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use commitments::{Generators, Shares};
use common::{computation_server, data_server, key, manifest, organizer, sealing};
use packproof::{Setting, Statement as Proven, Witness};
use paillier::{Encryptor, Exponent, ExponentSum, Plaintext, Product};
use protocol::{
    AdmittedManifest, Declaration, DimensionWire, Document, Ended, EndedReason, Enrolment, GranularityWire,
    GroupCiphertexts, HeldEntry, HeldList, Hex, HexBytes, Invitation, InvitationCode, Kind, Order, OrderKind,
    Release, ReleaseCell, ReleaseGap, Role, Roster, SealingPublicKey, Signed, SignedHour, SignedStatement,
    Statement, StatisticWire, Submission, agree, canonical, peer, receipt_code,
};
use sha2::Digest;
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;
use survey::{Amount, Record};
use test_support::seeded_rng;

/// Name and value, in the order of the protocol.
struct Example(Vec<(&'static str, String)>);

impl Example {
    fn text(&mut self, name: &'static str, value: impl Into<String>) {
        self.0.push((name, value.into()));
    }

    fn hex(&mut self, name: &'static str, bytes: impl AsRef<[u8]>) {
        self.text(name, hex::encode(bytes));
    }
}

const HOUR: u64 = 500_000;

fn example() -> Example {
    let mut e = Example(Vec::new());
    let admitted = manifest().admit().unwrap();
    let fingerprint = *admitted.fingerprint();
    e.hex("data_server.signing_seed", data_server().expose_seed().as_slice());
    e.hex("computation_server.signing_seed", computation_server().expose_seed().as_slice());
    e.hex("organizer.signing_seed", organizer().expose_seed().as_slice());
    e.hex("data_server.sealing_secret", [4; 32]);
    e.hex("computation_server.sealing_secret", [5; 32]);
    e.text("manifest", String::from_utf8(canonical::encode(admitted.manifest())).unwrap());
    e.hex("fingerprint", fingerprint.0);
    e.hex("manifest.organizer_signature", admitted.manifest().sign(&organizer()).0);
    e.hex("manifest.data_server_signature", admitted.manifest().sign(&data_server()).0);
    e.hex("manifest.computation_server_signature", admitted.manifest().sign(&computation_server()).0);
    let primes = test_support::insecure_secret_key(paillier::KeyBits::B2048).expose_primes();
    e.hex("paillier.p", &primes.0);
    e.hex("paillier.q", &primes.1);

    let survey = admitted.manifest().survey;
    let link =
        format!("https://data.example/take-part/{survey}#000102030405060708090a0b0c0d0e0f.{fingerprint}");
    let invited = Invitation::parse(&link).unwrap();
    let invitation = invited.secret.derive_key(&survey);
    e.text("link", link);
    e.text("code", InvitationCode::of(&invited).expose_code());
    e.hex("invitation.seed_from_hkdf", invitation.expose_seed().as_slice());
    e.hex("invitation_key", invitation.verifying_key().to_hex().0);
    let roster = Roster::admit(vec![invitation.verifying_key().to_hex()]).unwrap();
    e.hex("roster.root_of_this_key_alone", roster.root(&survey).0);
    let order = Order {
        fingerprint,
        sequence: 1,
        order: OrderKind::Invite { keys: vec![invitation.verifying_key().to_hex()] },
    };
    e.text("order", String::from_utf8(canonical::encode(&Signed::sign(order, &organizer()))).unwrap());

    let reporter = key(6);
    let credential = reporter.verifying_key();
    e.hex("reporter.seed", reporter.expose_seed().as_slice());
    e.hex("credential", credential.to_hex().0);
    let enrolment = Enrolment::sign(&fingerprint, &invitation, &credential);
    e.hex("enrolment.signature", enrolment.signature.0);
    e.hex("enrolled.data_server", enrolment.confirm(&fingerprint, &data_server()).0);
    e.hex("enrolled.computation_server", enrolment.confirm(&fingerprint, &computation_server()).0);

    let mut rng = seeded_rng(1);
    let record = |cell, minor| Record::new(admitted.schema(), cell, Amount::from_minor(minor)).unwrap();
    let records = [record(0, 4_530_050), record(1, 4_700_000), record(1, 5_100_025)];
    let (groups, sums) = admitted.layout().entries(&records).unwrap();
    e.text("records", "women 4530050, men 4700000, men 5100025");
    e.text("slots.width_at_offset", slots(&admitted));
    e.text("slots.width_at_offset_if_hard_max_were_1000000000000", two_limbs());
    e.text("slots.by_rank_for_records", by_rank(GranularityWire::Records));
    e.text("slots.by_rank_for_totals", by_rank(GranularityWire::Totals));
    e.text("values", format!("{:?}", *sums));
    shapes(&mut e, &admitted);
    let encryptor = Arc::new(Encryptor::new(admitted.paillier(), &survey.0));
    e.hex("paillier.h_s", encryptor.noise_generator().to_bytes());
    let first = groups[0].entries[0].blocks()[0].as_slice();
    e.hex("block.entry_0_of_women", first);
    let plaintext = Plaintext::from_be_bytes(admitted.paillier(), first).unwrap();
    let exponent_be: Vec<u8> = (1..=128).collect();
    let exponent = Exponent::from_be_bytes(admitted.paillier().bits(), &exponent_be).unwrap();
    e.hex("exponent.entry_0_of_women", &exponent_be);
    let encrypted_first = encryptor.encrypt_with(&plaintext, exponent).to_bytes();
    e.hex("ciphertext.entry_0_of_women", &encrypted_first);

    let generators = Generators::derive(&fingerprint.0, 6);
    let shares = Shares::generate(&mut rng);
    e.hex("s_D", shares.data.expose_bytes());
    e.hex("s_C", shares.computation.expose_bytes());
    e.hex("t", shares.check.expose_bytes());
    let c = generators.commit(&sums, &shares).unwrap();
    let k = generators.commit_share(&shares.computation, &shares.check);
    e.hex("C", c.to_bytes());
    e.hex("K", k.to_bytes());
    let statement = Statement {
        fingerprint,
        credential: credential.to_hex(),
        version: 1,
        kind: Kind::Submission,
        commitment: Hex(c.to_bytes()),
        share_commitment: Hex(k.to_bytes()),
    };
    let signed = statement.sign(&reporter);
    e.hex("statement", statement.to_bytes());
    e.hex("statement.signature", signed.signature.0);
    e.hex("statement.hash", statement.hash().0);
    e.text("receipt_code", receipt_code(&statement));
    e.hex("aad", statement.aad());

    let declaration = Declaration { statement: signed, share: shares.computation, check: shares.check };
    let sealed_declaration = declaration.seal(&sealing(5).public_key(), &mut rng).unwrap();
    e.hex("declaration", &sealed_declaration);
    let mut exponents = Vec::new();
    let encrypted: Vec<GroupCiphertexts> = groups
        .iter()
        .enumerate()
        .map(|(at, group)| {
            let (mut bytes, mut sum) = (Vec::new(), ExponentSum::zero(1100));
            for (number, entry) in group.entries.iter().enumerate() {
                let m = Plaintext::from_be_bytes(admitted.paillier(), &entry.blocks()[0]).unwrap();
                let noise = encryptor.make_noise(&mut rng);
                let (fresh, exponent) = encryptor.encrypt_provably(&m, noise).unwrap();
                if (at, number) == (0, 0) {
                    bytes.extend_from_slice(&encrypted_first);
                    sum.add_multiple(&ExponentSum::from_be_bytes(&exponent_be), 1);
                } else {
                    bytes.extend(fresh.to_bytes());
                    sum.add_exponent(&exponent);
                }
            }
            exponents.push(sum);
            GroupCiphertexts { entries: u32::try_from(group.entries.len()).unwrap(), bytes }
        })
        .collect();
    let product = |group: &GroupCiphertexts| {
        let mut product = Product::one(admitted.paillier());
        product.multiply_all(&admitted.paillier().admit_ciphertexts(&group.bytes).unwrap()).unwrap();
        product.into_ciphertext()
    };
    let setting =
        Setting::new(fingerprint.0, admitted.proof_shape().unwrap().unwrap(), encryptor.clone()).unwrap();
    let proven = Proven {
        context: &statement.aad(),
        commitment: c,
        share_commitment: k,
        data_share: &shares.data,
        ciphertexts: &encrypted.iter().map(product).collect::<Vec<_>>(),
        entries: 16,
    };
    let witness = Witness {
        values: &sums,
        computation_share: &declaration.share,
        check_share: &declaration.check,
        exponents: &exponents,
    };
    let proof = setting.prove(&proven, &witness, &mut rng).unwrap().into_bytes();
    assert_eq!(setting.verify(&proven, &proof), Ok(()));
    e.hex("proof", &proof);
    let submission = Submission {
        statement: signed,
        share: shares.data,
        sealed_declaration,
        groups: encrypted,
        proof: Some(proof),
    };
    let data_sealing: SealingPublicKey = sealing(4).public_key();
    e.hex("submission", submission.seal(&data_sealing, &mut rng).unwrap());

    let held = SignedHour::held(&statement, HOUR, &data_server());
    let declared = SignedHour::declared(&statement, HOUR, &computation_server());
    e.text("receipt.hour", HOUR.to_string());
    e.hex("receipt.held", held.signature.0);
    e.hex("receipt.declared", declared.signature.0);
    ending(&mut e, &admitted, &signed, held, declared);
    let withdrawal = Statement {
        version: 2,
        kind: Kind::Withdrawal,
        commitment: Hex([0; 32]),
        share_commitment: Hex([0; 32]),
        ..statement
    };
    e.hex("withdrawal", withdrawal.sign(&reporter).to_bytes());

    let body = peer::declaration_body(&signed, &held, &submission.sealed_declaration);
    let (from, to) = (data_server().verifying_key(), computation_server().verifying_key());
    let path = format!("/v1/peer/surveys/{survey}/declarations");
    let request = peer::Request { from: &from, to: &to, method: "POST", path: &path, body: &body };
    let envelope = request.sign(HOUR * 3600, Hex([0xab; 16]), &data_server());
    e.text("peer.request", format!("POST {path} from the data server"));
    e.hex("peer.request_body", &body);
    e.text("peer.request_header", envelope.to_header());
    let answer = request.sign_answer(&envelope, 200, b"{}", &computation_server());
    e.text("peer.answer_header_for_200_and_braces", peer::answer_header(&answer));
    e
}

/// The end of this survey: one reporter is too few. And what its release would look like with three.
fn ending(
    e: &mut Example,
    admitted: &AdmittedManifest,
    signed: &SignedStatement,
    held: SignedHour,
    declared: SignedHour,
) {
    let fingerprint = *admitted.fingerprint();
    let entry = |other| HeldEntry::new(signed, Some(other));
    let list =
        |role, other| HeldList { fingerprint, role, build: "0.1.0".into(), entries: vec![entry(other)] };
    let data = Signed::sign(list(Role::DataServer, declared), &data_server());
    let computation = Signed::sign(list(Role::ComputationServer, held), &computation_server());
    e.text("held_list.data_server", json(&data));
    e.text("held_list.computation_server", json(&computation));
    let agreed = Signed::sign(agree(admitted, &data.body, &computation.body).unwrap(), &computation_server());
    e.text("agreed_set", json(&agreed));
    let hash = agreed.body.hash();
    e.hex("agreed_set.hash", hash.0);
    e.hex("agreed_set.countersignature", Signed::sign(agreed.body.clone(), &data_server()).signature.0);
    e.hex("member.id", agreed.body.members[0].id(&fingerprint));
    let ended = Ended { fingerprint, agreed: hash, reason: EndedReason::TooFewReporters };
    e.text("ended", json(&Signed::sign(ended, &computation_server())));
    let cell = |category: &str| ReleaseCell {
        categories: [("sex".to_owned(), category.to_owned())].into(),
        reporters: Some(3),
        employees: Some(7),
        sum: Some("301234.50".into()),
        mean: Some("43033.50".into()),
        ..ReleaseCell::default()
    };
    let release = Release {
        format: Release::FORMAT.into(),
        fingerprint,
        agreed: hash,
        counted: 3,
        cells: vec![cell("women"), cell("men")],
        gaps: vec![ReleaseGap {
            measure: "gross yearly pay".into(),
            within: None,
            compared: "women".into(),
            reference: "men".into(),
            percent: Some("0.00".into()),
            cents_per_unit: Some("100.00".into()),
            suppressed: None,
        }],
        warnings: vec![],
        validity: admitted.manifest().validity,
        rest: HexBytes(Vec::new()),
    };
    e.hex("release.countersignature", Signed::sign(release.clone(), &data_server()).signature.0);
    e.text("release", json(&Signed::sign(release, &computation_server())));
}

fn json<T: serde::Serialize>(document: &T) -> String {
    String::from_utf8(canonical::encode(document)).unwrap()
}

fn two_limbs() -> String {
    let mut manifest = manifest();
    manifest.measures[0].hard.max = 1_000_000_000_000;
    slots(&manifest.admit().unwrap())
}

/// A second dimension, a margin of each kind, squares and bands: width@block.offset.
fn by_rank(granularity: GranularityWire) -> String {
    let rank = ["low", "high"].map(str::to_owned).to_vec();
    let admitted = ranked(rank, granularity, vec![3_000_000, 5_000_000]).admit().unwrap();
    let slots = admitted.layout().slots();
    slots.map(|s| format!("{}@{}.{}", s.width, s.block, s.offset)).collect::<Vec<_>>().join(" ")
}

fn ranked(rank: Vec<String>, granularity: GranularityWire, bands: Vec<u64>) -> protocol::Manifest {
    let mut manifest = manifest();
    manifest.dimensions.push(DimensionWire { name: "rank".to_owned(), categories: rank });
    manifest.cross_tabulations = vec![vec!["rank".to_owned(), "sex".to_owned()]];
    manifest.margins = vec![vec!["sex".to_owned()], vec![]];
    manifest.measures[0].statistics =
        vec![StatisticWire::Mean, StatisticWire::Dispersion, StatisticWire::Receiving];
    manifest.measures[0].bands = bands;
    manifest.granularity = granularity;
    manifest
}

/// What proofs are about: of this survey, of such by rank, of one employee paid one amount, and at the edges of how
/// many ranges there may be.
fn shapes(e: &mut Example, admitted: &AdmittedManifest) {
    let shape =
        |manifest: protocol::Manifest| manifest.admit().unwrap().proof_shape().unwrap().unwrap().to_bytes();
    e.hex("validity.shape", shape(admitted.manifest().clone()));
    let low_and_high = ["low", "high"].map(str::to_owned).to_vec();
    let by_rank = |granularity| shape(ranked(low_and_high.clone(), granularity, vec![3_000_000, 5_000_000]));
    e.hex("validity.shape_by_rank_for_records", by_rank(GranularityWire::Records));
    e.hex("validity.shape_by_rank_for_totals", by_rank(GranularityWire::Totals));
    let mut alone = manifest();
    let limits = protocol::LimitsWire { min: 5_000_000, max: 5_000_000 };
    (alone.measures[0].hard, alone.measures[0].soft) = (limits, limits);
    alone.max_employees_per_reporter = 1;
    e.hex("validity.shape_of_one_employee_and_one_amount", shape(alone));
    for (name, edges) in [
        ("validity.shape_sha256_of_812_band_edges", 812),
        ("validity.shape_sha256_of_813_band_edges", 813),
        ("validity.shape_sha256_of_822_band_edges", 822),
    ] {
        let ranks = ["low", "middle", "high"].map(str::to_owned).to_vec();
        let edges = (1..=edges).map(|edge| 1000 * edge).collect();
        let shape = shape(ranked(ranks, GranularityWire::Totals, edges));
        e.hex(name, sha2::Sha256::digest(shape));
    }
}

fn slots(admitted: &AdmittedManifest) -> String {
    let slots = admitted.layout().slots();
    slots.map(|s| format!("{}@{}", s.width, s.offset)).collect::<Vec<_>>().join(" ")
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Everything, as JSON.
fn as_json(example: &Example) -> String {
    // Sorted by itself: whether serde_json sorts depends on what else is built with it.
    let map: std::collections::BTreeMap<_, _> = example.0.iter().cloned().collect();
    serde_json::to_string_pretty(&map).unwrap() + "\n"
}

/// What fits on a page; longer values by their SHA-256.
fn as_text(example: &Example) -> String {
    let mut text = String::from("```text\n");
    for (name, value) in &example.0 {
        let long = value.len() > 1100 && *name != "manifest";
        let shown = if long { format!("({} digits, in the file)", value.len()) } else { value.clone() };
        writeln!(text, "{name}\n  {shown}").unwrap();
    }
    text + "```\n"
}

#[test]
fn document_vector_and_code_agree() {
    let example = example();
    let (vector, document) = (root().join("vectors/protocol-example.json"), root().join("docs/PROTOCOL.md"));
    let protocol = std::fs::read_to_string(&document).unwrap();
    let (before, _) = protocol.split_once("```text\n").expect("the document has the example");
    let expected = format!("{before}{}", as_text(&example));
    if std::env::var_os("UPDATE_EXAMPLE").is_some() {
        std::fs::write(&vector, as_json(&example)).unwrap();
        std::fs::write(&document, &expected).unwrap();
    }
    assert!(std::fs::read_to_string(&vector).unwrap() == as_json(&example), "the vector is out of date");
    assert!(std::fs::read_to_string(&document).unwrap() == expected, "docs/PROTOCOL.md is out of date");
}

#[test]
fn the_servers_read_the_example() {
    let example = example();
    let value = |name| hex::decode(&example.0.iter().find(|(n, _)| *n == name).unwrap().1).unwrap();
    let admitted = manifest().admit().unwrap();
    let read =
        Submission::admit(&value("submission"), &value("aad"), &sealing(4), admitted.layout()).unwrap();
    assert_eq!(read.statement.statement.to_bytes(), value("statement"));
    for group in &read.groups {
        assert_eq!(admitted.paillier().admit_ciphertexts(&group.bytes).unwrap().len(), 16);
    }
    let generators = Generators::derive(&admitted.fingerprint().0, 6);
    let declared =
        Declaration::admit(&read.sealed_declaration, &read.statement, &sealing(5), &generators).unwrap();
    assert_eq!(declared.share.expose_bytes().to_vec(), value("s_C"));
}
