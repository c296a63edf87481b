//! A person without a mouse: key presses alone, as WebDriver gives them to the browser, and what has the focus.

use crate::Browser;
use crate::finding::selector;
use serde_json::{Value, json};
use thirtyfour::Key;

/// More stops than any page has.
const MOST_STOPS: usize = 120;

/// Somebody at the keyboard of a browser.
#[derive(Clone, Copy, Debug)]
pub struct Keyboard<'a>(pub &'a Browser);

/// What has the focus.
#[derive(Clone, Debug)]
struct Focus {
    /// Nothing has it.
    lost: bool,
    /// It is what was asked about.
    wanted: bool,
    /// What keeps a person from seeing that, if anything.
    unseen: Vec<String>,
    /// Which element it is, for messages.
    element: String,
}

impl Keyboard<'_> {
    /// Types a text, wherever the focus is.
    pub fn write(&self, text: &str) {
        self.0.must("typing", self.0.session().action_chain().send_keys(text).perform());
    }

    /// Presses one key.
    pub fn press(&self, key: Key) {
        self.0.must("a key", self.0.session().action_chain().send_keys(key).perform());
    }

    fn step(&self, back: bool) {
        let keys = self.0.session().action_chain();
        let keys = if back { keys.key_down(Key::Shift) } else { keys };
        let keys = keys.send_keys(Key::Tab);
        let keys = if back { keys.key_up(Key::Shift) } else { keys };
        self.0.must("the tabulator", keys.perform());
    }

    /// Goes there with the tabulator. At every stop on the way the focus can be seen.
    pub fn go_to(&self, name: &str) {
        self.walk_to(name, false);
    }

    /// The same, backwards.
    pub fn go_back_to(&self, name: &str) {
        self.walk_to(name, true);
    }

    fn walk_to(&self, name: &str, back: bool) {
        self.0.wait_for(name);
        let mut stops = Vec::new();
        for _ in 0..MOST_STOPS {
            self.step(back);
            let focus = self.focus(name);
            // Behind the last stop comes the browser itself, then the page's first stop.
            if !focus.lost {
                assert!(
                    focus.unseen.is_empty(),
                    "the focus cannot be seen at {}: {:?}",
                    focus.element,
                    focus.unseen
                );
                stops.push(focus.element);
            }
            if focus.wanted {
                return;
            }
        }
        panic!("{name} is no stop of the tabulator; these are: {stops:?}");
    }

    /// Goes there and presses Enter.
    pub fn enter(&self, name: &str) {
        self.go_to(name);
        self.press(Key::Enter);
    }

    /// Goes there and presses the space bar.
    pub fn space(&self, name: &str) {
        self.go_to(name);
        self.press(Key::Space);
    }

    /// Goes there and types over what stands in it.
    pub fn fill(&self, name: &str, text: &str) {
        self.go_to(name);
        self.write(text);
    }

    /// Waits until a screen is there by which this can be seen; then something of it has the focus.
    pub fn arrive(&self, name: &str) {
        self.0.wait_for(name);
        self.0
            .until(&format!("the focus not to be lost at {name}"), || (!self.focus(name).lost).then_some(()));
    }

    fn focus(&self, name: &str) -> Focus {
        let found = self.0.run(LOOK, &[json!(selector(name))]);
        let unseen = found["unseen"].as_array().cloned().unwrap_or_default();
        Focus {
            lost: found["lost"] == true,
            wanted: found["wanted"] == true,
            unseen: unseen.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            element: found["element"].as_str().unwrap_or_default().to_owned(),
        }
    }
}

/// What has the focus, whether it is the wanted element or the link or button around it, and whether a person can
/// see it: drawn around, in the window, under nothing.
const LOOK: &str = r"
const [active, wanted] = [document.activeElement, document.querySelector(arguments[0])];
if (!active || active === document.body || active === document.documentElement) return { lost: true };
const around = wanted !== null && active.contains(wanted) && active.matches('a, button, summary, label');
const [style, box, unseen] = [getComputedStyle(active), active.getBoundingClientRect(), []];
if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) unseen.push('no outline');
const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
if (left >= right || top >= bottom) unseen.push('not in the window');
else {
  const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  if (!hit || !(active.contains(hit) || hit.contains(active))) unseen.push('covered by ' + hit?.outerHTML.slice(0, 80));
}
return { lost: false, wanted: active === wanted || around, unseen, element: active.outerHTML.slice(0, 120) };
";
