//! Currency signs and codes beside an amount: they may stand there, but must not contradict the survey.

/// ISO 4217 codes that pay comes in.
const CODES: &[&str] = &[
    "AED", "ALL", "AMD", "ARS", "AUD", "AZN", "BAM", "BGN", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK",
    "DKK", "EGP", "EUR", "GBP", "GEL", "HKD", "HRK", "HUF", "IDR", "ILS", "INR", "ISK", "JPY", "KES", "KRW",
    "KZT", "MAD", "MDL", "MKD", "MXN", "MYR", "NGN", "NOK", "NZD", "PEN", "PHP", "PKR", "PLN", "RON", "RSD",
    "RUB", "SAR", "SEK", "SGD", "THB", "TRY", "TWD", "UAH", "USD", "VND", "ZAR",
];

/// Signs and abbreviations with the currencies they may stand for; a sign before any that it begins with.
const SIGNS: &[(&str, &[&str])] = &[
    ("US$", &["USD"]),
    ("C$", &["CAD"]),
    ("A$", &["AUD"]),
    ("NZ$", &["NZD"]),
    ("HK$", &["HKD"]),
    ("R$", &["BRL"]),
    ("$", &["USD", "CAD", "AUD", "NZD", "HKD", "SGD", "MXN", "ARS", "CLP", "COP", "TWD"]),
    ("€", &["EUR"]),
    ("euro", &["EUR"]),
    ("£", &["GBP", "EGP"]),
    ("¥", &["JPY", "CNY"]),
    ("₹", &["INR"]),
    ("₩", &["KRW"]),
    ("₪", &["ILS"]),
    ("₺", &["TRY"]),
    ("₽", &["RUB"]),
    ("₴", &["UAH"]),
    ("₸", &["KZT"]),
    ("₾", &["GEL"]),
    ("₦", &["NGN"]),
    ("₱", &["PHP"]),
    ("₫", &["VND"]),
    ("฿", &["THB"]),
    ("zł", &["PLN"]),
    ("Kč", &["CZK"]),
    ("Ft", &["HUF"]),
    ("lei", &["RON", "MDL"]),
    ("лв.", &["BGN"]),
    ("лв", &["BGN"]),
    ("din.", &["RSD"]),
    ("SFr.", &["CHF"]),
    ("Fr.", &["CHF"]),
    ("Fr", &["CHF"]),
    ("kr.", &["DKK", "SEK", "NOK", "ISK"]),
    ("kr", &["DKK", "SEK", "NOK", "ISK"]),
    ("Rs.", &["INR", "PKR"]),
    ("Rs", &["INR", "PKR"]),
];

/// A sign or code that was found, as the codes it may stand for.
#[derive(Clone, Copy)]
pub(crate) struct Currency(&'static [&'static str]);

impl Currency {
    /// Whether an amount so marked may be in a unit. A unit that names no known currency allows any.
    pub(crate) fn fits(self, unit: &str) -> bool {
        let mut words = unit.split(|c: char| !c.is_ascii_alphabetic());
        words.find(|word| CODES.contains(word)).is_none_or(|code| self.0.contains(&code))
    }

    /// Takes a sign or code from the front.
    pub(crate) fn strip_front(text: &str) -> Option<(Self, &str)> {
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let take = |mark: &str| {
            let (front, rest) = text.split_at_checked(mark.len())?;
            let whole = ends_a_word(mark.chars().next_back(), rest.chars().next());
            (front.eq_ignore_ascii_case(mark) && whole).then_some(rest)
        };
        find(take)
    }

    /// Takes a sign or code from the back.
    pub(crate) fn strip_back(text: &str) -> Option<(Self, &str)> {
        if text.ends_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let take = |mark: &str| {
            let (rest, back) = text.split_at_checked(text.len().checked_sub(mark.len())?)?;
            let whole = ends_a_word(mark.chars().next(), rest.chars().next_back());
            (back.eq_ignore_ascii_case(mark) && whole).then_some(rest)
        };
        find(take)
    }
}

fn find<'a>(take: impl Fn(&str) -> Option<&'a str>) -> Option<(Currency, &'a str)> {
    let signed = SIGNS.iter().find_map(|(mark, codes)| take(mark).map(|rest| (Currency(codes), rest)));
    let coded = || {
        let mut codes = CODES.iter();
        codes.find_map(|code| take(code).map(|rest| (Currency(core::slice::from_ref(code)), rest)))
    };
    signed.or_else(coded)
}

/// A mark made of letters is no part of a longer word.
fn ends_a_word(edge: Option<char>, neighbour: Option<char>) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    !(letter(edge) && letter(neighbour))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_fits_its_own_currency_only() {
        let (euro, rest) = Currency::strip_front("€ 45").unwrap();
        assert_eq!(rest, " 45");
        assert!(euro.fits("EUR") && euro.fits("EUR per year") && euro.fits("hours") && !euro.fits("SEK"));
        let (krone, rest) = Currency::strip_back("45 KR").unwrap();
        assert_eq!(rest, "45 ");
        assert!(krone.fits("DKK") && krone.fits("NOK") && !krone.fits("EUR"));
    }

    #[test]
    fn a_word_is_no_mark() {
        assert!(Currency::strip_front("kroner 45").is_none());
        assert!(Currency::strip_back("45 xusd").is_none());
    }
}
