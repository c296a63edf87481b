//! What people wait for: the weight of a build as it travels.
//!
//! The page is several programs, so there are several first screens: one for each way in. Each weighs whatever the
//! browser must have before that screen can be used: the page itself, styles, scripts, programs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::gzip;
use super::list::LIST;

/// The most that all files together may weigh, compressed, in bytes.
const MOST_IN_ALL: u64 = 1_500_000;

/// How somebody comes in, the programs without which its first screen is of no use, and the most bytes that may
/// have to arrive before it can be used.
struct Way {
    name: &'static str,
    programs: &'static [&'static str],
    most: u64,
}

/// What is loaded apart from everything else.
const PROGRAMS: [&str; 3] = ["start", "survey", "sealer"];

/// Which program comes first is decided in `frontend/begin.js`: the start's. Organizers sign in there while the other
/// is loaded. Reporters read the survey's terms there; then come the workers' program, which checks the survey's key,
/// and the one for everything that follows, while they read. That nothing else comes before the terms is measured in a browser by
/// `cargo xtask screenshots`.
const WAYS: [Way; 3] = [
    Way { name: "the start", programs: &["start"], most: 350_000 },
    Way { name: "a reporter's link", programs: &["start"], most: 350_000 },
    Way { name: "organizing", programs: &["start"], most: 350_000 },
];

/// Compressed bytes of a build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Weight {
    in_all: u64,
    /// By the name of the way in; its bytes, and the most that it may have.
    first_screens: Vec<(&'static str, u64, u64)>,
}

impl Weight {
    fn is_light(&self) -> bool {
        self.in_all <= MOST_IN_ALL && self.first_screens.iter().all(|(_, bytes, most)| bytes <= most)
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kilobytes = |bytes: u64| bytes.div_ceil(1000);
        let (all, most) = (kilobytes(self.in_all), kilobytes(MOST_IN_ALL));
        write!(f, "compressed it weighs {all} kB in all (at most {most}), for the first screen of ")?;
        let screen = |(name, bytes, most): &(&str, u64, u64)| {
            format!("{name} {} kB (at most {})", kilobytes(*bytes), kilobytes(*most))
        };
        let screens: Vec<String> = self.first_screens.iter().map(screen).collect();
        f.write_str(&screens.join(", "))
    }
}

/// Weighs a build.
pub(crate) fn weigh(folder: &Path) -> Result<Weight> {
    let mut files = BTreeMap::new();
    read_all(folder, "", &mut files)?;
    // A compressed copy is what travels in its file's place.
    let copies: BTreeMap<String, u64> = files
        .extract_if(.., |name, _| name.ends_with(gzip::ENDING))
        .map(|(name, copy)| (name, copy.len() as u64))
        .collect();
    let weigh = |(name, bytes): (&'_ String, &Vec<u8>)| match copies.get(&format!("{name}{}", gzip::ENDING)) {
        Some(copy) => Ok((name.clone(), *copy)),
        None => Ok((name.clone(), compressed(bytes)?)),
    };
    let weights: BTreeMap<String, u64> = files.iter().map(weigh).collect::<Result<_>>()?;
    for program in PROGRAMS {
        program_files(&files, program)?;
    }
    let mut first_screens = Vec::new();
    for way in &WAYS {
        let needed = needed(&files, way)?;
        let bytes = needed.iter().filter_map(|name| weights.get(*name)).sum();
        first_screens.push((way.name, bytes, way.most));
    }
    Ok(Weight { in_all: weights.values().sum(), first_screens })
}

/// Fails where people would wait too long.
pub(crate) fn must_be_light(folder: &Path) -> Result<()> {
    let weight = weigh(folder)?;
    ensure!(weight.is_light(), "the page is too heavy: {weight}");
    Ok(())
}

/// The files that a way in needs: its programs, and whatever the page or a needed script names and no program has
/// for its own.
fn needed<'a>(files: &'a BTreeMap<String, Vec<u8>>, way: &Way) -> Result<BTreeSet<&'a str>> {
    const INDEX: &str = "index.html";
    let (index, _) = files.get_key_value(INDEX).context("the build has no index.html")?;
    // Asked for by every program, which has its name in itself.
    let settings = files.get_key_value(super::CONFIGURATION).map(|(name, _)| name.as_str());
    let mut needed: BTreeSet<&str> = settings.into_iter().chain([index.as_str()]).collect();
    for program in way.programs {
        needed.extend(program_files(files, program)?);
    }
    let shared: Vec<&str> =
        files.keys().map(String::as_str).filter(|name| program_of(name).is_none()).collect();
    loop {
        let named = |name: &&&str| needed.iter().any(|by| names(by, files.get(*by), name));
        let more: Vec<&str> =
            shared.iter().filter(|name| !needed.contains(**name)).filter(named).copied().collect();
        if more.is_empty() {
            return Ok(needed);
        }
        needed.extend(more);
    }
}

