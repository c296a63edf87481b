//! Takes pictures, and has axe look at what it takes.

use crate::states::STATES;
use std::cell::RefCell;
use std::collections::BTreeSet;
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
    taken: RefCell<BTreeSet<String>>,
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
        self.taken.borrow_mut().insert(name.to_owned());
    }

    /// Takes the present page as it is printed.
    pub(crate) fn take_printed(&self, browser: &Browser, name: &str) {
        let (width, height) = (794, 1123);
        browser.resize(width, height);
        browser.devtools("Emulation.setEmulatedMedia", serde_json::json!({ "media": "print" }));
        browser.picture(&self.file(&format!("{name}-printed")));
        browser.devtools("Emulation.setEmulatedMedia", serde_json::json!({ "media": "" }));
        self.taken.borrow_mut().insert(format!("{name}-printed"));
    }

    /// Plants barriers into the present page, which axe has to find: otherwise its silence would say nothing.
    pub(crate) fn try_axe_out(&self, browser: &Browser) {
        browser.run(PLANT, &[]);
        let found: Vec<String> = browser.violations(&self.axe).into_iter().map(|found| found.rule).collect();
        for rule in ["image-alt", "color-contrast", "label"] {
            if !found.iter().any(|name| name == rule) {
                self.complain(format!("axe does not find a planted barrier: {rule}"));
            }
        }
        println!("axe finds what was planted: {}", found.join(", "));
    }

    /// Notes something that must be mended.
    pub(crate) fn complain(&self, barrier: String) {
        println!("{barrier}");
        self.barriers.borrow_mut().push(barrier);
    }

    fn shoot(&self, browser: &Browser, name: &str) {
        // What has just been told to change is drawn two pictures later.
        let drawn =
            "return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))";
        browser.run(drawn, &[]);
        browser.picture(&self.file(name));
        for found in browser.violations(&self.axe) {
            let places = found.places.join(", ");
            self.complain(format!("{name}: {} ({}) at {places}", found.rule, found.impact));
        }
        let wide = browser.run(WIDER_THAN_THE_WINDOW, &[]);
        if wide.as_bool() == Some(true) {
            self.complain(format!("{name}: the page is wider than its window"));
        }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(Path::new(name).with_extension("png"))
    }

    /// Says what was taken and found; fails if there are barriers, or if the states are not those of the list.
    pub(crate) fn report(&self) -> ExitCode {
        let (taken, wanted) = (self.taken.borrow(), STATES.iter().map(|name| (*name).to_owned()).collect());
        for missing in BTreeSet::difference(&wanted, &taken) {
            self.complain(format!("no picture was taken of {missing}"));
        }
        for unknown in taken.difference(&wanted) {
            self.complain(format!("{unknown} does not stand in the list of states"));
        }
        let barriers = self.barriers.borrow();
        println!(
            "{} states are pictured in {}; {} barriers found",
            taken.len(),
            self.folder.display(),
            barriers.len()
        );
        barriers.iter().for_each(|barrier| println!("  {barrier}"));
        if barriers.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// A picture without words, pale letters, a field without a name.
const PLANT: &str = "const main = document.querySelector('main'); \
    main.append(document.createElement('img'), document.createElement('input')); \
    const pale = main.appendChild(document.createElement('p')); \
    pale.textContent = 'Hardly to be read'; pale.style.color = '#ccc'; pale.style.background = '#fff';";

const WIDER_THAN_THE_WINDOW: &str =
    "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
