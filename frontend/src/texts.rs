//! Every word that people read, by its id in the Fluent files of `i18n`. Ids stand in the sources as literals,
//! so that a test can hold both sides together.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use std::fmt;
use std::rc::Rc;
use unic_langid::LanguageIdentifier;
use unic_langid::subtags::Language;
use yew::prelude::*;

const COMMON: &str = include_str!("../i18n/en/common.ftl");
const STARTING: &str = include_str!("../i18n/en/start.ftl");
const SIGNING_IN: &str = include_str!("../i18n/en/sign-in.ftl");
const READING: &str = include_str!("../i18n/en/terms.ftl");
const REPORTING: &str = include_str!("../i18n/en/reporter.ftl");
const ASKED: &str = include_str!("../i18n/en/schema.ftl");
const OWN: &str = include_str!("../i18n/en/own.ftl");
const QUESTION: &str = include_str!("../i18n/en/question.ftl");
const FIGURES: &str = include_str!("../i18n/en/figures.ftl");
const ORGANIZING: &str = include_str!("../i18n/en/organizer.ftl");
const TROUBLES: &str = include_str!("../i18n/en/troubles.ftl");
const TROUBLES_OF_READERS: &str = include_str!("../i18n/en/terms-troubles.ftl");
const TROUBLES_OF_REPORTERS: &str = include_str!("../i18n/en/reporter-troubles.ftl");
const TROUBLES_OF_ORGANIZERS: &str = include_str!("../i18n/en/organizer-troubles.ftl");

/// What stands at the beginning, a survey's terms included.
pub(crate) const START: [&str; 7] =
    [COMMON, STARTING, SIGNING_IN, READING, ASKED, TROUBLES, TROUBLES_OF_READERS];
/// What reporters read.
pub(crate) const REPORTER: [&str; 8] =
    [COMMON, READING, ASKED, REPORTING, OWN, TROUBLES, TROUBLES_OF_READERS, TROUBLES_OF_REPORTERS];
/// What organizers read.
pub(crate) const ORGANIZER: [&str; 8] =
    [COMMON, ASKED, QUESTION, FIGURES, SIGNING_IN, ORGANIZING, TROUBLES, TROUBLES_OF_ORGANIZERS];

/// All texts in one language.
#[derive(Clone)]
pub(crate) struct Texts(Rc<FluentBundle<FluentResource>>);

impl Texts {
    /// The texts everybody gets until there are others: those of these files.
    pub(crate) fn english(files: &[&str]) -> Self {
        let mut bundle = FluentBundle::new(vec![LanguageIdentifier::from_parts(
            Language::from_bytes(b"en").unwrap_or_default(),
            None,
            None,
            &[],
        )]);
        // Marks around inserted words would be copied and searched with them.
        bundle.set_use_isolating(false);
        for file in files {
            // A damaged file still has whole messages; a test refuses it.
            let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(rest, _)| rest);
            bundle.add_resource_overriding(resource);
        }
        Self(Rc::new(bundle))
    }

    /// A text without gaps.
    pub(crate) fn say(&self, id: &str) -> String {
        self.with(id, [])
    }

    /// A text with its gaps filled.
    pub(crate) fn with<const N: usize>(
        &self,
        id: &str,
        gaps: [(&'static str, FluentValue<'_>); N],
    ) -> String {
        let args: FluentArgs = gaps.into_iter().collect();
        let pattern = self.0.get_message(id).and_then(|message| message.value());
        let mut errors = Vec::new();
        match pattern {
            Some(pattern) => self.0.format_pattern(pattern, Some(&args), &mut errors).into_owned(),
            None => id.to_owned(),
        }
    }

    /// Whether there is such a text.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.0.has_message(id)
    }
}

impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Texts")
    }
}

