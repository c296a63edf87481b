//! Laws on what may stand in a file.

use super::files::{File, lies_at};
use super::{laws, unsafe_code};

/// A law on single files.
pub(crate) struct Rule {
    pub(crate) sentence: &'static str,
    pub(crate) breaches: fn(&File) -> Vec<String>,
}

pub(crate) const RULES: &[Rule] = &[
    Rule { sentence: "every source file says first what it is", breaches: opening },
    Rule { sentence: "cryptography does without the standard library", breaches: standard_library },
    Rule { sentence: "SQL, HTTP and the browser stay in their rooms", breaches: foreign_words },
    Rule { sentence: "time, randomness and configuration are parameters", breaches: edges },
    Rule { sentence: "what arrives is admitted, not just deserialized", breaches: deserialized },
    Rule { sentence: unsafe_code::SENTENCE, breaches: unsafe_code::breaches },
    Rule { sentence: "no source file is a heap", breaches: length },
    Rule { sentence: "no path of one machine stands in the tree", breaches: machine_paths },
    Rule { sentence: "every crate comes from the public registry", breaches: origin },
];

fn opening(file: &File) -> Vec<String> {
    let opens = !file.is_rust() || file.text.starts_with("//!");
    if opens { Vec::new() } else { vec!["does not open with //!".to_owned()] }
}

fn standard_library(file: &File) -> Vec<String> {
    let is_root = laws::PURE_FOLDERS.iter().any(|folder| file.path == format!("{folder}src/lib.rs"));
    let declared = file.code().any(|(_, line)| line.trim() == "#![no_std]");
    if is_root && !declared {
        return vec!["does not say #![no_std]".to_owned()];
    }
    let is_pure = laws::PURE_FOLDERS.iter().any(|folder| file.path.starts_with(&format!("{folder}src/")));
    if is_pure { lines_with(file, &["extern crate std", "std::"]) } else { Vec::new() }
}

fn foreign_words(file: &File) -> Vec<String> {
    // This folder has to name what it forbids.
    if !file.is_rust() || file.path.starts_with("xtask/src/tidy/") {
        return Vec::new();
    }
    let strangers = laws::WORDS.iter().filter(|(_, places)| !lies_at(&file.path, places));
    strangers.flat_map(|(words, _)| lines_with(file, words)).collect()
}

fn edges(file: &File) -> Vec<String> {
    let is_edge = lies_at(&file.path, laws::EDGE_PLACES) || exception(file).is_some() || file.is_test();
    if file.is_rust() && !is_edge { lines_with(file, laws::EDGE_WORDS) } else { Vec::new() }
}

fn exception(file: &File) -> Option<usize> {
    laws::EDGES.iter().position(|(place, _)| lies_at(&file.path, &[*place]))
}

/// Exceptions that no file makes use of any more.
pub(crate) fn unused_exceptions(files: &[File]) -> Vec<String> {
    let used = |at: usize| {
        files.iter().any(|file| {
            file.is_rust() && exception(file) == Some(at) && !lines_with(file, laws::EDGE_WORDS).is_empty()
        })
    };
    let all = laws::EDGES.iter().enumerate();
    all.filter(|(at, _)| !used(*at)).map(|(_, (place, _))| format!("{place} needs no exception")).collect()
}

fn deserialized(file: &File) -> Vec<String> {
    let allowed = laws::WIRE_PLACES.iter().any(|(place, _)| lies_at(&file.path, &[*place]));
    if !file.is_rust() || file.is_test() || allowed {
        return Vec::new();
    }
    let derived = derives(file).into_iter().filter(|(_, names)| names.contains("Deserialize"));
    let by_hand = file.code().filter(|(_, line)| line.contains("Deserialize<'de> for"));
    let lines = derived.map(|(at, _)| at).chain(by_hand.map(|(at, _)| at));
    lines.map(|at| format!("line {at} makes a value without admitting it")).collect()
}

/// Every `derive(…)`, which may go over several lines, with the line it begins on.
fn derives(file: &File) -> Vec<(usize, String)> {
    let code: Vec<_> = file.code().collect();
    let begins = code.iter().enumerate().filter(|(_, (_, line))| line.contains("derive("));
    let spans = begins.map(|(from, (at, _))| {
        let rest = code.iter().skip(from).map(|(_, line)| *line);
        let end = rest.clone().position(|line| line.contains(")]")).unwrap_or(0);
        (*at, rest.take(end + 1).collect::<String>())
    });
    spans.collect()
}

fn length(file: &File) -> Vec<String> {
    let lines = file.text.lines().count();
    let too_long = file.is_rust() && !file.is_test() && lines > laws::MAX_LINES;
    if too_long { vec![format!("has {lines} lines, more than {}", laws::MAX_LINES)] } else { Vec::new() }
}

fn machine_paths(file: &File) -> Vec<String> {
    // Put together here, so that this file does not break the law it states.
    let homes = ["home", "root", "work", "Users"].map(|name| format!("/{name}/"));
    let is_path = |line: &str, home: &str| {
        line.match_indices(home).any(|(at, _)| {
            // `https://host/home/` and `a/work/` are no absolute paths.
            let before = line.get(..at).and_then(|text| text.chars().next_back());
            before.is_none_or(|c| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '}' | '~')))
        })
    };
    let lines = file.text.lines().enumerate();
    lines
        .filter(|(_, line)| homes.iter().any(|home| is_path(line, home)))
        .map(|(at, _)| format!("line {} holds a path of one machine", at + 1))
        .collect()
}

