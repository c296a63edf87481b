//! Surveys that ask for several things at once: two dimensions and pay bands, and a law's preset.

use crate::files::Files;
use e2e::drawn::Drawn;
use e2e::oracle::{Total, gap_percent, totals};
use std::collections::BTreeMap;
use stories::pages::{Organizer, Question, Reporter};
use stories::{Browser, Options, World, shown};

const REPORTERS: usize = 5;

/// Somebody's pay file: 240 people, both sexes in both grades; its columns have names of their own, and one more row
/// has no pay.
fn pay_file(drawn: &mut Drawn) -> String {
    let mut csv = String::from("number,grade,gender,gross\n");
    for at in 0..240 {
        let grade = if at % 2 == 0 { "junior" } else { "senior" };
        let sex = if at % 3 == 0 { "Female" } else { "Male" };
        let base = if grade == "senior" { 35_000 } else { 30_000 };
        let (units, cents) = (base + drawn.between(0, 40_000), drawn.between(0, 99));
        csv.push_str(&format!("{at},{grade},{sex},{units}.{cents:02}\n"));
    }
    csv + "240,senior,Female,NA\n"
}

/// The rows with pay, with a column for each combination: what the oracle adds up.
fn with_pay(csv: &str) -> String {
    let rows = csv.lines().skip(1).filter(|row| !row.ends_with("NA"));
    let row = |row: &str| {
        let cells: Vec<&str> = row.split(',').collect();
        format!("{} / {},{},{}\n", cells[2], cells[1], cells[2], cells[3])
    };
    rows.map(row).fold("both,sex,salary\n".to_owned(), |text, row: String| text + row.as_str())
}

/// Every table of this name: its caption, and its rows.
fn tables(browser: &Browser, name: &str) -> Vec<(String, Vec<Vec<String>>)> {
    let script = format!(
        "const tables = document.querySelectorAll(\"[data-test='{name}']\"); return Array.from(tables, table => \
         [table.caption.textContent, Array.from(table.tBodies[0].rows, row => Array.from(row.cells, c => \
         c.textContent))])"
    );
    serde_json::from_value(browser.run(&script, &[])).expect("tables")
}

/// Twice the median of a group's amounts in cents, exactly.
fn twice_median(csv: &str, group: &str) -> u64 {
    let cents = |row: &str| {
        let (both, amount) = row.rsplit_once(',').unwrap();
        both.starts_with(group).then(|| amount.replace('.', "").parse::<u64>().unwrap())
    };
    let mut cents: Vec<u64> = csv.lines().skip(1).filter_map(cents).collect();
    cents.sort_unstable();
    cents[(cents.len() - 1) / 2] + cents[cents.len() / 2]
}

/// `50,000.00 to 54,999.99 (about 52,300.00)` in cents.
fn bounds(text: &str) -> [u64; 3] {
    let numbers = text.split(|c: char| !c.is_ascii_digit() && c != ',' && c != '.');
    let cents = numbers.filter(|part| part.contains('.')).map(|part| part.replace([',', '.'], ""));
    let cents: Vec<u64> = cents.map(|cents| cents.parse().unwrap()).collect();
    cents.try_into().expect("low, high and estimate")
}

fn at_desk(world: &World) -> Browser {
    let browser = Browser::start(&Options::default());
    browser.open(&world.page("/organize"));
    Organizer(&browser).sign_in();
    browser.press("new-survey");
    browser
}

/// By sex and grade, with bands of 5,000; rows with a gap are left out.
fn ask_by_sex_and_grade(organizer: &Browser) {
    Organizer(organizer).fill_in(&Question::about_salaries("By sex and grade"));
    organizer.press("add-dimension");
    organizer.write("dimension-name-2", "rank");
    organizer.write("categories-2", "junior\nsenior");
    organizer.write("soft-minimum", "20000");
    organizer.write("soft-maximum", "110000");
    organizer.write("bands", "5000");
    organizer.choose("missing", "leave");
    organizer.press("create-survey");
    organizer.wait_for("organized-title");
    let words = organizer.text("in-words");
    for part in
        ["sex: Female, Male; compared with Male", "rank: junior, senior", "sex × rank; sex", "19 pay bands"]
    {
        assert!(words.contains(part), "{part} in {words}");
    }
}

/// Chooses columns whose names are not the survey's, and brings the totals that will be sent, as they are shown.
fn look_at_totals(reporter: &Browser, link: &str, file: &std::path::Path) -> Vec<Vec<String>> {
    Reporter(reporter).open(link);
    Reporter(reporter).begin();
    Reporter(reporter).choose(file);
    for (field, column) in
        [("column-compared", "gender"), ("column-dimension-2", "grade"), ("column-measure", "gross")]
    {
        assert_eq!(reporter.value(field), column, "what the page proposes");
    }
    // Who would rather complete the file is told which row.
    reporter.choose("missing-rule", "stop");
    reporter.press("columns-go");
    reporter.wait_for("problems");
    assert_eq!(reporter.texts("problems tbody td")[..2], ["242", "gross"]);
    reporter.press("other-columns");
    reporter.wait_for("columns-go");
    Reporter(reporter).check();
    let left_out = reporter.text("left-out");
    assert!(left_out.contains("One row is left out") && left_out.contains("“gross”"), "{left_out}");
    let [(_, rows)] = tables(reporter, "sent-totals").try_into().expect("one table");
    rows
}

