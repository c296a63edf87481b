//! Every problem of the table, provoked over HTTP: its status, its type, its content type, the table's own words
//! and no others, and nothing stored.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests fail loudly, and so do their helpers"
)]

use e2e::http::{Answer, Client};
use e2e::play::{
    Held, Organizer, Plan, Played, PlayedComputationServer, PlayedDataServer, Prepared, Reporter, Upload,
};
use e2e::processes::{Pair, ServerProcess, TOKEN, computation_server_pinning, data_server_pinning};
use protocol::{DraftRequest, Hex, OrderKind, Problem, Signed, SigningKey, peer, routes};
use std::collections::BTreeSet;
use std::sync::Mutex;

static SEEN: Mutex<BTreeSet<Problem>> = Mutex::new(BTreeSet::new());

/// Looks at a refusal from all sides.
fn assert_is(problem: Problem, answer: &Answer) {
    let row = problem.row();
    assert_eq!(answer.problem(), Some(problem), "{} {}", answer.status, answer.text());
    assert_eq!(answer.status, row.status, "{problem:?}");
    let content_type = answer.header("content-type").unwrap_or_default();
    assert!(content_type.starts_with("application/problem+json"), "{problem:?}: {content_type}");
    // Exactly the table's words: nothing that was sent can stand among them.
    let document: serde_json::Value = answer.json();
    let table = serde_json::json!({
        "type": row.uri, "title": row.title, "status": row.status, "detail": row.advice
    });
    assert_eq!(document, table);
    SEEN.lock().unwrap().insert(problem);
}

/// Everything that stands in a server's database, but the evidence of what the other server refused: nothing of
/// that counts, and it is kept on purpose.
fn dump(server: &ServerProcess) -> String {
    use sqlx::{Connection, Row, sqlite::SqliteConnectOptions};
    let copy = server.backup(&server.data_folder());
    let is_database = |path: &std::path::Path| path.extension().is_some_and(|e| e == "sqlite");
    let mut files = std::fs::read_dir(copy.path()).unwrap().map(|entry| entry.unwrap().path());
    let options = SqliteConnectOptions::new().filename(files.find(|path| is_database(path)).unwrap());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut db = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
        let mut text = String::new();
        let tables = sqlx::query(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'refused_version' ORDER BY name",
        );
        for table in tables.fetch_all(&mut db).await.unwrap() {
            let table: String = table.get(0);
            let columns = sqlx::query("SELECT name FROM pragma_table_info(?)").bind(&table);
            let columns = columns.fetch_all(&mut db).await.unwrap();
            let quoted: Vec<String> =
                columns.iter().map(|c| format!("quote(\"{}\")", c.get::<String, _>(0))).collect();
            let rows = format!(
                "SELECT coalesce(group_concat({}, '\n'), '') FROM \"{table}\"",
                quoted.join("||','||")
            );
            let rows = sqlx::query(sqlx::AssertSqlSafe(rows)).fetch_one(&mut db).await.unwrap();
            text.push_str(&format!("{table}: {}\n", rows.get::<String, _>(0)));
        }
        text
    })
}

/// Provokes a refusal that must change nothing in any of these servers.
fn refuses(servers: &[&ServerProcess], problem: Problem, ask: impl FnOnce() -> Answer) {
    let dumps = || servers.iter().map(|server| dump(server)).collect::<Vec<_>>();
    let before = dumps();
    assert_is(problem, &ask());
    assert!(before == dumps(), "{problem:?} changed what is stored");
}

fn plan(invited: usize) -> Plan {
    let mut plan = Plan::inviting(invited);
    plan.thresholds.min_cell_employees = 7;
    plan
}

/// The pair that refuses surveys with cells below seven.
fn pair(keys: usize) -> Pair {
    Pair::start_with(keys, &["--min-cell-employees-floor", "7"], &[])
}

const BINARY: [(&str, &str); 1] = [("content-type", "application/octet-stream")];

fn put(to: Client, path: &str, body: &[u8]) -> Answer {
    to.send("PUT", path, &BINARY, body).unwrap()
}

fn resealed(prepared: Prepared, survey: &Played) -> Upload {
    let declaration = prepared.declaration(survey);
    prepared.upload(survey, declaration)
}

