//! How long the page kept people waiting: the browser's long-task log, less what the machine is to blame for.
//!
//! The log counts by the clock on the wall. On a machine with fewer cores than busy threads the page's thread
//! is also made to wait for a core in the middle of a task, which is no work of the page's. Linux counts that
//! waiting for each thread (`/proc/PID/schedstat`, second number, in nanoseconds); a [`Watch`] notes it every
//! few milliseconds for the one thread that runs the page, and what surely falls into a task is taken off.

use crate::Browser;
use crate::machine::{Moment, family, processes};
use serde_json::json;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A task over which people wait longer than this is logged: <https://www.w3.org/TR/longtasks-1/>.
pub const LONG_MS: f64 = 50.0;
const LOOK_EVERY: Duration = Duration::from_millis(4);

/// A task of the browser's log.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LongTask {
    /// When it began, in milliseconds since 1970.
    pub began_ms: f64,
    /// How long it took by the clock, in milliseconds.
    pub took_ms: f64,
    /// For how many of these the page's thread was ready and got no core; what is doubtful is not counted.
    pub waited_ms: f64,
}

impl LongTask {
    /// What the page itself kept people waiting.
    #[must_use]
    pub fn own_ms(&self) -> f64 {
        self.took_ms - self.waited_ms
    }
}

/// How long the page's thread had waited for a core at some moment, both in milliseconds.
#[derive(Clone, Copy, Debug)]
struct Sample {
    at_ms: f64,
    waited_ms: f64,
}

/// What was seen.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Every task that the log has, from the watch's beginning on.
    pub tasks: Vec<LongTask>,
    /// What processes that are none of the story's used meanwhile, in processors.
    pub others: f64,
}

/// Watches the page of one browser, which has a single tab, from one document of the page's to the next.
#[derive(Debug)]
pub struct Watch {
    process: u32,
    stop: Arc<AtomicBool>,
    samples: JoinHandle<Vec<Sample>>,
    began: Moment,
}

/// Has a document log its long tasks from its first one on.
const LOG: &str = "if (!window.longTasks) { \
                     window.longTasks = []; \
                     new PerformanceObserver(list => window.longTasks.push(...list.getEntries())) \
                       .observe({ type: 'longtask', buffered: true }); \
                   }";

impl Watch {
    /// Begins, in a browser that shows the page already; what it opens next of the same page is watched from its
    /// first task on.
    #[must_use]
    pub fn begin(browser: &Browser) -> Self {
        browser.devtools("Page.enable", json!({}));
        browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": LOG }));
        browser.run(LOG, &[]);
        let process = process_of_page(browser);
        let (began, stop) = (Moment::now(), Arc::new(AtomicBool::new(false)));
        let stopped = Arc::clone(&stop);
        let samples = std::thread::spawn(move || {
            let mut samples = Vec::new();
            while !stopped.load(Ordering::Relaxed) {
                let [_, waited_ms] = scheduled_ms(process);
                samples.push(Sample { at_ms: now_ms(), waited_ms });
                std::thread::sleep(LOOK_EVERY);
            }
            samples
        });
        Self { process, stop, samples, began }
    }

    /// Ends watching. Brings what the present document's log has, from the beginning of this watch on.
    #[must_use]
    pub fn end(self, browser: &Browser) -> Seen {
        // Entries are handed over in a task of their own.
        let script = "await new Promise(done => setTimeout(done, 100)); \
                      return window.longTasks.map(t => [performance.timeOrigin + t.startTime, t.duration])";
        let script = format!("return (async () => {{ {script} }})()");
        let logged: Vec<(f64, f64)> = serde_json::from_value(browser.run(&script, &[])).expect("a log");
        self.stop.store(true, Ordering::Relaxed);
        let samples = self.samples.join().expect("samples");
        let others = self.began.used_by_others_since();
        assert_eq!(process_of_page(browser), self.process, "the page runs in the thread that was watched");
        let first = samples.first().expect("a sample").at_ms;
        let since = logged.into_iter().filter(|(began_ms, _)| *began_ms >= first);
        let task = |(began_ms, took_ms)| LongTask {
            began_ms,
            took_ms,
            waited_ms: waited_between(&samples, began_ms, began_ms + took_ms),
        };
        Seen { tasks: since.map(task).collect(), others }
    }
}

