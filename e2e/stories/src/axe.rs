//! Barriers for people, as axe finds them.

use crate::Browser;
use serde_json::Value;

/// A rule that a page breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The rule's name.
    pub rule: String,
    /// How bad it is.
    pub impact: String,
    /// Where, as selectors.
    pub places: Vec<String>,
}

impl Browser {
    /// Runs axe on the present page. `axe` is the text of `axe.min.js`.
    #[must_use]
    pub fn violations(&self, axe: &str) -> Vec<Violation> {
        let script = format!("{axe}; return axe.run(document, {{ resultTypes: ['violations'] }})");
        let found = self.run(&script, &[]);
        let violations = found["violations"].as_array().expect("axe's findings");
        violations.iter().map(violation).collect()
    }
}

fn violation(found: &Value) -> Violation {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let nodes = found["nodes"].as_array().cloned().unwrap_or_default();
    let places = nodes.iter().map(|node| node["target"].to_string()).collect();
    Violation { rule: text(&found["id"]), impact: text(&found["impact"]), places }
}
