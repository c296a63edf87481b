//! What the page may do: run its own program, talk to the two servers, nothing else.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// The content security policy for this `index.html` and these servers' origins.
#[must_use]
pub fn policy(index: &str, servers: &[String]) -> String {
    let scripts: String = inline_scripts(index).map(|script| format!(" '{}'", hash(script))).collect();
    let servers: String = servers.iter().map(|origin| format!(" {origin}")).collect();
    [
        "default-src 'none'",
        &format!("script-src 'self' 'wasm-unsafe-eval'{scripts}"),
        "worker-src 'self'",
        &format!("connect-src 'self'{servers}"),
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
    .join("; ")
}

fn hash(script: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(script)))
}

/// The text of every script that stands in the page itself, as the build left it.
fn inline_scripts(index: &str) -> impl Iterator<Item = &str> {
    index.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (text, _) = rest.split_once("</script>")?;
        (!attributes.contains("src=")).then_some(text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_scripts_are_allowed_by_their_hash_and_others_by_their_place() {
        let index = "<script type=\"module\">alert(1)</script><script src=\"/x.js\"></script>";
        let policy = policy(index, &["https://data.example".to_owned(), "https://keys.example".to_owned()]);
        // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
        assert!(
            policy.contains("'wasm-unsafe-eval' 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=';"),
            "{policy}"
        );
        assert!(policy.contains("connect-src 'self' https://data.example https://keys.example;"));
        assert_eq!(policy.matches("sha256-").count(), 1);
    }
}
