//! The organizer's pages, from the sign-in to the result.

use crate::camera::Camera;
use crate::files::{Files, departments};
use e2e::play::{Played, Reporter};
use e2e::processes::Which;
use e2e::spoiled::spoil_ciphertexts;
use std::time::Duration;
use stories::pages::{Organizer, Question};
use stories::{Browser, Options, World};

fn question(title: &str) -> Question {
    Question { min_reporters: 3, ..Question::about_salaries(title) }
}

/// Whoever has just come: start, sign-in, an empty list.
pub(crate) fn before(world: &World, camera: &Camera) {
    let browser = Browser::start(&Options::default());
    browser.open(&world.page("/"));
    browser.wait_for("operators");
    camera.take(&browser, "start");
    let planted = Browser::start(&Options::default());
    planted.open(&world.page("/"));
    planted.wait_for("operators");
    camera.try_axe_out(&planted);
    browser.write("invitation", "https://example.org");
    browser.press("invitation-go");
    camera.take(&browser, "start-no-link");
    browser.open(&world.page("/nowhere"));
    browser.wait_for("operators");
    camera.take(&browser, "no-such-page");
    browser.open(&world.page("/organize"));
    browser.wait_for("sign-in-token");
    camera.take(&browser, "sign-in");
    Organizer(&browser).sign_in_with("mistyped");
    let _ = browser.trouble("sign-in-required");
    camera.take(&browser, "sign-in-refused");
    Organizer(&browser).sign_in();
    browser.wait_for("new-survey");
    camera.take(&browser, "no-surveys-yet");
}

/// A survey under way.
pub(crate) struct Survey {
    organizer: Browser,
    /// Where its reporters begin.
    pub(crate) links: Vec<String>,
}

/// Writes a survey and opens it, first with mistakes.
pub(crate) fn survey(world: &World, camera: &Camera) -> Survey {
    let browser = Browser::start(&Options::default());
    let organizer = Organizer(&browser);
    browser.open(&world.page("/organize"));
    organizer.sign_in();
    browser.press("new-survey");
    browser.wait_for("survey-title");
    camera.take(&browser, "new-survey");
    organizer.fill_in(&Question { reference: "Others".to_owned(), ..question("Salaries of one faculty") });
    browser.set("survey-title", "");
    browser.write("maximum", "much");
    browser.press("create-survey");
    let _ = browser.trouble("form");
    camera.take(&browser, "new-survey-mistakes");
    // What is folded out stays so.
    browser.press("advanced");
    organizer.fill_in(&question("Salaries of one faculty"));
    browser.write("soft-minimum", "20000");
    browser.write("soft-maximum", "250000");
    browser
        .write("purpose", "How far apart are the salaries of women and men who teach and do research here?");
    world.servers.computation.pause();
    browser.press("create-survey");
    browser.wait_for("waiting");
    camera.take(&browser, "new-survey-waiting");
    world.servers.computation.go_on();
    browser.wait_for("organized-title");
    let invited: Vec<String> = departments().into_keys().collect();
    browser.write("invitees", &invited.join("\n"));
    camera.take(&browser, "survey-with-key");
    organizer.open_to(&invited);
    let links = organizer.links();
    camera.take(&browser, "survey-open");
    browser.press("links-open");
    camera.take(&browser, "survey-links");
    browser.press("links-open");
    browser.press("invite-more");
    browser.write("more-invitees", invited.first().map_or("", String::as_str));
    browser.press("invite-go");
    let _ = browser.trouble("opening");
    camera.take(&browser, "survey-invite-twice");
    browser.write("more-invitees", "");
    browser.press("invite-more");
    Survey { organizer: browser, links }
}

impl Survey {
    /// One has submitted, one has begun, the others have done nothing.
    pub(crate) fn under_way(&self, camera: &Camera) {
        let all = u32::try_from(self.links.len()).expect("a few");
        Organizer(&self.organizer).wait_for_counts([all, 2, 1]);
        camera.take(&self.organizer, "survey-under-way");
    }

