//! What both operators' databases hold once a survey is released, read with both keys at rest.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests fail loudly, and so do their helpers"
)]

use e2e::play::{Organizer, Plan, Played, Prepared, Reporter, copy};
use e2e::processes::{Pair, ServerProcess, TOKEN};
use protocol::{Hex, routes};
use std::collections::BTreeSet;
use std::time::Duration;
use vault::Vault;

const REPORTERS: usize = 3;

fn at_rest_vault(server: &ServerProcess) -> Vault {
    let text = std::fs::read_to_string(server.at_rest_key()).unwrap();
    Vault::from_key(&Hex::parse(text.trim()).unwrap().0)
}

/// All files of the data folder, one behind the other: pages in use, free pages, the write-ahead log.
fn raw(server: &ServerProcess) -> Vec<u8> {
    let mut files: Vec<_> =
        std::fs::read_dir(server.data_folder()).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files.iter().flat_map(|path| std::fs::read(path).unwrap_or_default()).collect()
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    let search = aho_corasick::AhoCorasick::new([needle]).unwrap();
    search.is_match(haystack)
}

/// Every value of every row that is bytes.
fn blobs(server: &ServerProcess) -> Vec<Vec<u8>> {
    use sqlx::{Connection, Row, sqlite::SqliteConnectOptions};
    let folder = server.backup(&server.data_folder());
    let mut files = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    let database = files.find(|path| path.extension().is_some_and(|e| e == "sqlite")).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let options = SqliteConnectOptions::new().filename(database);
        let mut db = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
        let mut found = Vec::new();
        let tables = sqlx::query("SELECT name FROM sqlite_schema WHERE type = 'table'");
        for table in tables.fetch_all(&mut db).await.unwrap() {
            let table: String = table.get(0);
            let rows = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT * FROM \"{table}\"")));
            for row in rows.fetch_all(&mut db).await.unwrap() {
                found.extend((0..row.len()).filter_map(|at| row.try_get::<Vec<u8>, _>(at).ok()));
            }
        }
        found
    })
}

/// What a vault binds shares and keys to at either server.
fn contexts(survey: &Played, credentials: &[Hex<32>]) -> Vec<Vec<u8>> {
    let id = survey.id().0;
    let mut contexts =
        vec![[b"computation-server/paillier-key/", &survey.manifest.paillier().to_bytes()[..]].concat()];
    for credential in credentials {
        for prefix in [&b"computation-server/share/"[..], b"share:"] {
            contexts.push([prefix, &id, &credential.0, &1u32.to_be_bytes()].concat());
        }
    }
    contexts
}

/// Everything in a database that opens under the key at rest, as plain bytes.
fn opened(server: &ServerProcess, contexts: &[Vec<u8>]) -> BTreeSet<Vec<u8>> {
    let vault = at_rest_vault(server);
    let blobs = blobs(server);
    let open = |blob: &Vec<u8>| contexts.iter().find_map(|c| vault.open(c, blob).ok()).map(|p| p.to_vec());
    blobs.iter().filter_map(open).collect()
}

#[test]
fn database_dumps_after_release_open_no_commitment() {
    let pair = Pair::start(1);
    let data = pair.data.client();
    let survey = Organizer::new(TOKEN).open(data, &Plan::inviting(REPORTERS));
    let mut prepared: Vec<Prepared> = Vec::new();
    let mut declarations = Vec::new();
    for i in 0..REPORTERS {
        let reporter = Reporter::of(&survey, i);
        assert!(reporter.enrol(&survey, data).status < 300);
        let one = reporter.prepare(&survey, 1, &[(0, 50), (0, 51), (1, 60), (1, 61)]);
        let kept = Prepared {
            signed: one.signed,
            shares: commitments::Shares {
                data: copy(&one.shares.data),
                computation: copy(&one.shares.computation),
                check: copy(&one.shares.check),
            },
            groups: one.groups.clone(),
            sums: one.sums.clone(),
            exponents: Vec::new(),
            proof: one.proof.clone(),
        };
        let declaration = one.declaration(&survey);
        declarations.push(declaration.clone());
        let upload = one.upload(&survey, declaration);
        upload.assert_receipt(&survey, &upload.send(data).unwrap());
        prepared.push(kept);
    }
    let credentials: Vec<_> = prepared.iter().map(|p| p.signed.statement.credential).collect();
    let contexts = contexts(&survey, &credentials);
    // While the survey is open each server holds its own half of every opening, under its key at rest.
    let (held, declared) = (opened(&pair.data, &contexts), opened(&pair.computation, &contexts));
    for one in &prepared {
        assert!(held.iter().any(|plain| contains(plain, &one.shares.data.expose_bytes())));
        assert!(declared.iter().any(|plain| contains(plain, &one.shares.computation.expose_bytes())));
        assert!(!held.iter().any(|plain| contains(plain, &one.shares.computation.expose_bytes())));
    }
    let sealed: Vec<Vec<u8>> = [&pair.data, &pair.computation]
        .iter()
        .flat_map(|server| {
            let vault = at_rest_vault(server);
            let opens = |blob: &Vec<u8>| contexts.iter().any(|c| vault.open(c, blob).is_ok());
            blobs(server).into_iter().filter(opens).collect::<Vec<_>>()
        })
        .collect();
    assert!(sealed.len() > 2 * REPORTERS, "shares and a key: {}", sealed.len());
    assert!(contains(&raw(&pair.data), &ciphertexts(&prepared)[0]), "ciphertexts are kept until the release");
    survey.close_and_release(data);
    let _ = (survey.release(data), survey.release(pair.computation.client()));
    std::thread::sleep(Duration::from_millis(500));
    // Afterwards nothing opens, and not a byte of what opened before is left, in free pages or logs.
    assert_eq!(opened(&pair.data, &contexts), BTreeSet::new());
    assert_eq!(opened(&pair.computation, &contexts), BTreeSet::new());
    for (name, server) in [("data", &pair.data), ("computation", &pair.computation)] {
        let left = raw(server);
        let gone = |what: &str, needles: &[Vec<u8>]| {
            let search = aho_corasick::AhoCorasick::new(needles).unwrap();
            let count = search.find_iter(&left).count();
            assert_eq!(count, 0, "{what} left in the {name} server's folder");
        };
        gone("sealed shares or keys", &sealed);
        gone("sealed declarations", &declarations);
        gone("ciphertexts", &ciphertexts(&prepared));
        let shares = |p: &Prepared| {
            [&p.shares.data, &p.shares.computation, &p.shares.check].map(|s| s.expose_bytes().to_vec())
        };
        gone("shares", &prepared.iter().flat_map(shares).collect::<Vec<_>>());
    }
    assert_eq!(pair.data.client().get(&survey.route(routes::RELEASE)).status, 200);
}

/// The first bytes of every ciphertext that was sent.
fn ciphertexts(prepared: &[Prepared]) -> Vec<Vec<u8>> {
    let groups = prepared.iter().flat_map(|p| &p.groups);
    groups.flat_map(|g| g.bytes.chunks(512).map(|c| c[..64].to_vec())).collect()
}
