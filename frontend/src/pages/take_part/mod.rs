//! What a reporter does: read, begin, choose a file, check, seal, keep the receipt.

use yew::prelude::*;

/// A survey by its id.
#[derive(Properties, PartialEq)]
pub(crate) struct TakePartProps {
    /// 64 hexadecimal digits, as in the address.
    pub(crate) survey: String,
}

/// The whole way.
#[component]
pub(crate) fn TakePart(props: &TakePartProps) -> Html {
    html! { <p>{ &props.survey }</p> }
}
