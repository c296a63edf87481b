//! Drafts: a survey's id and key before there is a survey.

pub(crate) mod http;
mod service;

pub(crate) use service::{create, find};
