//! One address after the other.

use std::net::SocketAddr;

use actix_web::http::header;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, dev::Server, web};

use crate::{File, Site, policy};

/// What every request is answered from.
#[derive(Debug)]
pub struct Answers {
    site: Site,
    policy: String,
}

impl Answers {
    /// With the policy that fits this site and the origins of these servers.
    #[must_use]
    pub fn new(site: Site, servers: &[String]) -> Self {
        Self { policy: policy(&site.index(), servers), site }
    }
}

/// Starts to answer.
///
/// # Errors
/// If the address cannot be listened on.
pub fn serve(answers: Answers, address: SocketAddr) -> std::io::Result<(SocketAddr, Server)> {
    let answers = web::Data::new(answers);
    let app = move || {
        let page = web::get().to(answer);
        App::new().app_data(answers.clone()).default_service(page)
    };
    let server = HttpServer::new(app).workers(1).shutdown_timeout(1).bind(address)?;
    let bound = server.addrs().first().copied().unwrap_or(address);
    Ok((bound, server.run()))
}

async fn answer(request: HttpRequest, answers: web::Data<Answers>) -> HttpResponse {
    let Some(file) = answers.site.at(request.path()) else {
        return with_policy(&mut HttpResponse::NotFound(), &answers.policy).finish();
    };
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|etag| etag.to_str().ok());
    let mut response = HttpResponse::Ok();
    if known == Some(&file.etag) {
        response = HttpResponse::NotModified();
    }
    with_policy(&mut response, &answers.policy);
    let keep = if file.immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
    response
        .insert_header((header::CACHE_CONTROL, keep))
        .insert_header((header::ETAG, file.etag.as_str()))
        .insert_header((header::VARY, "accept-encoding"));
    if known == Some(&file.etag) {
        return response.finish();
    }
    response.content_type(file.kind);
    with_body(&mut response, &request, file)
}

fn with_body(
    response: &mut actix_web::HttpResponseBuilder,
    request: &HttpRequest,
    file: &File,
) -> HttpResponse {
    let accepted = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let takes_gzip = accepted.is_some_and(|accepted| accepted.contains("gzip"));
    match file.gzip.as_ref().filter(|_| takes_gzip) {
        Some(gzip) => response.insert_header((header::CONTENT_ENCODING, "gzip")).body(gzip.clone()),
        None => response.body(file.bytes.clone()),
    }
}

fn with_policy<'a>(
    response: &'a mut actix_web::HttpResponseBuilder,
    policy: &str,
) -> &'a mut actix_web::HttpResponseBuilder {
    response
        .insert_header((header::CONTENT_SECURITY_POLICY, policy))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .insert_header(("cross-origin-opener-policy", "same-origin"))
        .insert_header(("cross-origin-resource-policy", "same-origin"))
        .insert_header(("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"))
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpStream;

    use super::*;

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
}
