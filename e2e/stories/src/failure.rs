//! What is kept of a page on which a story failed.

use crate::Browser;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Where pictures and texts of failures are put, unless this names another folder.
const FOLDER: &str = "SEALED_PAY_STORIES_FAILURES";

/// Ends the story: says what failed, and where page and picture are.
pub(crate) fn fail(browser: &Browser, what: &str) -> ! {
    // Saving may itself fail; once is enough.
    let saved = if browser.failed.replace(true) { String::new() } else { save(browser) };
    panic!("{what}\n{saved}");
}

/// Saves picture, text and console of the present page, and says where.
pub(crate) fn save(browser: &Browser) -> String {
    browser.failed.set(true);
    let file = file();
    let session = browser.session();
    let address = browser.on(session.current_url()).map(|url| url.to_string());
    let text = browser.on(browser.try_run("return document.body.innerText", &[]));
    let text = text.ok().and_then(|text| text.json().as_str().map(str::to_owned)).unwrap_or_default();
    let console = browser.on(session.browser_log()).unwrap_or_default();
    let console: Vec<_> = console.into_iter().map(|entry| entry.message).collect();
    let address = address.unwrap_or_else(|error| error.to_string());
    let said = format!("address: {address}\n--- text\n{text}\n--- console\n{}\n", console.join("\n"));
    let (picture, page) = (file.with_extension("png"), file.with_extension("txt"));
    let pictured = browser.on(session.screenshot(&picture)).is_ok();
    let written = std::fs::write(&page, &said).is_ok();
    let files = [(pictured, &picture), (written, &page)].into_iter().filter(|(there, _)| *there);
    let files: Vec<_> = files.map(|(_, file)| file.display().to_string()).collect();
    format!("saved: {}\n{said}", files.join(", "))
}

/// A fresh name after the story, without its ending.
fn file() -> PathBuf {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let beside = || {
        let test = std::env::current_exe().unwrap_or_default();
        // target/debug/deps/stories-0123
        test.ancestors().nth(3).map(|target| target.join("failed-stories")).unwrap_or_default()
    };
    let folder = std::env::var_os(FOLDER).map_or_else(beside, PathBuf::from);
    // Without a folder the files cannot be written, which is said where they would be named.
    let _ = std::fs::create_dir_all(&folder);
    let story = std::thread::current().name().unwrap_or("story").replace("::", "-");
    folder.join(format!("{story}-{}", NEXT.fetch_add(1, Ordering::Relaxed)))
}