fn row(group: &str, total: &Total) -> Vec<String> {
    vec![group.to_owned(), total.count.to_string(), shown(&total.sum())]
}

#[test]
fn five_reporters_answer_by_two_dimensions_with_bands_and_the_tables_agree_with_the_oracle() {
    let (world, files) = (World::shared(), Files::new());
    let organizer = at_desk(&world);
    ask_by_sex_and_grade(&organizer);
    let names: Vec<String> = (0..REPORTERS).map(|at| format!("Employer {at}")).collect();
    Organizer(&organizer).open_to(&names);
    let mut drawn = Drawn::printed("SEALED_PAY_STORY_SEED");
    let mut all = String::from("both,sex,salary\n");
    for (at, link) in Organizer(&organizer).links().iter().enumerate() {
        let csv = pay_file(&mut drawn);
        let own = with_pay(&csv);
        let reporter = Browser::start(&Options::default());
        let sent = look_at_totals(&reporter, link, &files.put(&format!("{at}.csv"), &csv));
        let (both, sexes) = (totals(&own, "both", "salary"), totals(&own, "sex", "salary"));
        let expected: Vec<Vec<String>> =
            both.iter().chain(&sexes).map(|(group, total)| row(group, total)).collect();
        assert_eq!(sent, expected, "every cell and margin that will be sent");
        assert_own_report(&reporter, &own, &sexes);
        assert!(Reporter(&reporter).seal().len() > 10);
        all.push_str(own.split_once('\n').unwrap().1);
    }
    Organizer(&organizer).wait_for_counts([5, 5, 5]);
    Organizer(&organizer).close();
    Organizer(&organizer).wait_for_result();
    assert_result(&organizer, &all);
}

/// Exact medians by sex over all grades, on the page and in the file.
fn assert_own_report(reporter: &Browser, own: &str, sexes: &BTreeMap<String, Total>) {
    let by_sex: String = own.lines().map(|line| line.split_once(',').unwrap().1.to_owned() + "\n").collect();
    let median = |sex| {
        let twice = twice_median(&by_sex, sex);
        // Half a cent is rounded up.
        shown(&format!("{}.{:02}", twice.div_ceil(2) / 100, twice.div_ceil(2) % 100))
    };
    let [(_, rows)] = tables(reporter, "own-figures").try_into().expect("one table");
    let of =
        |about: &str| rows.iter().find(|row| row[0] == about).unwrap_or_else(|| panic!("{about}: {rows:?}"));
    assert_eq!(of("salary: median")[1..], [median("Female"), median("Male")]);
    let gap = gap_percent(sexes["Male"], sexes["Female"]).replace('-', "−");
    assert_eq!(of("salary: gap of averages")[1..], [format!("{gap} %"), "–".to_owned()]);
    reporter.press("own-save");
    let saved = String::from_utf8(reporter.saved(".csv")).unwrap();
    let line = format!(
        "\"salary: median\",{},{}",
        median("Female").replace(',', ""),
        median("Male").replace(',', "")
    );
    assert!(saved.contains(&line), "{line} in {saved}");
}

fn assert_result(organizer: &Browser, all: &str) {
    let shown_tables = tables(organizer, "figure-table");
    let captions: Vec<&str> = shown_tables.iter().map(|(caption, _)| caption.as_str()).collect();
    assert_eq!(captions, ["salary by sex × rank (USD)", "salary by sex (USD)"]);
    let wanted = [totals(all, "both", "salary"), totals(all, "sex", "salary")];
    for ((_, rows), wanted) in shown_tables.iter().zip(&wanted) {
        assert_eq!(rows.len(), wanted.len());
        for (cells, (group, total)) in rows.iter().zip(wanted) {
            let exact = [
                group.clone(),
                "5".to_owned(),
                total.count.to_string(),
                shown(&total.sum()),
                shown(&total.mean()),
            ];
            assert_eq!(cells[..5], exact);
            assert_median(&cells[6], twice_median(all, group));
        }
    }
    let (sexes, both) = (&wanted[1], &wanted[0]);
    let [(_, gaps)] = tables(organizer, "gap-table").try_into().expect("one table of gaps");
    let gap = |men: &Total, women: &Total| format!("{} %", gap_percent(*men, *women).replace('-', "−"));
    for grade in ["junior", "senior"] {
        let expected = gap(&both[&format!("Male / {grade}")], &both[&format!("Female / {grade}")]);
        assert!(
            gaps.iter().any(|row| row[0] == format!("{grade}: Female") && row[1] == expected),
            "{gaps:?}"
        );
    }
    let expected = gap(&sexes["Male"], &sexes["Female"]);
    assert!(gaps.iter().any(|row| row[0] == "Female" && row[1] == expected), "{expected}: {gaps:?}");
    let [(_, quarters)] = tables(organizer, "quarter-table").try_into().expect("one table of quarters");
    assert!(quarters.iter().any(|row| row[0] == "Lowest quarter"), "{quarters:?}");
}

