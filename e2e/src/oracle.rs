//! What a pay file says, computed by code that shares nothing with the product.

use crate::drawn::Drawn;
use std::collections::BTreeMap;

/// Count and sum of one category.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// Employees.
    pub count: u64,
    /// Sum in hundredths.
    pub cents: u128,
}

impl Total {
    /// The mean with two decimals, half away from zero.
    ///
    /// # Panics
    /// If there is nobody.
    #[must_use]
    pub fn mean(&self) -> String {
        let count = u128::from(self.count);
        assert!(count > 0, "a mean of nobody");
        two_decimals((2 * self.cents + count) / (2 * count))
    }

    /// The sum with two decimals.
    #[must_use]
    pub fn sum(&self) -> String {
        two_decimals(self.cents)
    }
}

/// What each earns for every 100 that the reference earns, with two decimals, half away from zero.
#[must_use]
pub fn cents_per_unit(reference: Total, group: Total) -> String {
    // 100 · (group.cents / group.count) / (reference.cents / reference.count), in hundredths
    let above = 10_000 * group.cents * u128::from(reference.count);
    let below = reference.cents * u128::from(group.count);
    two_decimals((2 * above + below) / (2 * below))
}

/// The gap in per cent: what part of the reference's mean a group's mean is below it, with two decimals, half away
/// from zero; negative where it is above.
#[must_use]
pub fn gap_percent(reference: Total, group: Total) -> String {
    // 100 · (reference's mean − group's mean) / reference's mean, in hundredths
    let whole = reference.cents * u128::from(group.count);
    let part = group.cents * u128::from(reference.count);
    let (sign, difference) = if part > whole { ("-", part - whole) } else { ("", whole - part) };
    let hundredths = (2 * 10_000 * difference + whole) / (2 * whole);
    format!("{}{}", if hundredths == 0 { "" } else { sign }, two_decimals(hundredths))
}

fn two_decimals(hundredths: u128) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// Hundredths of a plain decimal number with at most two decimals.
fn hundredths(text: &str) -> u128 {
    let (units, decimals) = text.split_once('.').unwrap_or((text, ""));
    let decimals = format!("{decimals:0<2}");
    assert_eq!(decimals.len(), 2, "at most two decimals: {text}");
    format!("{units}{decimals}").parse().expect("a number")
}

/// Totals per category of a plain comma-separated file, as its header names the columns.
///
/// # Panics
/// If the file is not as plain as that.
#[must_use]
pub fn totals(csv: &str, category: &str, amount: &str) -> BTreeMap<String, Total> {
    let mut rows = csv.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = rows.next().expect("a header");
    let column = |name: &str| header.iter().position(|h| *h == name).expect("a column");
    let (category, amount) = (column(category), column(amount));
    let mut totals: BTreeMap<String, Total> = BTreeMap::new();
    for row in rows {
        let total = totals.entry(row[category].to_owned()).or_default();
        total.count += 1;
        total.cents += hundredths(row[amount]);
    }
    totals
}

/// A drawn pay file with columns `rank`, `sex` and `salary`: sexes unevenly, amounts with and without
/// decimals, pay that depends on rank.
#[must_use]
pub fn drawn_file(drawn: &mut Drawn, rows: usize) -> String {
    let ranks = ["assistant", "engineer", "lead", "director"];
    let mut csv = String::from("rank,sex,salary\n");
    for _ in 0..rows {
        let rank = drawn.between(0, 3);
        let sex = if drawn.between(0, 99) < 37 { "Female" } else { "Male" };
        let (units, cents) = (drawn.between(21_000, 60_000) * (rank + 1), drawn.between(0, 99));
        let rank = ranks[usize::try_from(rank).expect("a rank")];
        match drawn.between(0, 2) {
            0 => csv.push_str(&format!("{rank},{sex},{units}\n")),
            1 => csv.push_str(&format!("{rank},{sex},{units}.{}\n", cents % 10)),
            _ => csv.push_str(&format!("{rank},{sex},{units}.{cents:02}\n")),
        }
    }
    csv
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_figures_of_the_faculty_file() {
        let csv = include_str!("../../data/faculty-salaries.csv");
        let totals = totals(csv, "sex", "salary");
        let (women, men) = (totals["Female"], totals["Male"]);
        assert_eq!((women.count, women.mean().as_str()), (39, "101002.41"));
        assert_eq!((men.count, men.mean().as_str()), (358, "115090.42"));
        assert_eq!((women.sum().as_str(), men.sum().as_str()), ("3939094.00", "41202370.00"));
        assert_eq!(cents_per_unit(men, women), "87.76");
        assert_eq!([gap_percent(men, women), gap_percent(women, men)], ["12.24", "-13.95"]);
    }

    #[test]
    fn halves_are_rounded_up() {
        assert_eq!(Total { count: 2, cents: 201 }.mean(), "1.01");
        assert_eq!(Total { count: 3, cents: 100 }.mean(), "0.33");
    }

    #[test]
    fn a_seed_draws_the_same_file_again() {
        let file = drawn_file(&mut Drawn::from_seed(7), 50);
        assert_eq!(file, drawn_file(&mut Drawn::from_seed(7), 50));
        assert_ne!(file, drawn_file(&mut Drawn::from_seed(8), 50));
        assert_eq!(totals(&file, "sex", "salary").values().map(|t| t.count).sum::<u64>(), 50);
    }
}
