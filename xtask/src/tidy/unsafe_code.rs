//! The law on `unsafe`: where it stands, and what of it.

use super::files::{File, lies_at};
use super::laws;

pub(crate) const SENTENCE: &str = "unsafe stands in the named files alone, and no more of it than was named";

/// Lines that say `unsafe` where, or as, nobody allowed it.
pub(crate) fn breaches(file: &File) -> Vec<String> {
    if !file.is_rust() {
        return Vec::new();
    }
    let allowed = laws::UNSAFE.iter().find(|(place, _, _)| lies_at(&file.path, &[*place]));
    let is_allowed =
        |line: &str| allowed.is_some_and(|(_, lines, _)| lines.is_none_or(|l| l.contains(&line)));
    let said = lines(file).filter(|(_, line)| !is_allowed(line));
    said.map(|(at, _)| format!("line {at} says unsafe")).collect()
}

/// Files that are named and no longer say it.
pub(crate) fn unused(files: &[File]) -> Vec<String> {
    let used = |place| files.iter().any(|file| lies_at(&file.path, &[place]) && lines(file).next().is_some());
    let unused = laws::UNSAFE.iter().filter(|(place, _, _)| !used(place));
    unused.map(|(place, _, _)| format!("{place} needs no unsafe")).collect()
}

/// The numbered lines that say it outside of comments and texts, those of tests as well.
fn lines(file: &File) -> impl Iterator<Item = (usize, &str)> {
    let lines = file.text.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
    lines.filter(|(_, line)| !line.starts_with("//") && says_unsafe(line))
}

fn says_unsafe(line: &str) -> bool {
    // Every other part between quotation marks is text, in which a mark stands behind a backslash.
    line.replace("\\\"", "").split('"').step_by(2).any(|code| {
        code.match_indices("unsafe").any(|(at, word)| {
            let is_part = |c: char| c.is_alphanumeric() || c == '_';
            let before = code.get(..at).and_then(|before| before.chars().next_back());
            let after = code.get(at + word.len()..).and_then(|after| after.chars().next());
            !before.is_some_and(is_part) && !after.is_some_and(is_part)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn unsafe_anywhere_else_is_caught() {
        for planted in
            ["unsafe { x() }", "pub unsafe fn x() {}", "unsafe impl Send for A {}", "#[unsafe(no_mangle)]"]
        {
            let text = format!("//! x\nfn a() {{\n    {planted}\n}}\n");
            assert_eq!(
                breaches(&file("crates/paillier/src/comb.rs", &text)),
                ["line 3 says unsafe"],
                "{planted}"
            );
            // Tests are no exception.
            let in_tests = format!("#[cfg(test)]\nmod tests {{\n{planted}\n}}");
            assert_eq!(breaches(&file("cli/src/a.rs", &in_tests)).len(), 1, "{planted}");
            assert!(breaches(&file("crates/kernels/src/vector.rs", &text)).is_empty(), "{planted}");
        }
    }

    #[test]
    fn a_file_with_exported_names_gets_no_more_than_these() {
        for (path, lines, _) in laws::UNSAFE {
            let Some(lines) = lines else { continue };
            for line in *lines {
                assert!(breaches(&file(path, line)).is_empty(), "{path}");
            }
            for planted in ["unsafe { x() }", "unsafe fn x() {}", "let x = unsafe { *p };"] {
                assert_eq!(breaches(&file(path, planted)).len(), 1, "{path}: {planted}");
            }
        }
    }

    #[test]
    fn words_that_only_look_like_it_are_none() {
        for harmless in [
            "#![expect(unsafe_code, reason = \"there is no unsafe block\")]",
            "// unsafe",
            "policy.contains(\"'wasm-unsafe-eval'\")",
            "fn unsafe_or_not() {}",
        ] {
            assert!(breaches(&file("cli/src/a.rs", harmless)).is_empty(), "{harmless}");
        }
    }

    #[test]
    fn a_file_that_needs_it_no_more_is_caught() {
        assert_eq!(unused(&[]).len(), laws::UNSAFE.len());
        let vector = file("crates/kernels/src/vector.rs", "unsafe { x() }");
        assert_eq!(unused(&[vector]).len(), laws::UNSAFE.len() - 1);
        assert!(laws::UNSAFE.iter().all(|(_, _, reason)| !reason.is_empty()));
    }
}
