//! What the page shows where it cannot go on.

use crate::camera::Camera;
use crate::files::{Files, people};
use e2e::play::{Plan, Reporter as Elsewhere};
use e2e::processes::Which;
use stories::pages::Reporter;
use stories::{Browser, Options, World};

/// No programs, another tab, a link that somebody else used.
pub(crate) fn pages_that_stop(world: &World, camera: &Camera) {
    let survey = world.survey(&Plan::inviting(3));
    let bare = Browser::start(&Options::default().switch("--js-flags=--jitless"));
    bare.open(&world.page("/"));
    bare.wait_for("unsupported");
    camera.take(&bare, "unsupported");
    let browser = Browser::start(&Options::default());
    Reporter(&browser).open(&world.link(&survey, 0));
    let elsewhere = Elsewhere::of(&survey, 0).enrol(&survey, world.servers.data.client());
    assert!(elsewhere.status < 300);
    browser.press("begin");
    let _ = browser.trouble("already-enrolled");
    camera.take(&browser, "already-enrolled");
    let address = browser.address();
    let _second = browser.new_tab();
    browser.open(&address);
    let _ = browser.trouble("other-tab");
    camera.take(&browser, "other-tab");
}

/// An organization whose gateway forbids pages to work in the background: said before anybody begins.
pub(crate) fn pages_without_workers(camera: &Camera) {
    let world = World::start_behind(|_, answer| {
        // Browsers keep to this and to the page's own policy.
        answer.headers.push(("content-security-policy".to_owned(), "worker-src 'none'".to_owned()));
    });
    let survey = world.survey(&Plan::inviting(3));
    let browser = Browser::start(&Options::default());
    Reporter(&browser).open(&world.link(&survey, 0));
    let _ = browser.trouble("workers-blocked");
    camera.take(&browser, "workers-blocked");
}

/// A server that does not answer: before anything, and when something was sealed.
pub(crate) fn servers_that_are_down(world: &mut World, camera: &Camera) {
    let (survey, files) = (world.survey(&Plan::inviting(3)), Files::new());
    let browser = Browser::start(&Options::default());
    let reporter = Reporter(&browser);
    reporter.open(&world.link(&survey, 0));
    reporter.begin();
    reporter.choose(&files.put("pay.csv", &people(12)));
    reporter.check();
    world.servers.server(Which::Computation).kill();
    browser.press("seal");
    let _ = browser.trouble("peer-unavailable");
    camera.take(&browser, "kept-until-answered");
    world.servers.server(Which::Data).kill();
    browser.reload();
    let _ = browser.trouble("unreachable");
    camera.take(&browser, "unreachable");
}
