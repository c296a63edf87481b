//! Where on a way of several steps somebody stands.

use yew::prelude::*;

/// The steps and the present one.
#[derive(Properties, PartialEq)]
pub(crate) struct StepsProps {
    /// In their order.
    pub(crate) names: Vec<String>,
    /// From 0.
    pub(crate) current: usize,
}

/// A list whose present entry says so.
#[component]
pub(crate) fn Steps(props: &StepsProps) -> Html {
    let step = |(at, name): (usize, &String)| {
        let current = (at == props.current).then_some("step");
        html! { <li aria-current={current}>{ name }</li> }
    };
    html! { <ol class="steps">{ for props.names.iter().enumerate().map(step) }</ol> }
}
