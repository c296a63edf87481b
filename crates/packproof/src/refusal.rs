//! Why a proof does not convince.

/// The first check that failed, in the order of `docs/PROOF.md` §5. Says nothing that the proof does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not as many ciphertexts as blocks, another key's, or no sensible number of entries.
    #[error("the statement does not belong to this shape and key")]
    Statement,
    /// Not as many bytes as the shape demands.
    #[error("the proof has another length")]
    Length,
    /// Another version than 1.
    #[error("the proof is of an unknown version")]
    Version,
    /// A point is not canonical, or neutral.
    #[error("the proof contains a point that is not canonical, or neutral")]
    Point,
    /// P is no ciphertext.
    #[error("the proof's masking ciphertext is none")]
    Mask,
    /// A scalar is not below ℓ.
    #[error("the proof contains a scalar that is not reduced")]
    Scalar,
    /// A projection is beyond its bound.
    #[error("a projection is beyond its bound")]
    ProjectionRange,
    /// An answer is beyond its bound.
    #[error("an answer is beyond its bound")]
    AnswerRange,
    /// The projections are not those of the committed values.
    #[error("the projections are not those of the committed values")]
    Projection,
    /// A form that must be 0 is not.
    #[error("figures that must add up do not")]
    Facts,
    /// The commitment is not opened.
    #[error("the commitment does not hold what the proof is about")]
    Commitment,
    /// K holds another share than the commitment.
    #[error("the computation server's share does not belong to the commitment")]
    Share,
    /// The roots are not those committed to.
    #[error("the roots are not those committed to")]
    Roots,
    /// A class's masks are not those committed to.
    #[error("the masks of the projections are not those committed to")]
    Rows,
    /// An indicator is not 0 or 1, or a range does not hold.
    #[error("an indicator is not 0 or 1, or a value is outside of its range")]
    Products,
    /// The ciphertexts hold something else.
    #[error("the ciphertexts do not hold the committed values")]
    Ciphertexts,
}

impl Refusal {
    /// All of them, in the order of the checks.
    pub const ALL: [Self; 16] = [
        Self::Statement,
        Self::Length,
        Self::Version,
        Self::Point,
        Self::Mask,
        Self::Scalar,
        Self::ProjectionRange,
        Self::AnswerRange,
        Self::Projection,
        Self::Facts,
        Self::Commitment,
        Self::Share,
        Self::Roots,
        Self::Rows,
        Self::Products,
        Self::Ciphertexts,
    ];

    /// The name in `docs/PROOF.md` and in vectors.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Length => "length",
            Self::Version => "version",
            Self::Point => "point",
            Self::Mask => "mask",
            Self::Scalar => "scalar",
            Self::ProjectionRange => "projection-range",
            Self::AnswerRange => "answer-range",
            Self::Projection => "projection",
            Self::Facts => "facts",
            Self::Commitment => "commitment",
            Self::Share => "share",
            Self::Roots => "roots",
            Self::Rows => "rows",
            Self::Products => "products",
            Self::Ciphertexts => "ciphertexts",
        }
    }
}
