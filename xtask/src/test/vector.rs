//! Whether the tests of the vector kernel ran, where the processor has its instructions.

use std::collections::BTreeSet;

/// The file with these tests.
const FILE: &str = include_str!("../../../crates/kernels/tests/vector.rs");

/// What became of the tests.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// All of them passed.
    Ran,
    /// So many cannot run on this processor.
    CannotRun(u64),
    /// The processor has the instructions, and these did not pass or were not run.
    Missing(Vec<&'static str>),
}

/// Judges by what the runner printed. That a test which passed did use the kernel is asserted in the tests.
pub(crate) fn verdict(has_instructions: bool, output: &str) -> Verdict {
    let names = names();
    if !has_instructions {
        return Verdict::CannotRun(names.len() as u64);
    }
    let passed: BTreeSet<&str> = output.lines().filter_map(passed).collect();
    let missing: Vec<_> = names.into_iter().filter(|name| !passed.contains(name)).collect();
    if missing.is_empty() { Verdict::Ran } else { Verdict::Missing(missing) }
}

/// The functions behind `#[test]`.
fn names() -> Vec<&'static str> {
    let after = FILE.split("\n#[test]\nfn ").skip(1);
    after.filter_map(|rest| rest.split('(').next()).collect()
}

/// The test that a line of nextest or of Rust's own runner says has passed.
fn passed(line: &str) -> Option<&str> {
    let line = line.trim();
    match line.strip_prefix("test ") {
        Some(rest) => rest.strip_suffix(" ... ok"),
        None => line.strip_prefix("PASS [").and_then(|rest| rest.rsplit(' ').next()),
    }
}

/// Whether this processor can run the kernel.
#[cfg(target_arch = "x86_64")]
pub(crate) fn has_instructions() -> bool {
    std::is_x86_feature_detected!("avx512f") && std::is_x86_feature_detected!("avx512ifma")
}

/// Whether this processor can run the kernel.
#[cfg(not(target_arch = "x86_64"))]
pub(crate) const fn has_instructions() -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What both runners print when all of them pass.
    fn said(how: impl Fn(&str) -> String) -> String {
        names().into_iter().map(how).collect()
    }

    fn nextest(name: &str) -> String {
        format!("        PASS [   0.011s] ( 3/90) sealed-pay-kernels::vector {name}\n")
    }

    #[test]
    fn a_processor_with_the_instructions_must_run_every_test() {
        assert!(names().len() >= 6, "{:?}", names());
        assert_eq!(verdict(true, &said(nextest)), Verdict::Ran);
        assert_eq!(verdict(true, &said(|name| format!("test {name} ... ok\n"))), Verdict::Ran);
    }

    #[test]
    fn with_the_instructions_a_test_that_did_not_run_or_failed_is_missing() {
        assert_eq!(verdict(true, ""), Verdict::Missing(names()));
        let (all, last) = (names(), *names().last().unwrap());
        let others: String = all.iter().filter(|name| **name != last).map(|name| nextest(name)).collect();
        for instead in ["", "        FAIL [   0.011s] ", "        SKIP [   0.011s] ", "test "] {
            let ending = format!("{instead}sealed-pay-kernels::vector {last} ... FAILED\n");
            assert_eq!(verdict(true, &format!("{others}{ending}")), Verdict::Missing(vec![last]));
        }
    }

    #[test]
    fn without_the_instructions_they_are_counted() {
        assert_eq!(verdict(false, &said(nextest)), Verdict::CannotRun(names().len() as u64));
    }
}