/// The page's texts.
#[hook]
pub(crate) fn use_texts() -> Texts {
    use_context::<Texts>().unwrap_or_else(|| Texts::english(&[]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every file.
    const ENGLISH: [&str; 14] = [
        COMMON,
        STARTING,
        SIGNING_IN,
        READING,
        ASKED,
        QUESTION,
        FIGURES,
        REPORTING,
        OWN,
        ORGANIZING,
        TROUBLES,
        TROUBLES_OF_READERS,
        TROUBLES_OF_REPORTERS,
        TROUBLES_OF_ORGANIZERS,
    ];
    use std::collections::BTreeSet;
    use std::path::Path;

    fn defined() -> BTreeSet<String> {
        let id = |line: &str| {
            let (id, _) = line.split_once(" =")?;
            id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-').then(|| id.to_owned())
        };
        ENGLISH.iter().flat_map(|file| file.lines().filter_map(id)).collect()
    }

    fn sources(folder: &Path, into: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, into);
            } else if path.extension().is_some_and(|ext| ext == "rs") {
                into.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }

    fn all_sources() -> String {
        let mut text = String::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut text);
        text
    }

    #[test]
    fn files_are_whole_and_no_id_stands_twice() {
        for file in ENGLISH {
            assert!(FluentResource::try_new(file.to_owned()).is_ok());
        }
        let lines = ENGLISH.iter().flat_map(|file| file.lines());
        let messages =
            lines.filter(|line| line.contains(" =") && line.starts_with(|c: char| c.is_alphabetic()));
        assert_eq!(messages.count(), defined().len());
    }

    #[test]
    fn every_id_in_the_sources_has_a_text() {
        let sources = all_sources();
        let calls = [".say", ".with"].map(|method| format!("{method}(\""));
        let used: Vec<&str> = calls
            .iter()
            .flat_map(|call| sources.split(call.as_str()).skip(1))
            .filter_map(|rest| rest.split('"').next())
            .collect();
        assert!(used.len() > 5);
        let texts = Texts::english(&ENGLISH);
        let missing: Vec<_> = used.iter().filter(|id| !texts.has(id)).collect();
        assert!(missing.is_empty(), "no text for {missing:?}");
    }

    #[test]
    fn every_text_is_used() {
        let sources = all_sources();
        // These are looked up by the name of what went wrong.
        let looked_up = |id: &String| id.starts_with("problem-") || id.starts_with("trouble-");
        let unused: Vec<_> = defined()
            .into_iter()
            .filter(|id| !looked_up(id) && !sources.contains(&format!("\"{id}\"")))
            .collect();
        assert!(unused.is_empty(), "nobody says {unused:?}");
    }

    #[test]
    fn what_can_go_wrong_has_words_and_nothing_else_has() {
        let sources = all_sources();
        let calls = ["new", "about", "in_words"].map(|made| format!("Trouble::{made}(\""));
        let own = ["Self::new(\"", "Self::in_words(\"", "of(\""].map(str::to_owned);
        let codes = |call: &String| {
            let parts = sources.split(call.as_str()).skip(1);
            parts
                .filter_map(|rest| rest.split('"').next())
                .map(|code| format!("trouble-{code}"))
                .collect::<Vec<_>>()
        };
        let mut wanted: BTreeSet<String> = calls.iter().chain(&own).flat_map(codes).collect();
        wanted.insert("trouble-refused".to_owned());
        let defined: BTreeSet<String> =
            defined().into_iter().filter(|id| id.starts_with("trouble-")).collect();
        assert_eq!(defined, wanted);
    }

    #[test]
    fn what_servers_refuse_is_named_as_in_their_table() {
        let named: BTreeSet<String> = protocol::Problem::ALL
            .iter()
            .filter_map(|problem| Some(format!("problem-{}", problem.row().uri.rsplit(':').next()?)))
            .collect();
        let unknown: Vec<_> =
            defined().into_iter().filter(|id| id.starts_with("problem-") && !named.contains(id)).collect();
        assert!(unknown.is_empty(), "no server refuses with {unknown:?}");
    }

    #[test]
    fn each_program_has_the_texts_that_it_says() {
        let folder = |name: &str| {
            let mut text = String::new();
            sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(name), &mut text);
            text
        };
        let file = |name: &str| {
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(name);
            std::fs::read_to_string(file).unwrap()
        };
        let page = |name: &str| file(&format!("pages/{name}"));
        let signing_in = page("token_form.rs");
        let reading = folder("pages/read") + &file("services/taking_part/opening.rs");
        let start = page("home.rs") + &page("sign_in.rs") + &signing_in + &reading;
        let shared = folder("components");
        for (files, own) in [
            (&START[..], start),
            (&REPORTER[..], folder("pages/take_part") + &folder("services/taking_part") + &reading),
            (&ORGANIZER[..], folder("pages/organize") + &folder("services/organizing") + &signing_in),
        ] {
            let texts = Texts::english(files);
            let sources = format!("{own}{shared}");
            let said = [".say(\"", ".with(\""].map(|call| (call, ""));
            let troubles = ["Trouble::new(\"", "Trouble::about(\"", "Trouble::in_words(\""];
            let troubles = troubles.map(|call| (call, "trouble-"));
            for (call, beginning) in said.into_iter().chain(troubles) {
                for rest in sources.split(call).skip(1) {
                    let id = format!("{beginning}{}", rest.split('"').next().unwrap());
                    assert!(texts.has(&id), "no text for {id}");
                }
            }
        }
    }
}