/// The median lies where the table says it surely does, between edges of the bands.
fn assert_median(text: &str, twice: u64) {
    let [low, high, estimate] = bounds(text);
    assert!(2 * low <= twice && twice <= 2 * high, "{twice}/2 cents in {text}");
    assert!(low <= estimate && estimate <= high, "{text}");
    let edge = |cents: u64| cents.is_multiple_of(500_000) || (cents + 1).is_multiple_of(500_000);
    assert!(edge(low) || low.is_multiple_of(250_000), "{text}");
}

#[test]
fn an_organizer_begins_with_the_directive_and_a_reporter_gets_its_figures_back() {
    let (world, files) = (World::shared(), Files::new());
    let organizer = at_desk(&world);
    organizer.choose("preset", "eu-2023-970");
    organizer.press("preset-go");
    assert!(organizer.trouble("preset").contains("two categories"), "the crate's own reason");
    organizer.write("preset-workers", "office\nfield");
    organizer.write("preset-snapshot", "2026-12-31");
    organizer.press("preset-go");
    organizer.wait_for("preset-done");
    for (field, text) in [("survey-title", "Article 9"), ("period", "2026"), ("contact", "me")] {
        organizer.write(field, text);
    }
    organizer.press("advanced");
    organizer.write("key-bits", "2048");
    organizer.write("max-reporters", "50");
    organizer.press("create-survey");
    organizer.wait_for("organized-title");
    let words = organizer.text("in-words");
    assert!(
        words.contains("gross hourly pay, in EUR: computed, gross annual pay divided by paid hours"),
        "{words}"
    );
    Organizer(&organizer).open_to(&["A".to_owned()]);
    let reporter = Browser::start(&Options::default());
    Reporter(&reporter).open(&Organizer(&organizer).links()[0]);
    let terms = reporter.text("survey-terms");
    for part in
        ["whoever is employed on 2026-12-31", "category of workers: office, field", "must be completed first"]
    {
        assert!(terms.contains(part), "{part} in {terms}");
    }
    Reporter(&reporter).begin();
    let csv = "category of workers,sex,ordinary basic wage or salary,complementary or variable components,paid hours\n\
               office,female,30000,0,2000\noffice,male,40000,1000,2000\nfield,female,50000,2000,2000\n\
               field,male,50000,0,1600\n";
    Reporter(&reporter).choose(&files.put("pay.csv", csv));
    Reporter(&reporter).check();
    let [(_, rows)] = tables(&reporter, "own-figures").try_into().expect("one table");
    let says = |about: &str, women: &str| {
        let found = rows.iter().any(|row| row[0] == about && row[1] == women);
        assert!(found, "{about} {women}: {rows:?}");
    };
    // 82,000 of two women beside 91,000 of two men; 15 and 26 an hour beside 20.50 and 31.25.
    says("(a) gross annual pay: gap of averages", "9.89 %");
    says("(a) gross hourly pay: gap of averages", "20.77 %");
    says("(e) complementary or variable components: have any of it", "50.00 %");
    says("(g) office: ordinary basic wage or salary: gap of averages", "25.00 %");
    assert!(Reporter(&reporter).seal().len() > 10);
    Organizer(&organizer).wait_for_counts([1, 1, 1]);
}

#[test]
fn combinations_that_make_no_survey_are_refused_with_the_reason() {
    let world = World::shared();
    let organizer = at_desk(&world);
    Organizer(&organizer).fill_in(&Question::about_salaries("Combinations"));
    organizer.press("add-dimension");
    organizer.press("create-survey");
    assert!(organizer.trouble("form").contains('2'), "the new one has no name and no groups");
    organizer.write("dimension-name-2", "rank");
    organizer.write("categories-2", "junior\nsenior");
    // What is compared is ticked off.
    organizer.press("in-table");
    organizer.press("create-survey");
    let said = organizer.trouble("plan");
    assert!(said.contains("every cross-tabulation needs the compared dimension"), "{said}");
    organizer.press("in-table");
    organizer.write("bands", "0.01");
    organizer.press("create-survey");
    let said = organizer.trouble("plan");
    assert!(said.contains("at most 1000 bands"), "{said}");
    organizer.write("bands", "wide");
    organizer.press("create-survey");
    let _ = organizer.trouble("form");
    assert_eq!(organizer.attribute("bands", "aria-invalid").as_deref(), Some("true"));
    organizer.write("bands", "");
    organizer.press("remove-dimension");
    organizer.wait_until_gone("dimension-name-2");
}
