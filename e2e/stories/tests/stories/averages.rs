//! Whole surveys, everybody in the page; what it shows is what the pay files say.

use crate::files::{Files, dealt, faculty, slices};
use e2e::drawn::Drawn;
use e2e::oracle::{Total, cents_per_unit, drawn_file, gap_percent, totals};
use std::collections::BTreeMap;
use stories::pages::{Organizer, Question, Reporter, Shown};
use stories::{Browser, Options, World, shown};

/// The organizer asks, everybody reports a file, the organizer closes and looks.
fn play(question: &Question, reporters: &BTreeMap<String, String>) -> Shown {
    let (world, files) = (World::shared(), Files::new());
    let organizer = Browser::start(&Options::default());
    organizer.open(&world.page("/organize"));
    let at_desk = Organizer(&organizer);
    at_desk.sign_in();
    at_desk.create(question);
    at_desk.open_to(&reporters.keys().cloned().collect::<Vec<_>>());
    let links = at_desk.links();
    assert_eq!(links.len(), reporters.len());
    for (link, (name, content)) in links.iter().zip(reporters) {
        let file = files.put(&format!("{name}.csv"), content);
        let browser = Browser::start(&Options::default());
        assert!(Reporter(&browser).report(link, &file).len() > 10, "{name} gets a receipt");
    }
    let all = u32::try_from(reporters.len()).unwrap();
    at_desk.wait_for_counts([all, all, all]);
    // What the sign-in was tried out with is refused, and browsers write that down. Nothing else is.
    let _ = organizer.console();
    at_desk.close();
    at_desk.is_taken_to("result");
    let result = at_desk.result();
    assert_eq!(organizer.console(), Vec::<String>::new());
    result
}

fn assert_shown(result: &Shown, expected: &BTreeMap<String, Total>, reporters: usize) {
    let [(female, women), (male, men)] =
        expected.iter().map(|(group, total)| (group.as_str(), *total)).collect::<Vec<_>>()[..]
    else {
        panic!("two groups: {expected:?}")
    };
    assert_eq!([female, male], ["Female", "Male"]);
    assert_eq!(result.heads, ["Group", "Reporters", "Employees", "Sum (USD)", "Average (USD)"]);
    assert_eq!(result.rows.len(), 2);
    for (group, total) in expected {
        let (count, sum, mean) = (total.count.to_string(), shown(&total.sum()), shown(&total.mean()));
        assert_eq!(
            result.row(group).cells,
            [reporters.to_string(), count, sum, mean],
            "{group} in the table"
        );
    }
    assert_eq!(result.bars, [female, &shown(&women.mean()), male, &shown(&men.mean())].map(str::to_owned));
    assert_eq!(result.lengths, lengths([women, men]));
    let line = |group: &str, total: Total, compared: &str| {
        format!("{group},{reporters},{},{},{},{compared},\n", total.count, total.sum(), total.mean())
    };
    let head = "category,reporters,employees,sum,mean,representation_percent,gap_percent,gap_cents_per_unit,suppressed\n";
    let (ours, theirs) = parts([women.count, men.count]);
    let gap = format!("{ours},{},{}", gap_percent(men, women), cents_per_unit(men, women));
    assert_eq!(
        result.csv,
        [head, &line(female, women, &gap), &line(male, men, &format!("{theirs},,"))].concat()
    );
    assert_gap(result, [men, women]);
    assert_json(result, [women, men], reporters);
}

/// What part of both each is, in per cent, rounded half up to two decimals.
fn parts([one, other]: [u64; 2]) -> (String, String) {
    let part = |of: u64| {
        let hundredths = (of * 20_000 + one + other) / (2 * (one + other));
        format!("{}.{:02}", hundredths / 100, hundredths % 100)
    };
    (part(one), part(other))
}

/// From zero, the longest over the whole width.
fn lengths(totals: [Total; 2]) -> Vec<String> {
    let means = totals.map(|total| total.mean().parse::<f64>().unwrap());
    let longest = means.into_iter().fold(0.0, f64::max);
    means.map(|mean| format!("{:.2}%", mean / longest * 100.0)).to_vec()
}

/// The whole text, both ways a gap is usually said.
fn assert_gap(result: &Shown, [men, women]: [Total; 2]) {
    let percent = gap_percent(men, women).replace('-', "−");
    let cents = cents_per_unit(men, women);
    let words = format!(
        "Female are paid {percent} % less than Male on average: {cents} cents for every USD of theirs. A negative \
         figure means more."
    );
    assert_eq!(result.gaps, [format!("{percent} %{words}")]);
}

/// Every number to its last digit.
fn assert_json(result: &Shown, [women, men]: [Total; 2], reporters: usize) {
    let cell = |group: &str, total: Total| {
        format!(
            r#"{{"categories":{{"sex":"{group}"}},"reporters":{reporters},"employees":{},"sum":{},"mean":{}}}"#,
            total.count,
            total.sum(),
            total.mean()
        )
    };
    let gap = format!(
        r#"{{"compared":"Female","reference":"Male","measure":"salary","percent":{},"cents_per_unit":{}}}"#,
        gap_percent(men, women),
        cents_per_unit(men, women)
    );
    let cells = format!(
        r#""cells":[{},{}],"gaps":[{gap}],"counted":{reporters},"#,
        cell("Female", women),
        cell("Male", men)
    );
    assert!(result.json_text.contains(&cells), "{cells} in {}", result.json_text);
}

#[test]
fn six_employers_report_the_salaries_of_a_faculty() {
    let csv = faculty();
    let slices = slices(&csv, &["rank", "discipline"]);
    assert_eq!(slices.len(), 6);
    let result = play(&Question::about_salaries("A faculty's salaries"), &slices);
    let mean = |group: &str| result.row(group).cells.last().unwrap().clone();
    assert_eq!(mean("Female"), "101,002.41");
    assert_eq!(mean("Male"), "115,090.42");
    assert_eq!(result.bars, ["Female", "101,002.41", "Male", "115,090.42"]);
    assert!(result.gaps[0].contains("Female are paid 12.24 % less than Male on average: 87.76 cents"));
    assert_shown(&result, &totals(&csv, "sex", "salary"), 6);
}

#[test]
fn a_drawn_file_agrees_with_the_oracle_at_3072_bits() {
    let mut drawn = Drawn::printed("SEALED_PAY_STORY_SEED");
    let csv = drawn_file(&mut drawn, 120);
    let reporters = usize::try_from(drawn.between(5, 6)).unwrap();
    let hands = dealt(&csv, reporters).into_iter().enumerate();
    let hands = hands.map(|(at, hand)| (format!("Employer {at}"), hand)).collect();
    let question = Question { key_bits: 3072, ..Question::about_salaries("Drawn") };
    let result = play(&question, &hands);
    assert_eq!(result.json["key_bits"].as_u64(), Some(3072));
    assert_shown(&result, &totals(&csv, "sex", "salary"), reporters);
}
