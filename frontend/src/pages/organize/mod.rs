//! What an organizer does, signed in: write a survey, invite, look, close, publish.

mod chart;
mod close;
mod gate;
mod invited;
mod links;
mod list;
mod new_survey;
mod prepare;
mod preset;
mod question;
mod result;
mod survey;
mod tables;

use crate::pages::NotFound;
use crate::route::Route;
use crate::services::focus;
use crate::services::organizing::Desk;
use gate::{Enter, SignedIn};
use list::Organize;
use new_survey::NewSurvey;
use survey::Survey;
use yew::prelude::*;
use yew_router::prelude::*;

/// All pages of an organizer's, and who is signed in.
#[component]
pub(crate) fn Organizing() -> Html {
    let signed_in = use_state(|| None::<Desk>);
    // The sign-in's form, which had the focus, went with the start's program.
    use_effect_with((), |()| focus::begin_at_content());
    html! {
        <BrowserRouter>
            <ContextProvider<SignedIn> context={signed_in.clone()}>
                if signed_in.is_some() { <Switch<Route> render={page} /> } else { <Enter /> }
            </ContextProvider<SignedIn>>
        </BrowserRouter>
    }
}

fn page(route: Route) -> Html {
    match route {
        Route::Organize => html! { <Organize /> },
        Route::NewSurvey => html! { <NewSurvey /> },
        Route::Survey { survey } => html! { <Survey {survey} /> },
        Route::NotFound => html! { <NotFound /> },
    }
}