#[test]
fn every_problem_is_answered_as_the_table_says() {
    requests_that_are_none();
    drafts_and_manifests();
    taking_part();
    proofs();
    between_servers();
    a_peer_that_fails();
    let seen = SEEN.lock().unwrap().clone();
    let missing: Vec<_> = Problem::ALL.iter().filter(|p| !seen.contains(p)).collect();
    assert!(missing.is_empty(), "no request provoked {missing:?}");
}

fn requests_that_are_none() {
    let pair = pair(0);
    let both = [&pair.data, &pair.computation];
    for server in [pair.data.client(), pair.computation.client()] {
        refuses(&both, Problem::NotFound, || server.get("/v1/nothing-here-7f3a"));
        refuses(&both, Problem::MethodNotAllowed, || {
            server.send("DELETE", routes::IDENTITY, &[], b"").unwrap()
        });
        let unknown = routes::of_survey(routes::SURVEY, &Hex([7; 32]));
        refuses(&both, Problem::UnknownSurvey, || server.get(&unknown));
    }
    let organizer = Organizer::new(TOKEN);
    let data = pair.data.client();
    refuses(&both, Problem::MalformedRequest, || {
        organizer.send(
            data,
            "POST",
            routes::DRAFTS,
            &serde_json::json!({"key_bits": 2048, "more": "secret-word"}),
        )
    });
    for wrong in ["", "another-token"] {
        let stranger = Organizer::new(wrong);
        refuses(&both, Problem::SignInRequired, || {
            stranger.send(data, "POST", routes::DRAFTS, &DraftRequest { key_bits: 2048 })
        });
    }
    refuses(&both, Problem::KeyLength, || {
        organizer.send(data, "POST", routes::DRAFTS, &DraftRequest { key_bits: 1024 })
    });
    assert_is(
        Problem::KeyPoolEmpty,
        &organizer.send(data, "POST", routes::DRAFTS, &DraftRequest { key_bits: 2048 }),
    );
    let large = vec![b' '; 5 << 20];
    refuses(&both, Problem::BodyTooLarge, || {
        pair.computation.client().send("POST", "/v1/peer/drafts", &[], &vec![b' '; 100 << 20]).unwrap_or_else(
            |_| {
                let path = routes::of_survey(routes::ENROLMENTS, &Hex([7; 32]));
                pair.computation.client().send("POST", &path, &[], &large).unwrap()
            },
        )
    });
}

fn drafts_and_manifests() {
    let mut pair = pair(3);
    let data = pair.data.client();
    let organizer = Organizer::new(TOKEN);
    let draft = organizer.draft(data);
    let both = [&pair.data, &pair.computation];
    let open = |manifest: protocol::Manifest| {
        organizer.send(data, "POST", routes::SURVEYS, &organizer.open_request(manifest, &[]))
    };
    let good = organizer.manifest(&draft, &plan(0), &[]);
    let mut manifest = good.clone();
    manifest.max_missing = manifest.max_reporters;
    refuses(&both, Problem::ManifestRefused, || open(manifest));
    let mut manifest = good.clone();
    manifest.data_server.operator = "Somebody else".into();
    refuses(&both, Problem::ManifestForeign, || open(manifest));
    let mut manifest = good.clone();
    manifest.thresholds.min_cell_employees = 6;
    refuses(&both, Problem::BelowFloor, || open(manifest));
    let mut manifest = good.clone();
    manifest.rehearsal = false;
    refuses(&both, Problem::ValidityNone, || open(manifest));
    refuses(&both, Problem::WrongSignature, || {
        let request = Organizer::new(TOKEN).open_request(good.clone(), &[]);
        organizer.send(data, "POST", routes::SURVEYS, &request)
    });
    refuses(&both, Problem::RosterRefused, || {
        let roster = [Hex([9; 32]), Hex([8; 32])];
        organizer.send(data, "POST", routes::SURVEYS, &organizer.open_request(good.clone(), &roster))
    });
    // Where the mark cannot be written the server has failed, and says no more than that.
    let (marks, aside) = (pair.data.marks_folder(), pair.data.home().join("aside"));
    std::fs::rename(&marks, &aside).unwrap();
    std::fs::write(&marks, "in the way").unwrap();
    let draft = DraftRequest { key_bits: 2048 };
    let failed = organizer.send(data, "POST", routes::DRAFTS, &draft);
    assert_is(Problem::Internal, &failed);
    std::fs::remove_file(&marks).unwrap();
    std::fs::rename(&aside, &marks).unwrap();
    assert!(open(good.clone()).status < 300);
    let mut other = good;
    other.title = "Another title".into();
    refuses(&both, Problem::AlreadyOpen, || open(other));
    orders(&mut pair);
}

