//! Stories that measure time: they have the machine to themselves.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests fail loudly, and so do their helpers"
)]

use e2e::drawn::Drawn;
use e2e::oracle::drawn_file;
use e2e::play::{Plan, Played};
use std::path::Path;
use stories::long_tasks::{LONG_MS, LongTask, Seen, Watch};
use stories::pages::Reporter;
use stories::{Browser, Options, World};

const ROWS: usize = 3_000;
/// So often a machine may prove to be busy before this says that nothing can be measured on it.
const ATTEMPTS: usize = 5;
/// The same for what takes a moment only.
const SHORT_ATTEMPTS: usize = 40;
/// Others using more than this, in processors, disturb what is measured: threads of the page wait for theirs.
const BUSY: f64 = 0.2;

/// The tasks over which the page itself kept people waiting too long.
fn too_long(seen: &Seen) -> Vec<LongTask> {
    for task in &seen.tasks {
        println!("a task of {:.0} ms, {:.0} ms of them the page's own", task.took_ms, task.own_ms());
    }
    seen.tasks.iter().copied().filter(|task| task.own_ms() > LONG_MS).collect()
}

/// Others kept the machine busy.
fn busy(seen: &Seen) -> bool {
    seen.others > BUSY
}

/// A long task was logged, and so much of it was waiting for a core that the rest is not long. That wait may be for
/// one of the browser's own threads, which count as no others.
fn made_to_wait(seen: &Seen) -> bool {
    seen.tasks.iter().any(|task| task.took_ms > LONG_MS && task.own_ms() <= LONG_MS)
}

/// Tries until what was seen is good. An attempt that is not good fails, unless what was seen in that very attempt
/// proves that nothing could be measured in it.
fn until_good(
    what: &str,
    attempts: usize,
    attempt: impl Fn(usize) -> Seen,
    good: impl Fn(&[LongTask]) -> bool,
    disturbed: impl Fn(&Seen) -> bool,
) {
    for at in 0..attempts {
        let seen = attempt(at);
        let found = too_long(&seen);
        if good(&found) {
            return;
        }
        println!("attempt {at}: others used {:.2} processors", seen.others);
        assert!(disturbed(&seen), "{what}: {found:?} on a machine at rest ({:.2})", seen.others);
    }
    panic!("{what}: the machine was busy in each of {attempts} attempts, so nothing was shown");
}

/// From the link to the receipt: types rows, thinks better of it, and reports a file.
fn report(world: &World, survey: &Played, invitation: usize, file: &Path) -> Seen {
    let browser = Browser::start(&Options::default());
    browser.open(&world.page("/"));
    browser.wait_for("invitation");
    let (reporter, watch) = (Reporter(&browser), Watch::begin(&browser));
    reporter.open(&world.link(survey, invitation));
    reporter.begin();
    reporter.type_rows(&[("Female", "4100.50"), ("Male", "4200"), ("Female", "4300")]);
    browser.wait_for("columns-go");
    reporter.check();
    browser.press("other-columns");
    browser.press("other-file");
    reporter.choose(file);
    reporter.check();
    reporter.seal();
    watch.end(&browser)
}

#[test]
fn from_the_link_to_the_receipt_of_three_thousand_rows_no_task_of_the_page_takes_50_ms() {
    let world = World::shared();
    let survey = world.survey(&Plan { max_employees: 5_000, ..Plan::inviting(ATTEMPTS) });
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pay.csv");
    std::fs::write(&file, drawn_file(&mut Drawn::printed("SEALED_PAY_ROWS_SEED"), ROWS)).unwrap();
    let attempt = |at| report(&world, &survey, at, &file);
    until_good("the page was blocked", ATTEMPTS, attempt, <[LongTask]>::is_empty, busy);
}

#[test]
fn a_planted_block_of_60_ms_is_noticed() {
    let world = World::shared();
    let browser = Browser::start(&Options::default());
    browser.open(&world.page("/"));
    browser.wait_for("invitation");
    let script = "return new Promise(done => setTimeout(() => { \
                    const begun = performance.now(); while (performance.now() - begun < 60); done(); \
                  }, 20))";
    let attempt = |_| {
        let watch = Watch::begin(&browser);
        browser.run(script, &[]);
        watch.end(&browser)
    };
    let noticed = |found: &[LongTask]| !found.is_empty();
    let disturbed = |seen: &Seen| busy(seen) || made_to_wait(seen);
    until_good("a block of 60 ms was not noticed", SHORT_ATTEMPTS, attempt, noticed, disturbed);
}
