//! What a person should know about a survey before it takes part.

use protocol::{Host, Manifest, Validity};

/// A fact about a survey that weakens what it promises. A value, not a text: pages and commands have words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Warning {
    /// Nothing in this survey is real.
    Rehearsal,
    /// Nothing shows that a submission is honest in form: one reporter can defeat minimum numbers or break
    /// the opening.
    NoValidity,
    /// One operator runs both servers, by its own words: it can open single submissions.
    SameOperator,
    /// Both servers are one machine, by their addresses.
    SameHost,
    /// Both servers belong to one internet domain, which somebody owns.
    SameDomain,
}

/// All warnings about a survey, in a fixed order.
pub(crate) fn warnings(facts: &Manifest) -> Vec<Warning> {
    let (data, computation) = (&facts.data_server, &facts.computation_server);
    let mut found = Vec::new();
    if facts.rehearsal {
        found.push(Warning::Rehearsal);
    }
    if facts.validity == Validity::None {
        found.push(Warning::NoValidity);
    }
    if data.operator.trim().to_lowercase() == computation.operator.trim().to_lowercase() {
        found.push(Warning::SameOperator);
    }
    found.extend(same_place(&data.url, &computation.url));
    found
}

fn same_place(one: &str, other: &str) -> Option<Warning> {
    let (one, other) = (Host::of(one)?, Host::of(other)?);
    if one == other || one.is_loopback() && other.is_loopback() {
        return Some(Warning::SameHost);
    }
    let (Host::Name(one), Host::Name(other)) = (one, other) else { return None };
    (registrable(&one) == registrable(&other)).then_some(Warning::SameDomain)
}

/// The part of a domain that somebody registers, guessed without a list: two labels, or three where the
/// second last is a short one under a country (`example.co.uk`). Wrong guesses warn too much or too little;
/// nothing else hangs on them.
fn registrable(domain: &str) -> &str {
    let domain = domain.trim_end_matches('.');
    let mut dots = domain.rmatch_indices('.').map(|(at, _)| at);
    let Some(last) = dots.next() else { return domain };
    let second = dots.next();
    let short = second.is_some_and(|at| last - at - 1 <= 3) && domain.len() - last - 1 == 2;
    let cut = if short { dots.next() } else { second };
    cut.and_then(|at| domain.get(at + 1..)).unwrap_or(domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_compared_by_whoever_owns_them() {
        let place = |a: &str, b: &str| same_place(&format!("https://{a}/x"), &format!("https://{b}"));
        assert_eq!(place("a.example", "a.example:8443"), Some(Warning::SameHost));
        assert_eq!(place("127.0.0.1:1", "localhost:2"), Some(Warning::SameHost));
        assert_eq!(place("data.pay.example", "keys.pay.example"), Some(Warning::SameDomain));
        assert_eq!(place("data.example", "keys.org"), None);
        assert_eq!(place("one.co.uk", "two.co.uk"), None);
        assert_eq!(place("a.one.co.uk", "one.co.uk"), Some(Warning::SameDomain));
        assert_eq!(place("10.0.0.1", "10.0.0.2"), None);
    }
}
