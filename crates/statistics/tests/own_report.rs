//! A reporter's own report: worked examples, the tie rule, and both laws' definitions over drawn employees.

use proptest::prelude::*;
use statistics::{Decimal, EuWorker, OwnGap, UkEmployee, UkGroup, UkReport, eu_report, uk_report};

const fn uk(group: UkGroup, hourly: u64, bonus_minor: u64) -> UkEmployee {
    UkEmployee { group, hourly_minor: Some(hourly), bonus_minor }
}

fn text(figure: Option<Decimal>) -> String {
    figure.map_or_else(|| "none".to_owned(), |figure| figure.to_string())
}

fn quarter_texts(report: &UkReport) -> Vec<String> {
    let both = |quarter: &Option<[Decimal; 2]>| {
        quarter.as_ref().map_or_else(|| "none".to_owned(), |[women, men]| format!("{women} {men}"))
    };
    report.quarter_percent.iter().map(both).collect()
}

#[test]
fn uk_six_figures() {
    use UkGroup::{Men, Women};
    let on_leave = UkEmployee { group: Women, hourly_minor: None, bonus_minor: 30_000 };
    let employees = [
        uk(Men, 1000, 0),
        uk(Men, 2000, 50_000),
        uk(Men, 3000, 70_000),
        uk(Women, 900, 0),
        uk(Women, 1500, 0),
        uk(Women, 1600, 0),
        uk(Women, 2600, 0),
        uk(Men, 4000, 0),
        on_leave,
    ];
    let report = uk_report(&employees);
    // Means 25.00 and 16.50, medians 25.00 and 15.50; bonus 600 and 300.
    assert_eq!(text(report.mean_hourly_percent), "34.0");
    assert_eq!(text(report.median_hourly_percent), "38.0");
    assert_eq!(
        (text(report.mean_bonus_percent), text(report.median_bonus_percent)),
        ("50.0".into(), "50.0".into())
    );
    assert_eq!(report.bonus_paid_percent.map(text), ["20.0", "50.0"]);
    assert_eq!(quarter_texts(&report), ["50.0 50.0", "100.0 0.0", "50.0 50.0", "0.0 100.0"]);
}

#[test]
fn uk_equal_rates_over_a_boundary_keep_the_ratio_in_each_band() {
    use UkGroup::{Men, Women};
    // 40 employees, 10 to a band. 12 women and 4 men are paid 15.00, on ranks 7 to 22: 4 of them in the
    // lower band, 10 in the next, 2 in the one after, always 3 women to a man.
    let mut employees = vec![uk(Men, 1000, 0); 6];
    employees.extend(vec![uk(Women, 1500, 0); 12]);
    employees.extend(vec![uk(Men, 1500, 0); 4]);
    employees.extend(vec![uk(Women, 2000, 0); 8]);
    employees.extend(vec![uk(Men, 3000, 0); 10]);
    let expected = ["30.0 70.0", "75.0 25.0", "95.0 5.0", "0.0 100.0"];
    assert_eq!(quarter_texts(&uk_report(&employees)), expected);
    employees.reverse();
    assert_eq!(quarter_texts(&uk_report(&employees)), expected, "whatever order the file has");
}

#[test]
fn uk_nothing_to_divide_by_is_none_and_not_zero() {
    let report = uk_report(&[uk(UkGroup::Women, 1000, 5)]);
    assert_eq!(text(report.mean_hourly_percent), "none");
    assert_eq!(text(report.mean_bonus_percent), "none");
    assert_eq!(report.bonus_paid_percent.map(text), ["100.0", "none"]);
    assert_eq!(quarter_texts(&report), ["100.0 0.0", "none", "none", "none"]);
    let nobody = uk_report(&[]);
    assert_eq!(quarter_texts(&nobody), ["none"; 4]);
}

const fn eu(group: usize, category: usize, basic_minor: u64, variable_minor: u64) -> EuWorker {
    EuWorker { group, category, basic_minor, variable_minor }
}

fn percents(gaps: &[OwnGap]) -> Vec<(String, String)> {
    let shown = |gap: &OwnGap| (gap.mean, gap.median);
    let percent = |figures: Option<statistics::GapFigures>| text(figures.map(|figures| figures.percent));
    gaps.iter().map(shown).map(|(mean, median)| (percent(mean), percent(median))).collect()
}

fn pair(mean: &str, median: &str) -> Vec<(String, String)> {
    vec![(mean.to_owned(), median.to_owned())]
}