/// What the thread surely waited between two moments: what was counted from the first sample inside to the last.
fn waited_between(samples: &[Sample], from_ms: f64, to_ms: f64) -> f64 {
    let inside = || samples.iter().filter(|sample| (from_ms..=to_ms).contains(&sample.at_ms));
    match (inside().next(), inside().next_back()) {
        (Some(first), Some(last)) => last.waited_ms - first.waited_ms,
        _ => 0.0,
    }
}

fn now_ms() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970").as_secs_f64() * 1000.0
}

/// How long the first thread of a process, which is the page's own, ran, and was ready and waited for a core.
fn scheduled_ms(pid: u32) -> [f64; 2] {
    let counts = std::fs::read_to_string(format!("/proc/{pid}/schedstat")).unwrap_or_default();
    let mut counts = counts.split_whitespace().map(|ns| ns.parse::<f64>().unwrap_or(0.0) / 1e6);
    [counts.next().unwrap_or(0.0), counts.next().unwrap_or(0.0)]
}

/// The process that runs the present page: of all that draw pages, the one whose first thread runs while the page
/// runs a loop. Extensions and pages kept ready have processes of their own, which do not.
fn process_of_page(browser: &Browser) -> u32 {
    const LOOP_MS: f64 = 120.0;
    browser.until("the page's process to be told from others", || {
        let all = renderers(&browser.profile());
        let before: Vec<f64> = all.iter().map(|pid| scheduled_ms(*pid)[0]).collect();
        let script = "const begun = performance.now(); while (performance.now() - begun < arguments[0]);";
        browser.run(script, &[LOOP_MS.into()]);
        let ran = all.iter().zip(before).map(|(pid, before)| (*pid, scheduled_ms(*pid)[0] - before));
        let (ran, idle): (Vec<_>, Vec<_>) = ran.partition(|(_, ran_ms)| *ran_ms > LOOP_MS / 3.0);
        let clear = idle.iter().all(|(_, ran_ms)| *ran_ms < LOOP_MS / 6.0);
        match ran[..] {
            [(pid, _)] if clear => Some(pid),
            _ => None,
        }
    })
}

/// Every process that draws pages for the browser with this profile.
fn renderers(profile: &Path) -> Vec<u32> {
    let said = |pid: u32| std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    let says = |pid: u32, words: &str| said(pid).windows(words.len()).any(|part| part == words.as_bytes());
    let profile = format!("--user-data-dir={}", profile.display());
    let browsers = processes().into_iter().filter(|pid| says(*pid, &profile));
    let mut renderers: Vec<u32> =
        browsers.flat_map(family).filter(|pid| says(*pid, "--type=renderer")).collect();
    renderers.sort_unstable();
    renderers.dedup();
    renderers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_is_what_was_counted_surely_inside_a_task() {
        let samples = [(0.0, 0.0), (10.0, 1.0), (20.0, 9.0), (30.0, 9.0), (40.0, 60.0)];
        let samples = samples.map(|(at_ms, waited_ms)| Sample { at_ms, waited_ms });
        let waited = |from, to| waited_between(&samples, from, to);
        assert!((waited(10.0, 30.0) - 8.0).abs() < 1e-9);
        assert!(waited(11.0, 25.0).abs() < 1e-9, "one sample alone says nothing");
        assert!(
            waited(31.0, 35.0).abs() < 1e-9,
            "what was counted around these 4 ms may have been before or after"
        );
        assert!((waited(0.0, 40.0) - 60.0).abs() < 1e-9);
    }

    #[test]
    fn a_task_in_which_a_core_was_waited_for_is_the_page_s_own_without_that() {
        let task = LongTask { began_ms: 0.0, took_ms: 70.0, waited_ms: 30.0 };
        assert!((task.own_ms() - 40.0).abs() < 1e-9);
    }
}
