//! Which column of a file is probably which dimension and measure of a survey.

use crate::state::way::FileFacts;
use survey::{Dimension, Schema};

/// One position of a column for every dimension, then for every measure that is entered: columns of the right name;
/// else ones in which categories of the dimension stand; else numbers, from the right; else whatever is left.
pub(crate) fn guess(file: &FileFacts, schema: &Schema) -> Vec<usize> {
    let dimensions = schema.dimensions();
    let measures: Vec<&str> = schema.entered().map(|(_, measure)| measure.name().as_str()).collect();
    let names = dimensions.iter().map(|dimension| dimension.name().as_str()).chain(measures.iter().copied());
    let mut found: Vec<Option<usize>> = Vec::new();
    for name in names {
        let at = file.headers.iter().position(|header| header.trim().eq_ignore_ascii_case(name.trim()));
        let fresh = at.filter(|at| !found.contains(&Some(*at)));
        found.push(fresh);
    }
    for (at, dimension) in dimensions.iter().enumerate() {
        take(file, &mut found, at, |column| holds_categories(file, column, dimension), false);
    }
    for at in dimensions.len()..dimensions.len() + measures.len() {
        take(file, &mut found, at, |column| holds_numbers(file, column), true);
    }
    for at in 0..found.len() {
        take(file, &mut found, at, |_| true, false);
    }
    found.into_iter().map(Option::unwrap_or_default).collect()
}

/// Gives the one at a position, if it has no column yet, the first that is free and fits.
fn take(
    file: &FileFacts,
    found: &mut [Option<usize>],
    at: usize,
    fits: impl Fn(usize) -> bool,
    from_the_right: bool,
) {
    let free = |column: &usize| !found.contains(&Some(*column)) && fits(*column);
    let mut columns = 0..file.headers.len();
    let column = if from_the_right { columns.rfind(free) } else { columns.find(free) };
    if let Some(own) = found.get_mut(at).filter(|own| own.is_none()) {
        *own = column;
    }
}

fn cells(file: &FileFacts, column: usize) -> impl Iterator<Item = &String> {
    file.first_rows.iter().filter_map(move |row| row.get(column))
}

fn holds_numbers(file: &FileFacts, column: usize) -> bool {
    cells(file, column).any(|cell| cell.starts_with(|c: char| c.is_ascii_digit()))
}

fn holds_categories(file: &FileFacts, column: usize, dimension: &Dimension) -> bool {
    let known = |cell: &str| {
        let same = |category: &survey::Label| category.as_str().eq_ignore_ascii_case(cell.trim());
        dimension.categories().iter().any(same)
    };
    cells(file, column).any(|cell| known(cell))
}

#[cfg(test)]
mod tests {
    use super::*;
    use survey::{Label, Limits, Measure, SchemaParts, WhoCounts};

    /// By rank and sex; what is measured, by name.
    fn schema(measures: &[&str]) -> Schema {
        let label = |text: &str| Label::parse(text).unwrap();
        let dimension = |name, categories: [&str; 2]| {
            Dimension::new(label(name), categories.map(label).to_vec()).unwrap()
        };
        let limits = Limits::new(0, 100).unwrap();
        let measure = |name: &&str| Measure::new(label(name), label("EUR"), 0, limits, limits).unwrap();
        Schema::declare(SchemaParts {
            dimensions: vec![dimension("rank", ["low", "high"]), dimension("sex", ["Female", "Male"])],
            compared: 1,
            reference: 1,
            measures: measures.iter().map(measure).collect(),
            cross_tabulations: vec![vec![0, 1]],
            margins: Vec::new(),
            who: WhoCounts::DEFAULT,
        })
        .unwrap()
    }

    fn file(headers: [&str; 4], row: [&str; 4]) -> FileFacts {
        let texts = |texts: [&str; 4]| texts.map(str::to_owned).to_vec();
        FileFacts { headers: texts(headers), rows: 1, first_rows: vec![texts(row)] }
    }

    #[test]
    fn columns_are_guessed_by_name_then_by_what_they_hold() {
        let row = ["7", "Female", "80000", "high"];
        let one = schema(&["salary"]);
        assert_eq!(guess(&file(["id", "Sex", "Salary", "RANK"], row), &one), [3, 1, 2]);
        assert_eq!(guess(&file(["id", "gender", "pay", "level"], row), &one), [3, 1, 2]);
        let two = schema(&["salary", "bonus"]);
        assert_eq!(guess(&file(["bonus", "gender", "pay", "level"], row), &two), [3, 1, 2, 0]);
    }

    #[test]
    fn whatever_is_left_is_taken_once() {
        let row = ["?", "?", "?", "?"];
        assert_eq!(guess(&file(["a", "b", "c", "d"], row), &schema(&["salary"])), [0, 1, 2]);
        let narrow = FileFacts { headers: vec!["rank".to_owned()], ..FileFacts::default() };
        assert_eq!(guess(&narrow, &schema(&["salary"])), [0, 0, 0], "too few, which is said when it is read");
    }
}
