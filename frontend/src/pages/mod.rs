//! One folder for each thing a person comes for.

pub(crate) mod asked;
mod home;
mod not_found;
mod organize;
mod read;
mod sign_in;
mod take_part;
mod token_form;

pub(crate) use home::Start;
pub(crate) use not_found::NotFound;
pub(crate) use organize::Organizing;
pub(crate) use read::Read;
pub(crate) use sign_in::SignIn;
pub(crate) use take_part::TakePart;
use token_form::TokenForm;
