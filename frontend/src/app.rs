//! The whole page.

use yew::prelude::*;

/// The frame that every page stands in.
#[component]
pub(crate) fn App() -> Html {
    html! {
        <main>
            <h1>{ "Sealed Pay" }</h1>
            <p data-test="workers">
                { format!("Sealing would use {} workers.", client_wasm::usual_workers()) }
            </p>
        </main>
    }
}
