//! A server on a socket, with everything in this crate around its routes.

use std::io;
use std::net::{SocketAddr, TcpListener};

use actix_web::dev::{Server, ServerHandle};
use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};
use tokio::task::JoinHandle;

use crate::rate::{self, Buckets};
use crate::{Settings, body, cors, headers, health, intake, logging};

/// A server at work. It goes on when this value is dropped; end it with
/// [`Running::stop`] or [`Running::until`].
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    handle: ServerHandle,
    task: JoinHandle<io::Result<()>>,
}

/// Starts answering on `listener` with the routes `routes` adds.
///
/// `routes` is called once per worker: make shared state outside and clone
/// `web::Data` into it. Add routes as `web::resource(…)`: a wrong method is then
/// a 405, where `ServiceConfig::route` would make it a 404. Must be called inside a Tokio runtime.
///
/// ```no_run
/// # async fn example() -> std::io::Result<()> {
/// use actix_web::{HttpResponse, web};
/// let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
/// let server = kit::serve(listener, kit::Settings::named("data-server"), |app| {
///     app.service(web::resource("/v1/answer").get(async || HttpResponse::Ok().body("42")));
/// })?;
/// println!("{}", server.address());
/// server.until(kit::shutdown_signal()).await
/// # }
/// ```
///
/// # Errors
/// If the socket cannot be used.
pub fn serve<R>(listener: TcpListener, settings: Settings, routes: R) -> io::Result<Running>
where
    R: Fn(&mut web::ServiceConfig) + Clone + Send + 'static,
{
    let address = listener.local_addr()?;
    let server = build(listener, settings, routes)?;
    let handle = server.handle();
    Ok(Running { address, handle, task: tokio::spawn(server) })
}

fn build<R>(listener: TcpListener, settings: Settings, routes: R) -> io::Result<Server>
where
    R: Fn(&mut web::ServiceConfig) + Clone + Send + 'static,
{
    let shared = web::Data::new(settings.clone());
    let buckets = web::Data::new(settings.rate_limit.map(Buckets::new));
    let app = move || {
        let settings = shared.get_ref();
        // The last wrap is the outermost: what the rate limit refuses is still
        // explained, readable for allowed pages, and logged.
        App::new()
            .app_data(shared.clone())
            .app_data(buckets.clone())
            .wrap(from_fn(body::limit_time))
            .wrap(from_fn(intake::refuse_too_large))
            .wrap(from_fn(rate::limit))
            .wrap(from_fn(intake::explain_errors))
            .wrap(from_fn(cors::allow_pages))
            .wrap(headers::security())
            .wrap(from_fn(logging::one_line))
            .configure(intake::limits(settings))
            .configure(health::routes(settings))
            .configure(routes.clone())
    };
    let server = HttpServer::new(app)
        .workers(settings.workers)
        .keep_alive(settings.keep_alive)
        .client_request_timeout(settings.head_timeout)
        .max_connections(settings.max_connections)
        .shutdown_timeout(settings.stop_timeout_s)
        .disable_signals()
        .listen(listener)?
        .run();
    Ok(server)
}

impl Running {
    /// Where it listens; the port is the real one, also if 0 was asked for.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Lets requests under way finish and ends the server.
    ///
    /// # Errors
    /// If the server had failed before.
    pub async fn stop(self) -> io::Result<()> {
        self.handle.stop(true).await;
        self.task.await?
    }

    /// Works until `signal` returns, then stops in good order.
    ///
    /// # Errors
    /// If the server fails, or the signal cannot be waited for.
    pub async fn until(mut self, signal: impl Future<Output = io::Result<()>>) -> io::Result<()> {
        tokio::select! {
            failed = &mut self.task => return failed?,
            asked = signal => asked?,
        }
        self.stop().await
    }
}
