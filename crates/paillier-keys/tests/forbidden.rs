//! Lines that must not compile: the pinned errors are the promise.

#[test]
fn nothing_opens_but_a_closed_aggregate() {
    trybuild::TestCases::new().compile_fail("tests/forbidden/*.rs");
}
