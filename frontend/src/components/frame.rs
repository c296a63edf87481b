//! Header and footer.

use crate::route::ORGANIZE;
use crate::services::config::Config;
use crate::texts::{Texts, use_texts};
use client_wasm::Server;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Where the header leads.
#[derive(Properties, PartialEq)]
pub(crate) struct HeaderProps {
    /// By the mark and the name.
    pub(crate) home: &'static str,
}

/// The mark, the name, and the way to what organizers do. Each may be another program, so the way there is a
/// plain link.
#[component]
pub(crate) fn Header(props: &HeaderProps) -> Html {
    let texts = use_texts();
    html! {
        <header class="band">
            <a class="skip" href="#main">{ texts.say("skip-to-content") }</a>
            <div class="header">
                <a href={props.home} class="brand">
                    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
                        <circle cx="16" cy="16" r="13.5" />
                        <path d="M9.5 13h13M9.5 19h13" />
                    </svg>
                    { texts.say("brand") }
                </a>
                <nav aria-label={texts.say("header-nav")}>
                    <a href={ORGANIZE}>{ texts.say("header-organize") }</a>
                </nav>
            </div>
        </header>
    }
}

/// Whose servers these are.
#[derive(Properties, PartialEq)]
pub(crate) struct FooterProps {
    /// Absent until it is known.
    pub(crate) config: Option<Config>,
}

/// What this is and who runs the servers, on every page. Where these do not answer, the line is left out: a
/// footer is no place to fail.
#[component]
pub(crate) fn Footer(props: &FooterProps) -> Html {
    let texts = use_texts();
    let operators = use_state(|| None::<[String; 2]>);
    {
        let operators = operators.clone();
        use_effect_with(props.config.clone(), move |config| {
            if let Some(config) = config.clone() {
                spawn_local(async move { operators.set(ask_operators(config).await) });
            }
        });
    }
    html! {
        <footer class="ground">
            <div class="footer">
                <p>{ texts.say("footer-what") }</p>
                { operators.as_ref().map(|names| operators_line(&texts, names)) }
            </div>
        </footer>
    }
}

async fn ask_operators(config: Config) -> Option<[String; 2]> {
    let (data, computation) = (Server::at(config.data_server), Server::at(config.computation_server));
    Some([data.identity().await.ok()?.operator, computation.identity().await.ok()?.operator])
}

fn operators_line(texts: &Texts, [data, computation]: &[String; 2]) -> Html {
    let same = data.trim().to_lowercase() == computation.trim().to_lowercase();
    html! {
        <>
            <dl class="operators" data-test="operators">
                <div><dt>{ texts.say("footer-data") }</dt><dd>{ data }</dd></div>
                <div><dt>{ texts.say("footer-computation") }</dt><dd>{ computation }</dd></div>
            </dl>
            if same {
                <p class="one-operator" data-test="one-operator">{ texts.say("footer-one-operator") }</p>
            }
        </>
    }
}
