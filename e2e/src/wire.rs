//! A proxy that writes down every byte in both directions, and can break or delay connections.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What happens to one connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Both directions break when this many bytes went towards the server.
    CutRequestAfter(usize),
    /// Both directions break when this many bytes came back from the server.
    CutAnswerAfter(usize),
    /// Every piece waits this long, in both directions.
    Delay(Duration),
}

#[derive(Default)]
struct Shared {
    /// One record per connection and direction.
    records: Mutex<Vec<Arc<Mutex<Vec<u8>>>>>,
    faults: Mutex<VecDeque<Fault>>,
    refusing: std::sync::atomic::AtomicBool,
    /// Where new connections go instead of to the server.
    elsewhere: Mutex<Option<SocketAddr>>,
    connections: AtomicUsize,
}

/// A recording proxy in front of one server. Works until the process ends.
#[derive(Clone)]
pub struct Proxy {
    address: SocketAddr,
    shared: Arc<Shared>,
}

impl std::fmt::Debug for Proxy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Proxy({})", self.address)
    }
}

impl Proxy {
    /// Listens on a free port of this machine and forwards to `server`, which need not be there yet.
    ///
    /// # Panics
    /// If there is no free port.
    #[must_use]
    pub fn start(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let shared = Arc::new(Shared::default());
        let proxy = Self { address, shared: Arc::clone(&shared) };
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || shared.forward(client, server));
            }
        });
        proxy
    }

    /// Where clients connect.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The same as an address for browsers and configurations.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Everything that was seen so far, in both directions, connection after connection.
    #[must_use]
    pub fn recorded(&self) -> Vec<u8> {
        let records = self.shared.records.lock().expect("records");
        records.iter().flat_map(|record| record.lock().expect("a record").clone()).collect()
    }

    /// Forgets what was seen.
    pub fn forget(&self) {
        self.shared.records.lock().expect("records").clear();
    }

    /// How many connections there were.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// The next connection without a fault gets this one.
    pub fn next_connection(&self, fault: Fault) {
        self.shared.faults.lock().expect("faults").push_back(fault);
    }

    /// Forgets faults that no connection has met yet.
    pub fn forget_faults(&self) {
        self.shared.faults.lock().expect("faults").clear();
    }

    /// While `refusing`, every new connection is closed at once, as if the server were unreachable.
    pub fn refuse(&self, refusing: bool) {
        self.shared.refusing.store(refusing, Ordering::SeqCst);
    }

    /// New connections go to this address, as to an impostor; with `None` to the server again.
    pub fn divert(&self, elsewhere: Option<SocketAddr>) {
        *self.shared.elsewhere.lock().expect("an address") = elsewhere;
    }
}

impl Shared {
    fn record(&self) -> Arc<Mutex<Vec<u8>>> {
        let record = Arc::new(Mutex::new(Vec::new()));
        self.records.lock().expect("records").push(Arc::clone(&record));
        record
    }

    fn forward(&self, client: TcpStream, server: SocketAddr) {
        self.connections.fetch_add(1, Ordering::SeqCst);
        if self.refusing.load(Ordering::SeqCst) {
            return;
        }
        let diverted = *self.elsewhere.lock().expect("an address");
        let Ok(server) = TcpStream::connect(diverted.unwrap_or(server)) else { return };
        let fault = self.faults.lock().expect("faults").pop_front();
        let (up, down) = (self.record(), self.record());
        let (Ok(client_2), Ok(server_2)) = (client.try_clone(), server.try_clone()) else { return };
        let cut = |wanted: bool| match fault {
            Some(Fault::CutRequestAfter(bytes)) if wanted => Some(bytes),
            Some(Fault::CutAnswerAfter(bytes)) if !wanted => Some(bytes),
            _ => None,
        };
        let delay = if let Some(Fault::Delay(delay)) = fault { delay } else { Duration::ZERO };
        let (cut_up, cut_down) = (cut(true), cut(false));
        std::thread::spawn(move || pump(client_2, server_2, &up, cut_up, delay));
        pump(server, client, &down, cut_down, delay);
    }
}

/// Carries bytes until either end closes or the cut is reached.
fn pump(
    mut from: TcpStream,
    mut to: TcpStream,
    record: &Mutex<Vec<u8>>,
    cut: Option<usize>,
    delay: Duration,
) {
    let _ = (from.set_nodelay(true), to.set_nodelay(true));
    let (mut piece, mut carried) = (vec![0; 1 << 16], 0);
    while let Ok(read @ 1..) = from.read(&mut piece) {
        let allowed = cut.map_or(read, |cut| read.min(cut - carried));
        std::thread::sleep(delay);
        record.lock().expect("a record").extend_from_slice(&piece[..allowed]);
        let written = to.write_all(&piece[..allowed]);
        carried += allowed;
        if written.is_err() || cut.is_some_and(|cut| carried >= cut) {
            let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
            return;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::{Answer, Client, Server};

    fn echo() -> Proxy {
        Proxy::start(Server::start(|request| Some(Answer::new(200, request.body))).address())
    }

    #[test]
    fn both_directions_are_written_down() {
        let proxy = echo();
        let answer = Client::to(proxy.address()).send("POST", "/there", &[], b"hello").unwrap();
        assert_eq!(answer.body, b"hello");
        let seen = String::from_utf8(proxy.recorded()).unwrap();
        assert!(seen.contains("POST /there HTTP/1.1") && seen.contains("HTTP/1.1 200"), "{seen}");
        assert_eq!(seen.matches("hello").count(), 2);
    }

    #[test]
    fn a_cut_connection_fails_and_the_next_one_works() {
        let proxy = echo();
        for fault in [Fault::CutRequestAfter(30), Fault::CutAnswerAfter(20)] {
            proxy.next_connection(fault);
            assert!(Client::to(proxy.address()).send("POST", "/", &[], &[7; 500]).is_err(), "{fault:?}");
            assert!(Client::to(proxy.address()).send("POST", "/", &[], &[7; 500]).is_ok());
        }
        proxy.next_connection(Fault::CutAnswerAfter(20));
        proxy.forget_faults();
        assert!(Client::to(proxy.address()).send("POST", "/", &[], &[7; 500]).is_ok());
        proxy.refuse(true);
        assert!(Client::to(proxy.address()).send("POST", "/", &[], b"x").is_err());
    }
}
