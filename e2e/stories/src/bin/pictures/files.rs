//! Pay files for pictures.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Files in a folder that goes away with this.
pub(crate) struct Files(TempDir);

impl Files {
    /// No files yet.
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    /// Writes one.
    pub(crate) fn put(&self, name: &str, content: &str) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, content).expect("a file");
        path
    }
}

/// The salaries of a faculty by rank and discipline, a file each.
pub(crate) fn departments() -> BTreeMap<String, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/faculty-salaries.csv");
    let csv = std::fs::read_to_string(path).expect("the faculty's salaries");
    let (header, rows) = csv.split_once('\n').expect("a header");
    let mut files = BTreeMap::new();
    for row in rows.lines() {
        let cells: Vec<&str> = row.split(',').collect();
        let name = format!("{}, discipline {}", in_words(cells[0]), cells[1]);
        let file = files.entry(name).or_insert_with(|| format!("{header}\n"));
        file.push_str(row);
        file.push('\n');
    }
    files
}

fn in_words(rank: &str) -> &str {
    match rank {
        "AsstProf" => "Assistant professors",
        "AssocProf" => "Associate professors",
        _ => "Full professors",
    }
}

/// So many made-up people.
pub(crate) fn people(count: u32) -> String {
    let person = |at: u32| {
        let group = if at.is_multiple_of(3) { "Female" } else { "Male" };
        format!("{group},{}.50\n", 41_000 + at * 37 % 30_000)
    };
    std::iter::once("sex,salary\n".to_owned()).chain((0..count).map(person)).collect()
}

/// A file with everything in it that must be mended.
pub(crate) const MISTAKEN: &str =
    "sex,salary\nFemale,81000\nWoman,70000\nMale,n/a\n,65000\nMale,-5\nMale,1e99\n";