    /// Closes it, while the data server is slow, and looks at the result.
    pub(crate) fn end(&self, world: &World, camera: &Camera) {
        let (browser, organizer) = (&self.organizer, Organizer(&self.organizer));
        let all = u32::try_from(self.links.len()).expect("a few");
        organizer.wait_for_counts([all, all, all]);
        camera.take(browser, "survey-all-submitted");
        browser.press("close-survey");
        browser.wait_for("confirm-close");
        camera.take(browser, "survey-close");
        world.servers.data.pause();
        browser.press("confirm-close");
        browser.wait_for("waiting");
        camera.take(browser, "survey-closing");
        world.servers.data.go_on();
        let shown = organizer.result();
        assert!(shown.bars.iter().any(|bar| bar == "101,002.41"), "the faculty's figures: {:?}", shown.bars);
        camera.take(browser, "result");
        camera.take_printed(browser, "result");
    }
}

/// A survey that ends without a result, one that may show only one of its groups, and one of which a server's disk
/// spoiled what it kept.
pub(crate) fn other_ends(world: &mut World, camera: &Camera, report: impl Fn(&[String])) {
    let browser = Browser::start(&Options::default());
    let organizer = Organizer(&browser);
    let three = ["North", "South", "West"].map(str::to_owned);
    let list = || {
        browser.open(&world.page("/organize"));
        organizer.sign_in();
        browser.wait_for("new-survey");
    };
    list();
    organizer.create(&question("Nobody answered"));
    organizer.open_to(&three);
    organizer.close();
    browser.wait_for("ended[data-reason='too-few-reporters']");
    camera.take(&browser, "ended-too-few");
    list();
    camera.take(&browser, "surveys");
    browser.press("import-open");
    browser.choose_file("key-file", &Files::new().put("no-key.json", "{}"));
    let _ = browser.trouble("key-file");
    camera.take(&browser, "key-file-refused");
    list();
    organizer.create(&question("Few women"));
    organizer.open_to(&three);
    report(&organizer.links());
    organizer.close();
    let _ = organizer.result();
    camera.take(&browser, "result-withheld");
    list();
    organizer.create(&question("Kept on a bad disk"));
    organizer.open_to(&three);
    report(&organizer.links());
    let data = world.servers.server(Which::Data);
    data.kill();
    spoil_ciphertexts(data);
    data.start();
    organizer.close();
    browser.wait_for("ended[data-reason='inconsistent']");
    camera.take(&browser, "ended-inconsistent");
}

/// A server that does not answer while a survey is closed, and the result once it does again.
pub(crate) fn mended(world: &mut World, camera: &Camera) {
    let browser = Browser::start(&Options::default());
    let organizer = Organizer(&browser);
    browser.open(&world.page("/organize"));
    organizer.sign_in();
    organizer.create(&question("Salaries in three towns"));
    organizer.open_to(&["North", "South", "West"].map(str::to_owned));
    let data = world.servers.data.client();
    let survey = Played::behind(&organizer.links(), data);
    for at in 0..3 {
        let pays = [(0, 5_210_000), (1, 5_800_000)].repeat(8);
        Reporter::of(&survey, at).take_part(&survey, data, &pays);
    }
    organizer.wait_for_counts([3, 3, 3]);
    browser.press("close-survey");
    browser.wait_for("confirm-close");
    world.servers.server(Which::Computation).kill();
    browser.press("confirm-close");
    browser.wait_for("error");
    camera.take(&browser, "result-trouble");
    world.servers.server(Which::Computation).start();
    browser.until_within(Duration::from_secs(240), "the result", || {
        browser.run("document.querySelector(\"[data-test='retry']\")?.click()", &[]);
        browser.is_there("result").then_some(())
    });
    camera.take(&browser, "result-mended");
}

/// A sign-in that holds no longer, in the middle of something. Comes last: it holds for nobody any longer.
pub(crate) fn expired(world: &mut World, camera: &Camera) {
    let browser = Browser::start(&Options::default());
    let organizer = Organizer(&browser);
    browser.open(&world.page("/organize"));
    organizer.sign_in();
    organizer.create(&question("A long day"));
    browser.press("save-key");
    browser.press("key-saved");
    browser.write("invitees", "North\nSouth\nWest");
    world.renew_sign_in("a-sign-in-that-nobody-at-this-desk-has");
    browser.press("open-survey");
    let _ = browser.trouble("sign-in-required");
    camera.take(&browser, "sign-in-expired");
}
