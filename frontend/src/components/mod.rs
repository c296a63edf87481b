//! What pages are made of. Waiting and failing are drawn here and nowhere else.

mod copy;
mod field;
mod frame;
mod steps;
mod table;
mod title;
mod trouble;
mod waiting;

pub(crate) use copy::Copy;
pub(crate) use field::{Field, Kind};
pub(crate) use frame::{Footer, Header};
pub(crate) use steps::Steps;
pub(crate) use table::{Figures, SHOWN};
pub(crate) use title::use_title;
pub(crate) use trouble::{Trouble, TroubleBox};
pub(crate) use waiting::Waiting;
