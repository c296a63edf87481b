//! Whether the tests of the vector kernel ran, where the processor has its instructions.
//!
//! They pass on every machine. Where the instructions are missing they have calculated nothing, or nothing in lanes, and
//! are counted as not run.

use std::collections::BTreeSet;

/// Test programs by the runner's name for them, and which of their tests the instructions are for: those that stand in
/// the file at the outermost level, or these alone.
const PROGRAMS: &[(&str, Which)] = &[
    ("sealed-pay-kernels::vector", Which::AllOf(include_str!("../../../crates/kernels/tests/vector.rs"))),
    ("sealed-pay-kernels::corpus", Which::These(&["vector"])),
    (
        "sealed-pay-paillier::vector_kernel",
        Which::These(&[
            "products_agree_with_an_independent_library_however_they_are_taken",
            "products_with_and_without_lanes_merge",
        ]),
    ),
    (
        "sealed-pay-paillier",
        Which::These(&[
            "comb::tests::powers_agree_with_an_independent_library_in_lanes",
            "known_answers::lanes",
        ]),
    ),
];

enum Which {
    AllOf(&'static str),
    These(&'static [&'static str]),
}

/// What became of the tests.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// All of them passed.
    Ran,
    /// The processor lacks the instructions: these passed without them.
    CannotRun(Vec<String>),
    /// The processor has the instructions, and these did not pass or were not run.
    Missing(Vec<String>),
}

/// Judges by what nextest printed. That a test which passed did use the kernel is asserted in the tests.
pub(crate) fn verdict(has_instructions: bool, output: &str) -> Verdict {
    let passed: BTreeSet<String> = output.lines().filter_map(passed).collect();
    let (ran, missing): (Vec<_>, Vec<_>) = names().into_iter().partition(|name| passed.contains(name));
    match has_instructions {
        false => Verdict::CannotRun(ran),
        true if missing.is_empty() => Verdict::Ran,
        true => Verdict::Missing(missing),
    }
}

/// "program test" for every test that wants the instructions.
fn names() -> Vec<String> {
    let of = |(program, which): &(&str, Which)| {
        let tests: Vec<&str> = match which {
            Which::AllOf(file) => functions(file),
            Which::These(tests) => tests.to_vec(),
        };
        tests.into_iter().map(|test| format!("{program} {test}")).collect::<Vec<_>>()
    };
    PROGRAMS.iter().flat_map(of).collect()
}

/// The functions behind `#[test]`.
fn functions(file: &'static str) -> Vec<&'static str> {
    let after = file.split("\n#[test]\nfn ").skip(1);
    after.filter_map(|rest| rest.split('(').next()).collect()
}

/// The test that a line of nextest says has passed, as "program test": the line's last two words.
fn passed(line: &str) -> Option<String> {
    let mut words = line.trim().strip_prefix("PASS [")?.rsplit(' ');
    let (test, program) = (words.next()?, words.next()?);
    Some(format!("{program} {test}"))
}

/// What Rust's own runner said of one of these programs by itself, as nextest would have put it.
pub(crate) fn as_nextest_says(program: &str, output: &str) -> String {
    let passed = output.lines().filter_map(|line| line.trim().strip_prefix("test ")?.strip_suffix(" ... ok"));
    passed.map(|test| format!("PASS [] {program} {test}\n")).collect()
}

/// These programs: the runner's name, and what names it to cargo.
pub(crate) fn programs() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    PROGRAMS.iter().map(|(program, _)| {
        let named = match program.split_once("::") {
            Some((package, target)) => vec!["-p", package, "--test", target],
            None => vec!["-p", program, "--lib"],
        };
        (*program, named)
    })
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

    fn line(name: &str) -> String {
        format!("        PASS [   0.011s] ( 3/90) {name}\n")
    }

    /// What nextest prints when all pass but those that are left out.
    fn said_without(left_out: &[&String]) -> String {
        names().iter().filter(|name| !left_out.contains(name)).map(|name| line(name)).collect()
    }

    #[test]
    fn a_processor_with_the_instructions_must_run_every_test() {
        let names = names();
        let of = |program: &str| names.iter().filter(|name| name.split(' ').next() == Some(program)).count();
        assert!(of("sealed-pay-kernels::vector") >= 6, "{names:?}");
        assert!(PROGRAMS.iter().all(|(program, _)| of(program) > 0), "{names:?}");
        assert_eq!(verdict(true, &said_without(&[])), Verdict::Ran);
    }

    #[test]
    fn every_named_test_is_there() {
        let sources = [
            ("sealed-pay-kernels::corpus", include_str!("../../../crates/kernels/tests/corpus.rs")),
            (
                "sealed-pay-paillier::vector_kernel",
                include_str!("../../../crates/paillier/tests/vector_kernel.rs"),
            ),
            (
                "sealed-pay-paillier",
                concat!(
                    include_str!("../../../crates/paillier/src/comb.rs"),
                    include_str!("../../../crates/paillier/src/known_answers.rs")
                ),
            ),
        ];
        for (program, which) in PROGRAMS {
            let Which::These(tests) = which else { continue };
            let (_, source) = sources.iter().find(|(name, _)| name == program).unwrap();
            for test in *tests {
                let function = test.rsplit("::").next().unwrap();
                assert!(
                    source.contains(&format!("#[test]\n    fn {function}("))
                        || functions(source).contains(&function)
                );
            }
        }
    }

    #[test]
    fn with_the_instructions_a_test_that_did_not_run_or_failed_is_missing() {
        assert_eq!(verdict(true, ""), Verdict::Missing(names()));
        for name in &names() {
            for instead in ["", "        FAIL [   0.011s] (3/90) ", "        SKIP [   0.011s] (3/90) "] {
                let output = format!("{}{instead}{name}\n", said_without(&[name]));
                assert_eq!(verdict(true, &output), Verdict::Missing(vec![name.clone()]));
            }
        }
    }

    #[test]
    fn a_test_of_the_same_name_elsewhere_is_another_one() {
        let name = "sealed-pay-kernels::corpus vector".to_owned();
        for other in
            ["sealed-pay-kernels::corpuses vector", "sealed-pay-e2e::corpus vector", "x::corpus a::vector"]
        {
            let output = said_without(&[&name]) + &line(other);
            assert_eq!(verdict(true, &output), Verdict::Missing(vec![name.clone()]), "{other}");
        }
    }

    #[test]
    fn what_the_other_runner_says_counts_for_its_program_alone() {
        let said = "test vector ... ok\ntest wide ... FAILED\ntest narrow ... ignored\n";
        let output = as_nextest_says("sealed-pay-kernels::corpus", said);
        assert_eq!(
            output.lines().filter_map(passed).collect::<Vec<_>>(),
            ["sealed-pay-kernels::corpus vector"]
        );
        let (named, of) = (programs().collect::<Vec<_>>(), "sealed-pay-paillier");
        assert!(named.contains(&(of, vec!["-p", of, "--lib"])));
        assert!(named.iter().any(|(_, named)| *named == ["-p", "sealed-pay-kernels", "--test", "corpus"]));
    }

    #[test]
    fn without_the_instructions_those_that_passed_are_counted() {
        assert_eq!(verdict(false, &said_without(&[])), Verdict::CannotRun(names()));
        assert_eq!(verdict(false, ""), Verdict::CannotRun(Vec::new()));
    }
}
