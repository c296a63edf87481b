//! A reporter's own figures as rows of a table, and as a file.

use crate::texts::Texts;
use reporter::{OwnKind, OwnLine};

/// One row: what it is about, and a figure per group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    /// The figure in words.
    pub(crate) about: String,
    /// One per group; nothing where there is nothing to say.
    pub(crate) groups: Vec<Option<String>>,
    percent: bool,
}

impl Shown {
    /// What stands in the row, numbers written by `decimal`.
    pub(crate) fn cells(&self, decimal: fn(&str) -> String) -> Vec<String> {
        let unit = if self.percent { " %" } else { "" };
        let group = |group: &Option<String>| {
            group.as_deref().map_or_else(|| "–".to_owned(), |number| format!("{}{unit}", decimal(number)))
        };
        [self.about.clone()].into_iter().chain(self.groups.iter().map(group)).collect()
    }
}

/// A row for every line of the report.
pub(crate) fn rows(texts: &Texts, lines: &[OwnLine]) -> Vec<Shown> {
    lines.iter().map(|line| row(texts, line)).collect()
}

fn row(texts: &Texts, line: &OwnLine) -> Shown {
    let measure = ("measure", line.measure.clone().into());
    let mut about = texts.with("own-of", [measure, ("text", texts.say(name(line.kind)).into())]);
    if line.among_receiving {
        about = texts.with("own-among", [("text", about.into())]);
    }
    if !line.within.is_empty() {
        let within = line.within.join(" / ");
        about = texts.with("own-within", [("within", within.into()), ("text", about.into())]);
    }
    if !line.item.is_empty() {
        about = texts.with("own-item", [("item", line.item.clone().into()), ("text", about.into())]);
    }
    Shown { about, groups: line.groups.clone(), percent: is_percent(line.kind) }
}

const fn name(kind: OwnKind) -> &'static str {
    match kind {
        OwnKind::Employees => "own-employees",
        OwnKind::Sum => "own-sum",
        OwnKind::Mean => "own-mean",
        OwnKind::Dispersion => "own-dispersion",
        OwnKind::LowerQuartile => "own-lower-quartile",
        OwnKind::Median => "own-median",
        OwnKind::UpperQuartile => "own-upper-quartile",
        OwnKind::MeanGap => "own-mean-gap",
        OwnKind::MedianGap => "own-median-gap",
        OwnKind::Receiving => "own-receiving",
        OwnKind::Quarter(0) => "own-quarter-0",
        OwnKind::Quarter(1) => "own-quarter-1",
        OwnKind::Quarter(2) => "own-quarter-2",
        OwnKind::Quarter(_) => "own-quarter-3",
    }
}

const fn is_percent(kind: OwnKind) -> bool {
    matches!(kind, OwnKind::MeanGap | OwnKind::MedianGap | OwnKind::Receiving | OwnKind::Quarter(_))
}

/// The same for spreadsheets: plain numbers. What one would take for a formula gets an apostrophe.
pub(crate) fn csv(heads: &[String], rows: &[Shown]) -> String {
    let quoted = |text: &str| {
        let formula = if text.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
        format!("\"{formula}{}\"", text.replace('"', "\"\""))
    };
    let line = |cells: Vec<String>| cells.join(",") + "\r\n";
    let head = line(heads.iter().map(|head| quoted(head)).collect());
    let row = |row: &Shown| {
        let groups = row.groups.iter().map(|group| group.clone().unwrap_or_default());
        line([quoted(&row.about)].into_iter().chain(groups).collect())
    };
    rows.iter().map(row).fold(head, |text, row| text + &row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_where_it_stands_in_the_law_and_whom_it_is_about() {
        let line = OwnLine {
            item: "(g)".into(),
            words: String::new(),
            measure: "basic pay".into(),
            among_receiving: false,
            within: vec!["=A".into()],
            kind: OwnKind::MeanGap,
            groups: vec![Some("-1234.50".into()), None],
        };
        let texts = Texts::english(&crate::texts::REPORTER);
        let rows = rows(&texts, &[line]);
        let shown = rows[0].cells(crate::services::numbers::decimal);
        assert_eq!(shown, ["(g) =A: basic pay: gap of averages", "−1,234.50 %", "–"]);
        let heads = ["Figure".to_owned(), "women".to_owned(), "=men".to_owned()];
        let csv = csv(&heads, &rows);
        assert_eq!(
            csv,
            "\"Figure\",\"women\",\"'=men\"\r\n\"(g) =A: basic pay: gap of averages\",-1234.50,\r\n"
        );
    }
}
