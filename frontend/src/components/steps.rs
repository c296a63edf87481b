//! Where on a way of several steps somebody stands.

use crate::texts::use_texts;
use yew::prelude::*;

/// The steps and the present one.
#[derive(Properties, PartialEq)]
pub(crate) struct StepsProps {
    /// In their order.
    pub(crate) names: Vec<String>,
    /// From 0.
    pub(crate) current: usize,
}

/// A list whose present entry says so; on narrow screens a sentence stands in its place.
#[component]
pub(crate) fn Steps(props: &StepsProps) -> Html {
    let texts = use_texts();
    let step = |(at, name): (usize, &String)| {
        let current = (at == props.current).then_some("step");
        let class = (at < props.current).then_some("done");
        html! { <li aria-current={current} {class}><span>{ name }</span></li> }
    };
    let name = props.names.get(props.current).cloned().unwrap_or_default();
    let gaps =
        [("number", (props.current + 1).into()), ("count", props.names.len().into()), ("name", name.into())];
    html! {
        <nav class="steps-frame" aria-label={texts.say("steps")}>
            <ol class="steps">{ for props.names.iter().enumerate().map(step) }</ol>
            <p class="steps-short" aria-hidden="true">{ texts.with("steps-short", gaps) }</p>
        </nav>
    }
}
