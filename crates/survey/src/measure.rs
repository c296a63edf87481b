//! What is measured of every employee, and what is made of it.

use crate::{Label, SchemaRefusal};

/// A closed range of amounts, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    min_minor: u64,
    max_minor: u64,
}

impl Limits {
    /// The largest upper limit: 2⁴⁸ − 1 minor units, over two million million in cents.
    pub const MAX_MINOR: u64 = (1 << 48) - 1;

    /// Checks that at least one positive amount lies inside.
    ///
    /// # Errors
    /// [`SchemaRefusal::EmptyLimits`] or [`SchemaRefusal::LimitTooLarge`].
    pub const fn new(min_minor: u64, max_minor: u64) -> Result<Self, SchemaRefusal> {
        if max_minor == 0 || min_minor > max_minor {
            return Err(SchemaRefusal::EmptyLimits);
        }
        if max_minor > Self::MAX_MINOR {
            return Err(SchemaRefusal::LimitTooLarge);
        }
        Ok(Self { min_minor, max_minor })
    }

    /// The smallest amount inside.
    #[must_use]
    pub const fn min_minor(&self) -> u64 {
        self.min_minor
    }

    /// The largest amount inside.
    #[must_use]
    pub const fn max_minor(&self) -> u64 {
        self.max_minor
    }

    /// Whether an amount lies inside.
    #[must_use]
    pub const fn contain(&self, minor: u64) -> bool {
        self.min_minor <= minor && minor <= self.max_minor
    }
}

/// What is added up of a measure in every cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Statistics {
    /// The sum, for means.
    pub mean: bool,
    /// The sum of squares over employees, for the standard deviation. Needs `mean`.
    pub dispersion: bool,
    /// How many employees have more than nothing.
    pub receiving: bool,
    /// Bands, for medians and quartiles: the amounts, in minor units and ascending, at which a next band
    /// begins. Band 0 reaches from the lower hard limit up to and without the first, the last one from the
    /// last up to and with the upper hard limit. Without any, bands are not counted.
    pub bands: Vec<u64>,
}

impl Statistics {
    /// The most bands of one measure.
    pub const MAX_BANDS: usize = 1000;

    /// The sum alone.
    #[must_use]
    pub const fn mean() -> Self {
        Self { mean: true, dispersion: false, receiving: false, bands: Vec::new() }
    }

    /// Whether anything is added up.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        !self.mean && !self.dispersion && !self.receiving && self.bands.is_empty()
    }

    /// How many bands are counted.
    #[must_use]
    pub const fn band_count(&self) -> usize {
        if self.bands.is_empty() { 0 } else { self.bands.len() + 1 }
    }

    fn check(&self, hard: Limits) -> Result<(), SchemaRefusal> {
        if self.dispersion && !self.mean {
            return Err(SchemaRefusal::DispersionWithoutMean);
        }
        if self.band_count() > Self::MAX_BANDS {
            return Err(SchemaRefusal::TooManyBands);
        }
        if !self.bands.is_sorted_by(|one, next| one < next) {
            return Err(SchemaRefusal::BandsOutOfOrder);
        }
        let inside = |edge: &u64| hard.min_minor < *edge && *edge <= hard.max_minor;
        if self.bands.iter().all(inside) { Ok(()) } else { Err(SchemaRefusal::BandOutsideLimits) }
    }
}

/// How a measure is computed of two earlier ones, row by row; they are named by their positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Formula {
    /// Of two measures with the same decimals: pay of its parts.
    Sum {
        /// One of them.
        of: usize,
        /// The other.
        and: usize,
    },
    /// Rounded half up: pay per hour, or pay as if full-time.
    Quotient {
        /// What is divided.
        dividend: usize,
        /// What it is divided by: hours, or the part of full time.
        divisor: usize,
    },
}

impl Formula {
    /// The two measures.
    #[must_use]
    pub const fn operands(self) -> [usize; 2] {
        match self {
            Self::Sum { of, and } => [of, and],
            Self::Quotient { dividend, divisor } => [dividend, divisor],
        }
    }
}

