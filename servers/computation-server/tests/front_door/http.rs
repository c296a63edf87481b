//! The least of an HTTP client: one request, one connection.

use std::net::SocketAddr;

use protocol::Problem;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// An answer as it came.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) peer: Option<String>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The problem that was answered; anything else fails the test.
    #[track_caller]
    pub(crate) fn problem(&self) -> Problem {
        let document: serde_json::Value = serde_json::from_slice(&self.body).unwrap();
        let problem = Problem::from_uri(document["type"].as_str().unwrap_or_default());
        let problem = problem.unwrap_or_else(|| panic!("status {} is no problem", self.status));
        assert_eq!(problem.row().status, self.status);
        problem
    }

    /// The document of a success.
    #[track_caller]
    pub(crate) fn json<T: DeserializeOwned>(&self) -> T {
        assert_eq!(self.status, 200, "{}", String::from_utf8_lossy(&self.body));
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// Sends a request and reads its answer.
pub(crate) async fn send(
    to: SocketAddr,
    method: &str,
    path: &str,
    peer: Option<&str>,
    body: &[u8],
) -> Answer {
    let peer = peer.map(|value| format!("sealed-pay-peer: {value}\r\n")).unwrap_or_default();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: {to}\r\nconnection: close\r\n{peer}content-length: {}\r\n\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(to).await.unwrap();
    stream.write_all(&[head.as_bytes(), body].concat()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    read(&answer)
}

/// Sends a head that announces so many bytes and none of them; the answer may come late or never.
pub(crate) async fn announce(to: SocketAddr, path: &str, peer: &str, length: usize) -> TcpStream {
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {to}\r\nconnection: close\r\nsealed-pay-peer: {peer}\r\n\
         content-length: {length}\r\n\r\n"
    );
    let mut stream = TcpStream::connect(to).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}

/// Waits for the answer to what was announced.
pub(crate) async fn answer_to(mut stream: TcpStream) -> Answer {
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    read(&answer)
}

fn read(answer: &[u8]) -> Answer {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let head = std::str::from_utf8(&answer[..end]).unwrap();
    let header = |name: &str| {
        let lines = head.lines().skip(1).filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(given, _)| given.eq_ignore_ascii_case(name)).map(|(_, v)| v.to_owned())
    };
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, peer: header("sealed-pay-peer"), body: answer[end + 4..].to_vec() }
}
