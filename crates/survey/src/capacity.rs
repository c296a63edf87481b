//! How much may be answered: numbers of reporters and employees, and how finely.

/// Why a capacity is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CapacityRefusal {
    /// Zero, or more than [`Capacity::MAX_REPORTERS`].
    #[error("a survey may have 3 to {} reporters", Capacity::MAX_REPORTERS)]
    Reporters,
    /// Zero, or more than [`Capacity::MAX_EMPLOYEES`].
    #[error("a reporter may have 1 to {} employees", Capacity::MAX_EMPLOYEES)]
    Employees,
}

/// What one entry of a submission stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Granularity {
    /// One entry per employee, in lists separated by the compared dimension: the method as first published.
    Records,
    /// One entry per group: the reporter adds up before it encrypts.
    Totals,
}

/// The most that a survey can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capacity {
    granularity: Granularity,
    max_reporters: u32,
    max_employees_per_reporter: u32,
}

impl Capacity {
    /// The most reporters of one survey.
    pub const MAX_REPORTERS: u32 = 1 << 16;
    /// The most employees of one reporter.
    pub const MAX_EMPLOYEES: u32 = 1 << 20;

    /// Checks both numbers.
    ///
    /// # Errors
    /// [`CapacityRefusal`] names the number that is out of range.
    pub const fn new(
        granularity: Granularity,
        max_reporters: u32,
        max_employees_per_reporter: u32,
    ) -> Result<Self, CapacityRefusal> {
        if max_reporters < 3 || max_reporters > Self::MAX_REPORTERS {
            return Err(CapacityRefusal::Reporters);
        }
        if max_employees_per_reporter == 0 || max_employees_per_reporter > Self::MAX_EMPLOYEES {
            return Err(CapacityRefusal::Employees);
        }
        Ok(Self { granularity, max_reporters, max_employees_per_reporter })
    }

    /// What one entry stands for.
    #[must_use]
    pub const fn granularity(&self) -> Granularity {
        self.granularity
    }

    /// The most reporters.
    #[must_use]
    pub const fn max_reporters(&self) -> u32 {
        self.max_reporters
    }

    /// The most employees of one reporter.
    #[must_use]
    pub const fn max_employees_per_reporter(&self) -> u32 {
        self.max_employees_per_reporter
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capacity_has_both_ends() {
        let new = |r, e| Capacity::new(Granularity::Records, r, e);
        assert_eq!(new(2, 10), Err(CapacityRefusal::Reporters));
        assert_eq!(new(65_537, 10), Err(CapacityRefusal::Reporters));
        assert_eq!(new(3, 0), Err(CapacityRefusal::Employees));
        assert_eq!(new(3, (1 << 20) + 1), Err(CapacityRefusal::Employees));
        assert!(new(65_536, 1 << 20).is_ok());
    }
}