/// The files of one program.
fn program_files<'a>(files: &'a BTreeMap<String, Vec<u8>>, program: &str) -> Result<Vec<&'a str>> {
    let parts: Vec<&str> =
        files.keys().map(String::as_str).filter(|name| program_of(name) == Some(program)).collect();
    let has = |end: &str| parts.iter().any(|name| name.ends_with(end));
    ensure!(has(".js") && has(".wasm"), "the build has no program {program}");
    Ok(parts)
}

/// Whether a page, script or style names a file.
fn names(by: &str, text: Option<&Vec<u8>>, file: &str) -> bool {
    let is_text = [".html", ".js", ".css"].iter().any(|end| by.ends_with(end));
    is_text && text.is_some_and(|text| String::from_utf8_lossy(text).contains(file))
}

/// Which program a file is part of: `survey.js`, `survey_bg.wasm`, `start-18bf8da81e095a8e.js`.
fn program_of(name: &str) -> Option<&'static str> {
    let stem = name.split(['.', '_']).next().unwrap_or(name);
    let hash = |(_, end): &(&str, &str)| end.len() == 16 && end.bytes().all(|byte| byte.is_ascii_hexdigit());
    let stem = stem.rsplit_once('-').filter(hash).map_or(stem, |(stem, _)| stem);
    PROGRAMS.into_iter().find(|program| *program == stem)
}

fn read_all(folder: &Path, beginning: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{beginning}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            read_all(&entry.path(), &format!("{name}/"), files)?;
        } else if !name.starts_with(LIST) {
            files.insert(name, std::fs::read(entry.path())?);
        }
    }
    Ok(())
}

/// As the page's server sends it, or as it is where that saves nothing.
fn compressed(bytes: &[u8]) -> Result<u64> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len().min(bytes.len()) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A build in which no file can be compressed: each weighs its own length.
    fn build(extra: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let files: [(&str, &[u8]); 11] = [
            ("index.html", b"<script src=/begin.js><x src=start-0123456789abcdef.js>main.css"),
            ("begin.js", b"survey.js"),
            ("main.css", b"12"),
            ("config.json", b"{}"),
            ("start-0123456789abcdef.js", b"1"),
            ("start-0123456789abcdef_bg.wasm", b"10"),
            ("survey.js", b"import './snippets/x/y.js'"),
            ("survey_bg.wasm", b"1000"),
            ("sealer.js", b"1"),
            ("sealer_loader.js", b"2"),
            ("sealer_bg.wasm", b"wide.wasm"),
        ];
        for (name, content) in files.iter().chain(extra) {
            let file = folder.path().join(name);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, content).unwrap();
        }
        folder
    }

    fn noise(length: usize) -> Vec<u8> {
        let mut state = 1u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            state.to_be_bytes()[0]
        };
        (0..length).map(|_| next()).collect()
    }

    #[test]
    fn each_way_in_weighs_what_its_first_screen_needs() {
        let more: [(&str, &[u8]); 3] =
            [("snippets/x/y.js", b"12345"), ("wide.wasm", b"1234567"), ("SHA256SUMS", b"not counted")];
        let folder = build(&more);
        let weight = weigh(folder.path()).unwrap();
        let page = 63 + 9 + 2 + 2;
        let start = 1 + 2;
        let (survey, sealer) = (26 + 4 + 5, 1 + 1 + 9);
        assert_eq!(weight.in_all, page + start + survey + sealer + 7);
        let screens = [
            ("the start", page + start, 350_000),
            ("a reporter's link", page + start, 350_000),
            ("organizing", page + start, 350_000),
        ];
        assert_eq!(weight.first_screens, screens);
        assert!(must_be_light(folder.path()).is_ok());
    }

    #[test]
    fn a_compressed_copy_weighs_in_its_files_place() {
        let before = weigh(build(&[]).path()).unwrap().in_all;
        let copied = weigh(build(&[("survey_bg.wasm.gz", b"1"), ("main.css.gz", b"1")]).path()).unwrap();
        assert_eq!(copied.in_all, before - 3 - 1);
    }

    #[test]
    fn every_first_screen_can_be_too_heavy() {
        let program = "start-0123456789abcdef_bg.wasm";
        for way in &WAYS {
            let folder = build(&[(program, &noise(usize::try_from(way.most).unwrap()))]);
            let said = must_be_light(folder.path()).unwrap_err().to_string();
            assert!(said.contains(&format!("{} {} kB", way.name, way.most / 1000 + 1)), "{said}");
        }
    }

    #[test]
    fn what_is_loaded_later_can_be_too_heavy_as_well() {
        let folder = build(&[("wide.wasm", &noise(usize::try_from(MOST_IN_ALL).unwrap()))]);
        let weight = weigh(folder.path()).unwrap();
        assert!(weight.first_screens.iter().all(|(_, bytes, _)| *bytes < 1000));
        assert!(must_be_light(folder.path()).unwrap_err().to_string().contains("in all"));
    }

    #[test]
    fn a_build_without_one_of_its_programs_is_not_weighed() {
        let folder = build(&[]);
        std::fs::remove_file(folder.path().join("sealer_bg.wasm")).unwrap();
        assert!(weigh(folder.path()).unwrap_err().to_string().contains("sealer"));
    }
}