/// One thing that is measured about every employee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    name: Label,
    unit: Label,
    decimals: u8,
    hard: Limits,
    soft: Limits,
    statistics: Statistics,
    formula: Option<Formula>,
}

impl Measure {
    /// The most decimals an amount may have.
    pub const MAX_DECIMALS: u8 = 4;

    /// Checks decimals and limits. Only the sum is added up; see [`Measure::with`].
    ///
    /// Outside `hard` an amount is refused; outside `soft` its reporter is asked whether it is meant.
    ///
    /// # Errors
    /// [`SchemaRefusal`] for too many decimals or soft limits outside the hard ones.
    pub fn new(
        name: Label,
        unit: Label,
        decimals: u8,
        hard: Limits,
        soft: Limits,
    ) -> Result<Self, SchemaRefusal> {
        if decimals > Self::MAX_DECIMALS {
            return Err(SchemaRefusal::TooManyDecimals);
        }
        if !hard.contain(soft.min_minor) || !hard.contain(soft.max_minor) {
            return Err(SchemaRefusal::SoftOutsideHard);
        }
        Ok(Self { name, unit, decimals, hard, soft, statistics: Statistics::mean(), formula: None })
    }

    /// The same with other statistics. None at all may stand where another measure is computed of it.
    ///
    /// # Errors
    /// [`SchemaRefusal`] for bands out of order, outside the hard limits or too many, and for a dispersion
    /// without a mean.
    pub fn with(self, statistics: Statistics) -> Result<Self, SchemaRefusal> {
        statistics.check(self.hard)?;
        Ok(Self { statistics, ..self })
    }

    /// The same, computed of two others instead of entered.
    #[must_use]
    pub fn computed(self, formula: Formula) -> Self {
        Self { formula: Some(formula), ..self }
    }

    /// The measure's name.
    #[must_use]
    pub const fn name(&self) -> &Label {
        &self.name
    }

    /// The unit an amount is in: a currency code, hours.
    #[must_use]
    pub const fn unit(&self) -> &Label {
        &self.unit
    }

    /// How many decimals separate the unit from its minor unit.
    #[must_use]
    pub const fn decimals(&self) -> u8 {
        self.decimals
    }

    /// Limits outside which an amount is refused.
    #[must_use]
    pub const fn hard(&self) -> Limits {
        self.hard
    }

    /// Limits outside which an amount is questioned.
    #[must_use]
    pub const fn soft(&self) -> Limits {
        self.soft
    }

    /// What is added up.
    #[must_use]
    pub const fn statistics(&self) -> &Statistics {
        &self.statistics
    }

    /// What it is computed of, if nobody enters it.
    #[must_use]
    pub const fn formula(&self) -> Option<Formula> {
        self.formula
    }

    /// The band of an amount.
    #[must_use]
    pub fn band_of(&self, minor: u64) -> usize {
        self.statistics.bands.partition_point(|edge| *edge <= minor)
    }

    /// The smallest and the largest amount of a band; `None` if there is no such band.
    #[must_use]
    pub fn band(&self, band: usize) -> Option<Limits> {
        let edges = &self.statistics.bands;
        let last = edges.len();
        if last == 0 || band > last {
            return None;
        }
        let min_minor = band.checked_sub(1).map_or(Some(self.hard.min_minor), |at| edges.get(at).copied())?;
        let max_minor = edges.get(band).map_or(self.hard.max_minor, |next| next - 1);
        Some(Limits { min_minor, max_minor })
    }

    /// Computes this measure of two others, given as minor units and decimals; `None` where a divisor is zero
    /// or the result lies outside the hard limits.
    pub(crate) fn compute(&self, formula: Formula, one: (u64, u8), other: (u64, u8)) -> Option<u64> {
        let minor = match formula {
            Formula::Sum { .. } => one.0.checked_add(other.0)?,
            Formula::Quotient { .. } => self.quotient_of(one, other)?,
        };
        self.hard.contain(minor).then_some(minor)
    }

