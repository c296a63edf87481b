//! What a reporter does.

use crate::Browser;
use std::path::Path;
use std::time::Duration;

/// Some thousands of rows on a busy machine.
const SEALING_LIMIT: Duration = Duration::from_secs(240);

/// A reporter at a browser.
#[derive(Clone, Copy, Debug)]
pub struct Reporter<'a>(pub &'a Browser);

impl Reporter<'_> {
    /// Opens a link and waits for the survey's terms.
    pub fn open(&self, link: &str) {
        self.0.open(link);
        self.0.wait_for("survey-terms");
    }

    /// Begins: from now on the invitation is this browser's.
    pub fn begin(&self) {
        self.0.press("begin");
        self.0.wait_for("file-input");
    }

    /// Chooses a file and waits for its columns.
    pub fn choose(&self, file: &Path) {
        self.0.choose_file("file-input", file);
        self.0.wait_for("columns-go");
    }

    /// Pastes rows.
    pub fn paste(&self, rows: &str) {
        self.0.press("paste-open");
        self.0.write("paste", rows);
        self.0.press("paste-go");
    }

    /// Types rows of (category, amount), and has them read.
    pub fn type_rows(&self, rows: &[(&str, &str)]) {
        self.0.press("type-open");
        for (at, (category, amount)) in rows.iter().enumerate() {
            let row = format!("type-rows tbody tr:nth-child({})", at + 1);
            self.0.choose(&format!("{row} select"), category);
            self.0.write(&format!("{row} input"), amount);
        }
        self.0.press("type-go");
    }

    /// Has the columns checked that the page proposes, and waits for the totals.
    pub fn check(&self) {
        self.0.press("columns-go");
        self.0.wait_for("totals");
    }

    /// Seals and sends, and waits for the receipt. Brings its code.
    pub fn seal(&self) -> String {
        self.0.press("seal");
        self.receipt()
    }

    /// The receipt's code, once both servers have signed.
    pub fn receipt(&self) -> String {
        self.0.until_within(SEALING_LIMIT, "the receipt", || self.0.is_there("submitted").then_some(()));
        self.0.text("receipt-code")
    }

    /// Waits until sealing and sending end in this trouble, and brings its words.
    #[must_use]
    pub fn refused(&self, code: &str) -> String {
        let error = format!("error[data-code='{code}']");
        self.0.until_within(SEALING_LIMIT, &error, || self.0.is_there(&error).then_some(()));
        self.0.trouble(code)
    }

    /// The whole way with a file. Brings the receipt's code.
    pub fn report(&self, link: &str, file: &Path) -> String {
        self.open(link);
        self.begin();
        self.choose(file);
        self.check();
        self.seal()
    }
}
