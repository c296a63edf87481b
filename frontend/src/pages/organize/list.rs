//! The surveys whose keys this browser keeps.

use super::gate::SignedIn;
use crate::components::{Trouble, TroubleBox, Waiting, use_title};
use crate::route::Route;
use crate::services::organizing::Desk;
use crate::texts::use_texts;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlInputElement;
use yew::platform::spawn_local;
use yew::prelude::*;
use yew_router::prelude::*;

/// The surveys of whoever signed in.
#[component]
pub(crate) fn Organize() -> Html {
    let signed_in = use_context::<SignedIn>();
    match signed_in.and_then(|handle| (*handle).clone()) {
        Some(desk) => html! { <Surveys {desk} /> },
        None => html! {},
    }
}

/// Who asks.
#[derive(Properties, PartialEq)]
struct DeskProps {
    desk: Desk,
}

#[component]
fn Surveys(props: &DeskProps) -> Html {
    let texts = use_texts();
    let surveys = use_state(|| None::<Result<Vec<(String, String)>, Trouble>>);
    use_title(texts.say("surveys-title"));
    let load = {
        let (surveys, desk) = (surveys.clone(), props.desk.clone());
        Callback::from(move |()| {
            let (surveys, desk) = (surveys.clone(), desk.clone());
            spawn_local(async move { surveys.set(Some(desk.surveys().await)) });
        })
    };
    use_effect_with((), {
        let load = load.clone();
        move |()| load.emit(())
    });
    let list = match &*surveys {
        None => html! { <Waiting text={texts.say("surveys-waiting")} /> },
        Some(Err(trouble)) => html! { <TroubleBox trouble={trouble.clone()} retry={load} /> },
        Some(Ok(all)) if all.is_empty() => html! { <p>{ texts.say("surveys-none") }</p> },
        Some(Ok(all)) => html! {
            <ul class="surveys">
                { for all.iter().map(|(id, title)| html! {
                    <li><Link<Route> to={Route::Survey { survey: id.clone() }}>
                        <span data-test="survey-link">{ title }</span>
                    </Link<Route>></li>
                }) }
            </ul>
        },
    };
    html! {
        <>
            <h1>{ texts.say("surveys-title") }</h1>
            { list }
            <div class="actions">
                <Link<Route> to={Route::NewSurvey} classes="button">
                    <span data-test="new-survey">{ texts.say("surveys-new") }</span>
                </Link<Route>>
            </div>
            <Import desk={props.desk.clone()} />
        </>
    }
}

/// A key file of another browser, or of the command.
#[component]
fn Import(props: &DeskProps) -> Html {
    let texts = use_texts();
    let trouble = use_state(|| None::<Trouble>);
    let navigator = use_navigator();
    let chosen = {
        let (trouble, desk) = (trouble.clone(), props.desk.clone());
        Callback::from(move |event: Event| {
            let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            let Some(file) = input.and_then(|input| input.files()).and_then(|files| files.get(0)) else {
                return;
            };
            let (trouble, desk, navigator) = (trouble.clone(), desk.clone(), navigator.clone());
            spawn_local(async move {
                match import(&desk, &file).await {
                    Ok(survey) => {
                        if let Some(navigator) = navigator {
                            navigator.push(&Route::Survey { survey });
                        }
                    }
                    Err(failed) => trouble.set(Some(failed)),
                }
            });
        })
    };
    html! {
        <details>
            <summary data-test="import-open">{ texts.say("import-open") }</summary>
            <div class="field">
                <label for="key-file">{ texts.say("import-label") }</label>
                <input id="key-file" type="file" accept=".json,application/json" data-test="key-file"
                    onchange={chosen} />
            </div>
            if let Some(trouble) = &*trouble { <TroubleBox trouble={trouble.clone()} /> }
        </details>
    }
}

async fn import(desk: &Desk, file: &web_sys::File) -> Result<String, Trouble> {
    let text = JsFuture::from(file.text()).await.map_err(|_| Trouble::new("key-file"))?;
    desk.import(text.as_string().unwrap_or_default().as_bytes()).await
}
