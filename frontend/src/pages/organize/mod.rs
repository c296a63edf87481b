//! What an organizer does: sign in, write a survey, invite, look, close, publish.

use yew::prelude::*;

/// A survey by its id.
#[derive(Properties, PartialEq)]
pub(crate) struct SurveyProps {
    /// 64 hexadecimal digits, as in the address.
    pub(crate) survey: String,
}

/// Sign-in and surveys.
#[component]
pub(crate) fn Organize() -> Html {
    html! {}
}

/// A survey that is being written.
#[component]
pub(crate) fn NewSurvey() -> Html {
    html! {}
}

/// One survey.
#[component]
pub(crate) fn Survey(props: &SurveyProps) -> Html {
    html! { <p>{ &props.survey }</p> }
}
