//! What a reporter is about to send, in its own words: for its own eyes, before anything is sent.

use std::fmt;
use survey::{Layout, Record, Schema};

/// One group of the reporter's own people.
#[derive(Clone, PartialEq, Eq)]
pub struct GroupFigures {
    /// The category.
    pub category: String,
    /// How many employees.
    pub employees: u64,
    /// Their sum, in minor units.
    pub sum_minor: u128,
    /// How many sealed entries the servers will see: employees, one more, and padding.
    pub entries: usize,
}

impl fmt::Debug for GroupFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GroupFigures {{ category: {:?}, <private> }}", self.category)
    }
}

/// All groups, in the order of the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// One per category.
    pub groups: Vec<GroupFigures>,
    /// How many ciphertexts are to be made.
    pub ciphertexts: usize,
}

impl Figures {
    /// Adds a reporter's records up.
    #[must_use]
    pub fn of(schema: &Schema, layout: &Layout, records: &[Record]) -> Self {
        let groups: Vec<GroupFigures> = schema
            .compared()
            .categories()
            .iter()
            .enumerate()
            .map(|(cell, category)| group(category.as_str(), records.iter().filter(|r| r.cell() == cell)))
            .collect();
        let blocks = layout.groups().iter().map(|group| group.blocks);
        let ciphertexts = groups.iter().zip(blocks).map(|(group, blocks)| group.entries * blocks).sum();
        Self { groups, ciphertexts }
    }

    /// All employees.
    #[must_use]
    pub fn employees(&self) -> u64 {
        self.groups.iter().map(|group| group.employees).sum()
    }
}

fn group<'a>(category: &str, records: impl Iterator<Item = &'a Record>) -> GroupFigures {
    let (mut employees, mut sum_minor) = (0usize, 0);
    for record in records {
        employees += 1;
        sum_minor += u128::from(record.amount().minor());
    }
    let entries = survey::padded_len(employees);
    GroupFigures { category: category.to_owned(), employees: employees as u64, sum_minor, entries }
}
