//! Employees counted by bands of pay, and what bands say about medians and quartiles.

use crate::{Interval, Ratio};

/// A published band: amounts from `low_minor` to `high_minor`, both included, and the employees in it.
///
/// Bands of a cell stand in ascending order and do not overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Band {
    /// The smallest amount in the band, in minor units.
    pub low_minor: u64,
    /// The largest amount in the band, in minor units.
    pub high_minor: u64,
    /// The employees whose amounts lie in it.
    pub employees: i128,
}

/// Where a measure's bands end: each amount from the hard minimum to the hard maximum lies in exactly one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BandEdges {
    lows_minor: Vec<u64>,
    max_minor: u64,
}

/// Why bands are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BandsRefusal {
    /// No band at all.
    #[error("a measure with bands needs at least one band")]
    NoBand,
    /// A band that does not begin above the band before it, or that begins above the largest amount.
    #[error("bands must begin one above the other, the last not above the largest amount")]
    NotAscending,
}

impl BandEdges {
    /// Bands that begin at these amounts; each ends just below the next, the last at `max_minor`.
    ///
    /// # Errors
    /// [`BandsRefusal`] if there is none, or they are out of order.
    pub fn new(lows_minor: Vec<u64>, max_minor: u64) -> Result<Self, BandsRefusal> {
        let last = lows_minor.last().ok_or(BandsRefusal::NoBand)?;
        if *last > max_minor || !lows_minor.is_sorted_by(|below, above| below < above) {
            return Err(BandsRefusal::NotAscending);
        }
        Ok(Self { lows_minor, max_minor })
    }

    /// How many bands there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.lows_minor.len()
    }

    /// The band in which an amount lies; the first for amounts below all, the last for amounts above.
    #[must_use]
    pub fn band_of(&self, amount_minor: u64) -> usize {
        self.lows_minor.partition_point(|low| *low <= amount_minor).saturating_sub(1)
    }

    /// The smallest and largest amount of the bands from `first` to `last`, both included. `None` if there
    /// are no such bands.
    #[must_use]
    pub fn range(&self, first: usize, last: usize) -> Option<(u64, u64)> {
        let low = *self.lows_minor.get(first).filter(|_| first <= last && last < self.count())?;
        // The next band begins above 0, because it begins above this one.
        Some((low, self.lows_minor.get(last + 1).map_or(self.max_minor, |next| next - 1)))
    }
}

/// A point of a sorted list that divides it by so many quarters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quantile {
    /// A quarter earns less.
    LowerQuartile,
    /// Half earns less.
    Median,
    /// Three quarters earn less.
    UpperQuartile,
}

impl Quantile {
    /// All of them, ascending.
    pub const ALL: [Self; 3] = [Self::LowerQuartile, Self::Median, Self::UpperQuartile];

    const fn quarters(self) -> i128 {
        match self {
            Self::LowerQuartile => 1,
            Self::Median => 2,
            Self::UpperQuartile => 3,
        }
    }

    /// Between which two employees of a sorted list it lies (counted from 0), and how far from the first,
    /// in quarters: (employees − 1) · q, the linear interpolation that most statistics programs do unless
    /// told otherwise (type 7 of Hyndman and Fan 1996). Of an even number the median is then the mean of the
    /// two in the middle, as EU directive 2023/970 Art. 3(1)(d) and UK guidance have it.
    const fn position(self, employees: i128) -> (i128, i128) {
        let quarters = (employees - 1) * self.quarters();
        (quarters / 4, quarters % 4)
    }
}

/// A quantile of amounts in ascending order, in minor units, exact; see [`Quantile`] for the convention.
/// `None` without amounts.
#[must_use]
pub fn quantile(sorted_minor: &[u64], which: Quantile) -> Option<Ratio> {
    let (below, quarters) = which.position(i128::try_from(sorted_minor.len()).ok().filter(|n| *n > 0)?);
    let below = usize::try_from(below).ok()?;
    let lower = sorted_minor.get(below)?;
    let upper = sorted_minor.get(below + 1).unwrap_or(lower);
    Some(interpolate(&whole(*lower), &whole(*upper), quarters))
}

/// What bands say about a quantile, in minor units: it lies between the same interpolation of the lower ends
/// and of the upper ends of the bands of its two neighbours in the sorted list, so the interval is never
/// wider than these bands. The estimate takes a band's employees to be spread over it evenly: the i-th of c
/// (from 0) lies at low + (high − low) · (2i + 1) / 2c.
///
/// `None` without employees, or with a number of employees below zero or beyond all reason.
#[must_use]
pub fn quantile_of_bands(bands: &[Band], which: Quantile) -> Option<Interval> {
    let add = |sum: i128, band: &Band| sum.checked_add(band.employees).filter(|_| band.employees >= 0);
    let employees = bands.iter().try_fold(0, add).filter(|n| (1..=1 << 64).contains(n))?;
    let (below, quarters) = which.position(employees);
    let lower = employee(bands, below)?;
    let upper = employee(bands, (below + 1).min(employees - 1))?;
    Some(Interval {
        low: interpolate(&lower.low, &upper.low, quarters),
        high: interpolate(&lower.high, &upper.high, quarters),
        estimate: interpolate(&lower.estimate, &upper.estimate, quarters),
    })
}

