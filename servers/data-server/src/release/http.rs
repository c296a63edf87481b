//! `GET /v1/surveys/{survey}/release` and `…/bundle`.

use actix_web::{HttpResponse, web};
use kit::Refusal;
use protocol::{Problem, SurveyState};

use crate::app::{App, internal};
use crate::intake::http::survey_id;

#[tracing::instrument(skip_all)]
pub(crate) async fn get(app: web::Data<App>, survey: web::Path<String>) -> Result<HttpResponse, Refusal> {
    let id = survey_id(&survey)?;
    let state = app.survey(id).await?.row.stored_state;
    if !matches!(state, SurveyState::Released | SurveyState::Ended) {
        return Err(Problem::NotReleased.into());
    }
    let ending = app.store.ending(id).await.map_err(internal)?;
    let result = ending.and_then(|ending| ending.result).ok_or(Problem::Internal)?;
    Ok(HttpResponse::Ok().content_type("application/json").body(result))
}

#[tracing::instrument(skip_all)]
pub(crate) async fn get_bundle(
    app: web::Data<App>,
    survey: web::Path<String>,
) -> Result<HttpResponse, Refusal> {
    let id = survey_id(&survey)?;
    if app.survey(id).await?.row.stored_state != SurveyState::Released {
        return Err(Problem::NotReleased.into());
    }
    Ok(HttpResponse::Ok().json(super::bundle::bundle(&app, id).await?))
}
