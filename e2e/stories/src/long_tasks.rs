//! How long the page kept people waiting: the browser's long-task log, less what the machine is to blame for.
//!
//! The log counts by the clock on the wall. On a machine with fewer cores than busy threads the page's thread
//! is also made to wait for a core in the middle of a task, which is no work of the page's. Linux counts that
//! waiting for each thread (`/proc/PID/schedstat`, second number, in nanoseconds); a [`Watch`] notes it every
//! few milliseconds while a page works, and what falls into a task is taken off.

use crate::Browser;
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
    /// For how many of these the page's thread was ready and got no core.
    pub waited_ms: f64,
}

impl LongTask {
    /// What the page itself kept people waiting.
    #[must_use]
    pub fn own_ms(&self) -> f64 {
        self.took_ms - self.waited_ms
    }
}

/// How long the threads had waited for a core at some moment, both in milliseconds.
#[derive(Clone, Copy, Debug)]
struct Sample {
    at_ms: f64,
    waited_ms: f64,
}

/// Watches the page of one browser, which has a single tab.
#[derive(Debug)]
pub struct Watch {
    stop: Arc<AtomicBool>,
    samples: JoinHandle<Vec<Sample>>,
}

impl Watch {
    /// Begins to watch, and has the page log its long tasks, those before this included.
    #[must_use]
    pub fn begin(browser: &Browser) -> Self {
        browser.run(
            "window.longTasks = []; \
             new PerformanceObserver(list => window.longTasks.push(...list.getEntries())) \
               .observe({ type: 'longtask', buffered: true });",
            &[],
        );
        let renderers = renderers(&browser.profile());
        assert!(!renderers.is_empty(), "the page's process is found");
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let samples = std::thread::spawn(move || {
            let mut samples = Vec::new();
            while !stopped.load(Ordering::Relaxed) {
                samples.push(Sample {
                    at_ms: now_ms(),
                    waited_ms: renderers.iter().map(|pid| waited_ms(*pid)).sum(),
                });
                std::thread::sleep(LOOK_EVERY);
            }
            samples
        });
        Self { stop, samples }
    }

    /// Ends watching. Brings what the page's log has, from the beginning of this watch on.
    #[must_use]
    pub fn end(self, browser: &Browser) -> Vec<LongTask> {
        // Entries are handed over in a task of their own.
        let script = "await new Promise(done => setTimeout(done, 100)); \
                      return window.longTasks.map(t => [performance.timeOrigin + t.startTime, t.duration])";
        let script = format!("return (async () => {{ {script} }})()");
        let logged: Vec<(f64, f64)> = serde_json::from_value(browser.run(&script, &[])).expect("a log");
        self.stop.store(true, Ordering::Relaxed);
        let samples = self.samples.join().expect("samples");
        let first = samples.first().expect("a sample").at_ms;
        let since = logged.into_iter().filter(|(began_ms, _)| *began_ms >= first);
        since
            .map(|(began_ms, took_ms)| LongTask {
                began_ms,
                took_ms,
                waited_ms: waited_between(&samples, began_ms, began_ms + took_ms),
            })
            .collect()
    }
}

/// What the threads waited between two moments. Counted from the last sample before to the first one after;
/// never more than the time between the two moments.
fn waited_between(samples: &[Sample], from_ms: f64, to_ms: f64) -> f64 {
    let before = samples.iter().rev().find(|sample| sample.at_ms <= from_ms).or(samples.first());
    let after = samples.iter().find(|sample| sample.at_ms >= to_ms).or(samples.last());
    let (before, after) = (before.expect("a sample"), after.expect("a sample"));
    (after.waited_ms - before.waited_ms).clamp(0.0, to_ms - from_ms)
}

fn now_ms() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970").as_secs_f64() * 1000.0
}

/// How long the first thread of a process, which is the page's own, was ready and waited for a core.
fn waited_ms(pid: u32) -> f64 {
    let counts = std::fs::read_to_string(format!("/proc/{pid}/schedstat")).unwrap_or_default();
    let waited_ns: f64 = counts.split(' ').nth(1).and_then(|waited| waited.parse().ok()).unwrap_or(0.0);
    waited_ns / 1e6
}

/// Every process that draws pages for the browser with this profile.
fn renderers(profile: &Path) -> Vec<u32> {
    let all: Vec<u32> = std::fs::read_dir("/proc")
        .expect("Linux")
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .collect();
    let said = |pid: u32| std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    let says = |pid: u32, words: &str| said(pid).windows(words.len()).any(|part| part == words.as_bytes());
    let profile = format!("--user-data-dir={}", profile.display());
    let browsers: Vec<u32> = all.iter().copied().filter(|pid| says(*pid, &profile)).collect();
    let descends = |pid: u32| {
        let line = std::iter::successors(Some(pid), |pid| parent(*pid));
        line.take(10).any(|ancestor| browsers.contains(&ancestor))
    };
    all.iter().copied().filter(|pid| says(*pid, "--type=renderer") && descends(*pid)).collect()
}

fn parent(pid: u32) -> Option<u32> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("PPid:"))?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_is_what_was_counted_inside_a_task_and_never_more_than_it_took() {
        let samples = [(0.0, 0.0), (10.0, 1.0), (20.0, 9.0), (30.0, 9.0), (40.0, 60.0)];
        let samples = samples.map(|(at_ms, waited_ms)| Sample { at_ms, waited_ms });
        let waited = |from, to| waited_between(&samples, from, to);
        assert!((waited(10.0, 30.0) - 8.0).abs() < 1e-9);
        assert!((waited(11.0, 19.0) - 8.0).abs() < 1e-9);
        assert!((waited(31.0, 35.0) - 4.0).abs() < 1e-9, "51 were counted around these 4 ms");
        assert!((waited(20.0, 30.0)).abs() < 1e-9);
    }

    #[test]
    fn a_task_in_which_a_core_was_waited_for_is_the_page_s_own_without_that() {
        let task = LongTask { began_ms: 0.0, took_ms: 70.0, waited_ms: 30.0 };
        assert!((task.own_ms() - 40.0).abs() < 1e-9);
    }
}
