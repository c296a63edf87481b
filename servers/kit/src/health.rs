//! `GET /health`: the process answers.

use actix_web::{HttpResponse, web};

use crate::Settings;

/// What `/health` says besides yes.
#[derive(Clone, Copy)]
pub(crate) struct Name(pub(crate) &'static str);

pub(crate) fn routes(settings: &Settings) -> impl FnOnce(&mut web::ServiceConfig) + use<> {
    let name = Name(settings.name);
    move |app| {
        app.app_data(web::Data::new(name)).service(web::resource("/health").get(health));
    }
}

async fn health(name: web::Data<Name>) -> HttpResponse {
    HttpResponse::Ok().json(serde_json::json!({ "server": name.0, "status": "ok" }))
}
