//! Both servers and the page.

use crate::page_server::{PageServer, built_page};
use e2e::http::{Answer, Client, Request, Server};
use e2e::play::{Organizer, Plan, Played};
use e2e::processes::{Pair, TOKEN, free_address, insecure_keys, insecure_long_key};
use protocol::Invitation;
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// So many surveys of 2048 bits can be opened in one world.
const KEYS: usize = 60;

/// Who runs the two servers, where nothing depends on it.
const OPERATORS: [&str; 2] = ["Data server of the tests", "Computation server of the tests"];

/// Both servers and the server of the page, for as long as this is there.
pub struct World {
    /// The two servers; a story of its own world may kill them.
    pub servers: Pair,
    origin: String,
    _page: PageServer,
}

impl World {
    /// One for this story alone.
    #[must_use]
    pub fn start() -> Self {
        let address = free_address();
        Self::start_at(format!("http://{address}"), address, OPERATORS)
    }

    /// One whose servers are run by these: the data server, then the computation server.
    #[must_use]
    pub fn run_by(operators: [&str; 2]) -> Self {
        let address = free_address();
        Self::start_at(format!("http://{address}"), address, operators)
    }

    /// One whose page goes through a gateway, such as large organizations have, that may change every answer.
    #[must_use]
    pub fn start_behind(gateway: fn(&Request, &mut Answer)) -> Self {
        let behind = free_address();
        let front = Server::start(move |request| {
            let headers = request.headers.iter().filter(|(name, _)| name != "host" && name != "connection");
            let headers: Vec<_> = headers.map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let mut answer =
                Client::to(behind).send(&request.method, &request.path, &headers, &request.body).ok()?;
            answer.headers.retain(|(name, _)| name != "content-length" && name != "transfer-encoding");
            gateway(&request, &mut answer);
            Some(answer)
        });
        Self::start_at(format!("http://{}", front.address()), behind, OPERATORS)
    }

    fn start_at(origin: String, page: std::net::SocketAddr, operators: [&str; 2]) -> Self {
        let built = built_page();
        let mut keys = insecure_keys(KEYS);
        keys.push(insecure_long_key());
        let allowed = ["--allowed-origin", origin.as_str()];
        let servers = Pair::run_by(operators, keys, &allowed, &allowed);
        let page =
            PageServer::start(&built, page, &servers.data.front().url(), &servers.computation.front().url());
        Self { servers, origin, _page: page }
    }

    /// The one that all stories of a program share while any of them runs. None of them may hurt it.
    #[must_use]
    pub fn shared() -> Arc<Self> {
        static SHARED: Mutex<Weak<World>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        shared.upgrade().unwrap_or_else(|| {
            let world = Arc::new(Self::start());
            *shared = Arc::downgrade(&world);
            world
        })
    }

    /// An address of the page: `page("/organize")`.
    #[must_use]
    pub fn page(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// The organizer's sign-in at this data server.
    #[must_use]
    pub const fn sign_in(&self) -> &'static str {
        TOKEN
    }

    /// Gives the data server another sign-in: the old one holds no longer.
    pub fn renew_sign_in(&mut self, sign_in: &str) {
        let data = &mut self.servers.data;
        data.stop();
        std::fs::write(data.home().join("sign-in.token"), format!("{sign_in}\n")).expect("a file");
        data.start();
    }

    /// Opens a survey without the page, for stories that begin with its link.
    #[must_use]
    pub fn survey(&self, plan: &Plan) -> Played {
        let survey = Organizer::new(TOKEN).open(self.servers.data.client(), plan);
        assert!(survey.label(self.servers.data.client()).status < 300);
        survey
    }

    /// The link of an invitation to such a survey, leading to this page.
    #[must_use]
    pub fn link(&self, survey: &Played, invitation: usize) -> String {
        let link = Invitation::parse(&survey.link(invitation)).expect("a link");
        Invitation { base: self.origin.clone(), ..link }.expose_link()
    }
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "World({})", self.origin)
    }
}
