//! The example beside `client-wasm`: a page of somebody else's, with the package as `wasm-pack` builds it.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests fail loudly, and so do their helpers"
)]

use e2e::http::{Answer, Request, Server};
use e2e::play::{Organizer, Plan, Played, Reporter};
use e2e::processes::{Pair, TOKEN, insecure_keys};
use protocol::{SurveyStatus, routes};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use stories::{Browser, Options};

/// Names the folder that `wasm-pack build` filled.
const PACKAGE: &str = "SEALED_PAY_PACKAGE";

fn package() -> PathBuf {
    let Some(folder) = std::env::var_os(PACKAGE) else {
        panic!(
            "run `cargo xtask test --only stories`, which builds the package; or name its folder: {PACKAGE}=…"
        )
    };
    PathBuf::from(folder)
}

/// What the example needs of its server: two folders side by side, under the policy that its README names.
fn answer(request: &Request, connect: &str) -> Answer {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../client-wasm/example");
    let path = request.path.split('?').next().unwrap_or_default();
    let (folder, name) = match path.strip_prefix("/pkg/") {
        Some(name) => (package(), name),
        None => (example, path.strip_prefix("/example/").unwrap_or("not-there")),
    };
    let name = if name.is_empty() { "index.html" } else { name };
    let kind = match name.rsplit_once('.').map(|(_, end)| end) {
        Some("html") => "text/html",
        Some("js") => "text/javascript",
        Some("wasm") => "application/wasm",
        _ => "text/plain",
    };
    let Ok(body) = std::fs::read(folder.join(name)) else { return Answer::new(404, Vec::new()) };
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self' {connect}"
    );
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let headers = vec![header("content-type", kind), header("content-security-policy", &policy)];
    Answer { headers, ..Answer::new(200, body) }
}

/// Both servers, and a third that serves the example.
fn start() -> (Pair, String) {
    let connect = Arc::new(OnceLock::<String>::new());
    let told = connect.clone();
    let server =
        Server::start(move |request| Some(answer(&request, connect.get().map_or("", String::as_str))));
    let origin = format!("http://{}", server.address());
    let allowed = ["--allowed-origin", origin.as_str()];
    let pair = Pair::start_with_keys(insecure_keys(2), &allowed, &allowed);
    told.set(format!("{} {}", pair.data.front().url(), pair.computation.front().url())).unwrap();
    (pair, origin)
}

/// Fills the form in.
fn fill_in(browser: &Browser, pair: &Pair, survey: &Played, file: &Path) {
    browser.write("server", &pair.data.front().url());
    browser.write("link", &survey.link(0));
    browser.write("compare", "sex");
    browser.write("measure", "salary");
    browser.choose_file("file", file);
}

/// What the page says in the end.
fn end(browser: &Browser, end: &str) -> String {
    browser.until_within(Duration::from_secs(120), end, || {
        Some(browser.text("said")).filter(|said| said.contains(end))
    })
}

#[test]
fn the_example_takes_part_from_a_page_of_somebody_else() {
    let (pair, origin) = start();
    let data = pair.data.client();
    let survey = Organizer::new(TOKEN).open(data, &Plan::inviting(3));
    let submitted = || {
        let status: SurveyStatus =
            survey.organizer.send(data, "GET", &survey.route(routes::STATUS), &()).json();
        status.invitations.iter().filter(|invited| invited.submitted).count()
    };
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, rows: &str| {
        std::fs::write(folder.path().join(name), format!("sex,salary\n{rows}")).unwrap();
        folder.path().join(name)
    };
    let browser = Browser::start(&Options::default());
    browser.open(&format!("{origin}/example/"));
    fill_in(&browser, &pair, &survey, &put("wrong.csv", "Female,41000\nNobody,1\n"));
    browser.press("seal");
    end(&browser, "1 rows must be mended");
    assert_eq!(submitted(), 0);
    browser.reload();
    fill_in(
        &browser,
        &pair,
        &survey,
        &put("pay.csv", "Female,41000.50\nFemale,43000\nMale,52000\nMale,50000\n"),
    );
    browser.press("seal");
    browser.agree();
    end(&browser, "Done. Receipt ");
    assert_eq!(submitted(), 1);
    // What the others report goes another way; the servers add all of it up.
    for at in 1..3 {
        Reporter::of(&survey, at).take_part(
            &survey,
            data,
            &[(0, 4_200_000), (0, 4_200_000), (1, 5_100_000), (1, 5_100_000)],
        );
    }
    survey.close_and_release(data);
    let release = survey.release(data);
    assert_eq!(release.counted, 3);
    let women =
        release.cells.iter().find(|cell| cell.categories.values().any(|name| name == "Female")).unwrap();
    assert_eq!((women.employees, women.mean.as_deref()), (Some(6), Some("42000.08")));
}
