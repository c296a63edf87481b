//! Nothing a person sends reaches a log.
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};

use actix_web::{HttpResponse, web};
use kit::{LogTarget, Settings};

fn send(address: SocketAddr, text: &str) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(text.as_bytes()).unwrap();
    let _ = stream.read_to_end(&mut Vec::new());
}

async fn handler(_: web::Path<String>, body: web::Bytes) -> HttpResponse {
    // Libraries' events are silent whatever they hold.
    tracing::error!(target: "some_library", body = ?body, "careless");
    assert!(!body.starts_with(b"panic"), "planted: {body:?}");
    HttpResponse::NoContent().finish()
}

#[tokio::test]
async fn a_line_names_the_route_and_nothing_that_was_sent() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("log");
    kit::init_logging(LogTarget::File(file.clone())).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let server = kit::serve(listener, Settings::named("test"), |app| {
        app.route("/people/{name}", web::post().to(handler));
    })
    .unwrap();
    let at = server.address();
    tokio::task::spawn_blocking(move || {
        for (line, body) in [
            ("POST /people/zanzibar-path?pay=zanzibar-query", "zanzibar-body"),
            ("POST /people/zanzibar-path", "panic zanzibar-body"),
            ("GET /zanzibar-nowhere", ""),
            ("ZANZIBAR /people/1", ""),
        ] {
            let length = body.len();
            send(at, &format!(
                "{line} HTTP/1.1\r\nhost: zanzibar-host\r\nauthorization: zanzibar-token\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
            ));
        }
    })
    .await
    .unwrap();
    server.stop().await.unwrap();
    let log = std::fs::read_to_string(&file).unwrap();
    assert!(!log.to_lowercase().contains("zanzibar"), "{log}");
    assert!(!log.contains("127.0.0.1") && !log.contains("careless"), "{log}");
    let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let first = lines.iter().find(|line| line["message"] == "request").unwrap();
    assert_eq!((&first["method"], &first["route"]), (&"POST".into(), &"/people/{name}".into()));
    assert_eq!(first["status"], 204);
    assert!(first["ms"].is_u64());
    assert!(lines.iter().any(|line| line["route"] == "none" && line["status"] == 404), "{log}");
    assert!(lines.iter().any(|line| line["method"] == "other"), "{log}");
    assert!(lines.iter().any(|line| line["message"] == "panic" && line["line"].is_u64()), "{log}");
}
