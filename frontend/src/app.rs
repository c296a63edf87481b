//! The frame that every page stands in: contexts, header, page, footer.

use crate::components::{Footer, Header, Trouble, TroubleBox, Waiting};
use crate::services::config::Config;
use crate::services::focus::Keeping;
use crate::texts::Texts;
use std::cell::RefCell;
use yew::AppHandle;
use yew::platform::spawn_local;
use yew::prelude::*;

/// One of the page's programs.
#[derive(Properties, Clone, Copy)]
pub(crate) struct AppProps {
    /// Its words.
    pub(crate) texts: &'static [&'static str],
    /// Where the name in the header leads.
    pub(crate) home: &'static str,
    /// What it shows once it knows whom to speak to.
    pub(crate) body: fn() -> Html,
}

impl PartialEq for AppProps {
    /// There is one, and it never changes.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

thread_local! {
    static SHOWN: RefCell<Option<AppHandle<App>>> = const { RefCell::new(None) };
}

/// Shows a program.
pub(crate) fn show(program: AppProps) {
    let shown = yew::Renderer::<App>::with_props(program).render();
    SHOWN.set(Some(shown));
}

/// Leaves the page's body to another program.
pub(crate) fn leave() {
    if let Some(shown) = SHOWN.take() {
        shown.destroy();
    }
}

/// The whole page.
#[component]
pub(crate) fn App(props: &AppProps) -> Html {
    let texts = {
        let files = props.texts;
        use_memo((), move |()| Texts::english(files))
    };
    let config = use_state(|| None::<Result<Config, Trouble>>);
    let load = {
        let config = config.clone();
        Callback::from(move |()| {
            let config = config.clone();
            config.set(None);
            spawn_local(async move { config.set(Some(Config::load().await)) });
        })
    };
    use_effect_with((), {
        let load = load.clone();
        move |()| load.emit(())
    });
    use_effect_with((), |()| {
        let keeping = Keeping::begin();
        move || drop(keeping)
    });
    let body = match &*config {
        None => html! { <main><Waiting text={texts.say("starting")} /></main> },
        Some(Err(trouble)) => html! { <main><TroubleBox trouble={trouble.clone()} retry={load} /></main> },
        Some(Ok(config)) => html! {
            <ContextProvider<Config> context={config.clone()}>
                <main id="main" tabindex="-1">{ (props.body)() }</main>
            </ContextProvider<Config>>
        },
    };
    html! {
        <ContextProvider<Texts> context={(*texts).clone()}>
            <Header home={props.home} />
            { body }
            <Footer config={config.as_ref().and_then(|loaded| loaded.as_ref().ok()).cloned()} />
        </ContextProvider<Texts>>
    }
}
