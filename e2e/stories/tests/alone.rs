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
use e2e::play::Plan;
use stories::long_tasks::{LONG_MS, LongTask, Watch};
use stories::pages::Reporter;
use stories::{Browser, Options, World};

const ROWS: usize = 3_000;
/// What comes from the page comes every time; what comes from a machine that is busy otherwise does not.
const ATTEMPTS: usize = 3;

/// The tasks over which the page itself kept people waiting too long.
fn too_long(tasks: &[LongTask]) -> Vec<LongTask> {
    for task in tasks {
        println!("a task of {:.0} ms, {:.0} ms of them the page's own", task.took_ms, task.own_ms());
    }
    tasks.iter().copied().filter(|task| task.own_ms() > LONG_MS).collect()
}

/// Types two rows, thinks better of it, and reports a file of 3,000. Brings what was too long.
fn report(browser: &Browser, file: &std::path::Path) -> Vec<LongTask> {
    let reporter = Reporter(browser);
    let watch = Watch::begin(browser);
    reporter.type_rows(&[("Female", "4100.50"), ("Male", "4200"), ("Female", "4300")]);
    browser.wait_for("columns-go");
    reporter.check();
    browser.press("other-columns");
    browser.press("other-file");
    reporter.choose(file);
    reporter.check();
    reporter.seal();
    too_long(&watch.end(browser))
}

#[test]
fn sealing_three_thousand_rows_never_blocks_the_page_for_50_ms_and_a_planted_block_is_noticed() {
    let world = World::shared();
    let survey = world.survey(&Plan { max_employees: 5_000, ..Plan::inviting(3) });
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pay.csv");
    std::fs::write(&file, drawn_file(&mut Drawn::printed("SEALED_PAY_ROWS_SEED"), ROWS)).unwrap();
    let browser = Browser::start(&Options::default());
    Reporter(&browser).open(&world.link(&survey, 0));
    Reporter(&browser).begin();
    let mut blocked = report(&browser, &file);
    for _ in 1..ATTEMPTS {
        if blocked.is_empty() {
            break;
        }
        browser.press("replace");
        blocked = report(&browser, &file);
    }
    assert_eq!(blocked, [], "the page was blocked in each of {ATTEMPTS} attempts");
    notice_planted(&browser);
}

/// A loop that does nothing for 60 ms is in the log, and is found too long; on a machine so busy that the loop
/// hardly ran, a longer one.
fn notice_planted(browser: &Browser) {
    for loop_ms in [60, 60, 120, 240, 480, 960, 1_920] {
        let watch = Watch::begin(browser);
        let script = format!(
            "return new Promise(done => setTimeout(() => {{ \
               const begun = performance.now(); while (performance.now() - begun < {loop_ms}); done(); \
             }}, 20))"
        );
        browser.run(&script, &[]);
        let tasks = watch.end(browser);
        let logged = tasks.iter().any(|task| task.took_ms >= f64::from(loop_ms));
        assert!(logged, "a task of {loop_ms} ms is not in the log: {tasks:?}");
        if !too_long(&tasks).is_empty() {
            return;
        }
    }
    panic!("no planted block was found too long");
}
