//! Files that only their owner may read: states with keys, and sealed bytes that wait to be sent.

use crate::Failure;
use kit::private_file;
use serde::{Serialize, de::DeserializeOwned};
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;
use zeroize::Zeroizing;

/// Reads a file of any kind.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path)
        .map_err(|error| Failure::input(format!("{} cannot be read: {error}.", path.display())))
}

/// Reads a file of at most so many bytes; a longer one is refused before it fills the memory.
pub(crate) fn read_at_most(path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    let failed = |error| Failure::input(format!("{} cannot be read: {error}.", path.display()));
    let mut content = Vec::new();
    let file = File::open(path).map_err(failed)?;
    let length = file.take(most + 1).read_to_end(&mut content).map_err(failed)?;
    if length as u64 <= most {
        return Ok(content);
    }
    Err(Failure::input(format!("{} is longer than {} MiB.", path.display(), most >> 20)))
}

/// Writes what everybody may read.
pub(crate) fn write_public<T: Serialize>(path: &Path, document: &T) -> Result<(), Failure> {
    let text = serde_json::to_vec(document).unwrap_or_default();
    std::fs::write(path, text)
        .map_err(|error| Failure::input(format!("{} cannot be written: {error}.", path.display())))
}

/// Reads a file that holds a secret; refuses one that others can read.
pub(crate) fn read_private(path: &Path) -> Result<Option<Zeroizing<Vec<u8>>>, Failure> {
    let failed = |error| Failure::input(format!("{} cannot be read: {error}.", path.display()));
    let mut file = match File::open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        opened => opened.map_err(failed)?,
    };
    refuse_if_open_to_others(path, &file)?;
    let mut content = Zeroizing::new(Vec::new());
    file.read_to_end(&mut content).map_err(failed)?;
    Ok(Some(content))
}

#[cfg(unix)]
fn refuse_if_open_to_others(path: &Path, file: &File) -> Result<(), Failure> {
    use std::os::unix::fs::PermissionsExt;
    let mode = file.metadata().map_or(0o777, |facts| facts.permissions().mode());
    if mode & 0o077 == 0 {
        return Ok(());
    }
    let path = path.display();
    Err(Failure::input(format!(
        "Others can read {path}, which holds a secret. If nobody has, say chmod 600 {path}."
    )))
}

#[cfg(not(unix))]
fn refuse_if_open_to_others(_: &Path, _: &File) -> Result<(), Failure> {
    Ok(())
}

/// Reads a state; `None` if there is none yet.
pub(crate) fn read_state<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, Failure> {
    let Some(content) = read_private(path)? else { return Ok(None) };
    serde_json::from_slice(&content).map(Some).map_err(|_| {
        let path = path.display();
        Failure::input(format!(
            "{path} is not a state file of this command. Choose another; it was left as it is."
        ))
    })
}

/// Writes a state in place of the one before, whole, for its owner alone.
pub(crate) fn write_state<T: Serialize>(path: &Path, state: &T) -> Result<(), Failure> {
    let text = Zeroizing::new(serde_json::to_vec_pretty(state).unwrap_or_default());
    write_private(path, &text)
}

/// Writes bytes for their owner alone.
pub(crate) fn write_private(path: &Path, content: &[u8]) -> Result<(), Failure> {
    private_file::replace(path, content)
        .map_err(|error| Failure::input(format!("{} cannot be written: {error}.", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_state_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state");
        assert_eq!(read_state::<u32>(&path), Ok(None));
        write_state(&path, &7).unwrap();
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(read_state::<u32>(&path), Ok(Some(7)));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(read_state::<u32>(&path).is_err());
    }
}
