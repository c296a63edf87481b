//! What is written down: a line of JSON per request, without anything a person sent.
//!
//! A line names the method, the *pattern* of the route, the status and the time
//! taken. Paths, queries, headers, bodies and addresses are not at hand here.
//! Libraries' own events are switched off, since nobody has read what they hold,
//! and no environment variable switches them on.

use std::fs::OpenOptions;
use std::path::PathBuf;
use std::time::Instant;

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use tracing::Level;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::writer::BoxMakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{Layer, Registry};

/// Crates whose events are written; everything else is silent.
const OURS: &[&str] = &["kit", "data_server", "computation_server", "sqlite"];

/// Where log lines go.
#[derive(Clone, Debug)]
pub enum LogTarget {
    /// Standard error.
    Stderr,
    /// The end of this file, which is made if need be.
    File(PathBuf),
}

/// Sends events of our own crates as JSON lines to `target`, and makes panics
/// say where they happened and not what they held. Only the first call of a
/// process has an effect.
///
/// # Errors
/// If the file cannot be opened.
pub fn init_logging(target: LogTarget) -> std::io::Result<()> {
    let writer = match target {
        LogTarget::Stderr => BoxMakeWriter::new(std::io::stderr),
        LogTarget::File(path) => {
            let mut options = OpenOptions::new();
            options.append(true).create(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            BoxMakeWriter::new(std::sync::Mutex::new(options.open(path)?))
        }
    };
    if tracing::subscriber::set_global_default(subscriber(writer)).is_ok() {
        std::panic::set_hook(Box::new(|panic| {
            let place = panic.location();
            let (file, line) = place.map_or(("unknown", 0), |at| (at.file(), at.line()));
            tracing::error!(target: "kit", file, line, "panic");
        }));
    }
    Ok(())
}

/// The subscriber behind [`init_logging`], for tests that read what it writes.
pub fn subscriber(writer: BoxMakeWriter) -> impl tracing::Subscriber + Send + Sync {
    let ours = OURS.iter().map(|name| (*name, Level::INFO));
    let filter = Targets::new().with_default(LevelFilter::OFF).with_targets(ours);
    let lines =
        tracing_subscriber::fmt::layer().json().flatten_event(true).with_target(true).with_writer(writer);
    Registry::default().with(lines.with_filter(filter))
}

/// Writes the line of one request.
pub(crate) async fn one_line(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let begun = Instant::now();
    let method = known(request.method());
    let answer = next.call(request).await;
    let (route, status) = match &answer {
        Ok(answer) => (answer.request().match_pattern(), answer.status()),
        Err(error) => (None, error.as_response_error().status_code()),
    };
    let ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    let route = route.as_deref().unwrap_or("none");
    tracing::info!(target: "kit", method, route, status = status.as_u16(), ms, "request");
    answer
}

/// A method may be any word a client makes up: only known ones are repeated.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        Method::PATCH => "PATCH",
        _ => "other",
    }
}
