//! The machine's clock, and times as people write them.

use kit::{Clock, SystemClock};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;

/// Seconds since 1970.
pub(crate) fn now_s() -> u64 {
    SystemClock.now_s()
}

/// Reads `2026-12-31T18:00:00Z`, or `+14d`, `+8h`, `+30m` from now.
pub(crate) fn parse(text: &str) -> Result<u64, String> {
    if let Some(rest) = text.strip_prefix('+') {
        let unit = rest.chars().last().unwrap_or(' ');
        let seconds = match unit {
            'd' => 86_400,
            'h' => 3600,
            'm' => 60,
            's' => 1,
            _ => return Err("write +14d, +8h or +30m".to_owned()),
        };
        let number: u64 = rest.trim_end_matches(unit).parse().map_err(|_| "write +14d, +8h or +30m")?;
        return number
            .checked_mul(seconds)
            .and_then(|added| now_s().checked_add(added))
            .filter(|at| *at < 253_402_300_800)
            .ok_or_else(|| "this is too far away".to_owned());
    }
    let moment = OffsetDateTime::parse(text, &Rfc3339)
        .map_err(|_| "write a time such as 2026-12-31T18:00:00Z, or +14d")?;
    u64::try_from(moment.unix_timestamp()).map_err(|_| "this is before 1970".to_owned())
}

/// Writes a moment for people, in universal time.
pub(crate) fn show(unix_s: u64) -> String {
    let format = format_description!("[year]-[month]-[day] [hour]:[minute] UTC");
    i64::try_from(unix_s)
        .ok()
        .and_then(|seconds| OffsetDateTime::from_unix_timestamp(seconds).ok())
        .and_then(|moment| moment.format(format).ok())
        .unwrap_or_else(|| format!("{unix_s} s after 1970"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        assert_eq!(parse("2027-01-15T08:00:00Z"), Ok(1_800_000_000));
        assert_eq!(show(1_800_000_000), "2027-01-15 08:00 UTC");
        let ahead = parse("+2h").unwrap() - now_s();
        assert!((7199..=7201).contains(&ahead));
        assert!(parse("tomorrow").is_err() && parse("+2").is_err() && parse("+99999999999999999d").is_err());
    }
}
