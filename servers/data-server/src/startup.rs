//! From settings to a running server, and back.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web;
use kit::Clock;
use protocol::routes;
use sqlite::StoreError;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use vault::Vault;

use crate::app::App;
use crate::identity::{self, IdentityRefusal, ServerKeys, prepare_sign_in};
use crate::peer::Peer;
use crate::release::Halted;
use crate::store::{SqliteStore, Store};
use crate::surveys::ManifestCache;
use crate::{
    Randomness, Settings, background, drafts, enrolments, orders, release, submissions, surveys, withdrawals,
};

/// How long a step of the background may take to finish once the server is told to stop.
const LAST_STEP: Duration = Duration::from_secs(10);

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartRefusal {
    /// A file, a folder or the socket.
    #[error("a file, a folder or the socket cannot be used: {0}")]
    File(#[from] io::Error),
    /// The identity.
    #[error(transparent)]
    Identity(#[from] IdentityRefusal),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The peer's key.
    #[error("the computation server's pinned key is no key")]
    Peer,
    /// A backup of the data folder would hold the marks.
    #[error("the marks must lie outside the data folder")]
    Marks,
    /// A backup of the data folder would hold the organizer's token.
    #[error("the sign-in file must lie outside the data folder")]
    SignIn,
}

/// A server at work.
#[derive(Debug)]
pub struct RunningServer {
    http: kit::Running,
    stop: watch::Sender<bool>,
    background: JoinHandle<()>,
    store: Arc<SqliteStore>,
}

/// Starts a data server on `listener`. Its identity must be there: [`ServerKeys::read_or_create`] makes one.
///
/// # Errors
/// [`StartRefusal`].
pub async fn start(
    settings: Settings,
    clock: Arc<dyn Clock>,
    randomness: Randomness,
    listener: TcpListener,
) -> Result<RunningServer, StartRefusal> {
    kit::data_folder::prepare(&settings.data)?;
    kit::data_folder::prepare(&settings.marks)?;
    if settings.marks.canonicalize()?.starts_with(settings.data.canonicalize()?) {
        return Err(StartRefusal::Marks);
    }
    if lies_in(&settings.sign_in_file, &settings.data)? {
        return Err(StartRefusal::SignIn);
    }
    let vault = Vault::from_key(&settings.at_rest_key);
    let (keys, _) =
        ServerKeys::read_or_create(&settings.data, &settings.operator, &vault, false, &randomness)?;
    let store = Arc::new(SqliteStore::open(&settings.database()).await?);
    prepare_sign_in(store.as_ref(), &settings.sign_in_file, &randomness).await?;
    let peer = Peer::new(settings.peer.clone(), keys.signing.clone(), clock.clone(), randomness.clone());
    let app = Arc::new(App {
        store: store.clone(),
        clock,
        randomness,
        keys,
        vault,
        peer: peer.ok_or(StartRefusal::Peer)?,
        manifests: ManifestCache::default(),
        proofs: Arc::default(),
        halted: Halted::default(),
        intake: App::intake(),
        bodies: App::bodies(&settings),
        wake: Notify::new(),
        settings,
    });
    let http = serve(&app, listener)?;
    let (stop, stopped) = watch::channel(false);
    let background = tokio::spawn(background::run(app, stopped));
    Ok(RunningServer { http, stop, background, store })
}

/// Whether a file, which need not be there yet, lies in a folder or would.
fn lies_in(file: &Path, folder: &Path) -> io::Result<bool> {
    let folder = folder.canonicalize()?;
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let linked = file.canonicalize().is_ok_and(|file| file.starts_with(&folder));
    // A folder that is not there holds nothing, and nothing can be written into it.
    Ok(linked || parent.canonicalize().is_ok_and(|parent| parent.starts_with(&folder)))
}

fn serve(app: &Arc<App>, listener: TcpListener) -> io::Result<kit::Running> {
    let mut http = app.settings.http.clone();
    http.max_body_bytes = app.settings.max_submission_bytes.max(crate::intake::http::ROSTER);
    let data = web::Data::from(app.clone());
    kit::serve(listener, http, move |config| {
        config.app_data(data.clone());
        routes(config);
    })
}

fn routes(app: &mut web::ServiceConfig) {
    app.service(web::resource(routes::IDENTITY).get(identity::http::get))
        .service(web::resource(routes::DRAFTS).post(drafts::http::post))
        .service(web::resource(routes::SURVEYS).post(surveys::http::post))
        .service(web::resource(routes::SURVEY).get(surveys::http::get))
        .service(web::resource(routes::STATUS).get(surveys::http::get_status))
        .service(web::resource(routes::LABELS).put(surveys::http::put_labels))
        .service(web::resource(routes::ORDERS).post(orders::http::post))
        .service(web::resource(routes::ENROLMENTS).post(enrolments::http::post))
        .service(web::resource(routes::SUBMISSION).put(submissions::http::put))
        .service(web::resource(routes::WITHDRAWALS).post(withdrawals::http::post))
        .service(web::resource(routes::RELEASE).get(release::http::get))
        .service(web::resource(routes::BUNDLE).get(release::http::get_bundle));
}

impl RunningServer {
    /// Where it listens; the port is the real one, also if 0 was asked for.
    #[must_use]
    pub const fn addr(&self) -> SocketAddr {
        self.http.address()
    }

    /// Lets requests and the background's step under way finish, and lets go of the database.
    ///
    /// # Errors
    /// If the server had failed before.
    pub async fn stop(self) -> io::Result<()> {
        let stopped = self.http.stop().await;
        self.stop.send_replace(true);
        let mut background = self.background;
        if tokio::time::timeout(LAST_STEP, &mut background).await.is_err() {
            background.abort();
        }
        // Closing twice is harmless, and there is nobody left to tell.
        let _ = self.store.close().await;
        stopped
    }

    /// Works until `signal` returns, then stops in good order.
    ///
    /// # Errors
    /// If the server fails, or the signal cannot be waited for.
    pub async fn until(self, signal: impl Future<Output = io::Result<()>>) -> io::Result<()> {
        signal.await?;
        self.stop().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_file_inside_the_data_folder_is_found_also_by_a_detour() {
        let home = tempfile::tempdir().unwrap();
        let (data, beside) = (home.path().join("data"), home.path().join("beside"));
        std::fs::create_dir_all(data.join("deep")).unwrap();
        std::fs::create_dir(&beside).unwrap();
        for inside in ["data/token", "data/deep/token", "beside/../data/token"] {
            assert!(lies_in(&home.path().join(inside), &data).unwrap(), "{inside}");
        }
        assert!(!lies_in(&beside.join("token"), &data).unwrap());
        assert!(!lies_in(&home.path().join("nowhere/token"), &data).unwrap());
    }
}
