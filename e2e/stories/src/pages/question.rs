//! What an organizer writes into the form of a new survey.

/// A survey as it is typed. What is left out stays as the page proposes it.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its title.
    pub title: String,
    /// The compared dimension's name.
    pub dimension: String,
    /// Its categories.
    pub categories: Vec<String>,
    /// The reference group.
    pub reference: String,
    /// The measure's name.
    pub measure: String,
    /// Its unit.
    pub unit: String,
    /// The largest amount.
    pub maximum: String,
    /// Reporters at least, in all and per group.
    pub min_reporters: u32,
    /// Employees per group at least.
    pub min_employees: u32,
    /// Bits of the key.
    pub key_bits: u32,
}

impl Question {
    /// What `data/faculty-salaries.csv` answers, at 2048 bits.
    #[must_use]
    pub fn about_salaries(title: &str) -> Self {
        let text = str::to_owned;
        Self {
            title: text(title),
            dimension: text("sex"),
            categories: vec![text("Female"), text("Male")],
            reference: text("Male"),
            measure: text("salary"),
            unit: text("USD"),
            maximum: text("1000000"),
            min_reporters: 5,
            min_employees: 10,
            key_bits: 2048,
        }
    }
}
