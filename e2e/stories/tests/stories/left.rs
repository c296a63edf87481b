//! What a browser left behind, gathered once it is closed.

use e2e::leak::{Hit, LeakSearch};
use e2e::secrets::{Found, SecretSearch};
use stories::Browser;
use stories::evidence::{NetLog, Place, files_below, page_storage};

/// What a browser left behind.
pub(crate) struct Left {
    pub(crate) bytes_sent: usize,
    /// What went over the network, both ways, and the browser's log of it.
    pub(crate) sent: Vec<Place>,
    /// As the page sees it, and every file of the browser's profile.
    pub(crate) stored: Vec<Place>,
    /// What the person had the page save.
    pub(crate) saved: Vec<Place>,
    pub(crate) console: Vec<Place>,
}

impl Left {
    /// Closes the browser and gathers what it left, page storage and console first.
    pub(crate) fn by(browser: &mut Browser) -> Self {
        let console = vec![("the console".to_owned(), browser.console().join("\n").into_bytes())];
        let mut stored = page_storage(browser);
        browser.close();
        stored.extend(files_below(&browser.profile()));
        let saved = files_below(&browser.downloads());
        let log = NetLog::read(&browser.net_log());
        Self { bytes_sent: log.bytes_sent(), sent: log.places(), stored, saved, console }
    }

    fn unasked(&self) -> impl Iterator<Item = &Place> {
        [&self.sent, &self.stored, &self.console].into_iter().flatten()
    }

    /// Amounts, also in what was saved.
    pub(crate) fn hits(&self, search: &LeakSearch) -> Vec<Hit> {
        let all = self.unasked().chain(&self.saved);
        all.flat_map(|(place, bytes)| search.hits(place, bytes)).collect()
    }

    /// Secrets, in what nobody asked to be saved.
    pub(crate) fn secrets(&self, search: &SecretSearch) -> Vec<Found> {
        self.unasked().flat_map(|(place, bytes)| search.found(place, bytes)).collect()
    }
}