fn orders(pair: &mut Pair) {
    let data = pair.data.client();
    let both = [&pair.data, &pair.computation];
    let later = Plan { closes_not_before: 3_000, ..plan(3) };
    let survey = Organizer::new(TOKEN).open(data, &later);
    let path = survey.route(routes::ORDERS);
    for server in [data, pair.computation.client()] {
        let order = |sequence, kind| server.post(&path, &survey.order_numbered(sequence, kind));
        refuses(&both, Problem::TooEarly, || order(1, OrderKind::Close {}));
        refuses(&both, Problem::SurveyNotClosed, || order(1, OrderKind::Release {}));
        refuses(&both, Problem::OrderOutOfSequence, || {
            order(
                5,
                OrderKind::Invite { keys: vec![SigningKey::from_seed(&[3; 32]).verifying_key().to_hex()] },
            )
        });
        refuses(&both, Problem::InvitationUnknown, || {
            order(
                1,
                OrderKind::Revoke { keys: vec![SigningKey::from_seed(&[3; 32]).verifying_key().to_hex()] },
            )
        });
        refuses(&both, Problem::RosterRefused, || {
            order(1, OrderKind::Invite { keys: vec![Hex([1; 32]); 2] })
        });
        let forged = Signed::sign(
            survey.order_numbered(1, OrderKind::Close {}).body,
            &SigningKey::from_seed(&[4; 32]),
        );
        refuses(&both, Problem::WrongSignature, || server.post(&path, &forged));
        refuses(&both, Problem::NotReleased, || server.get(&survey.route(routes::RELEASE)));
    }
}

fn taking_part() {
    let pair = pair(1);
    let both = [&pair.data, &pair.computation];
    let (data, computation) = (pair.data.client(), pair.computation.client());
    let survey = Organizer::new(TOKEN).open(data, &plan(3));
    let (one, other) = (Reporter::of(&survey, 0), Reporter::of(&survey, 1));
    let stranger = Reporter { invitation: SigningKey::from_seed(&[6; 32]), ..one.clone() };
    for server in [data, computation] {
        refuses(&both, Problem::InvitationUnknown, || stranger.enrol(&survey, server));
    }
    refuses(&both, Problem::CredentialUnknown, || one.upload(&survey, 1, &[(0, 5)]).send(data).unwrap());
    assert!(one.enrol(&survey, data).status < 300);
    assert!(other.enrol(&survey, data).status < 300);
    for server in [data, computation] {
        let again = Reporter { key: SigningKey::from_seed(&[8; 32]), ..one.clone() };
        refuses(&both, Problem::AlreadyEnrolled, || again.enrol(&survey, server));
        let third = Reporter { key: one.key.clone(), ..Reporter::of(&survey, 2) };
        refuses(&both, Problem::CredentialInUse, || third.enrol(&survey, server));
    }
    submissions(&both, &survey, data, &one);
    assert_eq!(survey.give(data, OrderKind::Close {}).status, 204);
    refuses(&both, Problem::SurveyClosed, || one.upload(&survey, 2, &[(0, 5)]).send(data).unwrap());
    refuses(&both, Problem::SurveyClosed, || Reporter::of(&survey, 2).enrol(&survey, data));
}

