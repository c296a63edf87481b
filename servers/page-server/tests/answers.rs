//! Through the front door.

use std::io::{Read, Write};
use std::net::TcpStream;

use page_server::{Answers, Site, serve};

fn ask(address: std::net::SocketAddr, path: &str, headers: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{headers}\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// A small site, served on a free port by another thread.
fn start() -> std::net::SocketAddr {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    put("index.html", "<script type=\"module\">start()</script>");
    put("page-0123456789abcdef.js", &"x".repeat(1000));
    put("sealer.js", "y");
    let site = Site::load(folder.path()).unwrap();
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let answers = Answers::new(site, &["https://data.example".to_owned()]);
            let (address, server) = serve(answers, "127.0.0.1:0".parse().unwrap()).unwrap();
            sender.send(address).unwrap();
            server.await.unwrap();
        });
    });
    receiver.recv().unwrap()
}

#[test]
fn files_come_with_the_policy_and_are_kept_as_long_as_their_names_allow() {
    let address = start();
    let page = ask(address, "/take-part/0707", "");
    assert!(page.starts_with("HTTP/1.1 200") && page.ends_with("start()</script>"), "{page}");
    assert!(page.contains("connect-src 'self' https://data.example; "));
    assert!(page.contains("cache-control: no-cache"));
    let script = ask(address, "/page-0123456789abcdef.js", "accept-encoding: gzip, br\r\n");
    assert!(script.contains("immutable") && script.contains("content-encoding: gzip"));
    assert!(script.contains("content-type: text/javascript"));
    assert!(ask(address, "/sealer.js", "").contains("cache-control: no-cache"));
    for missing in ["/sealer.wasm", "/../Cargo.toml", "/.env", "/%2e%2e/x.y"] {
        let answer = ask(address, missing, "");
        assert!(answer.starts_with("HTTP/1.1 404") && answer.contains("default-src 'none'"), "{missing}");
    }
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let address = start();
    let first = ask(address, "/sealer.js", "");
    let etag = first.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap();
    let again = ask(address, "/sealer.js", &format!("if-none-match: {etag}\r\n"));
    assert!(again.starts_with("HTTP/1.1 304") && again.contains("content-security-policy"), "{again}");
}
