//! HTTP/1.1 by hand: small enough to send what no polite library would send, and to play a server.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(90);

/// A head's first line, its headers with names in lower case, and the body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Message {
    first_line: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

fn find(headers: &[(String, String)], name: &str) -> Option<String> {
    headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone())
}

fn read_message(stream: &mut impl BufRead, until_end: bool) -> io::Result<Message> {
    let mut message = Message { first_line: read_line(stream)?, ..Message::default() };
    loop {
        let line = read_line(stream)?;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').ok_or(io::ErrorKind::InvalidData)?;
        message.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    if find(&message.headers, "transfer-encoding").is_some_and(|v| v.contains("chunked")) {
        message.body = read_chunks(stream)?;
    } else if let Some(length) = find(&message.headers, "content-length") {
        message.body = vec![0; length.parse().map_err(|_| io::ErrorKind::InvalidData)?];
        stream.read_exact(&mut message.body)?;
    } else if until_end {
        stream.read_to_end(&mut message.body)?;
    }
    Ok(message)
}

fn read_line(stream: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    stream.read_line(&mut line)?;
    // A line cut short would pass for the end of the headers, and the answer for a whole one without a body.
    if !line.ends_with('\n') {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end().to_owned())
}

fn read_chunks(stream: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let length =
            usize::from_str_radix(&read_line(stream)?, 16).map_err(|_| io::ErrorKind::InvalidData)?;
        let mut chunk = vec![0; length];
        stream.read_exact(&mut chunk)?;
        body.append(&mut chunk);
        read_line(stream)?;
        if length == 0 {
            return Ok(body);
        }
    }
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// An answer without headers of its own.
    #[must_use]
    pub fn new(status: u16, body: Vec<u8>) -> Self {
        Self { status, headers: Vec::new(), body }
    }

    /// A header's value.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        find(&self.headers, name)
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as a document.
    ///
    /// # Panics
    /// If it is none.
    #[must_use]
    pub fn json<T: serde::de::DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {} {}", self.status, self.text()))
    }

    /// The problem it names.
    #[must_use]
    pub fn problem(&self) -> Option<protocol::Problem> {
        let document: serde_json::Value = serde_json::from_slice(&self.body).ok()?;
        protocol::Problem::from_uri(document.get("type")?.as_str()?)
    }
}

/// Sends requests to one address, one connection each.
#[derive(Clone, Copy, Debug)]
pub struct Client {
    to: SocketAddr,
}

impl Client {
    /// A client of this server.
    #[must_use]
    pub const fn to(to: SocketAddr) -> Self {
        Self { to }
    }

    /// Where it sends.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.to
    }

    /// Sends one request and reads the answer.
    ///
    /// # Errors
    /// If the connection breaks before the answer is whole.
    pub fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> io::Result<Answer> {
        let mut stream = TcpStream::connect_timeout(&self.to, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n", self.to);
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() || method != "GET" {
            head.push_str(&format!("content-length: {}\r\n", body.len()));
        }
        head.push_str("\r\n");
        // A server may refuse and close before it has read everything: its answer still counts.
        let sent = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
        let answer = read_message(&mut BufReader::new(stream), true);
        let message = answer.map_err(|read| sent.err().unwrap_or(read))?;
        let status = message.first_line.split(' ').nth(1).and_then(|s| s.parse().ok());
        let status = status.ok_or(io::ErrorKind::InvalidData)?;
        Ok(Answer { status, headers: message.headers, body: message.body })
    }

    /// `GET`.
    ///
    /// # Panics
    /// If there is no answer.
    #[must_use]
    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], b"").expect("an answer")
    }

    /// `POST` of a document.
    ///
    /// # Panics
    /// If there is no answer.
    #[must_use]
    pub fn post(&self, path: &str, document: &impl serde::Serialize) -> Answer {
        let body = serde_json::to_vec(document).expect("a document");
        self.send("POST", path, &[("content-type", "application/json")], &body).expect("an answer")
    }
}

/// A request as a played server sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The path.
    pub path: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// A header's value.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        find(&self.headers, name)
    }
}

/// A server that answers as a function says; one thread per connection, for as long as the process lives.
#[derive(Clone, Copy, Debug)]
pub struct Server {
    address: SocketAddr,
}

impl Server {
    /// Listens on a free port of this machine. `None` breaks the connection without an answer.
    ///
    /// # Panics
    /// If there is no free port.
    pub fn start(answer: impl Fn(Request) -> Option<Answer> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let answer = Arc::new(answer);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let answer = Arc::clone(&answer);
                std::thread::spawn(move || serve(&stream, &*answer));
            }
        });
        Self { address }
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }
}

/// Serves one connection until it ends or there is no answer.
fn serve(stream: &TcpStream, answer: &impl Fn(Request) -> Option<Answer>) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    loop {
        let message = read_message(&mut reader, false).ok()?;
        let mut words = message.first_line.split(' ').map(str::to_owned);
        let (method, path) = (words.next()?, words.next()?);
        let answer = answer(Request { method, path, headers: message.headers, body: message.body })?;
        let mut head =
            format!("HTTP/1.1 {} played\r\ncontent-length: {}\r\n", answer.status, answer.body.len());
        for (name, value) in &answer.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        (&mut &*stream).write_all(&[head.as_bytes(), &answer.body].concat()).ok()?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_played_server_and_the_client_understand_each_other() {
        let server = Server::start(|request| {
            let body = [request.method.as_bytes(), request.path.as_bytes(), &request.body].concat();
            Some(Answer { headers: vec![("x-echo".into(), "yes".into())], ..Answer::new(201, body) })
        });
        let answer = Client::to(server.address()).send("PUT", "/a", &[], b"body").unwrap();
        assert_eq!((answer.status, answer.text().as_str()), (201, "PUT/abody"));
        assert_eq!(answer.header("x-echo").unwrap(), "yes");
    }

    #[test]
    fn chunked_answers_are_put_together() {
        let mut bytes =
            &b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nsala\r\n2\r\nry\r\n0\r\n\r\n"[..];
        assert_eq!(read_message(&mut bytes, true).unwrap().body, b"salary");
    }

    #[test]
    fn an_answer_cut_anywhere_is_none() {
        let whole = b"HTTP/1.1 201 Created\r\ncontent-type: text/plain\r\ncontent-length: 4\r\n\r\nbody";
        assert_eq!(read_message(&mut &whole[..], true).unwrap().body, b"body");
        for cut in 0..whole.len() {
            assert!(read_message(&mut &whole[..cut], true).is_err(), "cut after {cut} bytes");
        }
    }
}
