//! Every statistic of both pay files against those of another program, group by group.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test fails loudly")]

use serde_json::Value;
use statistics::{
    Band, BandEdges, Decimal, Level, Quantile, Ratio, dispersion, in_units, quantile, quantile_of_bands,
};

/// A pay file, its column of pay, and the width of bands in minor units.
struct Source {
    file: &'static str,
    text: &'static str,
    compared: &'static str,
    pay: &'static str,
    band_minor: u64,
    top_minor: u64,
}

const FACULTY: Source = Source {
    file: "faculty-salaries.csv",
    text: include_str!("../../../data/faculty-salaries.csv"),
    compared: "sex",
    pay: "salary",
    band_minor: 500_000,
    top_minor: 30_000_000,
};

const WAGES: Source = Source {
    file: "cps-1985.csv",
    text: include_str!("../../../data/cps-1985.csv"),
    compared: "gender",
    pay: "wage",
    band_minor: 100,
    top_minor: 10_000,
};

impl Source {
    /// The amounts, in cents and ascending, of the rows in which every named column has its value.
    fn amounts(&self, want: &[(&str, &str)]) -> Vec<u64> {
        let mut lines = self.text.lines().map(|line| line.split(',').collect::<Vec<_>>());
        let header = lines.next().unwrap();
        let column = |name: &str| header.iter().position(|head| *head == name).unwrap();
        let wanted = |row: &Vec<&str>| want.iter().all(|(name, value)| row[column(name)] == *value);
        let cents = |row: Vec<&str>| {
            let (whole, part) = row[column(self.pay)].split_once('.').unwrap_or((row[column(self.pay)], ""));
            format!("{whole}{part:0<2}").parse().unwrap()
        };
        let mut amounts: Vec<u64> = lines.filter(wanted).map(cents).collect();
        amounts.sort_unstable();
        amounts
    }

    fn expected(&self) -> Value {
        let all: Value = serde_json::from_str(include_str!("../../../data/expected.json")).unwrap();
        all[self.file].clone()
    }

    /// Every group of the file of expectations: which rows, and what is expected of them.
    fn groups(&self) -> Vec<(Vec<u64>, Value)> {
        let mut groups = Vec::new();
        for (split, values) in self.expected().as_object().unwrap() {
            for (key, value) in values.as_object().unwrap() {
                match split.strip_prefix("by_") {
                    None => groups.push((self.amounts(&[(self.compared, key)]), value.clone())),
                    Some(column) => groups.extend(value.as_object().unwrap().iter().map(|(group, value)| {
                        (self.amounts(&[(column, key), (self.compared, group)]), value.clone())
                    })),
                }
            }
        }
        groups
    }
}

/// Whether a figure in cents is the nearest to the other program's floating-point number: of 11.105, a tie,
/// that program has 11.1049999.
fn is_nearest(shown: Decimal, expected: &Value, key: &str) -> bool {
    let shown = shown.to_string().parse::<f64>().unwrap();
    (shown - expected[key].as_f64().unwrap()).abs() < 0.005 + 1e-9
}

fn level(amounts: &[u64]) -> (Level, i128) {
    let wide = || amounts.iter().map(|amount| i128::from(*amount));
    let employees = i128::try_from(amounts.len()).unwrap();
    (Level { employees, sum_minor: wide().sum() }, wide().map(|amount| amount * amount).sum())
}

fn assert_moments(source: &Source) {
    for (amounts, expected) in source.groups() {
        let (level, squares) = level(&amounts);
        assert_eq!(Some(level.employees), expected["count"].as_i64().map(i128::from));
        assert_eq!(level.sum_minor, (expected["sum"].as_f64().unwrap() * 100.0).round() as i128);
        let mean = in_units(&level.mean_minor().unwrap(), 2);
        assert!(close(&level.mean_minor().unwrap(), &expected, "mean"));
        assert!(is_nearest(Decimal::round(&mean, 2), &expected, "mean"));
        let variance = level.variance_minor(squares).unwrap();
        assert!(is_nearest(dispersion(&variance, 2, 2), &expected, "std_population"));
    }
}

const QUANTILES: [(Quantile, &str); 3] =
    [(Quantile::LowerQuartile, "q1"), (Quantile::Median, "median"), (Quantile::UpperQuartile, "q3")];

fn close(exact: &Ratio, expected: &Value, key: &str) -> bool {
    let expected = expected[key].as_f64().unwrap();
    // Six decimals of a unit are far more than the other program's rounding.
    let millionths = Decimal::round(&in_units(exact, 2), 6).to_string().parse::<f64>().unwrap();
    (millionths - expected).abs() < 1e-5
}

fn assert_quantiles(source: &Source) {
    let lows = (0..).map(|band| band * source.band_minor).take_while(|low| *low <= source.top_minor);
    let edges = BandEdges::new(lows.collect(), source.top_minor).unwrap();
    for (amounts, expected) in source.groups() {
        let band = |index| {
            let (low_minor, high_minor) = edges.range(index, index).unwrap();
            let inside = amounts.iter().filter(|amount| (low_minor..=high_minor).contains(amount));
            Band { low_minor, high_minor, employees: inside.count().try_into().unwrap() }
        };
        let bands: Vec<Band> = (0..edges.count()).map(band).collect();
        for (which, key) in QUANTILES {
            let exact = quantile(&amounts, which).unwrap();
            assert!(close(&exact, &expected, key), "{key} of {}", source.file);
            let interval = quantile_of_bands(&bands, which).unwrap();
            assert!(interval.low <= exact && exact <= interval.high);
            assert!(interval.low <= interval.estimate && interval.estimate <= interval.high);
            let width = Ratio::from_integer((source.band_minor - 1).into());
            assert!(&interval.high - &interval.low <= width, "no wider than a band");
        }
    }
}

#[test]
fn counts_sums_means_and_dispersion_are_exact_to_the_cent() {
    assert_eq!((FACULTY.groups().len(), WAGES.groups().len()), (12, 14));
    assert_moments(&FACULTY);
    assert_moments(&WAGES);
}

#[test]
fn medians_and_quartiles_lie_inside_their_intervals() {
    assert_quantiles(&FACULTY);
    assert_quantiles(&WAGES);
}
