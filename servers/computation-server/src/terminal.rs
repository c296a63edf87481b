//! Reading a secret from the terminal without showing it.

use std::io::{self, BufRead, Write};

use zeroize::Zeroizing;

/// Asks for one line. Where standard input is a terminal, what is typed is not shown.
pub(crate) fn read_secret(prompt: &str) -> io::Result<Zeroizing<String>> {
    let mut out = io::stderr();
    out.write_all(prompt.as_bytes())?;
    out.flush()?;
    let hidden = Hidden::begin();
    let mut line = Zeroizing::new(String::new());
    io::stdin().lock().read_line(&mut line)?;
    drop(hidden);
    out.write_all(b"\n")?;
    Ok(line)
}

/// Standard input without echo, until dropped.
#[cfg(unix)]
struct Hidden(Option<rustix::termios::Termios>);

#[cfg(unix)]
impl Hidden {
    fn begin() -> Self {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let Ok(before) = tcgetattr(io::stdin()) else { return Self(None) };
        let mut silent = before.clone();
        silent.local_modes.remove(LocalModes::ECHO);
        Self(tcsetattr(io::stdin(), OptionalActions::Flush, &silent).is_ok().then_some(before))
    }
}

#[cfg(unix)]
impl Drop for Hidden {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};
        if let Some(before) = &self.0 {
            // A terminal that is gone needs no echo.
            let _ = tcsetattr(io::stdin(), OptionalActions::Flush, before);
        }
    }
}

#[cfg(not(unix))]
struct Hidden;

#[cfg(not(unix))]
impl Hidden {
    fn begin() -> Self {
        Self
    }
}
