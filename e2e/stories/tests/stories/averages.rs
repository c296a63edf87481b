//! Whole surveys, everybody in the page; what it shows is what the pay files say.

use crate::files::{Files, dealt, faculty, slices};
use e2e::drawn::Drawn;
use e2e::oracle::{Total, cents_per_unit, drawn_file, totals};
use std::collections::BTreeMap;
use stories::pages::{Organizer, Question, Reporter, Shown};
use stories::{Browser, Options, World};

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
    at_desk.close();
    at_desk.result()
}

/// A number as people read it: `1,234,567.80`.
fn shown(decimal: &str) -> String {
    let (whole, decimals) = decimal.split_once('.').unwrap();
    let mut groups: Vec<&str> =
        whole.as_bytes().rchunks(3).map(|c| std::str::from_utf8(c).unwrap()).collect();
    groups.reverse();
    format!("{}.{decimals}", groups.join(","))
}

fn assert_shown(result: &Shown, expected: &BTreeMap<String, Total>, reporters: usize) {
    assert_eq!(result.rows.len(), expected.len());
    for (group, total) in expected {
        let row = result.row(group);
        let cells =
            [reporters.to_string(), total.count.to_string(), shown(&total.sum()), shown(&total.mean())];
        assert_eq!(row.cells, cells, "{group} in the table");
        assert!(result.bars.contains(&shown(&total.mean())), "{group} in the chart: {:?}", result.bars);
        let (count, sum, mean) = (total.count, total.sum(), total.mean());
        let line = format!("{group},{reporters},{count},{sum},{mean},");
        assert!(result.csv.lines().any(|written| written == line), "{line} in {}", result.csv);
        let cell = result.cell("sex", group);
        assert_eq!(cell["mean"].to_string().parse::<f64>().unwrap(), mean.parse::<f64>().unwrap());
        assert_eq!(cell["employees"].as_u64(), Some(count));
    }
    let cents = cents_per_unit(expected["Male"], expected["Female"]);
    assert_eq!(result.gaps.len(), 1);
    assert!(result.gaps[0].contains(&cents), "{cents} in {}", result.gaps[0]);
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
    for bar in ["101,002.41", "115,090.42"] {
        assert!(result.bars.iter().any(|text| text == bar), "{bar} in the chart: {:?}", result.bars);
    }
    assert!(result.csv.contains(",101002.41,") && result.csv.contains(",115090.42,"), "{}", result.csv);
    assert_eq!(result.cell("sex", "Female")["mean"].to_string(), "101002.41");
    assert_eq!(result.cell("sex", "Male")["mean"].to_string(), "115090.42");
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