fn submissions(both: &[&ServerProcess], survey: &Played, data: Client, one: &Reporter) {
    let good = one.upload(survey, 1, &[(0, 5)]);
    let bytes = survey.manifest.paillier().ciphertext_bytes();
    refuses(both, Problem::SubmissionUnsealable, || put(data, &good.path, &good.sealed[1..]));
    refuses(both, Problem::BodyTooLarge, || put(data, &good.path, &vec![0; 3 << 20]));
    refuses(both, Problem::VersionGap, || one.upload(survey, 2, &[(0, 5)]).send(data).unwrap());
    let with = |change: &dyn Fn(&mut Prepared)| {
        let mut prepared = one.prepare(survey, 1, &[(0, 5)]);
        change(&mut prepared);
        resealed(prepared, survey).send(data).unwrap()
    };
    refuses(both, Problem::SubmissionRefused, || with(&|p| p.groups.truncate(1)));
    refuses(both, Problem::CiphertextZero, || with(&|p| p.groups[0].bytes[..bytes].fill(0)));
    refuses(both, Problem::CiphertextNotReduced, || with(&|p| p.groups[0].bytes[..bytes].fill(0xff)));
    // c₀ = 0, c₁ = 1: divisible by n.
    refuses(both, Problem::CiphertextSharesFactor, || {
        with(&|p| {
            p.groups[0].bytes[..bytes].fill(0);
            p.groups[0].bytes[bytes - 1] = 1;
        })
    });
    refuses(both, Problem::WrongSignature, || with(&|p| p.signed.signature.0[5] ^= 1));
    refuses(both, Problem::ShareMismatch, || {
        with(&|p| std::mem::swap(&mut p.shares.computation, &mut p.shares.check))
    });
    refuses(both, Problem::DeclarationRefused, || {
        let prepared = one.prepare(survey, 1, &[(0, 5)]);
        let mut declaration = prepared.declaration(survey);
        declaration[40] ^= 1;
        prepared.upload(survey, declaration).send(data).unwrap()
    });
    good.assert_receipt(survey, &good.send(data).unwrap());
    refuses(both, Problem::VersionUsed, || one.upload(survey, 1, &[(0, 5)]).send(data).unwrap());
}

/// Each as it is played at length in `hostile_proofs.rs`.
fn proofs() {
    let pair = pair(2);
    let both = [&pair.data, &pair.computation];
    let data = pair.data.client();
    let proving = Plan { validity: protocol::Validity::PackProof1, ..plan(3) };
    let survey = Organizer::new(TOKEN).open(data, &proving);
    let one = Reporter::of(&survey, 0);
    assert!(one.enrol(&survey, data).status < 300);
    let with = |change: &dyn Fn(&mut Prepared)| {
        let mut prepared = one.prepare(&survey, 1, &[(0, 5)]);
        change(&mut prepared);
        resealed(prepared, &survey).send(data).unwrap()
    };
    refuses(&both, Problem::ProofMissing, || with(&|p| p.proof = None));
    refuses(&both, Problem::ProofMalformed, || with(&|p| p.proof.as_mut().unwrap().truncate(900)));
    refuses(&both, Problem::ProofForeign, || with(&|p| p.proof = one.prepare(&survey, 1, &[(0, 5)]).proof));
    refuses(&both, Problem::ProofCiphertexts, || {
        with(&|p| {
            p.groups.swap(0, 1);
            p.exponents.swap(0, 1);
            p.prove(&survey);
        })
    });
    refuses(&both, Problem::ShareMismatch, || {
        with(&|p| {
            // K of another share than the commitment's.
            let other = commitments::Shares::generate(&mut e2e::play::rng());
            let generators = survey.setting.as_ref().unwrap().generators();
            let k = generators.commit_share(&other.computation, &p.shares.check);
            let statement = protocol::Statement { share_commitment: Hex(k.to_bytes()), ..p.signed.statement };
            p.signed = statement.sign(&one.key);
            p.prove(&survey);
        })
    });
    let forged = one.forge(&survey, 1, &[5, 5, 25, 0, 0, 0, 0, 0]);
    refuses(&both, Problem::ProofOutOfRange, || resealed(forged, &survey).send(data).unwrap());
    let alone = Organizer::new(TOKEN).open(data, &Plan { max_employees: 1, ..proving });
    let one = Reporter::of(&alone, 0);
    assert!(one.enrol(&alone, data).status < 300);
    let slots = alone.manifest.layout().slot_count();
    let forged = one.forge(&alone, 1, &[&[1][..], &vec![0; slots - 1]].concat());
    refuses(&both, Problem::ProofFacts, || resealed(forged, &alone).send(data).unwrap());
}

