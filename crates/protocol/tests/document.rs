//! docs/PROTOCOL.md repeats the table of problems and every address; this holds the copy to the source.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use protocol::{Problem, routes};

fn document() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/PROTOCOL.md");
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn every_problem_stands_in_the_document_as_it_is() {
    let document = document();
    for problem in Problem::ALL {
        let row = problem.row();
        let code = row.uri.strip_prefix("urn:sealed-pay:problem:").unwrap();
        let line = format!("| `{code}` | {} | {} | {} |", row.status, row.title, row.advice);
        assert!(document.contains(&line), "missing or changed: {line}");
    }
    let has_status = |line: &&str| line.split('|').nth(2).is_some_and(|s| s.trim().parse::<u16>().is_ok());
    assert_eq!(document.lines().filter(has_status).count(), Problem::ALL.len(), "none is left over");
}

#[test]
fn every_address_stands_in_the_document() {
    let document = document();
    let between = {
        use routes::peer::{AGREEMENT, COUNTERSIGNATURE, DECLARATIONS, DRAFTS, OPENING, SURVEYS};
        [AGREEMENT, COUNTERSIGNATURE, DECLARATIONS, DRAFTS, OPENING, SURVEYS]
    };
    let public = {
        use routes::{
            DRAFTS, ENROLMENTS, HEALTH, IDENTITY, LABELS, ORDERS, RELEASE, STATUS, SUBMISSION, SURVEY,
            SURVEYS, WITHDRAWALS,
        };
        [
            DRAFTS,
            ENROLMENTS,
            HEALTH,
            IDENTITY,
            LABELS,
            ORDERS,
            RELEASE,
            STATUS,
            SUBMISSION,
            SURVEY,
            SURVEYS,
            WITHDRAWALS,
        ]
    };
    for route in between.into_iter().chain(public) {
        assert!(document.contains(&format!("{route}`")), "{route}");
    }
}
