//! Failing, drawn once: what happened, what to do, and that nothing was lost.

use crate::texts::{Texts, use_texts};
use client_wasm::ServerFailure;
use protocol::Problem;
use std::rc::Rc;
use yew::prelude::*;

/// What went wrong. Holds nothing anybody typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// Its name: the end of a text's id, and what people tell whoever helps them.
    pub(crate) code: &'static str,
    /// The server's name, where one is concerned.
    host: Option<Rc<str>>,
    /// A status, or the number of what is concerned.
    number: Option<usize>,
    /// Words of a room below, where these know best.
    words: Option<Rc<str>>,
    /// Whether the same may succeed later.
    pub(crate) may_retry: bool,
}

impl Trouble {
    /// By its code, which has a text `trouble-{code}`.
    pub(crate) const fn new(code: &'static str) -> Self {
        Self { code, host: None, number: None, words: None, may_retry: false }
    }

    /// With the words of the room that found it.
    pub(crate) fn in_words(code: &'static str, words: &impl ToString) -> Self {
        Self { words: Some(words.to_string().into()), ..Self::new(code) }
    }

    /// About the one with this number.
    pub(crate) fn about(code: &'static str, number: usize) -> Self {
        Self { number: Some(number), ..Self::new(code) }
    }

    /// The same, worth another try.
    pub(crate) fn passing(self) -> Self {
        Self { may_retry: true, ..self }
    }

    /// The sentence to show.
    pub(crate) fn say(&self, texts: &Texts) -> String {
        let host = self.host.as_deref().unwrap_or_default().to_owned();
        let number = self.number.unwrap_or_default().to_string();
        let words = self.words.as_deref().unwrap_or_default().to_owned();
        let gaps = || {
            let (host, number, words) = (host.clone(), number.clone(), words.clone());
            [("host", host.into()), ("number", number.into()), ("words", words.into())]
        };
        for id in [format!("trouble-{}", self.code), format!("problem-{}", self.code)] {
            if texts.has(&id) {
                return texts.with(&id, gaps());
            }
        }
        // What only a program of another make would meet.
        texts.with("trouble-refused", gaps())
    }
}

impl From<ServerFailure> for Trouble {
    fn from(failure: ServerFailure) -> Self {
        let may_retry = failure.is_passing();
        let of = |code, host: &str, status: Option<u16>| Self {
            host: Some(host.into()),
            number: status.map(usize::from),
            may_retry,
            ..Self::new(code)
        };
        match &failure {
            ServerFailure::Refused(problem) => refused(*problem, may_retry),
            ServerFailure::Status { host, status } => of("status", host, Some(*status)),
            ServerFailure::Unreachable { host } => of("unreachable", host, None),
            ServerFailure::Malformed { host } => of("malformed", host, None),
            ServerFailure::Url(_) => Self::new("url"),
        }
    }
}

fn refused(problem: Problem, may_retry: bool) -> Trouble {
    let uri = problem.row().uri;
    let code = uri.rsplit_once(':').map_or(uri, |(_, code)| code);
    Trouble { may_retry, ..Trouble::in_words(code, &problem) }
}

/// What is shown, and how the person tries again.
#[derive(Properties, PartialEq)]
pub(crate) struct TroubleProps {
    /// What went wrong.
    pub(crate) trouble: Trouble,
    /// Does the same again; the button shows if that may help.
    #[prop_or_default]
    pub(crate) retry: Option<Callback<()>>,
}

/// The box.
#[component]
pub(crate) fn TroubleBox(props: &TroubleProps) -> Html {
    let texts = use_texts();
    let trouble = &props.trouble;
    let button = props.retry.clone().map(|retry| {
        html! {
            <button type="button" class="button" data-test="retry" onclick={move |_| retry.emit(())}>
                { texts.say("retry") }
            </button>
        }
    });
    html! {
        <div class="notice notice-bad" role="alert" data-test="error" data-code={trouble.code}>
            <p>{ trouble.say(&texts) }</p>
            { button }
            <p class="fine">{ texts.with("error-code", [("code", trouble.code.into())]) }</p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_failures_have_words() {
        let texts = Texts::english(&crate::texts::START);
        let host = || "data.example".to_owned();
        let said = Trouble::from(ServerFailure::Unreachable { host: host() });
        assert!(said.may_retry);
        assert!(said.say(&texts).contains("data.example"));
        let said = Trouble::from(ServerFailure::Status { host: host(), status: 502 });
        assert!(said.say(&texts).contains("502"));
    }
}
