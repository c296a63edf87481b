//! Whom to invite: labels from a file, or numbers.

use crate::args::Invited;
use crate::{Failure, files};

/// The labels; `first` is the number that the next numbered invitation gets.
pub(super) fn labels(invited: &Invited, first: usize) -> Result<Vec<String>, Failure> {
    if let Some(path) = &invited.labels {
        let text = String::from_utf8(files::read(path)?)
            .map_err(|_| Failure::input("The file of labels is not UTF-8. Nothing was sent."))?;
        let text = text.trim_start_matches('\u{feff}');
        return Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect());
    }
    let count = invited.invitations.unwrap_or(0) as usize;
    Ok((first..first + count).map(|number| format!("invitation {number}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_come_one_per_line_or_by_number() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("labels.txt");
        std::fs::write(&path, "\u{feff}A Ltd\r\n\n  B Ltd \n").unwrap();
        let from_file = Invited { labels: Some(path), invitations: None };
        assert_eq!(labels(&from_file, 1).unwrap(), ["A Ltd", "B Ltd"]);
        let numbered = Invited { labels: None, invitations: Some(2) };
        assert_eq!(labels(&numbered, 4).unwrap(), ["invitation 4", "invitation 5"]);
    }
}