fn between_servers() {
    let played = PlayedDataServer::default();
    let computation = computation_server_pinning(&played, 2);
    let met = played.meet(computation.client(), &computation.front().url());
    let own = [&computation];
    refuses(&own, Problem::NotThePeer, || computation.client().post(routes::peer::DRAFTS, &()));
    let stranger = PlayedDataServer::default();
    let foreign = stranger.meet(computation.client(), "http://127.0.0.1:9");
    refuses(&own, Problem::NotThePeer, || {
        let from = stranger.key.verifying_key();
        let request = peer::Request {
            from: &from,
            to: &foreign.caller.to,
            method: "POST",
            path: routes::peer::DRAFTS,
            body: b"{}",
        };
        let envelope = request.sign(e2e::now().as_secs(), Hex([1; 16]), &stranger.key);
        foreign.caller.ask_with(&envelope, routes::peer::DRAFTS, b"{}")
    });
    replays_and_stale_requests(&computation, &played, &met);
    let survey = met.open(&Plan::inviting(3));
    let held = met.take_all(&survey);
    let held: Vec<&Held> = held.iter().collect();
    let list = met.list(&survey, &held);
    refuses(&own, Problem::SurveyNotClosed, || met.ask_agreement(&survey, &list));
    refuses(&own, Problem::MalformedRequest, || {
        met.caller.ask(&survey.route(routes::peer::AGREEMENT), b"{}")
    });
    let agreement = met.agree(&survey, &held);
    refuses(&own, Problem::AgreementConflict, || met.ask_agreement(&survey, &met.list(&survey, &held[1..])));
    let good = met.opening(&survey, &agreement.agreed, &held);
    let shape = met.sign_opening(&survey, &agreement.agreed, Vec::new(), good.opening.body.share_sum);
    refuses(&own, Problem::OpeningRefused, || met.send_opening(&survey, &shape));
    assert_eq!(met.send_opening(&survey, &good).status, 200);
    let other = met.opening(&survey, &agreement.agreed, &held);
    refuses(&own, Problem::OpeningBegun, || met.send_opening(&survey, &other));
}

/// The same signed request a second time, and one from too long ago, are nobody's.
fn replays_and_stale_requests(
    computation: &ServerProcess,
    played: &PlayedDataServer,
    met: &e2e::play::Introduced<'_>,
) {
    let (from, path, body) = (played.key.verifying_key(), "/v1/peer/surveys", b"{}");
    let request = peer::Request { from: &from, to: &met.caller.to, method: "POST", path, body };
    let now = e2e::now().as_secs();
    let envelope = request.sign(now, Hex([2; 16]), &played.key);
    assert_is(Problem::MalformedRequest, &met.caller.ask_with(&envelope, path, body));
    refuses(&[computation], Problem::NotThePeer, || met.caller.ask_with(&envelope, path, body));
    let stale = request.sign(now - peer::MAX_SKEW_SECONDS - 5, Hex([3; 16]), &played.key);
    refuses(&[computation], Problem::NotThePeer, || met.caller.ask_with(&stale, path, body));
}

fn a_peer_that_fails() {
    let played = PlayedComputationServer::start();
    let server = data_server_pinning(&played);
    let organizer = Organizer::new(TOKEN);
    let draft = || organizer.send(server.client(), "POST", routes::DRAFTS, &DraftRequest { key_bits: 2048 });
    played.lie(e2e::play::Lies::AnswersOfAnother);
    refuses(&[&server], Problem::PeerUnavailable, draft);
    played.lie(e2e::play::Lies::KeyOfAnotherSurvey);
    refuses(&[&server], Problem::PeerRefused, draft);
    // One address that never stops asking.
    let asked = (0..4).map(|_| {
        let client = server.client();
        std::thread::spawn(move || {
            (0..5_000).find_map(|_| Some(client.get("/v1/x")).filter(|answer| answer.status == 429))
        })
    });
    let answers: Vec<_> =
        asked.collect::<Vec<_>>().into_iter().filter_map(|thread| thread.join().unwrap()).collect();
    assert_is(Problem::TooManyRequests, answers.first().expect("an end to the patience"));
    assert!(answers[0].header("retry-after").is_some());
}
