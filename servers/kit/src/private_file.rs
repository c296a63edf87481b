//! Small files that must be whole or absent, and readable by their owner alone:
//! identities, keys, marks.
//!
//! A file is written under another name, brought to the disk, moved to its
//! place, and the folder's entry is brought to the disk before anybody is told.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Files of this kind are small; a larger one is not ours.
const MAX_BYTES: u64 = 1024 * 1024;

/// Writes a file that must not be there yet.
///
/// # Errors
/// - `AlreadyExists` if it is there; it is left as it is.
/// - Otherwise what the system says.
pub fn create(path: &Path, content: &[u8]) -> io::Result<()> {
    let draft = Draft::write(path, content)?;
    // A link, unlike a rename, never replaces what is there.
    fs::hard_link(&draft.0, path)?;
    drop(draft);
    sync_folder(path)
}

/// Writes a file, in place of the one that may be there: afterwards either the
/// old or the new one is there, whole, whatever happens in between.
///
/// # Errors
/// What the system says; the old file is then still there.
pub fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let draft = Draft::write(path, content)?;
    fs::rename(&draft.0, path)?;
    sync_folder(path)
}

/// Reads a file that nobody but its owner may read.
///
/// # Errors
/// - `NotFound` if it is not there.
/// - `PermissionDenied` if others may read or write it.
/// - `InvalidData` if it is too large to be one of ours.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    refuse_if_open_to_others(&file)?;
    let mut content = Vec::new();
    file.take(MAX_BYTES + 1).read_to_end(&mut content)?;
    if content.len() as u64 > MAX_BYTES { Err(io::ErrorKind::InvalidData.into()) } else { Ok(content) }
}

/// A file under a temporary name; goes away unless it was moved to its place.
struct Draft(PathBuf);

impl Draft {
    fn write(path: &Path, content: &[u8]) -> io::Result<Self> {
        let draft = Self(draft_name(path)?);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&draft.0)?;
        file.write_all(content)?;
        file.sync_all()?;
        Ok(draft)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // After a rename there is nothing under this name any more.
        let _ = fs::remove_file(&self.0);
    }
}

/// A name nobody else uses: of this process and this call.
fn draft_name(path: &Path) -> io::Result<PathBuf> {
    static CALLS: AtomicU64 = AtomicU64::new(0);
    let call = CALLS.fetch_add(1, Ordering::Relaxed);
    let mut name = OsString::from(".");
    name.push(path.file_name().ok_or(io::ErrorKind::InvalidInput)?);
    name.push(format!(".{}-{call}.draft", std::process::id()));
    let draft = path.with_file_name(name);
    // A process of the same number may have died here before.
    match fs::remove_file(&draft) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(draft),
    }
}

fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(unix)]
fn refuse_if_open_to_others(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = file.metadata()?.permissions().mode();
    if mode & 0o077 == 0 { Ok(()) } else { Err(io::ErrorKind::PermissionDenied.into()) }
}

#[cfg(not(unix))]
fn refuse_if_open_to_others(_: &File) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<OsString> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect()
    }

    #[test]
    fn a_file_is_created_once_and_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("identity");
        create(&path, b"first").unwrap();
        assert_eq!(create(&path, b"second").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(read(&path).unwrap(), b"first");
        assert_eq!(names(folder.path()), ["identity"]);
    }

    #[test]
    fn replacing_leaves_one_whole_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mark");
        replace(&path, b"1").unwrap();
        replace(&path, b"2").unwrap();
        assert_eq!(read(&path).unwrap(), b"2");
        assert_eq!(names(folder.path()), ["mark"]);
    }

    #[test]
    fn a_missing_or_too_large_file_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("none");
        assert_eq!(read(&path).unwrap_err().kind(), io::ErrorKind::NotFound);
        create(&path, &vec![0; 1024 * 1024 + 1]).unwrap();
        assert_eq!(read(&path).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }

    #[cfg(unix)]
    #[test]
    fn files_are_their_owners_alone_and_open_ones_are_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        create(&path, b"secret").unwrap();
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert_eq!(read(&path).unwrap_err().kind(), io::ErrorKind::PermissionDenied);
    }
}
