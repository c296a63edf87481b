//! Pay files for stories.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Files in a folder that goes away with this.
pub(crate) struct Files {
    folder: TempDir,
}

impl Files {
    /// No files yet.
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// Writes one.
    pub(crate) fn put(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }
}

/// The salaries of `data/faculty-salaries.csv`.
pub(crate) fn faculty() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/faculty-salaries.csv");
    std::fs::read_to_string(path).unwrap()
}

/// The rows of a plain file, a slice for each combination of these columns, each with the header.
pub(crate) fn slices(csv: &str, columns: &[&str]) -> BTreeMap<String, String> {
    let (header, rows) = csv.split_once('\n').unwrap();
    let at = |name: &&str| header.split(',').position(|h| h == *name).unwrap();
    let columns: Vec<usize> = columns.iter().map(at).collect();
    let mut slices: BTreeMap<String, String> = BTreeMap::new();
    for row in rows.lines() {
        let cells: Vec<&str> = row.split(',').collect();
        let name = columns.iter().map(|at| cells[*at]).collect::<Vec<_>>().join(" ");
        let slice = slices.entry(name).or_insert_with(|| format!("{header}\n"));
        slice.push_str(row);
        slice.push('\n');
    }
    slices
}

/// The rows dealt to so many, one after the other, each with the header.
pub(crate) fn dealt(csv: &str, reporters: usize) -> Vec<String> {
    let (header, rows) = csv.split_once('\n').unwrap();
    let rows: Vec<&str> = rows.lines().collect();
    let hand = |reporter: usize| rows.iter().skip(reporter).step_by(reporters).copied().collect::<Vec<_>>();
    (0..reporters).map(|reporter| format!("{header}\n{}\n", hand(reporter).join("\n"))).collect()
}

/// A file of so many drawn rows.
pub(crate) fn rows(count: usize) -> String {
    e2e::oracle::drawn_file(&mut e2e::drawn::Drawn::printed("SEALED_PAY_ROWS_SEED"), count)
}
