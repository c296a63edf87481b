//! What distinguishes employees: a closed list of categories.

use crate::{Label, SchemaRefusal};

/// A closed list of categories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    name: Label,
    categories: Vec<Label>,
}

impl Dimension {
    /// The most categories a dimension may have.
    pub const MAX_CATEGORIES: usize = 20;

    /// Checks that there is something to compare and that nothing can be confused.
    ///
    /// # Errors
    /// [`SchemaRefusal`] for fewer than two, too many, or equal categories.
    pub fn new(name: Label, categories: Vec<Label>) -> Result<Self, SchemaRefusal> {
        if categories.len() < 2 {
            return Err(SchemaRefusal::TooFewCategories);
        }
        if categories.len() > Self::MAX_CATEGORIES {
            return Err(SchemaRefusal::TooManyCategories);
        }
        if !all_different(categories.iter()) {
            return Err(SchemaRefusal::DuplicateCategory);
        }
        Ok(Self { name, categories })
    }

    /// The dimension's name.
    #[must_use]
    pub const fn name(&self) -> &Label {
        &self.name
    }

    /// The categories in the order of the schema.
    #[must_use]
    pub fn categories(&self) -> &[Label] {
        &self.categories
    }

    /// The position of a category spelled exactly like this, or like this but for upper and lower case.
    #[must_use]
    pub fn position(&self, text: &str) -> Option<usize> {
        let folded = text.to_lowercase();
        self.categories.iter().position(|c| c.as_str().to_lowercase() == folded)
    }
}

/// Whether no two names are the same, or the same but for upper and lower case.
pub(crate) fn all_different<'a>(names: impl Iterator<Item = &'a Label>) -> bool {
    let mut folded: Vec<String> = names.map(|name| name.as_str().to_lowercase()).collect();
    let count = folded.len();
    folded.sort();
    folded.dedup();
    folded.len() == count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(text: &str) -> Label {
        Label::parse(text).unwrap()
    }

    fn labels(texts: &[&str]) -> Vec<Label> {
        texts.iter().map(|t| label(t)).collect()
    }

    #[test]
    fn a_dimension_refuses_what_cannot_be_compared() {
        let new = |c: &[&str]| Dimension::new(label("sex"), labels(c));
        assert_eq!(new(&["women"]), Err(SchemaRefusal::TooFewCategories));
        assert_eq!(new(&["women", "Women"]), Err(SchemaRefusal::DuplicateCategory));
        let many: Vec<String> = (0..21).map(|i| i.to_string()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(new(&many), Err(SchemaRefusal::TooManyCategories));
    }

    #[test]
    fn a_category_is_found_whatever_its_case() {
        let sex = Dimension::new(label("sex"), labels(&["Female", "Male"])).unwrap();
        assert_eq!(sex.position("MALE"), Some(1));
        assert_eq!(sex.position("other"), None);
    }
}
