//! The identity's files: `identity.sealed` with the secret seeds, `identity.json` for everybody.

use super::BUILD;
use std::io;
use std::path::Path;

use kit::{data_folder, private_file};
use protocol::{Hex, Identity, Role, SealingKey, SigningKey};
use vault::Vault;
use zeroize::Zeroizing;

use crate::at_rest::AtRestKey;
use crate::randomness;
use crate::settings::StartRefusal;

const SEALED: &str = "identity.sealed";
const PUBLIC: &str = "identity.json";
const CONTEXT: &[u8] = b"computation-server/identity";

/// The server's keys and the document that names them.
#[derive(Clone, Debug)]
pub struct OwnIdentity {
    pub(crate) signing: SigningKey,
    pub(crate) sealing: SealingKey,
    /// What stands at the well-known address.
    pub public: Identity,
}

/// Loads the identity, or makes it if there is none, and writes its public half down.
///
/// # Errors
/// [`StartRefusal`].
pub fn prepare(data: &Path, key: &AtRestKey, operator: &str) -> Result<OwnIdentity, StartRefusal> {
    data_folder::prepare(data)?;
    if !data.join(SEALED).try_exists()? {
        create(data, &key.vault())?;
    }
    load(data, key, operator)
}

/// Loads the identity.
///
/// # Errors
/// [`StartRefusal::NoIdentity`] if there is none, [`StartRefusal::Identity`] if it does not open.
pub fn load(data: &Path, key: &AtRestKey, operator: &str) -> Result<OwnIdentity, StartRefusal> {
    let sealed = private_file::read(&data.join(SEALED)).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => StartRefusal::NoIdentity,
        _ => error.into(),
    })?;
    let seeds = key.vault().open(CONTEXT, &sealed).map_err(|_| StartRefusal::Identity)?;
    let identity = from_seeds(&seeds, operator).ok_or(StartRefusal::Identity)?;
    private_file::replace(&data.join(PUBLIC), &protocol::canonical::encode(&identity.public))?;
    Ok(identity)
}

fn create(data: &Path, vault: &Vault) -> Result<(), StartRefusal> {
    let rng = &mut randomness::system();
    let signing = SigningKey::generate(rng).expose_seed();
    let sealing = SealingKey::generate_bytes(rng);
    let seeds = Zeroizing::new([&signing[..], &sealing[..]].concat());
    let sealed = vault.seal(CONTEXT, &seeds, rng).map_err(|_| StartRefusal::Identity)?;
    match private_file::create(&data.join(SEALED), &sealed) {
        // Somebody else was quicker: theirs is loaded.
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error.into()),
        _ => Ok(()),
    }
}

fn from_seeds(seeds: &[u8], operator: &str) -> Option<OwnIdentity> {
    let (signing, sealing) = seeds.split_first_chunk::<32>()?;
    let signing = SigningKey::from_seed(signing);
    let sealing = SealingKey::from_bytes(sealing.try_into().ok()?).ok()?;
    let public = Identity {
        format: Identity::FORMAT.to_owned(),
        role: Role::ComputationServer,
        operator: operator.to_owned(),
        signing_key: signing.verifying_key().to_hex(),
        sealing_key: Hex(sealing.public_key().0.0),
        build: BUILD.to_owned(),
    };
    Some(OwnIdentity { signing, sealing, public })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_is_made_once_and_opens_under_its_key_only() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let (key, other) = (AtRestKey::from_bytes([1; 32]), AtRestKey::from_bytes([2; 32]));
        data_folder::prepare(&data).unwrap();
        assert!(matches!(load(&data, &key, "A"), Err(StartRefusal::NoIdentity)));
        let made = prepare(&data, &key, "A").unwrap();
        assert_eq!(prepare(&data, &key, "A").unwrap().public, made.public);
        assert!(matches!(load(&data, &other, "A"), Err(StartRefusal::Identity)));
        let file = std::fs::read(data.join(SEALED)).unwrap();
        let seed = made.signing.expose_seed();
        assert!(!file.windows(32).any(|window| window == seed.as_slice()));
        assert!(!format!("{made:?}").contains(&hex::encode(*seed)));
    }
}
