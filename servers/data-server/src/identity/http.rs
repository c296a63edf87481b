//! `GET /.well-known/sealed-pay.json`.

use actix_web::{HttpResponse, web};

use crate::app::App;
use crate::identity::identity_of;

#[tracing::instrument(skip_all)]
pub(crate) async fn get(app: web::Data<App>) -> HttpResponse {
    HttpResponse::Ok().json(identity_of(&app.keys, &app.settings.operator))
}
