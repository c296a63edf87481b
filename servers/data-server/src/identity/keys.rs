//! The server's two secret keys, encrypted at rest, and the key they are encrypted under.

use std::io::{self, ErrorKind};
use std::path::Path;

use kit::private_file;
use protocol::{Hex, Identity, SealingKey, SigningKey, canonical};
use vault::Vault;
use zeroize::Zeroizing;

use crate::Randomness;

const CONTEXT: &[u8] = b"sealed-pay/data-server/identity";

/// Why there is no identity.
#[derive(Debug, thiserror::Error)]
pub enum IdentityRefusal {
    /// A file cannot be read or written.
    #[error("the identity cannot be read or written: {0}")]
    File(#[from] io::Error),
    /// The file does not open under the key at rest.
    #[error("the identity does not open under this key at rest")]
    WrongKey,
    /// There is none, and none is to be made.
    #[error("there is no identity yet: start with --create-missing-keys")]
    Missing,
}

/// Why there is no key at rest.
#[derive(Debug, thiserror::Error)]
pub enum AtRestKeyRefusal {
    /// The file cannot be read or written.
    #[error("the key at rest cannot be read or written: {0}")]
    File(#[from] io::Error),
    /// Not 64 hexadecimal digits.
    #[error("the key at rest must be 64 lower-case hexadecimal digits")]
    Malformed,
}

/// Reads a key at rest as it is written in files and in the environment.
///
/// # Errors
/// [`AtRestKeyRefusal::Malformed`].
pub fn read_at_rest_key(text: &str) -> Result<Zeroizing<[u8; 32]>, AtRestKeyRefusal> {
    let key = Hex::<32>::parse(text.trim()).ok_or(AtRestKeyRefusal::Malformed)?;
    Ok(Zeroizing::new(key.0))
}

/// Reads the file of a key at rest; writes it first if it is missing and may be made.
///
/// # Errors
/// [`AtRestKeyRefusal`].
pub fn read_or_create_at_rest_key(
    file: &Path,
    create: bool,
    randomness: &Randomness,
) -> Result<Zeroizing<[u8; 32]>, AtRestKeyRefusal> {
    let text = match private_file::read(file) {
        Err(error) if error.kind() == ErrorKind::NotFound && create => {
            let text = Zeroizing::new(hex::encode(randomness.bytes::<32>()));
            private_file::create(file, text.as_bytes())?;
            return read_at_rest_key(&text);
        }
        read => Zeroizing::new(read?),
    };
    read_at_rest_key(std::str::from_utf8(&text).map_err(|_| AtRestKeyRefusal::Malformed)?)
}

/// One key to sign with, one to open what is sealed to this server.
#[derive(Clone, Debug)]
pub struct ServerKeys {
    /// Ed25519.
    pub signing: SigningKey,
    /// X25519.
    pub sealing: SealingKey,
}

impl ServerKeys {
    /// Reads the keys from the data folder; makes them first if there are none and they may be made. Writes
    /// the public half beside them.
    ///
    /// # Errors
    /// [`IdentityRefusal`].
    pub fn read_or_create(
        data: &Path,
        operator: &str,
        vault: &Vault,
        create: bool,
        randomness: &Randomness,
    ) -> Result<(Self, Identity), IdentityRefusal> {
        kit::data_folder::prepare(data)?;
        let file = data.join("identity.sealed");
        let keys = match private_file::read(&file) {
            Ok(sealed) => Self::open(&sealed, vault)?,
            Err(error) if error.kind() == ErrorKind::NotFound && create => {
                let (keys, sealed) = Self::generate(vault, randomness)?;
                private_file::create(&file, &sealed)?;
                keys
            }
            Err(error) if error.kind() == ErrorKind::NotFound => return Err(IdentityRefusal::Missing),
            Err(error) => return Err(error.into()),
        };
        let identity = super::identity_of(&keys, operator);
        private_file::replace(&data.join("identity.json"), &canonical::encode(&identity))?;
        Ok((keys, identity))
    }

    fn open(sealed: &[u8], vault: &Vault) -> Result<Self, IdentityRefusal> {
        let both = vault.open(CONTEXT, sealed).map_err(|_| IdentityRefusal::WrongKey)?;
        let (signing, sealing) = both.split_at_checked(32).ok_or(IdentityRefusal::WrongKey)?;
        let key = |bytes: &[u8]| {
            bytes.try_into().map(Zeroizing::<[u8; 32]>::new).map_err(|_| IdentityRefusal::WrongKey)
        };
        let (signing, sealing) = (key(signing)?, key(sealing)?);
        let sealing = SealingKey::from_bytes(&sealing).map_err(|_| IdentityRefusal::WrongKey)?;
        Ok(Self { signing: SigningKey::from_seed(&signing), sealing })
    }

    fn generate(vault: &Vault, randomness: &Randomness) -> Result<(Self, Vec<u8>), IdentityRefusal> {
        let mut rng = randomness.rng();
        let signing = SigningKey::generate(&mut rng);
        let sealing = SealingKey::generate_bytes(&mut rng);
        // EXPOSE: sealed in the next line.
        let both = Zeroizing::new([&signing.expose_seed()[..], &sealing[..]].concat());
        let sealed = vault.seal(CONTEXT, &both, &mut rng).map_err(|_| IdentityRefusal::WrongKey)?;
        Ok((Self::open(&sealed, vault)?, sealed))
    }
}
