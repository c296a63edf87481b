//! One address after the other.

use std::net::SocketAddr;

use actix_web::http::header;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, dev::Server, web};

use crate::{File, Site, policy};

/// What every request is answered from.
#[derive(Debug)]
pub struct Answers {
    site: Site,
    policy: String,
}

impl Answers {
    /// With the policy that fits this site and the origins of these servers.
    #[must_use]
    pub fn new(site: Site, servers: &[String]) -> Self {
        Self { policy: policy(&site.index(), servers), site }
    }
}

/// Starts to answer.
///
/// # Errors
/// If the address cannot be listened on.
pub fn serve(answers: Answers, address: SocketAddr) -> std::io::Result<(SocketAddr, Server)> {
    let answers = web::Data::new(answers);
    let app = move || {
        let page = web::get().to(answer);
        App::new().app_data(answers.clone()).default_service(page)
    };
    let server = HttpServer::new(app).workers(1).shutdown_timeout(1).bind(address)?;
    let bound = server.addrs().first().copied().unwrap_or(address);
    Ok((bound, server.run()))
}

async fn answer(request: HttpRequest, answers: web::Data<Answers>) -> HttpResponse {
    let Some(file) = answers.site.at(request.path()) else {
        return with_policy(&mut HttpResponse::NotFound(), &answers.policy).finish();
    };
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|etag| etag.to_str().ok());
    let mut response = HttpResponse::Ok();
    if known == Some(&file.etag) {
        response = HttpResponse::NotModified();
    }
    with_policy(&mut response, &answers.policy);
    let keep = if file.immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
    response
        .insert_header((header::CACHE_CONTROL, keep))
        .insert_header((header::ETAG, file.etag.as_str()))
        .insert_header((header::VARY, "accept-encoding"));
    if known == Some(&file.etag) {
        return response.finish();
    }
    response.content_type(file.kind);
    with_body(&mut response, &request, file)
}

fn with_body(
    response: &mut actix_web::HttpResponseBuilder,
    request: &HttpRequest,
    file: &File,
) -> HttpResponse {
    let accepted = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let takes_gzip = accepted.is_some_and(|accepted| accepted.contains("gzip"));
    match file.gzip.as_ref().filter(|_| takes_gzip) {
        Some(gzip) => response.insert_header((header::CONTENT_ENCODING, "gzip")).body(gzip.clone()),
        None => response.body(file.bytes.clone()),
    }
}

fn with_policy<'a>(
    response: &'a mut actix_web::HttpResponseBuilder,
    policy: &str,
) -> &'a mut actix_web::HttpResponseBuilder {
    response
        .insert_header((header::CONTENT_SECURITY_POLICY, policy))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .insert_header(("cross-origin-opener-policy", "same-origin"))
        .insert_header(("cross-origin-resource-policy", "same-origin"))
        .insert_header(("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"))
}
