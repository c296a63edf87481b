//! One folder for each thing a person comes for.

mod home;
mod not_found;
mod organize;
mod take_part;

pub(crate) use home::Home;
pub(crate) use not_found::NotFound;
pub(crate) use organize::{NewSurvey, Organize, SignedIn, Survey};
pub(crate) use take_part::TakePart;
