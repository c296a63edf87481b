//! What an organizer does.

use super::{Question, Shown};
use crate::Browser;
use crate::finding::selector;
use e2e::processes::TOKEN;
use serde_json::json;
use std::time::Duration;

/// The servers agree on who counts and open the total; with many submissions that takes its time.
const OPENING_LIMIT: Duration = Duration::from_secs(120);

const HEADING_IN_SIGHT: &str = "const heading = document.querySelector(arguments[0]); \
    if (!heading || heading !== document.activeElement) return false; \
    const { top, bottom } = heading.getBoundingClientRect(); \
    return top >= 0 && bottom <= innerHeight / 2";

/// An organizer at a browser.
#[derive(Clone, Copy, Debug)]
pub struct Organizer<'a>(pub &'a Browser);

impl Organizer<'_> {
    /// Signs in, wherever the page asks for it.
    pub fn sign_in(&self) {
        self.sign_in_with(TOKEN);
        self.0.wait_until_gone("sign-in-token");
    }

    /// Tries to.
    pub fn sign_in_with(&self, token: &str) {
        self.0.write("sign-in-token", token);
        self.0.press("sign-in");
    }

    /// Writes a survey, from the list of surveys, and waits until it has a key.
    pub fn create(&self, question: &Question) {
        self.0.press("new-survey");
        self.fill_in(question);
        self.0.press("create-survey");
        self.0.wait_for("organized-title");
    }

    /// Fills the form in.
    pub fn fill_in(&self, question: &Question) {
        let write = |name: &str, text: &str| self.0.write(name, text);
        write("survey-title", &question.title);
        write("period", "2026");
        write("contact", "someone@example.org");
        write("dimension-name", &question.dimension);
        write("categories", &question.categories.join("\n"));
        write("reference", &question.reference);
        write("measure-name", &question.measure);
        write("unit", &question.unit);
        write("maximum", &question.maximum);
        write("min-reporters", &question.min_reporters.to_string());
        write("min-cell-reporters", &question.min_reporters.to_string());
        write("min-employees", &question.min_employees.to_string());
        self.0.press("advanced");
        write("key-bits", &question.key_bits.to_string());
    }

    /// Saves the key and opens the survey to these people. Brings the key's file.
    pub fn open_to(&self, invited: &[String]) -> Vec<u8> {
        self.0.press("save-key");
        let key = self.0.saved(".json");
        self.0.press("key-saved");
        self.0.write("invitees", &invited.join("\n"));
        self.0.press("open-survey");
        self.0.wait_for("status-table");
        key
    }

    /// The links, in the order of the invited.
    #[must_use]
    pub fn links(&self) -> Vec<String> {
        self.0.wait_for("links-open");
        self.0.texts("invitation-link")
    }

    /// How many are invited, have begun, have submitted, as the page says it now.
    #[must_use]
    pub fn counts(&self) -> [u32; 3] {
        let text = self.0.text("status-counts");
        let numbers: Vec<u32> = text.split(|c: char| !c.is_ascii_digit()).flat_map(str::parse).collect();
        numbers.try_into().expect("three numbers")
    }

    /// Looks again until so many are invited, have begun, have submitted.
    pub fn wait_for_counts(&self, counts: [u32; 3]) {
        self.0.until(&format!("{counts:?} invited, begun, submitted"), || {
            self.0.press("refresh");
            (self.counts() == counts).then_some(())
        });
    }

    /// Closes the survey, being sure.
    pub fn close(&self) {
        self.0.press("close-survey");
        self.0.press("confirm-close");
    }

    /// Waits until there is a result, or an end without one, and until whoever closed the survey stands at its heading,
    /// in sight, though it is far above the button that closed it.
    pub fn is_taken_to(&self, name: &str) {
        let heading = json!(selector(&format!("{name} h2")));
        self.0.until_within(OPENING_LIMIT, &format!("the focus at the heading of {name}"), || {
            (self.0.run(HEADING_IN_SIGHT, std::slice::from_ref(&heading)) == true).then_some(())
        });
    }

    /// The result, once the page has verified it.
    #[must_use]
    pub fn result(&self) -> Shown {
        self.wait_for_result();
        Shown::read(self.0)
    }

    /// Waits until the page has verified the result.
    pub fn wait_for_result(&self) {
        self.0.until_within(OPENING_LIMIT, "the result", || self.0.is_there("result").then_some(()));
    }
}
