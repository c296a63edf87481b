//! What lies where: each server's data apart, secrets and marks outside of both.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The folders of one pair of servers on one machine.
#[derive(Debug)]
pub(crate) struct Folders {
    pub(crate) data_server: PathBuf,
    pub(crate) computation_server: PathBuf,
    /// Keys that lock what the computation server stores: a copy of its data alone opens nothing.
    pub(crate) secrets: PathBuf,
    /// What a restored backup must not bring back.
    pub(crate) marks: PathBuf,
    /// Public halves of the servers' identities, by which each knows the other.
    pub(crate) identities: PathBuf,
    /// What the servers have to say while they run.
    pub(crate) logs: PathBuf,
}

impl Folders {
    /// Makes what is missing, readable by its owner alone.
    pub(crate) fn prepare(base: &Path) -> Result<Self> {
        let folder = |name: &str| -> Result<PathBuf> {
            let path = base.join(name);
            let mut builder = std::fs::DirBuilder::new();
            builder.recursive(true);
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
            builder.create(&path).with_context(|| format!("cannot make {}", path.display()))?;
            Ok(path)
        };
        Ok(Self {
            data_server: folder("data-server")?,
            computation_server: folder("computation-server")?,
            secrets: folder("secrets")?,
            marks: folder("marks")?,
            identities: folder("identities")?,
            logs: folder("logs")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_folder_lies_in_another() {
        let base = tempfile::tempdir().unwrap();
        let made = Folders::prepare(base.path()).unwrap();
        let all =
            [made.data_server, made.computation_server, made.secrets, made.marks, made.identities, made.logs];
        for one in &all {
            assert!(one.is_dir());
            assert_eq!(all.iter().filter(|other| other.starts_with(one)).count(), 1);
        }
    }
}
