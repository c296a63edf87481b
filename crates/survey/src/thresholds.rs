//! How many must stand behind a figure before it is published.

/// Why thresholds are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ThresholdsRefusal {
    /// Below [`Thresholds::FLOOR_REPORTERS`].
    #[error("at least {} reporters must be required", Thresholds::FLOOR_REPORTERS)]
    TooFewReporters,
    /// Below [`Thresholds::FLOOR_CELL_REPORTERS`].
    #[error("at least {} reporters per cell must be required", Thresholds::FLOOR_CELL_REPORTERS)]
    TooFewCellReporters,
    /// Below [`Thresholds::FLOOR_CELL_EMPLOYEES`].
    #[error("at least {} employees per cell must be required", Thresholds::FLOOR_CELL_EMPLOYEES)]
    TooFewCellEmployees,
}

/// The minimum numbers of reporters and employees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    min_reporters: u32,
    min_cell_reporters: u32,
    min_cell_employees: u32,
}

impl Thresholds {
    /// With fewer than three, one reporter could subtract itself and see the other.
    pub const FLOOR_REPORTERS: u32 = 3;
    /// As above, within a cell.
    pub const FLOOR_CELL_REPORTERS: u32 = 3;
    /// The strictest numeric limit known in European law (§ 12 (3) EntgTranspG: six).
    pub const FLOOR_CELL_EMPLOYEES: u32 = 6;
    /// What a survey has where its organizer says nothing else.
    pub const DEFAULT: Self = Self { min_reporters: 5, min_cell_reporters: 5, min_cell_employees: 10 };

    /// Checks the three minima against their floors.
    ///
    /// # Errors
    /// [`ThresholdsRefusal`] names the first that lies below its floor.
    pub const fn new(
        min_reporters: u32,
        min_cell_reporters: u32,
        min_cell_employees: u32,
    ) -> Result<Self, ThresholdsRefusal> {
        if min_reporters < Self::FLOOR_REPORTERS {
            return Err(ThresholdsRefusal::TooFewReporters);
        }
        if min_cell_reporters < Self::FLOOR_CELL_REPORTERS {
            return Err(ThresholdsRefusal::TooFewCellReporters);
        }
        if min_cell_employees < Self::FLOOR_CELL_EMPLOYEES {
            return Err(ThresholdsRefusal::TooFewCellEmployees);
        }
        Ok(Self { min_reporters, min_cell_reporters, min_cell_employees })
    }

    /// Reporters that must be counted before anything is opened.
    #[must_use]
    pub const fn min_reporters(&self) -> u32 {
        self.min_reporters
    }

    /// Reporters that must have employees in a cell before it is published.
    #[must_use]
    pub const fn min_cell_reporters(&self) -> u32 {
        self.min_cell_reporters
    }

    /// Employees that must be in a cell before it is published.
    #[must_use]
    pub const fn min_cell_employees(&self) -> u32 {
        self.min_cell_employees
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_floor_holds_at_its_boundary() {
        assert!(Thresholds::new(3, 3, 6).is_ok());
        assert_eq!(Thresholds::new(2, 3, 6), Err(ThresholdsRefusal::TooFewReporters));
        assert_eq!(Thresholds::new(3, 2, 6), Err(ThresholdsRefusal::TooFewCellReporters));
        assert_eq!(Thresholds::new(3, 3, 5), Err(ThresholdsRefusal::TooFewCellEmployees));
    }
}
