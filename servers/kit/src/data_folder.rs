//! Folders that belong to the server alone.

use std::fs::DirBuilder;
use std::io;
use std::path::Path;

/// Makes `folder` (and what leads to it) readable by its owner alone, if it is not there yet.
///
/// # Errors
/// - `PermissionDenied` if the folder is there and others may write to it.
/// - Otherwise what the system says.
pub fn prepare(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    refuse_if_others_write(folder)
}

#[cfg(unix)]
fn refuse_if_others_write(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = folder.metadata()?.permissions().mode();
    if mode & 0o022 == 0 { Ok(()) } else { Err(io::ErrorKind::PermissionDenied.into()) }
}

#[cfg(not(unix))]
fn refuse_if_others_write(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_new_folder_is_its_owners_alone_and_an_open_one_is_refused() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("a/b");
        prepare(&folder).unwrap();
        prepare(&folder).unwrap();
        assert_eq!(folder.metadata().unwrap().permissions().mode() & 0o777, 0o700);
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o777)).unwrap();
        assert_eq!(prepare(&folder).unwrap_err().kind(), io::ErrorKind::PermissionDenied);
    }
}
