//! The files the laws are about.

use std::path::Path;

use anyhow::{Context, Result};

/// Folders at the root that hold no sources, and what tools leave in any folder.
const SKIPPED: &[&str] = &["target", "data-folder", ".git", "node_modules", "dist"];

/// A text file of the tree.
pub(crate) struct File {
    /// From the root, with `/` between the parts.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    pub(crate) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Whether it is compiled for tests alone.
    pub(crate) fn is_test(&self) -> bool {
        let in_folder = |name: &str| self.path.split('/').any(|part| part == name);
        in_folder("tests") || in_folder("benches") || self.path.ends_with("/tests.rs")
    }

    /// The numbered lines that are neither comments nor the test module at the end.
    pub(crate) fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines: Vec<&str> = self.text.lines().collect();
        let is_test_module = |pair: &[&str]| match pair {
            [attribute, module] => {
                (attribute.starts_with("#[cfg(test)]") || attribute.starts_with("#[cfg(all(test"))
                    && module.starts_with("mod ")
                    && module.ends_with('{')
            }
            _ => false,
        };
        let end = lines.windows(2).position(is_test_module).unwrap_or(lines.len());
        let code = lines.into_iter().take(end).enumerate().map(|(at, line)| (at + 1, line));
        code.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

/// All text files below `root`, in order.
pub(crate) fn all(root: &Path) -> Result<Vec<File>> {
    let mut found = Vec::new();
    walk(root, "", &mut found)?;
    found.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(found)
}

fn walk(folder: &Path, prefix: &str, found: &mut Vec<File>) -> Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        let kind = entry.file_type()?;
        if kind.is_dir() && !SKIPPED.contains(&name.as_str()) {
            walk(&entry.path(), &format!("{path}/"), found)?;
        } else if kind.is_file() && name != ".git" {
            // (In a second work tree .git is a file.) What is not text has no words that could break a law.
            let Ok(text) = std::fs::read_to_string(entry.path()) else { continue };
            found.push(File { path, text });
        }
    }
    Ok(())
}

/// Whether a path lies at one of these places: `folder/`, a whole path, `*/end.rs`, or `*/folder/*`.
pub(crate) fn lies_at(path: &str, places: &[&str]) -> bool {
    places.iter().any(|place| match place.strip_prefix('*') {
        Some(middle) if middle.ends_with('*') => path.contains(middle.trim_end_matches('*')),
        Some(end) => path.ends_with(end),
        None if place.ends_with('/') => path.starts_with(place),
        None => path == *place,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_beginnings_ends_and_folders() {
        let places = &["servers/kit/", "*/http.rs", "*/store/*", "cli/src/main.rs"];
        for inside in
            ["servers/kit/src/a.rs", "servers/x/src/noun/http.rs", "a/store/b.rs", "cli/src/main.rs"]
        {
            assert!(lies_at(inside, places), "{inside}");
        }
        for outside in ["servers/kitten/src/a.rs", "a/xhttp.rs", "a/store.rs", "x/cli/src/main.rs"] {
            assert!(!lies_at(outside, places), "{outside}");
        }
    }

    #[test]
    fn comments_and_the_test_module_are_not_code() {
        let text =
            "a\n// b\n/// c\n  // d\ne\n#[cfg(test)]\nuse f;\n#[cfg(test)]\nmod tests {\ng\n}\n".to_owned();
        let file = File { path: "x.rs".to_owned(), text };
        let code: Vec<_> = file.code().collect();
        assert_eq!(code, [(1, "a"), (5, "e"), (6, "#[cfg(test)]"), (7, "use f;")]);
    }
}
