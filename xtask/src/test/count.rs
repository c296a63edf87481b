//! How many tests passed, failed and could not run here, read from what the runners print.

use std::fmt;
use std::iter::Sum;

/// A number of tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    /// What this machine or its browser cannot run.
    pub(crate) left_out: u64,
}

/// With these words a test says that it cannot run here; it passes nonetheless.
const LEFT_OUT: &str = "not run here: ";

impl Count {
    /// Adds up every summary line of nextest, of Rust's own runner and of the vectors.
    pub(crate) fn read(output: &str) -> Self {
        let left_out = output.lines().filter(|line| line.contains(LEFT_OUT)).count() as u64;
        let tests: Self = output.lines().filter(|line| is_summary(line)).map(read_line).sum();
        Self { left_out, passed: tests.passed.saturating_sub(left_out), ..tests }
    }
}

impl Count {
    /// Reads a line that is nothing but a summary: "54 passed, 0 failed".
    pub(crate) fn read_plain(line: &str) -> Self {
        read_line(line)
    }
}

fn is_summary(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("test result: ") || (line.starts_with("Summary [") && line.contains(" run: "))
}

/// Every "12 passed" and "3 failed" of a line; a test that ran out of time has failed.
fn read_line(line: &str) -> Count {
    let words: Vec<&str> = line.split(|c: char| c.is_whitespace() || c == ',' || c == ';').collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let mut count = Count::default();
    for pair in words.windows(2) {
        let [number, word] = pair else { continue };
        let Ok(number) = number.parse::<u64>() else { continue };
        match *word {
            "passed" => count.passed += number,
            "failed" | "timed" | "exec" => count.failed += number,
            _ => {}
        }
    }
    count
}

impl Sum for Count {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |sum, one| Self {
            passed: sum.passed + one.passed,
            failed: sum.failed + one.failed,
            left_out: sum.left_out + one.left_out,
        })
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.left_out == 0 { Ok(()) } else { write!(f, ", {} not run here", self.left_out) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_runners_are_understood() {
        let output = "\
     Summary [   1.234s] 12 tests run: 10 passed (1 slow), 1 failed, 1 timed out, 3 skipped
test result: ok. 4 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s
test result: FAILED. 5 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out
     Summary [   0.003s] 1 test run: 1 passed, 0 skipped
test stories::the_file_with_99_passed_lines ... ok";
        assert_eq!(Count::read(output), Count { passed: 20, failed: 4, left_out: 0 });
    }

    #[test]
    fn the_closing_line_is_plain() {
        let count = Count { passed: 3, ..Count::default() };
        assert_eq!(count.to_string(), "3 passed, 0 failed");
        assert_eq!(Count { left_out: 2, ..count }.to_string(), "3 passed, 0 failed, 2 not run here");
    }

    #[test]
    fn a_test_that_says_it_cannot_run_here_is_not_counted_as_passed() {
        let output = "\
not run here: the_module_makes_the_noise: this browser does not take the module
test result: ok. 4 passed; 0 failed; 0 ignored; 0 filtered out";
        assert_eq!(Count::read(output), Count { passed: 3, failed: 0, left_out: 1 });
    }
}
