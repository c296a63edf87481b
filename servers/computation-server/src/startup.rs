//! From settings to a server on a socket, and back.

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use actix_web::middleware::from_fn;
use actix_web::web::{self, PayloadConfig, ServiceConfig};
use kit::{Clock, Running};
use protocol::{Identity, routes};
use tokio::sync::{Mutex, Semaphore};
use tokio::task::JoinHandle;

use crate::identity::{self, OwnIdentity};
use crate::marks::Marks;
use crate::peer::{self, Nonces};
use crate::pool::{Maker, Pool};
use crate::settings::{Settings, StartRefusal, lies_inside};
use crate::state::State;
use crate::store::{SqliteStore, Store};
use crate::surveys::Admitted;
use crate::{agreement, declarations, drafts, enrolments, opening, orders, release, surveys, withdrawals};

/// The largest body of the peer, which may list all reporters of the largest survey.
const MAX_BODY: usize = peer::http::LARGE_BODY;
/// An order may invite as many.
const MAX_ORDER: usize = 6 * 1024 * 1024;
/// Everything else that the public sends.
const MAX_PUBLIC: usize = 4 * 1024;

/// A server at work.
pub struct RunningServer {
    http: Running,
    store: Arc<dyn Store>,
    maker: Maker,
    making: JoinHandle<()>,
    identity: Identity,
}

/// Starts a server; must be called inside a Tokio runtime.
///
/// # Errors
/// [`StartRefusal`].
pub async fn start(
    settings: Settings,
    clock: Arc<dyn Clock>,
    listener: TcpListener,
) -> Result<RunningServer, StartRefusal> {
    if lies_inside(&settings.marks, &settings.data)? {
        return Err(StartRefusal::MarksInsideData);
    }
    kit::data_folder::prepare(&settings.data)?;
    let own = own_identity(&settings)?;
    let store: Arc<dyn Store> =
        Arc::new(SqliteStore::open(&settings.data.join("computation-server.sqlite")).await?);
    let vault = Arc::new(settings.at_rest_key.vault());
    let marks = marks(settings.marks.clone(), store.as_ref()).await?;
    let pool = Pool { store: store.clone(), vault: vault.clone(), marks: marks.clone() };
    for key in &settings.pool_seed {
        pool.add(key).await?;
    }
    let maker = Maker::default();
    let making = tokio::spawn(maker.clone().run(pool, settings.pool.clone()));
    let identity = own.public.clone();
    let http_settings = http_settings(&settings);
    let state = web::Data::new(State {
        identity: own,
        // Manifests write addresses without a slash at the end.
        public_url: settings.public_url.trim_end_matches('/').to_owned(),
        peer: settings.peer,
        peer_sealing_key: settings.peer_sealing_key,
        floors: settings.floors,
        min_key_bits: settings.min_key_bits,
        vault,
        store: store.clone(),
        marks,
        clock,
        admitted: Admitted::default(),
        opening: Mutex::new(()),
        large_bodies: Semaphore::new(peer::http::LARGE_AT_ONCE),
        nonces: Nonces::default(),
        maker: maker.clone(),
    });
    let http = kit::serve(listener, http_settings, move |app| {
        app.app_data(state.clone()).configure(peer_routes).configure(public_routes);
    })?;
    Ok(RunningServer { http, store, maker, making, identity })
}

/// The folder of the marks, which is made for a new server only.
async fn marks(folder: PathBuf, store: &dyn Store) -> Result<Marks, StartRefusal> {
    if !Marks::is_there(&folder)? && store.had_keys().await? {
        // Whoever makes the folder may start at once.
        store.close().await?;
        return Err(StartRefusal::NoMarks);
    }
    Ok(Marks::prepare(folder)?)
}

fn own_identity(settings: &Settings) -> Result<OwnIdentity, StartRefusal> {
    let Settings { data, at_rest_key, operator, .. } = settings;
    if settings.create_missing_keys {
        identity::prepare(data, at_rest_key, operator)
    } else {
        identity::load(data, at_rest_key, operator)
    }
}

fn http_settings(settings: &Settings) -> kit::Settings {
    kit::Settings {
        max_body_bytes: MAX_BODY,
        allowed_origins: settings.allowed_origins.clone(),
        rate_limit: settings.rate_limit,
        ..kit::Settings::named("computation-server")
    }
}

/// What only the data server may ask.
fn peer_routes(app: &mut ServiceConfig) {
    use routes::peer as at;
    let inner = |route: &'static str| route.strip_prefix("/v1/peer").unwrap_or(route);
    let post = |route, handler| {
        web::resource(inner(route)).route(handler).default_service(web::to(peer::http::wrong_method))
    };
    app.service(
        web::scope("/v1/peer")
            .wrap(from_fn(peer::http::only_the_peer))
            .app_data(PayloadConfig::new(MAX_BODY))
            .service(post(at::DRAFTS, web::post().to(drafts::http::post_draft)))
            .service(post(at::SURVEYS, web::post().to(surveys::http::post_survey)))
            .service(post(at::DECLARATIONS, web::post().to(declarations::http::post_declaration)))
            .service(post(at::AGREEMENT, web::post().to(agreement::http::post_agreement)))
            .service(post(at::OPENING, web::post().to(opening::http::post_opening)))
            .service(post(at::COUNTERSIGNATURE, web::post().to(release::http::post_countersignature)))
            .default_service(web::to(peer::http::nowhere)),
    );
}

/// What everybody may ask.
fn public_routes(app: &mut ServiceConfig) {
    let small = |route| web::resource(route).app_data(PayloadConfig::new(MAX_PUBLIC));
    app.service(small(routes::IDENTITY).route(web::get().to(identity::http::get_identity)))
        .service(small(routes::SURVEY).route(web::get().to(surveys::http::get_survey)))
        .service(
            web::resource(routes::ORDERS)
                .app_data(PayloadConfig::new(MAX_ORDER))
                .route(web::post().to(orders::http::post_order)),
        )
        .service(small(routes::ENROLMENTS).route(web::post().to(enrolments::http::post_enrolment)))
        .service(small(routes::WITHDRAWALS).route(web::post().to(withdrawals::http::post_withdrawal)))
        .service(small(routes::RELEASE).route(web::get().to(release::http::get_release)));
}

impl RunningServer {
    /// Where it listens; the port is the real one, also if 0 was asked for.
    #[must_use]
    pub const fn addr(&self) -> SocketAddr {
        self.http.address()
    }

    /// Who it is.
    #[must_use]
    pub const fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Lets requests under way finish, stops the search for keys and lets go of the database.
    ///
    /// # Errors
    /// If the server had failed before.
    pub async fn stop(self) -> std::io::Result<()> {
        let Self { http, store, maker, making, .. } = self;
        let stopped = http.stop().await;
        finish(store, maker, making).await;
        stopped
    }

    /// Works until `signal` returns, then stops in good order.
    ///
    /// # Errors
    /// If the server fails, or the signal cannot be waited for.
    pub async fn until(self, signal: impl Future<Output = std::io::Result<()>>) -> std::io::Result<()> {
        let Self { http, store, maker, making, .. } = self;
        let ended = http.until(signal).await;
        finish(store, maker, making).await;
        ended
    }
}

async fn finish(store: Arc<dyn Store>, maker: Maker, making: JoinHandle<()>) {
    maker.stop();
    // Both are over in any case: the process ends, or whoever started it goes on.
    let _ = making.await;
    let _ = store.close().await;
}
