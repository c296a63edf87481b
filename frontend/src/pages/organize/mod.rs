//! What an organizer does: sign in, write a survey, invite, look, close, publish.

mod chart;
mod close;
mod gate;
mod invited;
mod links;
mod list;
mod new_survey;
mod prepare;
mod result;
mod survey;

pub(crate) use gate::SignedIn;
pub(crate) use list::Organize;
pub(crate) use new_survey::NewSurvey;
pub(crate) use survey::Survey;
