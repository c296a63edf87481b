//! Numbers for people: thousands separated by commas, decimals after a dot.

/// A whole number.
pub(crate) fn count(number: u64) -> String {
    decimal(&number.to_string())
}

/// A decimal text such as `101002.41`.
pub(crate) fn decimal(text: &str) -> String {
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let mut grouped = String::from(sign);
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if !decimals.is_empty() {
        grouped.push('.');
        grouped.push_str(decimals);
    }
    grouped
}

/// Minor units as units.
pub(crate) fn minor(value: u128, decimals: u8) -> String {
    let unit = 10u128.pow(decimals.into());
    let (whole, rest) = (value / unit, value % unit);
    match usize::from(decimals) {
        0 => decimal(&whole.to_string()),
        width => decimal(&format!("{whole}.{rest:0width$}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated() {
        assert_eq!(decimal("101002.41"), "101,002.41");
        assert_eq!(decimal("-1234567"), "-1,234,567");
        assert_eq!(decimal("999"), "999");
        assert_eq!(decimal("0.05"), "0.05");
        assert_eq!(count(1_000_000), "1,000,000");
        assert_eq!(minor(5_000_005, 2), "50,000.05");
        assert_eq!(minor(50_000, 0), "50,000");
    }
}
