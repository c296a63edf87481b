//! Every way to fail: what happened, what to do, what was lost; and an exit code that scripts can rely on.

use http_client::ClientError;
use protocol::Problem;
use std::fmt::Display;
use std::process::ExitCode;

/// What was typed, a file, or a refusal that needs something changed.
pub(crate) const INPUT: u8 = 1;
/// The survey ended without a result.
pub(crate) const ENDED: u8 = 3;
/// A server cannot be reached or refuses for now.
pub(crate) const SERVER: u8 = 4;
/// A check failed: a signature, a key, two servers that differ.
pub(crate) const DISTRUST: u8 = 5;

/// The end of a command that did not do what was asked.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    code: u8,
    text: String,
}

impl Failure {
    fn new(code: u8, text: impl Display) -> Self {
        Self { code, text: text.to_string() }
    }

    /// Something typed or read must be mended. Callers say that nothing was sent.
    pub(crate) fn input(text: impl Display) -> Self {
        Self::new(INPUT, text)
    }

    /// The survey ended without a result; standard output says why.
    pub(crate) fn ended(text: impl Display) -> Self {
        Self::new(ENDED, text)
    }

    /// A check failed: nobody goes on.
    pub(crate) fn distrust(what: impl Display) -> Self {
        Self::new(
            DISTRUST,
            format!(
                "Stopped: {what}. Nothing was sent. Tell the organizer, not by answering the invitation."
            ),
        )
    }

    /// A bundle in which something does not hold; standard output says what.
    pub(crate) fn unverified() -> Self {
        Self::new(DISTRUST, "Not every check passes: do not rely on this result.")
    }

    /// A server failed in the middle of something; `kept` says what is not lost.
    pub(crate) fn client(error: &ClientError, kept: &str) -> Self {
        let for_now = matches!(error.problem(), Some(Problem::KeyPoolEmpty | Problem::NotReleased));
        let code = if error.is_passing() || for_now { SERVER } else { INPUT };
        // Some refusals say themselves that nothing was stored.
        let text = format!("{error} {kept}");
        Self::new(code, text.trim_end())
    }

    /// Says one thing more.
    pub(crate) fn and(self, more: &str) -> Self {
        Self { text: format!("{} {more}", self.text), ..self }
    }

    /// Says it on standard error.
    pub(crate) fn report(self) -> ExitCode {
        eprintln!("{}", self.text.trim_end());
        ExitCode::from(self.code)
    }
}