    /// dividend / divisor in this measure's minor units, rounded half up.
    fn quotient_of(&self, dividend: (u64, u8), divisor: (u64, u8)) -> Option<u64> {
        // (x / 10^a) / (y / 10^b) · 10^d = x · 10^(b + d) / (y · 10^a)
        let up = u128::from(dividend.0) * 10u128.pow((divisor.1 + self.decimals).into());
        let down = u128::from(divisor.0) * 10u128.pow(dividend.1.into());
        let rounded = (2 * up + down).checked_div(2 * down)?;
        u64::try_from(rounded).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(text: &str) -> Label {
        Label::parse(text).unwrap()
    }

    fn pay(min: u64, max: u64) -> Measure {
        let limits = Limits::new(min, max).unwrap();
        Measure::new(label("pay"), label("EUR"), 2, limits, limits).unwrap()
    }

    #[test]
    fn limits_and_decimals_are_checked() {
        assert_eq!(Limits::new(5, 4), Err(SchemaRefusal::EmptyLimits));
        assert_eq!(Limits::new(0, 1 << 48), Err(SchemaRefusal::LimitTooLarge));
        let hard = Limits::new(1, 100).unwrap();
        let soft = Limits::new(1, 101).unwrap();
        let new = |decimals, soft| Measure::new(label("pay"), label("EUR"), decimals, hard, soft);
        assert_eq!(new(2, soft), Err(SchemaRefusal::SoftOutsideHard));
        assert_eq!(new(5, hard), Err(SchemaRefusal::TooManyDecimals));
    }

    #[test]
    fn bands_cover_the_hard_limits_without_a_gap() {
        let bands = Statistics { bands: vec![1, 50, 100], ..Statistics::default() };
        let measure = pay(0, 100).with(bands).unwrap();
        let ends: Vec<_> =
            (0..5).map(|band| measure.band(band).map(|b| (b.min_minor(), b.max_minor()))).collect();
        assert_eq!(ends, [Some((0, 0)), Some((1, 49)), Some((50, 99)), Some((100, 100)), None]);
        for minor in 0..=100 {
            assert!(measure.band(measure.band_of(minor)).unwrap().contain(minor), "{minor}");
        }
    }

    #[test]
    fn statistics_that_mean_nothing_are_refused() {
        let with = |statistics| pay(10, 100).with(statistics);
        let bands = |bands: &[u64]| with(Statistics { bands: bands.to_vec(), ..Statistics::default() });
        assert_eq!(bands(&[20, 20]), Err(SchemaRefusal::BandsOutOfOrder));
        assert_eq!(bands(&[10]), Err(SchemaRefusal::BandOutsideLimits));
        assert_eq!(bands(&[101]), Err(SchemaRefusal::BandOutsideLimits));
        assert!(bands(&[11, 100]).is_ok());
        let lone = Statistics { dispersion: true, ..Statistics::default() };
        assert_eq!(with(lone), Err(SchemaRefusal::DispersionWithoutMean));
        let many = (0..1000).collect();
        let many = pay(0, 5000).with(Statistics { bands: many, ..Statistics::default() });
        assert_eq!(many, Err(SchemaRefusal::TooManyBands));
    }

    #[test]
    fn a_quotient_is_rounded_half_up_and_stays_inside_the_limits() {
        let hourly = pay(1, 1_000_000);
        let quotient = Formula::Quotient { dividend: 0, divisor: 1 };
        let of = |dividend, divisor| hourly.compute(quotient, dividend, divisor);
        // 36,000.00 a year for 1,872.5 hours
        assert_eq!(of((3_600_000, 2), (18_725, 1)), Some(1923));
        assert_eq!(of((25, 2), (10, 1)), Some(25));
        assert_eq!(of((125, 2), (2, 0)), Some(63), "0.625 is rounded up");
        assert_eq!(of((125, 2), (0, 0)), None);
        assert_eq!(of((1, 2), (1000, 0)), None, "below the lower limit");
        let sum = |one, other| hourly.compute(Formula::Sum { of: 0, and: 1 }, (one, 2), (other, 2));
        assert_eq!((sum(1, 999_999), sum(1, 1_000_000)), (Some(1_000_000), None));
    }
}
