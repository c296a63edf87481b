//! The frame that every page stands in: contexts, header, page, footer.

use crate::components::{Footer, Header, Trouble, TroubleBox, Waiting};
use crate::pages::{self, SignedIn};
use crate::route::Route;
use crate::services::arrival::{Arrival, Listening};
use crate::services::config::Config;
use crate::services::organizing::Desk;
use crate::texts::Texts;
use yew::platform::spawn_local;
use yew::prelude::*;
use yew_router::prelude::*;

/// What the page was opened with.
#[derive(Properties, Clone, PartialEq)]
pub(crate) struct AppProps {
    /// The invitation in the address, if there was one.
    pub(crate) arrival: Arrival,
}

/// The whole page.
#[component]
pub(crate) fn App(props: &AppProps) -> Html {
    let texts = use_memo((), |()| Texts::english());
    let config = use_state(|| None::<Result<Config, Trouble>>);
    let signed_in = use_state(|| None::<Desk>);
    let arrival = use_state(|| props.arrival.clone());
    use_effect_with((), {
        let arrival = arrival.setter();
        move |()| {
            let listening = Listening::begin(move |came| arrival.set(came));
            move || drop(listening)
        }
    });
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
    let body = match &*config {
        None => html! { <main><Waiting text={texts.say("starting")} /></main> },
        Some(Err(trouble)) => html! { <main><TroubleBox trouble={trouble.clone()} retry={load} /></main> },
        Some(Ok(config)) => html! {
            <ContextProvider<Config> context={config.clone()}>
                <ContextProvider<Arrival> context={(*arrival).clone()}>
                    <ContextProvider<SignedIn> context={signed_in}>
                        <main id="main" tabindex="-1"><Switch<Route> render={page} /></main>
                    </ContextProvider<SignedIn>>
                </ContextProvider<Arrival>>
            </ContextProvider<Config>>
        },
    };
    html! {
        <ContextProvider<Texts> context={(*texts).clone()}>
            <BrowserRouter>
                <Header />
                { body }
                <Footer config={config.as_ref().and_then(|loaded| loaded.as_ref().ok()).cloned()} />
            </BrowserRouter>
        </ContextProvider<Texts>>
    }
}

fn page(route: Route) -> Html {
    match route {
        Route::Home => html! { <pages::Home /> },
        Route::TakePart { survey } => html! { <pages::TakePart {survey} /> },
        Route::Organize => html! { <pages::Organize /> },
        Route::NewSurvey => html! { <pages::NewSurvey /> },
        Route::Survey { survey } => html! { <pages::Survey {survey} /> },
        Route::NotFound => html! { <pages::NotFound /> },
    }
}
