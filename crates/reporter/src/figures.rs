//! What a reporter is about to send, in its own words: for its own eyes, before anything is sent.

use std::fmt;
use survey::{GroupLayout, Layout, Record, Schema};

/// One group of the reporter's own people.
#[derive(Clone, PartialEq, Eq)]
pub struct GroupFigures {
    /// The category.
    pub category: String,
    /// How many employees.
    pub employees: u64,
    /// The sum of what the survey measures first, in minor units.
    pub sum_minor: u128,
    /// How many sealed entries the servers will see: employees, one more, and padding; of totals one, for
    /// all groups together.
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
        let categories = schema.compared().categories().iter().enumerate();
        let groups: Vec<GroupFigures> = categories
            .map(|(at, category)| group(schema, layout, records, (at, category.as_str())))
            .collect();
        let entries_of = |group: &GroupLayout| {
            let own = group.category.and_then(|category| groups.get(category));
            own.map_or(1, |own| own.entries)
        };
        let ciphertexts = layout.groups().iter().map(|group| entries_of(group) * group.blocks).sum();
        Self { groups, ciphertexts }
    }

    /// All employees.
    #[must_use]
    pub fn employees(&self) -> u64 {
        self.groups.iter().map(|group| group.employees).sum()
    }
}

fn group(
    schema: &Schema,
    layout: &Layout,
    records: &[Record],
    (position, category): (usize, &str),
) -> GroupFigures {
    let (mut employees, mut sum_minor) = (0usize, 0);
    for record in records.iter().filter(|record| record.compared(schema) == position) {
        employees += 1;
        sum_minor += record.amount(schema.measure_position()).map_or(0, |amount| u128::from(amount.minor()));
    }
    let list = layout.groups().iter().find(|group| group.category == Some(position));
    let entries = list.map_or(1, |group| layout.entry_count(group, employees));
    GroupFigures { category: category.to_owned(), employees: employees as u64, sum_minor, entries }
}
