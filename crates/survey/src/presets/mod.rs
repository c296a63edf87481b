//! Surveys that answer what a law or a council asks: schema, minimum numbers, and which figure is which of the
//! text's.
//!
//! A preset is a beginning: categories of workers, currency, bands and limits are an organizer's to change
//! before the survey opens.

mod boston;
mod definition;
mod eeo1;
mod eu;
mod parts;
mod recognise;
mod simple;
mod uk;

pub use definition::{Among, Definition, Wanted};

use crate::{Date, Label, Schema, SchemaRefusal, Thresholds};

/// Which preset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PresetKind {
    /// Pay of women and men, and nothing else.
    Simple,
    /// EU directive 2023/970, Article 9(1)(a) to (g).
    Eu,
    /// The UK's gender pay gap, SI 2017/172 and 2017/353: six figures.
    Uk,
    /// The survey of the Boston Women's Workforce Council.
    Boston,
    /// The pay bands of EEO-1, component 2 (USA).
    Eeo1,
}

impl PresetKind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Simple, Self::Eu, Self::Uk, Self::Boston, Self::Eeo1];

    /// Its fixed name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Simple => "simple",
            Self::Eu => "eu-2023-970",
            Self::Uk => "uk-gender-pay-gap",
            Self::Boston => "boston",
            Self::Eeo1 => "eeo-1-component-2",
        }
    }

    /// The preset of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Writes the preset.
    ///
    /// # Errors
    /// [`SchemaRefusal`] if the options do not make a schema: categories of workers that are too few, too many
    /// or equal.
    pub fn preset(self, options: &PresetOptions) -> Result<Preset, SchemaRefusal> {
        match self {
            Self::Simple => simple::preset(options),
            Self::Eu => eu::preset(options),
            Self::Uk => uk::preset(options),
            Self::Boston => boston::preset(options),
            Self::Eeo1 => eeo1::preset(options),
        }
    }
}

/// What a preset leaves open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresetOptions {
    /// The currency, where the law does not say it.
    pub currency: Label,
    /// Whoever was employed on this day counts.
    pub snapshot: Option<Date>,
    /// Categories of workers who do the same work or work of equal value (EU), as each survey defines them.
    pub worker_categories: Vec<Label>,
    /// Whether medians and quartiles are wanted where the text does not ask for them (Boston).
    pub bands: bool,
}

/// A survey to begin with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preset {
    /// Which.
    pub kind: PresetKind,
    /// What is asked.
    pub schema: Schema,
    /// Minimum numbers.
    pub thresholds: Thresholds,
    /// Every figure that the text asks for, and where it comes from.
    pub definitions: Vec<Definition>,
}

#[cfg(test)]
mod tests;
