//! Several tabs of one browser, and what it asks in its own words.

use crate::Browser;
use thirtyfour::WindowHandle;

/// A tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab(WindowHandle);

impl Browser {
    /// The tab that orders go to.
    #[must_use]
    pub fn tab(&self) -> Tab {
        Tab(self.must("naming the tab", self.session().window()))
    }

    /// Opens another one, to which orders go from now on.
    pub fn new_tab(&self) -> Tab {
        let tab = self.must("opening a tab", self.session().new_tab());
        self.go_to(&Tab(tab.clone()));
        Tab(tab)
    }

    /// Lets orders go to this one.
    pub fn go_to(&self, tab: &Tab) {
        self.must("changing tabs", self.session().switch_to_window(tab.0.clone()));
    }

    /// Closes the present one, and lets orders go to another.
    pub fn close_tab(&self, next: &Tab) {
        self.must("closing a tab", self.session().close_window());
        self.go_to(next);
    }

    /// Says yes to a question that the browser itself asks for the page.
    pub fn agree(&self) {
        self.until("a question of the page's", || self.on(self.session().accept_alert()).ok());
    }
}
