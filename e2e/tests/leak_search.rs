//! The search for leaks finds what is planted, wherever and however, and nothing in noise.

use e2e::drawn::Drawn;
use e2e::http::{Answer, Client, Server};
use e2e::leak::{Form, LeakSearch};
use e2e::wire::Proxy;
use std::path::Path;

const PAYS: [u64; 3] = [481_516_234_207, 998_877_665_543, 100_000_000_019];

fn found(hits: &[e2e::leak::Hit], amount: usize, form: Form) -> bool {
    hits.iter().any(|hit| hit.amount == amount && hit.form == form)
}

/// What a careless program might have written.
fn planted(form: Form, minor: u64) -> Vec<u8> {
    let text = minor.to_string();
    match form {
        Form::Base64(offset) => e2e::leak::base64(format!("{}{text}!", "p".repeat(offset)).as_bytes()),
        other => other.needle(minor),
    }
}

/// A recording proxy before a server that says nothing.
fn recorder() -> Proxy {
    Proxy::start(Server::start(|_| Some(Answer::new(204, Vec::new()))).address())
}

/// Forms that survive where only text may stand.
fn is_text(form: Form) -> bool {
    !matches!(form, Form::Utf16Le | Form::Utf16Be | Form::IntegerLe | Form::IntegerBe | Form::IntegerSqlite)
}

#[test]
fn a_pay_in_a_body_is_found_in_every_form() {
    let search = LeakSearch::of(&PAYS);
    let recorder = recorder();
    for (amount, minor) in PAYS.into_iter().enumerate() {
        for form in Form::ALL {
            recorder.forget();
            let body = [b"{\"x\":\"".to_vec(), planted(form, minor), b"\"}".to_vec()].concat();
            let _ = Client::to(recorder.address()).send("POST", "/v1/x", &[], &body);
            assert!(found(&search.hits("body", &recorder.recorded()), amount, form), "{form:?}");
        }
    }
}

#[test]
fn a_pay_in_a_url_is_found_in_every_form_that_fits_into_one() {
    let search = LeakSearch::of(&PAYS);
    let recorder = recorder();
    for (amount, minor) in PAYS.into_iter().enumerate() {
        for form in Form::ALL.into_iter().filter(|form| is_text(*form)) {
            recorder.forget();
            let path = format!("/v1/x?pay={}", String::from_utf8(planted(form, minor)).unwrap());
            let _ = Client::to(recorder.address()).send("GET", &path, &[], b"");
            assert!(found(&search.hits("url", &recorder.recorded()), amount, form), "{form:?}");
        }
    }
}

#[test]
fn a_pay_in_a_log_line_is_found_in_every_form() {
    let search = LeakSearch::of(&PAYS);
    let folder = tempfile::tempdir().unwrap();
    for (amount, minor) in PAYS.into_iter().enumerate() {
        for form in Form::ALL {
            let line = [b"WARN could not store ".to_vec(), planted(form, minor), b"\n".to_vec()].concat();
            std::fs::create_dir_all(folder.path().join("deep/down")).unwrap();
            std::fs::write(folder.path().join("deep/down/server.log"), line).unwrap();
            assert!(found(&search.hits_in_folder(folder.path()), amount, form), "{form:?}");
        }
    }
}

async fn write_row(path: &Path, value: &[u8], integer: Option<u64>) {
    use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    let mut db = options.connect().await.unwrap();
    sqlx::raw_sql("CREATE TABLE IF NOT EXISTS t (a BLOB, b INTEGER)").execute(&mut db).await.unwrap();
    let insert = sqlx::query("INSERT INTO t VALUES (?, ?)").bind(value).bind(integer.map(u64::cast_signed));
    insert.execute(&mut db).await.unwrap();
    db.close().await.unwrap();
}

#[tokio::test]
async fn a_pay_in_an_sqlite_row_is_found_in_every_form_and_as_an_integer() {
    let search = LeakSearch::of(&PAYS);
    for (amount, minor) in PAYS.into_iter().enumerate() {
        for form in Form::ALL {
            let folder = tempfile::tempdir().unwrap();
            let integer = (form == Form::IntegerSqlite).then_some(minor);
            let value = if integer.is_some() { Vec::new() } else { planted(form, minor) };
            write_row(&folder.path().join("store.sqlite"), &value, integer).await;
            assert!(found(&search.hits_in_folder(folder.path()), amount, form), "{form:?}");
        }
    }
}

#[test]
fn noise_gives_no_hit() {
    let mut drawn = Drawn::printed("SEALED_PAY_NOISE_SEED");
    let pays: Vec<u64> = (0..60).map(|_| drawn.between(100_000_000_000, 999_999_999_999)).collect();
    let search = LeakSearch::of(&pays);
    let noise = drawn.bytes(4 << 20);
    assert_eq!(search.hits("ciphertext-like bytes", &noise), []);
    assert_eq!(search.hits("the same in hexadecimal", hex(&noise[..1 << 18]).as_bytes()), []);
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
