//! Whose servers these are, told before anything happens; and that one operator runs both, where that is so.

use crate::files::{Files, rows};
use e2e::play::Plan;
use stories::pages::{Organizer, Question, Reporter};
use stories::{Browser, Options, World};

const ONE_RUNS_BOTH: &str = "warning[data-warning='same-operator']";

/// Opens the first invitation of a fresh survey.
fn at_terms(world: &World) -> Browser {
    let browser = Browser::start(&Options::default());
    Reporter(&browser).open(&world.link(&world.survey(&Plan::inviting(3)), 0));
    browser.wait_for("operators");
    browser
}

/// Both names stand on the terms, each with what its server sees, and at the foot of the page.
fn assert_named(browser: &Browser, [data, computation]: [&str; 2]) {
    let terms = browser.text("survey-terms");
    for (operator, sees) in [(data, "keeps your sealed figures"), (computation, "opens one total")] {
        let said = terms.lines().any(|line| line.contains(operator) && line.contains(sees));
        assert!(said, "{operator}: {sees} in {terms}");
    }
    let foot = browser.texts("operators").concat();
    assert!(foot.contains(data) && foot.contains(computation), "{foot}");
}

#[test]
fn both_operators_are_named_before_begin_and_on_the_receipt() {
    let (world, files) = (World::run_by(["Trade Union House", "Institute for Fair Pay"]), Files::new());
    let browser = at_terms(&world);
    assert_named(&browser, ["Trade Union House", "Institute for Fair Pay"]);
    assert!(!browser.is_there(ONE_RUNS_BOTH) && !browser.is_there("one-operator"));
    Reporter(&browser).begin();
    Reporter(&browser).choose(&files.put("pay.csv", rows(12)));
    Reporter(&browser).check();
    Reporter(&browser).seal();
    let receipt = browser.texts("receipt dd").join("\n");
    for operator in ["Trade Union House", "Institute for Fair Pay"] {
        assert!(receipt.contains(&format!("signed by {operator}")), "{receipt}");
    }
}

#[test]
fn that_one_operator_runs_both_servers_is_said_to_reporters_and_to_the_organizer() {
    // Not to the letter the same: nobody is taken in by capitals.
    let world = World::run_by(["Institute for Fair Pay", "INSTITUTE for Fair Pay"]);
    let browser = at_terms(&world);
    assert_named(&browser, ["Institute for Fair Pay", "INSTITUTE for Fair Pay"]);
    let said = browser.text(ONE_RUNS_BOTH);
    assert!(
        said.contains("One operator runs both servers") && said.contains("could open your submission"),
        "{said}"
    );
    assert!(browser.text("one-operator").contains("One operator runs both servers"));
    let organizer = Browser::start(&Options::default());
    organizer.open(&world.page("/organize"));
    Organizer(&organizer).sign_in();
    Organizer(&organizer).create(&Question::about_salaries("Run by one"));
    let said = organizer.text("same-operator");
    assert!(said.contains("One operator runs both servers"), "{said}");
    assert!(organizer.is_there("one-operator"));
}