fn origin(file: &File) -> Vec<String> {
    if !file.path.ends_with("Cargo.lock") {
        return Vec::new();
    }
    let public = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
    let foreign = file.text.lines().filter(|line| line.starts_with("source = ") && *line != public);
    foreign.map(|line| format!("has {line}")).collect()
}

fn lines_with(file: &File, words: &[&str]) -> Vec<String> {
    let found = file.code().flat_map(|(at, line)| {
        words.iter().filter(move |word| line.contains(**word)).map(move |word| (at, *word))
    });
    found.map(|(at, word)| format!("line {at} says {word}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }

    /// Planted at `path`, `text` breaks this rule; at `elsewhere` it does not.
    fn holds(rule: fn(&File) -> Vec<String>, path: &str, text: &str, elsewhere: &str) {
        assert!(!rule(&file(path, text)).is_empty(), "{text} at {path} went unnoticed");
        assert_eq!(rule(&file(elsewhere, text)), Vec::<String>::new(), "{text} at {elsewhere}");
    }

    #[test]
    fn a_file_without_a_first_sentence_is_caught() {
        holds(opening, "a/src/b.rs", "use c;\n", "a/README.md");
        assert!(opening(&file("a/src/b.rs", "//! What it is.\n")).is_empty());
    }

    #[test]
    fn the_standard_library_in_cryptography_is_caught() {
        holds(standard_library, "crates/paillier/src/lib.rs", "//! x\n", "crates/paillier/src/other.rs");
        holds(standard_library, "crates/paillier-keys/src/a.rs", "use std::fs;", "crates/survey/src/a.rs");
        holds(
            standard_library,
            "crates/commitments/src/a.rs",
            "extern crate std;",
            "crates/commitments/tests/a.rs",
        );
        holds(standard_library, "crates/packproof/src/lib.rs", "//! x\n", "crates/protocol/src/lib.rs");
        assert!(standard_library(&file("crates/paillier/src/lib.rs", "//! x\n#![no_std]\n")).is_empty());
    }

    #[test]
    fn words_outside_of_their_rooms_are_caught() {
        let data = "servers/data-server/src/";
        let at = |name: &str| format!("{data}{name}");
        holds(foreign_words, &at("survey/service.rs"), "sqlx::query(q)", &at("store.rs"));
        holds(foreign_words, "cli/src/a.rs", "use sqlx::Row;", &at("store/submissions.rs"));
        holds(foreign_words, &at("survey/service.rs"), "use actix_web::web;", &at("survey/http.rs"));
        holds(foreign_words, "crates/reporter/src/a.rs", "web_sys::window()", "client-wasm/src/a.rs");
    }

    #[test]
    fn time_randomness_and_environment_within_are_caught() {
        for word in laws::EDGE_WORDS {
            let text = format!("let x = {word}();");
            holds(edges, "crates/protocol/src/a.rs", &text, "cli/src/a.rs");
            holds(edges, "servers/data-server/src/a.rs", &text, "servers/data-server/src/main.rs");
        }
        let in_tests = "fn a() {}\n#[cfg(test)]\nmod tests {\nInstant::now();\n}\n";
        assert!(edges(&file("crates/protocol/src/a.rs", in_tests)).is_empty());
    }

    #[test]
    fn an_exception_that_nobody_needs_is_caught() {
        assert_eq!(unused_exceptions(&[]).len(), laws::EDGES.len());
        let clock = file("servers/kit/src/clock.rs", "SystemTime::now()");
        assert_eq!(unused_exceptions(&[clock]).len(), laws::EDGES.len() - 1);
        assert!(laws::EDGES.iter().all(|(_, reason)| !reason.is_empty()));
    }

    #[test]
    fn a_way_around_admission_is_caught() {
        let derived = "#[derive(Clone, serde::Deserialize)]\nstruct A;";
        holds(deserialized, "crates/survey/src/a.rs", derived, "crates/protocol/src/a.rs");
        let wrapped = "#[derive(\n    Clone,\n    Deserialize,\n)]\nstruct A;";
        holds(deserialized, "crates/survey/src/a.rs", wrapped, "crates/survey/tests/a.rs");
        let bound = "use serde::Deserialize;\nfn a<T: for<'de> Deserialize<'de>>() {}";
        assert!(deserialized(&file("crates/survey/src/a.rs", bound)).is_empty());
        let by_hand = "impl<'de> Deserialize<'de> for A {";
        holds(deserialized, "servers/kit/src/a.rs", by_hand, "servers/data-server/src/config.rs");
    }

    #[test]
    fn a_heap_is_caught() {
        let heap = "x\n".repeat(laws::MAX_LINES + 1);
        holds(length, "a/src/b.rs", &heap, "a/tests/b.rs");
    }

    #[test]
    fn a_path_of_one_machine_is_caught() {
        for name in ["home/eve", "root", "work/x", "Users/eve"] {
            let text = format!("see /{name}/notes");
            assert_eq!(machine_paths(&file("README.md", &text)).len(), 1, "{text}");
        }
        let harmless = file("README.md", "https://example.org/home/x, base/work/, /etc/passwd");
        assert!(machine_paths(&harmless).is_empty());
    }

    #[test]
    fn a_crate_from_elsewhere_is_caught() {
        let planted = "source = \"git+https://example.org/x\"\n";
        holds(origin, "Cargo.lock", planted, "docs/notes.md");
    }
}
