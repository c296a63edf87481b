//! The organizer's sign-in: a token in a file; the database has its SHA-256 only.

use std::io::ErrorKind;
use std::path::Path;

use protocol::Problem;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::Randomness;
use crate::app::{App, internal};
use crate::startup::StartRefusal;
use crate::store::Store;

/// Takes over the token in the file; makes one at the first start. Without the file, the token that was
/// there before goes on to count.
pub(crate) async fn prepare_sign_in(
    store: &dyn Store,
    file: &Path,
    randomness: &Randomness,
) -> Result<(), StartRefusal> {
    let known = store.sign_in_digest().await?;
    let token = match kit::private_file::read(file) {
        Ok(token) => Zeroizing::new(token),
        Err(error) if error.kind() == ErrorKind::NotFound && known.is_some() => return Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let token = Zeroizing::new(hex::encode(randomness.bytes::<32>()).into_bytes());
            kit::private_file::create(file, &token)?;
            token
        }
        Err(error) => return Err(error.into()),
    };
    let digest = digest_of(&token);
    if known != Some(digest) {
        store.set_sign_in_digest(digest).await?;
    }
    Ok(())
}

fn digest_of(token: &[u8]) -> [u8; 32] {
    Sha256::digest(token.trim_ascii()).into()
}

/// Refuses whoever does not have the token.
pub(crate) async fn require_sign_in(app: &App, token: Option<&[u8]>) -> Result<(), Problem> {
    let known = app.store.sign_in_digest().await.map_err(internal)?;
    // Digests are compared, so how long it takes says nothing about the token.
    match (known, token) {
        (Some(known), Some(token)) if known == digest_of(token) => Ok(()),
        _ => Err(Problem::SignInRequired),
    }
}
