//! Which page an address is. No address holds a secret: those come behind `#` and are gone at once
//! ([`crate::services::arrival`]).

use yew_router::Routable;

/// Where organizers begin.
pub(crate) const ORGANIZE: &str = "/organize";
/// Where invitations lead; the survey's id follows.
pub(crate) const TAKE_PART: &str = "/take-part/";

/// Every page of an organizer's.
#[derive(Clone, Debug, PartialEq, Eq, Routable)]
pub(crate) enum Route {
    /// Sign-in, and the surveys whose keys this browser keeps.
    #[at("/organize")]
    Organize,
    /// A survey that is being written.
    #[at("/organize/new")]
    NewSurvey,
    /// One survey of the organizer's: links, status, closing, result.
    #[at("/organize/:survey")]
    Survey { survey: String },
    /// Anything else.
    #[not_found]
    #[at("/organize/not-found/here")]
    NotFound,
}

/// The path of the page's address.
pub(crate) fn path() -> String {
    web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default()
}

/// Whether an address is one of an organizer's pages, as `begin.js` tells it.
pub(crate) fn is_organizers(path: &str) -> bool {
    path.strip_prefix(ORGANIZE).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organizers_addresses_begin_with_a_whole_word() {
        for path in [ORGANIZE, "/organize/", "/organize/new"] {
            assert!(is_organizers(path));
        }
        for path in ["/", "/organizer", TAKE_PART] {
            assert!(!is_organizers(path));
        }
    }
}
