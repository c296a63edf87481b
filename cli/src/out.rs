//! Standard output: results and nothing else.

use std::io::Write;

/// Prints text as it is. Whoever stops reading (`| head`) has read enough.
pub(crate) fn text(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Prints a line.
pub(crate) fn line(line: &str) {
    text(&format!("{line}\n"));
}
