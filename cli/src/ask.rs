//! Questions to whoever sits at the terminal.

use crate::Failure;
use std::io::{IsTerminal, Write};

/// Whether somebody can answer.
pub(crate) fn somebody_is_there() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Whether standard output is read by a person.
pub(crate) fn output_is_for_people() -> bool {
    std::io::stdout().is_terminal()
}

/// Asks, unless the answer was given beforehand. Only "y" or "yes" is a yes; without a terminal there is
/// nobody to ask.
pub(crate) fn confirm(question: &str, yes: bool) -> Result<(), Failure> {
    if yes {
        return Ok(());
    }
    if !somebody_is_there() {
        return Err(Failure::input(
            "There is no terminal to ask at. Look at what is shown above, then say --yes. Nothing was sent.",
        ));
    }
    eprint!("{question} [y/N] ");
    let _ = std::io::stderr().flush();
    let mut answer = String::new();
    let _ = std::io::stdin().read_line(&mut answer);
    if matches!(answer.trim().to_lowercase().as_str(), "y" | "yes") {
        Ok(())
    } else {
        Err(Failure::input("Not done. Nothing was sent."))
    }
}
