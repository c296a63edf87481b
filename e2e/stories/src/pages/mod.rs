//! What people do in the page, as deeds. Every deed waits for what it needs and for what comes of it.

mod organizer;
mod question;
mod reporter;
mod result;

pub use organizer::Organizer;
pub use question::Question;
pub use reporter::Reporter;
pub use result::{Row, Shown};
