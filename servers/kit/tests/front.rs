//! Through the front door: what a stranger, a page and an operator get to see.
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use actix_web::{HttpResponse, web};
use kit::{RateLimit, Running, Settings};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[derive(serde::Deserialize)]
struct Note {
    #[expect(dead_code, reason = "only its absence is tested")]
    text: String,
}

async fn put_note(_: web::Path<u32>, _: web::Bytes) -> HttpResponse {
    HttpResponse::NoContent().finish()
}

async fn post_note(_: web::Json<Note>) -> HttpResponse {
    HttpResponse::NoContent().finish()
}

async fn slow() -> HttpResponse {
    tokio::time::sleep(Duration::from_millis(300)).await;
    HttpResponse::Ok().body("finished")
}

fn start(adjust: impl FnOnce(&mut Settings)) -> Running {
    let mut settings = Settings::named("test-server");
    settings.workers = 1;
    settings.max_body_bytes = 100;
    adjust(&mut settings);
    kit::serve(TcpListener::bind("127.0.0.1:0").unwrap(), settings, |app| {
        app.service(web::resource("/notes/{id}").put(put_note))
            .service(web::resource("/notes").post(post_note))
            .service(web::resource("/slow").get(slow));
    })
    .unwrap()
}

/// Sends these bytes and reads until the server closes.
async fn say(address: SocketAddr, text: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8(answer).unwrap()
}

async fn ask(address: SocketAddr, line: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    say(
        address,
        &format!(
            "{line} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{headers}content-length: {length}\r\n\r\n{body}"
        ),
    )
    .await
}

fn assert_problem(answer: &str, status: u16, name: &str) {
    assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
    assert!(answer.contains("content-type: application/problem+json"), "{answer}");
    assert!(answer.contains(&format!("\"type\":\"urn:sealed-pay:problem:{name}\"")), "{answer}");
    assert!(answer.contains(&format!("\"status\":{status}")), "{answer}");
    assert!(!answer.contains("zanzibar"), "echoed: {answer}");
}

#[tokio::test]
async fn what_no_handler_sees_is_explained_without_an_echo() {
    let server = start(|_| {});
    let at = server.address();
    let json = "content-type: application/json\r\n";
    assert_problem(&ask(at, "GET /zanzibar", "", "").await, 404, "not-found");
    assert_problem(&ask(at, "PUT /notes/zanzibar", "", "x").await, 404, "not-found");
    assert_problem(&ask(at, "DELETE /notes/1", "", "").await, 405, "method-not-allowed");
    assert_problem(&ask(at, "POST /notes", json, "{\"zanzibar\":1}").await, 400, "malformed-request");
    assert_problem(&ask(at, "POST /notes", "", "zanzibar").await, 400, "malformed-request");
    assert_problem(&ask(at, "POST /health", "", "zanzibar").await, 405, "method-not-allowed");
    server.stop().await.unwrap();
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_before_it_is_sent() {
    let server = start(|_| {});
    let at = server.address();
    let announced = "PUT /notes/1 HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 101\r\n\r\n";
    assert_problem(&say(at, announced).await, 413, "body-too-large");
    let piece = "z".repeat(101);
    let unannounced = format!(
        "PUT /notes/1 HTTP/1.1\r\nhost: x\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n65\r\n{piece}\r\n0\r\n\r\n"
    );
    assert_problem(&say(at, &unannounced).await, 413, "body-too-large");
    let fits = ask(at, "PUT /notes/1", "", &"z".repeat(100)).await;
    assert!(fits.starts_with("HTTP/1.1 204"), "{fits}");
    server.stop().await.unwrap();
}

#[tokio::test]
async fn a_body_that_never_ends_is_given_up() {
    let server = start(|settings| settings.body_timeout = Duration::from_millis(100));
    let head = "PUT /notes/1 HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 5\r\n\r\nab";
    let answer = tokio::time::timeout(Duration::from_secs(5), say(server.address(), head)).await.unwrap();
    assert_problem(&answer, 408, "request-too-slow");
    server.stop().await.unwrap();
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let server = start(|_| {});
    for line in ["GET /health", "GET /nowhere", "PUT /notes/x"] {
        let answer = ask(server.address(), line, "", "").await;
        for header in [
            "cache-control: no-store",
            "content-security-policy: default-src 'none'; frame-ancestors 'none'",
            "referrer-policy: no-referrer",
            "x-content-type-options: nosniff",
        ] {
            assert!(answer.contains(header), "{header} missing from {answer}");
        }
    }
    let health = ask(server.address(), "GET /health", "", "").await;
    assert!(health.ends_with("{\"server\":\"test-server\",\"status\":\"ok\"}"), "{health}");
    server.stop().await.unwrap();
}

#[tokio::test]
async fn only_pages_named_in_the_settings_may_read_answers() {
    let server = start(|settings| settings.allowed_origins = vec!["https://pay.example".to_owned()]);
    let at = server.address();
    let preflight = |origin: &str| format!("origin: {origin}\r\naccess-control-request-method: PUT\r\n");
    let permitted = ask(at, "OPTIONS /notes/1", &preflight("https://pay.example"), "").await;
    assert!(permitted.starts_with("HTTP/1.1 204"), "{permitted}");
    assert!(permitted.contains("access-control-allow-origin: https://pay.example"), "{permitted}");
    assert!(permitted.contains("access-control-allow-methods: GET, POST, PUT, DELETE"), "{permitted}");
    for stranger in ["https://pay.example.evil", "https://pay.example:8443", "null"] {
        let answer = ask(at, "OPTIONS /notes/1", &preflight(stranger), "").await;
        assert!(!answer.contains("access-control-allow"), "{answer}");
    }
    // A refusal must be readable for the page, or it cannot tell its user why.
    let refused = ask(at, "GET /nowhere", "origin: https://pay.example\r\n", "").await;
    assert!(refused.contains("access-control-allow-origin: https://pay.example"), "{refused}");
    server.stop().await.unwrap();
}

#[tokio::test]
async fn an_address_that_asks_too_often_is_told_when_to_come_back() {
    let limit = RateLimit { per_second: 1, burst: 2, proxies: 0 };
    let server = start(|settings| settings.rate_limit = Some(limit));
    let at = server.address();
    for _ in 0..2 {
        assert!(ask(at, "GET /health", "", "").await.starts_with("HTTP/1.1 200"));
    }
    let refused = ask(at, "GET /health", "", "").await;
    assert_problem(&refused, 429, "too-many-requests");
    assert!(refused.contains("retry-after: 1"), "{refused}");
    server.stop().await.unwrap();
}

#[tokio::test]
async fn a_request_under_way_is_finished_before_the_server_stops() {
    let server = start(|settings| settings.rate_limit = None);
    let at = server.address();
    let under_way = tokio::spawn(async move { ask(at, "GET /slow", "", "").await });
    tokio::time::sleep(Duration::from_millis(100)).await;
    server.until(async { Ok(()) }).await.unwrap();
    assert!(under_way.await.unwrap().ends_with("finished"));
    assert!(TcpStream::connect(at).await.is_err());
}
