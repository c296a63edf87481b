//! Finding things by `data-test`, and doing to them what people do.

use crate::Browser;
use serde_json::json;
use std::path::Path;
use thirtyfour::error::WebDriverResult;
use thirtyfour::{By, WebElement};

/// The selector of a `data-test`; what follows the name narrows it down: `error[data-code='rows']`.
pub(crate) fn selector(name: &str) -> String {
    let end = name.find(['[', ' ', ':']).unwrap_or(name.len());
    let (name, rest) = name.split_at(end);
    format!("[data-test='{name}']{rest}")
}

impl Browser {
    fn find(&self, name: &str) -> Option<WebElement> {
        self.find_all(name).into_iter().next()
    }

    fn find_all(&self, name: &str) -> Vec<WebElement> {
        self.on(self.session().find_all(By::Css(selector(name)))).unwrap_or_default()
    }

    /// What of an element, unless it is gone again.
    fn of<T>(&self, look: impl Future<Output = WebDriverResult<T>>) -> Option<T> {
        self.on(look).ok()
    }

    /// Whether it is there now.
    #[must_use]
    pub fn is_there(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Whether it can be seen now: what is folded away is there and cannot.
    #[must_use]
    pub fn can_be_seen(&self, name: &str) -> bool {
        self.find(name).is_some_and(|element| self.of(element.is_displayed()) == Some(true))
    }

    /// Waits until it can be seen.
    pub fn wait_for(&self, name: &str) {
        self.until(name, || self.can_be_seen(name).then_some(()));
    }

    /// Waits until it is not there any more.
    pub fn wait_until_gone(&self, name: &str) {
        self.until(&format!("{name} to go"), || self.find(name).is_none().then_some(()));
    }

    /// Waits until one of several can be seen, and says which.
    pub fn wait_for_one_of<'a>(&self, names: &[&'a str]) -> &'a str {
        self.until(&names.join(" or "), || names.iter().copied().find(|name| self.is_there(name)))
    }

    /// Presses it, once it can be pressed.
    pub fn press(&self, name: &str) {
        self.until(&format!("{name} to be pressed"), || {
            let element = self.find(name)?;
            // Something that is just being moved or drawn anew takes no click, and says so.
            self.of(element.is_enabled()).filter(|enabled| *enabled)?;
            self.of(element.click())
        });
    }

    /// Writes a text into it, in place of what stood there, all at once, as by pasting.
    pub fn write(&self, name: &str, text: &str) {
        self.until(&format!("{name} to write into"), || {
            let element = self.find(name)?;
            self.of(element.clear())?;
            self.of(element.click())?;
            self.of(self.session().cdp().send_raw("Input.insertText", json!({ "text": text })))
        });
    }

    /// Sets a field that cannot be written into, such as a moment, and says so to the page.
    pub fn set(&self, name: &str, value: &str) {
        self.wait_for(name);
        let script = "const field = document.querySelector(arguments[0]); field.value = arguments[1]; \
                      field.dispatchEvent(new InputEvent('input', { bubbles: true })); \
                      field.dispatchEvent(new Event('change', { bubbles: true }));";
        self.run(script, &[json!(selector(name)), json!(value)]);
    }

    /// Chooses one of a list by what is sent for it.
    pub fn choose(&self, name: &str, value: &str) {
        self.until(&format!("{value} in {name}"), || {
            let list = self.find(name)?;
            let option = self.of(list.find(By::Css(format!("option[value='{value}']"))))?;
            self.of(option.click())
        });
    }

    /// Chooses a file.
    pub fn choose_file(&self, name: &str, file: &Path) {
        let path = file.display().to_string();
        self.until(&format!("{name} to choose a file"), || {
            let input = self.find(name)?;
            self.of(input.send_keys(path.as_str()))
        });
    }

    /// Drags a file from elsewhere and drops it there.
    pub fn drop_file(&self, name: &str, file: &Path) {
        self.wait_for(name);
        let script = "const box = document.querySelector(arguments[0]); box.scrollIntoView(); \
                      const { left, top } = box.getBoundingClientRect(); return [left + 5, top + 5]";
        let [x, y]: [f64; 2] =
            serde_json::from_value(self.run(script, &[json!(selector(name))])).expect("a place");
        let files = json!({ "items": [], "files": [file.display().to_string()], "dragOperationsMask": 1 });
        for kind in ["dragEnter", "dragOver", "drop"] {
            self.devtools("Input.dispatchDragEvent", json!({ "type": kind, "x": x, "y": y, "data": files }));
        }
    }

    /// What stands in a field now.
    #[must_use]
    pub fn value(&self, name: &str) -> String {
        let value = self.until(name, || self.of(self.find(name)?.prop("value")));
        value.unwrap_or_default()
    }

    /// Its text, once it is there.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        self.until(name, || self.of(self.find(name)?.text()))
    }

    /// The texts of all of them that are there now, also of those that are folded away.
    #[must_use]
    pub fn texts(&self, name: &str) -> Vec<String> {
        let script = "return Array.from(document.querySelectorAll(arguments[0]), one => one.textContent)";
        let texts = self.run(script, &[json!(selector(name))]);
        serde_json::from_value(texts).expect("texts")
    }

    /// One of its attributes, once it is there.
    #[must_use]
    pub fn attribute(&self, name: &str, attribute: &str) -> Option<String> {
        self.until(name, || self.of(self.find(name)?.attr(attribute)))
    }

    /// Waits until the page says this trouble, and brings its words.
    #[must_use]
    pub fn trouble(&self, code: &str) -> String {
        self.text(&format!("error[data-code='{code}']"))
    }

    /// Waits until something was saved whose name ends so, and brings it.
    #[must_use]
    pub fn saved(&self, end: &str) -> Vec<u8> {
        self.until(&format!("a saved file …{end}"), || {
            let files = std::fs::read_dir(self.downloads()).ok()?.flatten().map(|entry| entry.path());
            let file = files.into_iter().find(|file| file.to_string_lossy().ends_with(end))?;
            let bytes = std::fs::read(&file).ok()?;
            // Saving the same again must not be mistaken for this.
            std::fs::remove_file(file).ok().map(|()| bytes)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_be_narrowed_down() {
        assert_eq!(selector("begin"), "[data-test='begin']");
        assert_eq!(selector("error[data-code='rows']"), "[data-test='error'][data-code='rows']");
        assert_eq!(selector("type-rows select"), "[data-test='type-rows'] select");
    }
}
