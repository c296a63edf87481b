//! What the machine did beside a story: an independent witness where a story measures time.
//!
//! Linux counts what every process used of the processors (`/proc/PID/stat`) and what all of them together did
//! (`/proc/stat`), in ticks of the same clock; what a hypervisor took away counts as others' work.

use std::path::Path;

/// Where in a process's numbers its own time stands, and that of its children that have ended.
const TIMES: std::ops::Range<usize> = 11..15;
/// The idle columns of `/proc/stat`: doing nothing, and waiting for a disk.
const IDLE: std::ops::Range<usize> = 3..5;
/// Time of guests, which is counted a second time as their host's.
const GUESTS: usize = 8;

/// The machine at some moment.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// Ticks of all processors, idle ones included.
    all: u64,
    /// Ticks in which something ran.
    busy: u64,
    /// Ticks that this process and everything it started used.
    own: u64,
    processors: u64,
}

impl Moment {
    /// Now.
    #[must_use]
    pub fn now() -> Self {
        let text = std::fs::read_to_string("/proc/stat").expect("Linux");
        let own = family(std::process::id()).into_iter().map(used).sum();
        let processors = text.lines().filter(|line| is_processor(line)).count();
        let (all, busy) = ticks(text.lines().next().expect("all processors"));
        Self { all, busy, own, processors: processors as u64 }
    }

    /// What others used since, in processors: 0.5 is half of one.
    #[must_use]
    pub fn used_by_others_since(&self) -> f64 {
        Self::now().less(self)
    }

    #[expect(clippy::cast_precision_loss, reason = "ticks of some minutes")]
    fn less(&self, before: &Self) -> f64 {
        let of_one = (self.all - before.all) as f64 / self.processors as f64;
        let others = (self.busy - before.busy).saturating_sub(self.own.saturating_sub(before.own));
        if of_one > 0.0 { others as f64 / of_one } else { 0.0 }
    }
}

fn is_processor(line: &str) -> bool {
    line.strip_prefix("cpu").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Ticks in all, and those in which something ran.
fn ticks(line: &str) -> (u64, u64) {
    let numbers: Vec<u64> = line.split_whitespace().skip(1).take(GUESTS).flat_map(str::parse).collect();
    let all = numbers.iter().sum();
    (all, all - numbers[IDLE].iter().sum::<u64>())
}

/// A process and everything that it started, however far down.
pub(crate) fn family(head: u32) -> Vec<u32> {
    let all: Vec<(u32, u32)> = processes().into_iter().filter_map(|pid| Some((pid, parent(pid)?))).collect();
    let mut family = vec![head];
    let mut seen = 0;
    while let Some(elder) = family.get(seen).copied() {
        family.extend(all.iter().filter(|(_, parent)| *parent == elder).map(|(pid, _)| *pid));
        seen += 1;
    }
    family
}

pub(crate) fn processes() -> Vec<u32> {
    let entries = std::fs::read_dir("/proc").expect("Linux").flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect()
}

/// What stands behind a process's name, which may hold anything: state, parent, ….
fn numbers(pid: u32) -> Option<Vec<String>> {
    let text = std::fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("stat")).ok()?;
    Some(behind_name(&text)?.split_whitespace().map(str::to_owned).collect())
}

fn behind_name(text: &str) -> Option<&str> {
    text.rsplit_once(") ").map(|(_, rest)| rest)
}

fn parent(pid: u32) -> Option<u32> {
    numbers(pid)?.get(1)?.parse().ok()
}

/// Ticks that a process used, itself and by children that have ended; nothing once it has ended itself.
fn used(pid: u32) -> u64 {
    let times = numbers(pid).and_then(|numbers| Some(numbers.get(TIMES)?.to_vec())).unwrap_or_default();
    times.iter().filter_map(|ticks| ticks.parse::<u64>().ok()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(all: u64, busy: u64, own: u64) -> Moment {
        Moment { all, busy, own, processors: 2 }
    }

    #[test]
    fn others_used_what_was_neither_idle_nor_one_s_own() {
        assert_eq!(ticks("cpu  10 20 30 400 50 6 7 8 9 9"), (531, 81));
        // A second on two processors: 120 of 200 ticks were busy, 70 of them one's own.
        let share = moment(1_200, 620, 170).less(&moment(1_000, 500, 100));
        assert!((share - 0.5).abs() < 1e-9, "{share}");
        assert!(moment(1_200, 520, 200).less(&moment(1_000, 500, 100)).abs() < 1e-9);
    }

    #[test]
    fn a_name_with_blanks_and_parentheses_is_passed_over() {
        assert_eq!(behind_name("7 (a) b (c) S 1 2"), Some("S 1 2"));
    }

    #[test]
    fn a_family_has_its_head_and_what_it_started() {
        let mut child = std::process::Command::new("sleep").arg("60").spawn().unwrap();
        let own = family(std::process::id());
        let _ = child.kill();
        let _ = child.wait();
        assert!(own.contains(&std::process::id()) && own.contains(&child.id()), "{own:?}");
        assert!(!own.contains(&1));
    }
}
