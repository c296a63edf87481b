//! Who counts: rules that the schema states and the reporter reads before it chooses a file.

use core::fmt;

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// Reads `2026-04-05`, and nothing else; years 1900 to 2999.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let mut part = |digits: usize| {
            let part = parts.next()?;
            let plain = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| part.parse::<u16>().ok())?
        };
        let (year, month, day) = (part(4)?, u8::try_from(part(2)?).ok()?, u8::try_from(part(2)?).ok()?);
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            _ => return None,
        };
        let exists = (1900..3000).contains(&year) && (1..=days).contains(&day);
        exists.then_some(Self { year, month, day })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// What is reported of those who work less than full time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartTimers {
    /// What they were paid.
    AsPaid,
    /// What they would have been paid for full time.
    FullTimeEquivalent,
    /// Nothing: they are left out.
    LeftOut,
}

/// What is reported of those who left during the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Leavers {
    /// Nothing: whoever was not employed on the snapshot date, or at the period's end, is left out.
    LeftOut,
    /// What they were paid until they left.
    Counted,
}

/// What happens to a row in which something is missing (`NA`, a dash, nothing).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MissingValues {
    /// The row is left out; how many were is shown.
    LeaveOut,
    /// The file is not taken before it is completed.
    Stop,
}

/// Who counts, and what counts of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WhoCounts {
    /// Whoever was employed on this day; otherwise the period's description says who.
    pub snapshot: Option<Date>,
    /// Those who work less than full time.
    pub part_timers: PartTimers,
    /// Those who left.
    pub leavers: Leavers,
    /// Rows in which something is missing.
    pub missing: MissingValues,
}

impl WhoCounts {
    /// What a survey has where its organizer says nothing else: all who were there, as paid, and no row in
    /// which something is missing.
    pub const DEFAULT: Self = Self {
        snapshot: None,
        part_timers: PartTimers::AsPaid,
        leavers: Leavers::LeftOut,
        missing: MissingValues::Stop,
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_exist_are_read() {
        for good in ["2026-04-05", "2024-02-29", "2000-02-29", "1999-12-31"] {
            assert_eq!(Date::parse(good).unwrap().to_string(), good);
        }
        for wrong in [
            "",
            "2026-4-5",
            "2026-13-01",
            "2026-00-01",
            "2026-04-31",
            "2026-02-29",
            "1900-02-29",
            "0000-01-01",
            "2026-04-05 ",
            "+026-04-05",
            "2026-04",
            "2026-04-05-06",
            "20260405",
        ] {
            assert_eq!(Date::parse(wrong), None, "{wrong}");
        }
        assert!(Date::parse("2026-04-05") < Date::parse("2026-10-01"));
    }
}
