//! What a reporter waits for before the survey's terms can be read, weighed where it arrives: in the browser.

use crate::camera::Camera;
use e2e::http::{Answer, Request};
use e2e::play::Plan;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use stories::pages::Reporter;
use stories::{Browser, Options, World};

/// The most bytes that may have to arrive: the files of `cargo xtask dist`, which knows its own limit, their headers
/// and both servers' answers.
const MOST: u64 = 400_000;

/// Whether the workers' program is still held back.
static HELD: AtomicBool = AtomicBool::new(true);

/// Lets the workers' program through only when it is told to, and after it comes the one that takes part: what
/// arrives before is what the terms need.
fn hold_workers(request: &Request, _: &mut Answer) {
    while request.path.starts_with("/sealer") && HELD.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Opens a link in a fresh browser, and weighs what came until the terms stood there.
pub(crate) fn weigh(camera: &Camera) {
    let world = World::start_behind(hold_workers);
    let survey = world.survey(&Plan::inviting(3));
    let browser = Browser::start(&Options::default());
    Reporter(&browser).open(&world.link(&survey, 0));
    let weighed = browser.run(WEIGH, &[]);
    let [bytes, files] = ["bytes", "files"].map(|name| weighed[name].as_u64().expect("a number"));
    println!("a reporter's terms can be read after {bytes} bytes in {files} files and answers");
    for file in weighed["each"].as_array().into_iter().flatten() {
        println!("  {file}");
    }
    if bytes > MOST {
        camera.complain(format!("a reporter's first screen: {bytes} bytes, at most {MOST} are allowed"));
    }
    browser.wait_for("waiting");
    camera.take(&browser, "terms-proving");
    HELD.store(false, Ordering::Relaxed);
    browser.wait_for("begin");
    camera.take(&browser, "terms-before-begin");
}

/// Of this page's own files the browser knows what travelled, with headers. Of the servers' answers it does not tell:
/// they are asked for once more and counted without compression, which is more than what travelled.
const WEIGH: &str = "const page = performance.getEntriesByType('navigation')[0]; \
    const each = [[location.pathname.slice(0, 11), page.transferSize]]; \
    for (const entry of performance.getEntriesByType('resource')) { \
      const own = new URL(entry.name).origin === location.origin; \
      const bytes = own ? entry.transferSize : (await (await fetch(entry.name)).arrayBuffer()).byteLength; \
      each.push([new URL(entry.name).pathname.replace(/[0-9a-f]{64}/, '…'), bytes]); \
    } \
    return { each, files: each.length, bytes: each.reduce((sum, [, bytes]) => sum + bytes, 0) };";