/// What bands say about the amount of one employee of the sorted list.
fn employee(bands: &[Band], index: i128) -> Option<Interval> {
    let mut before = 0;
    for band in bands {
        if index < before + band.employees {
            let (low, high) = (whole(band.low_minor), whole(band.high_minor));
            let place = Ratio::new((2 * (index - before) + 1).into(), (2 * band.employees).into());
            let estimate = &low + (&high - &low) * place;
            return Some(Interval { low, high, estimate });
        }
        before += band.employees;
    }
    None
}

fn interpolate(lower: &Ratio, upper: &Ratio, quarters: i128) -> Ratio {
    lower + (upper - lower) * Ratio::new(quarters.into(), 4.into())
}

fn whole(minor: u64) -> Ratio {
    Ratio::from_integer(minor.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn counted(edges: &BandEdges, amounts: &[u64]) -> Vec<Band> {
        let band = |index| {
            let (low_minor, high_minor) = edges.range(index, index).unwrap();
            let employees = amounts.iter().filter(|amount| edges.band_of(**amount) == index).count();
            Band { low_minor, high_minor, employees: employees.try_into().unwrap() }
        };
        (0..edges.count()).map(band).collect()
    }

    #[test]
    fn edges_are_refused_out_of_order() {
        assert_eq!(BandEdges::new(vec![], 9), Err(BandsRefusal::NoBand));
        assert_eq!(BandEdges::new(vec![0, 5, 5], 9), Err(BandsRefusal::NotAscending));
        assert_eq!(BandEdges::new(vec![0, 10], 9), Err(BandsRefusal::NotAscending));
        let edges = BandEdges::new(vec![0, 5], 9).unwrap();
        assert_eq!(
            (edges.range(0, 0), edges.range(1, 1), edges.range(0, 1)),
            (Some((0, 4)), Some((5, 9)), Some((0, 9)))
        );
        assert_eq!((edges.range(1, 0), edges.range(0, 2)), (None, None));
        assert_eq!([0, 4, 5, 99].map(|amount| edges.band_of(amount)), [0, 0, 1, 1]);
    }

    #[test]
    fn a_median_between_two_far_bands_is_their_middle() {
        let bands = [
            Band { low_minor: 0, high_minor: 99, employees: 10 },
            Band { low_minor: 500, high_minor: 599, employees: 10 },
        ];
        let median = quantile_of_bands(&bands, Quantile::Median).unwrap();
        assert_eq!(
            (median.low, median.high),
            (Ratio::new(500.into(), 2.into()), Ratio::new(698.into(), 2.into()))
        );
    }

    #[test]
    fn one_employee_is_every_quantile() {
        for which in Quantile::ALL {
            assert_eq!(quantile(&[7], which), Some(whole(7)));
        }
        assert_eq!(quantile(&[], Quantile::Median), None);
        assert_eq!(quantile_of_bands(&[], Quantile::Median), None);
        let odd = Band { low_minor: 0, high_minor: 9, employees: -1 };
        assert_eq!(quantile_of_bands(&[odd], Quantile::Median), None);
        let many = Band { employees: i128::MAX, ..odd };
        assert_eq!(quantile_of_bands(&[many], Quantile::Median), None);
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_quantile(
            mut amounts in proptest::collection::vec(0u64..1000, 1..60),
            lows in proptest::collection::btree_set(1u64..1000, 0..12),
        ) {
            let edges = BandEdges::new(core::iter::once(0).chain(lows).collect(), 999).unwrap();
            let bands = counted(&edges, &amounts);
            amounts.sort_unstable();
            for which in Quantile::ALL {
                let exact = quantile(&amounts, which).unwrap();
                let interval = quantile_of_bands(&bands, which).unwrap();
                prop_assert!(interval.low <= exact && exact <= interval.high);
                prop_assert!(interval.low <= interval.estimate && interval.estimate <= interval.high);
            }
        }

        #[test]
        fn bands_of_one_amount_give_the_quantile_itself(mut amounts in proptest::collection::vec(0u64..50, 1..60)) {
            let edges = BandEdges::new((0..50).collect(), 49).unwrap();
            let bands = counted(&edges, &amounts);
            amounts.sort_unstable();
            for which in Quantile::ALL {
                let interval = quantile_of_bands(&bands, which).unwrap();
                prop_assert_eq!(&interval.low, &interval.high);
                prop_assert_eq!(Some(interval.low), quantile(&amounts, which));
            }
        }
    }
}
