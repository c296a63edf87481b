//! Numbers as people read them, exactly: no floats.

/// A count, thousands apart.
pub(crate) fn count(number: u128) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let mut text = String::with_capacity(digits.len() * 4 / 3 + 1);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at % 3 == first {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// An amount in minor units, with its decimals.
pub(crate) fn amount(minor: u128, decimals: u8) -> String {
    let whole = 10u128.pow(u32::from(decimals));
    if decimals == 0 {
        return count(minor);
    }
    format!("{}.{:0width$}", count(minor / whole), minor % whole, width = usize::from(decimals))
}

/// A released decimal, thousands apart.
pub(crate) fn decimal(text: &str) -> String {
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |rest| ("−", rest));
    let (whole, rest) = text.split_once('.').map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    let Ok(whole) = whole.parse().map(count) else { return text.to_owned() };
    rest.map_or_else(|| format!("{sign}{whole}"), |rest| format!("{sign}{whole}.{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart_and_decimals_are_kept() {
        assert_eq!(
            ["0", "999", "1,000", "12,345", "123,456", "1,234,567"].map(str::to_owned),
            [0, 999, 1000, 12_345, 123_456, 1_234_567].map(count)
        );
        assert_eq!(amount(10_100_241, 2), "101,002.41");
        assert_eq!(amount(5, 2), "0.05");
        assert_eq!(amount(1_234, 0), "1,234");
        assert_eq!(decimal("-115090.42"), "−115,090.42");
        assert_eq!(decimal("7"), "7");
    }
}
