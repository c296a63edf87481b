//! Where most stories begin: an open survey, and a browser at one of its links.

use e2e::play::{Plan, Played};
use std::sync::Arc;
use stories::pages::Reporter;
use stories::{Browser, Options, World};

/// An open survey and a browser.
pub(crate) struct Setting {
    /// Both servers and the page.
    pub(crate) world: Arc<World>,
    /// The survey.
    pub(crate) survey: Played,
    /// The browser.
    pub(crate) browser: Browser,
}

impl Setting {
    /// A browser that has opened the first invitation of a fresh survey; its terms show.
    pub(crate) fn of_reporter() -> Self {
        let world = World::shared();
        let survey = world.survey(&Plan { max_employees: 5_000, ..Plan::inviting(6) });
        let browser = Browser::start(&Options::default());
        Reporter(&browser).open(&world.link(&survey, 0));
        Self { world, survey, browser }
    }

    /// The survey's address in the page, without any secret.
    pub(crate) fn address(&self) -> String {
        self.world.page(&format!("/take-part/{}", self.survey.id()))
    }
}

/// How often a submission to this survey was sent.
pub(crate) fn uploads(setting: &Setting) -> usize {
    let sent = format!("PUT /v1/surveys/{}/submissions/", setting.survey.id());
    let recorded = setting.world.servers.data.front().recorded();
    recorded.windows(sent.len()).filter(|part| *part == sent.as_bytes()).count()
}
