//! Signing in: the first screen of those who organize. Their own program comes while they type.

use crate::components::{Trouble, use_title};
use crate::pages::TokenForm;
use crate::services::config::Config;
use crate::services::{handover, sign_in};
use crate::texts::use_texts;
use protocol::ServerUrl;
use yew::platform::spawn_local;
use yew::prelude::*;
use zeroize::Zeroizing;

/// The page of those who are not signed in.
#[component]
pub(crate) fn SignIn() -> Html {
    let texts = use_texts();
    let (trouble, busy) = (use_state(|| None::<Trouble>), use_state(|| false));
    use_title(texts.say("sign-in-title"));
    let Some(config) = use_context::<Config>() else { return html! {} };
    let go = {
        let (trouble, busy) = (trouble.clone(), busy.clone());
        Callback::from(move |token: String| {
            let (trouble, busy, server) = (trouble.clone(), busy.clone(), config.data_server.clone());
            busy.set(true);
            trouble.set(None);
            spawn_local(async move {
                if let Err(failed) = go_on(&server, Zeroizing::new(token)).await {
                    trouble.set(Some(failed));
                    busy.set(false);
                }
            });
        })
    };
    html! {
        <section class="card narrow">
            <h1>{ texts.say("sign-in-title") }</h1>
            <p>{ texts.say("sign-in-text") }</p>
            <TokenForm on_token={go} trouble={(*trouble).clone()} busy={*busy} />
        </section>
    }
}

/// Tries the sign-in, and leaves the page to the organizer's program.
async fn go_on(server: &ServerUrl, token: Zeroizing<String>) -> Result<(), Trouble> {
    sign_in::attempt(server, &token).await?;
    handover::wait().await?;
    crate::app::leave();
    handover::organize(&token);
    Ok(())
}