#[test]
fn eu_seven_figures() {
    let workers = [
        eu(0, 0, 2000, 0),
        eu(0, 0, 2100, 100),
        eu(0, 1, 3000, 0),
        eu(1, 0, 2000, 200),
        eu(1, 1, 3000, 300),
        eu(1, 1, 4000, 0),
        eu(1, 1, 4100, 400),
        // Of neither group, and of no category.
        eu(2, 9, 1, 1),
    ];
    let report = eu_report(&workers, 2, 1, 2);
    // (a) women (2000 + 2200 + 3000) / 3 = 2400, men (2200 + 3300 + 4000 + 4500) / 4 = 3500;
    // (c) 2200 and 3650.
    assert_eq!(percents(&report.pay), pair("31.43", "39.73"));
    // (b) 100/3 and 225; (d) 0 and 250.
    assert_eq!(percents(&report.variable), pair("85.19", "100.00"));
    assert_eq!(percents(&report.variable_of_recipients), pair("66.67", "66.67"));
    // (e)
    assert_eq!(
        report.receiving_percent.iter().map(|figure| text(*figure)).collect::<Vec<_>>(),
        ["33.33", "75.00"]
    );
    // (f) seven workers, one more in each band but the upper: 2000 2200|2200 3000|3300 4000|4500. The two
    // who are paid 2200 are a woman and a man: half of each on either side.
    let bands: Vec<_> =
        report.quarter_percent.iter().map(|band| band.as_ref().unwrap()[0].to_string()).collect();
    assert_eq!(bands, ["75.00", "75.00", "0.00", "0.00"]);
    // (g)
    assert_eq!(percents(&report.categories[0].basic), pair("-2.50", "-2.50"));
    assert_eq!(percents(&report.categories[0].variable), pair("75.00", "75.00"));
    assert_eq!(percents(&report.categories[1].basic), pair("18.92", "25.00"));
}

#[test]
fn debug_output_shows_no_pay() {
    let worker = eu(1, 2, 345_678, 9_876);
    let employee = uk(UkGroup::Men, 345_678, 9_876);
    let reports = (eu_report(&[worker, worker], 2, 1, 3), uk_report(&[employee]));
    let shown = format!("{worker:?} {employee:?} {reports:?} {:?}", reports.0.categories);
    assert!(!shown.chars().any(|c| c.is_ascii_digit()), "{shown}");
}

fn employees() -> impl Strategy<Value = Vec<UkEmployee>> {
    let one = (any::<bool>(), 1u64..30, 0u64..3).prop_map(|(man, hourly, bonus)| {
        uk(if man { UkGroup::Men } else { UkGroup::Women }, hourly * 100, bonus * 1000)
    });
    proptest::collection::vec(one, 1..80)
}

/// The mean and, by picking the middle, the median of a list, in floating point.
fn plain(mut amounts: Vec<f64>) -> Option<(f64, f64)> {
    amounts.sort_by(f64::total_cmp);
    let count = amounts.len();
    let middle = |at: usize| amounts.get(at).copied();
    let median = (middle(count.checked_sub(1)? / 2)? + middle(count / 2)?) / 2.0;
    Some((amounts.iter().sum::<f64>() / count as f64, median))
}

proptest! {
    #[test]
    fn uk_gaps_are_those_of_plain_averages(employees in employees()) {
        let report = uk_report(&employees);
        let of = |group, amount: fn(&UkEmployee) -> u64| {
            let amounts = employees.iter().filter(|e| e.group == group).map(amount).filter(|a| *a > 0);
            plain(amounts.map(|amount| amount as f64).collect())
        };
        let hourly = |e: &UkEmployee| e.hourly_minor.unwrap();
        let bonus = |e: &UkEmployee| e.bonus_minor;
        let shown = [
            (report.mean_hourly_percent, report.median_hourly_percent, hourly as fn(&UkEmployee) -> u64),
            (report.mean_bonus_percent, report.median_bonus_percent, bonus),
        ];
        for (mean, median, amount) in shown {
            let (Some(men), Some(women)) = (of(UkGroup::Men, amount), of(UkGroup::Women, amount)) else {
                prop_assert_eq!((mean, median), (None, None));
                continue;
            };
            let near = |shown: Option<Decimal>, (men, women): (f64, f64)| {
                (shown.unwrap().to_string().parse::<f64>().unwrap() - (men - women) / men * 100.0).abs() < 0.0501
            };
            prop_assert!(near(mean, (men.0, women.0)) && near(median, (men.1, women.1)));
        }
    }

    #[test]
    fn a_report_does_not_depend_on_the_order_of_rows(employees in employees(), turn in 0usize..80) {
        let mut turned = employees.clone();
        turned.rotate_left(turn % employees.len());
        prop_assert!(uk_report(&employees) == uk_report(&turned));
    }
}
