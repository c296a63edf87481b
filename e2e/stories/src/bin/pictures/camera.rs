//! Takes pictures, and has axe look at what it takes.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use stories::{Browser, Scheme};

/// Names of what `cargo xtask screenshots` tells.
const FOLDER: &str = "SEALED_PAY_PICTURES";
const AXE: &str = "SEALED_PAY_AXE";

/// Screens in CSS pixels: a small telephone, and a desk.
const SCREENS: [(u32, u32); 2] = [(360, 780), (1440, 900)];

/// Takes pictures.
pub(crate) struct Camera {
    folder: PathBuf,
    axe: String,
    taken: RefCell<usize>,
    barriers: RefCell<Vec<String>>,
}

impl Camera {
    /// Into the folder, and with the axe, that the environment names.
    pub(crate) fn of_environment() -> Self {
        let named =
            |name: &str| PathBuf::from(std::env::var_os(name).unwrap_or_else(|| panic!("{name} is not set")));
        let folder = named(FOLDER);
        std::fs::create_dir_all(&folder).expect("a folder for pictures");
        let axe = std::fs::read_to_string(named(AXE)).expect("axe.min.js");
        Self { folder, axe, taken: RefCell::default(), barriers: RefCell::default() }
    }

    /// Takes the present page on every screen, light and dark.
    pub(crate) fn take(&self, browser: &Browser, name: &str) {
        // As on telephones: bars that take room would be cut out of the pictures.
        browser.devtools("Emulation.setScrollbarsHidden", serde_json::json!({ "hidden": true }));
        for (width, height) in SCREENS {
            browser.resize(width, height);
            for scheme in [Scheme::Light, Scheme::Dark] {
                browser.prefer(scheme);
                self.shoot(browser, &format!("{name}-{width}-{}", scheme.name()));
            }
        }
        browser.prefer(Scheme::Light);
    }

    /// Takes the present page as it is printed.
    pub(crate) fn take_printed(&self, browser: &Browser, name: &str) {
        let (width, height) = (794, 1123);
        browser.resize(width, height);
        browser.devtools("Emulation.setEmulatedMedia", serde_json::json!({ "media": "print" }));
        browser.picture(&self.file(&format!("{name}-printed")));
        browser.devtools("Emulation.setEmulatedMedia", serde_json::json!({ "media": "" }));
        *self.taken.borrow_mut() += 1;
    }

    fn shoot(&self, browser: &Browser, name: &str) {
        // What has just been told to change is drawn two pictures later.
        let drawn =
            "return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))";
        browser.run(drawn, &[]);
        browser.picture(&self.file(name));
        *self.taken.borrow_mut() += 1;
        for found in browser.violations(&self.axe) {
            let barrier = format!("{name}: {} ({}) at {}", found.rule, found.impact, found.places.join(", "));
            println!("{barrier}");
            self.barriers.borrow_mut().push(barrier);
        }
        let wide = browser.run(WIDER_THAN_THE_WINDOW, &[]);
        if wide.as_bool() == Some(true) {
            let barrier = format!("{name}: the page is wider than its window");
            println!("{barrier}");
            self.barriers.borrow_mut().push(barrier);
        }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(Path::new(name).with_extension("png"))
    }

    /// Says what was taken and found; fails if there are barriers.
    pub(crate) fn report(&self) -> ExitCode {
        let barriers = self.barriers.borrow().len();
        println!(
            "{} pictures are in {}; {barriers} barriers found",
            self.taken.borrow(),
            self.folder.display()
        );
        if barriers == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

const WIDER_THAN_THE_WINDOW: &str =
    "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
