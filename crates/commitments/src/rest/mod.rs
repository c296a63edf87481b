//! The rest proof: unpublished totals open the rest of the commitments and add up to the published margins.
//!
//! Formulas, bytes and arguments: `docs/PROOF.md` §9.

mod codec;
mod prove;
mod statement;
mod verify;

pub use statement::{Margin, RestStatement};

/// Why a rest proof does not convince, or is not made: the first check that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RestRefusal {
    /// Slots out of order or range, a margin of nothing or over a published slot, a weight of 0, no commitment.
    #[error("the statement does not fit the slots")]
    Statement,
    /// Not as many bytes as the statement demands.
    #[error("the proof has another length")]
    Length,
    /// Another version than 1.
    #[error("the proof is of an unknown version")]
    Version,
    /// A is not canonical, or neutral.
    #[error("the proof contains a point that is not canonical, or neutral")]
    Point,
    /// A scalar is not below ℓ.
    #[error("the proof contains a scalar that is not reduced")]
    Scalar,
    /// Unpublished totals do not add up to a margin.
    #[error("unpublished totals do not add up to a margin")]
    Margins,
    /// Unpublished totals do not open what the published ones leave of the commitments.
    #[error("the rest of the commitments is not opened")]
    Rest,
}

impl RestRefusal {
    /// All of them, in the order of the checks.
    pub const ALL: [Self; 7] =
        [Self::Statement, Self::Length, Self::Version, Self::Point, Self::Scalar, Self::Margins, Self::Rest];

    /// The name in `docs/PROOF.md` and in vectors.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Length => "length",
            Self::Version => "version",
            Self::Point => "point",
            Self::Scalar => "scalar",
            Self::Margins => "margins",
            Self::Rest => "rest",
        }
    }
}

#[cfg(test)]
mod tests;
