//! Which page an address is. No address holds a secret: those come behind `#` and are gone at once
//! ([`crate::services::arrival`]).

use yew_router::Routable;

/// Every page.
#[derive(Clone, Debug, PartialEq, Eq, Routable)]
pub(crate) enum Route {
    /// What this is, and the two ways in.
    #[at("/")]
    Home,
    /// Where an invitation link leads.
    #[at("/take-part/:survey")]
    TakePart { survey: String },
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
    #[at("/not-found")]
    NotFound,
}
