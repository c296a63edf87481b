//! Student's t of the differences between durations that were measured in pairs.
//!
//! A processor changes its speed over seconds by more than a leak would show. Two operations one after the other, of one
//! class each and in an order drawn by lot, meet the same speed, and their difference is without it.

use std::fmt;
use std::hint::black_box;

use anyhow::{Result, anyhow};

use super::THRESHOLD;
use crate::ours::processor_ns;

/// So large a part of all differences is left out at either end: one of the two was interrupted.
const LEFT_OUT: f64 = 0.05;

/// Nanoseconds by class.
#[derive(Default)]
pub(super) struct Durations([Vec<f64>; 2]);

/// What two classes show.
pub(super) struct Found {
    /// |t|.
    pub(super) t: f64,
    /// The difference of the means in nanoseconds, and the smaller mean.
    difference: f64,
    mean: f64,
}

impl Durations {
    /// Measures one operation, by processor time: on a shared machine the clock mostly tells of the others.
    pub(super) fn note<T>(&mut self, class: usize, operation: impl FnOnce() -> T) {
        let begun = processor_ns();
        black_box(operation());
        self.put(class, processor_ns() - begun);
    }

    fn put(&mut self, class: usize, took: f64) {
        if let Some(durations) = self.0.get_mut(class) {
            durations.push(took);
        }
    }

    /// What the differences of all pairs show.
    pub(super) fn paired(self) -> Result<Found> {
        let [first, second] = self.0;
        let differences = first.iter().zip(&second).map(|(a, b)| a - b).collect();
        let (difference, error) = trimmed(differences).ok_or_else(|| anyhow!("too few durations"))?;
        let difference = difference.abs();
        Ok(Found { t: difference / error, difference, mean: mean(&first).min(mean(&second)) })
    }
}

/// The mean of values without the most extreme of them, and its standard error
/// [Yuen: The two-sample trimmed t for unequal population variances, Biometrika 61, 1974], for one sample: the error is
/// that of all values with the extreme ones drawn in to the nearest that is kept, as leaving them out alone would make it
/// too small.
fn trimmed(mut values: Vec<f64>) -> Option<(f64, f64)> {
    values.sort_by(f64::total_cmp);
    let count = values.len();
    let out = (count as f64 * LEFT_OUT) as usize;
    let kept = values.get(out..count - out)?;
    let (lowest, highest) = (*kept.first()?, *kept.last()?);
    let kept_part = kept.len() as f64 / count as f64;
    let trimmed = mean(kept);
    let drawn_in: Vec<f64> = values.iter().map(|value| value.clamp(lowest, highest)).collect();
    let centre = mean(&drawn_in);
    let squares: f64 = drawn_in.iter().map(|value| (value - centre).powi(2)).sum();
    let variance = squares / (count as f64 - 1.0);
    Some((trimmed, (variance / count as f64).sqrt() / kept_part))
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { t, difference, mean } = self;
        let seen = difference / t * THRESHOLD;
        write!(
            f,
            "|t| {t:.2}; means {difference:.0} ns apart of {mean:.0}; {seen:.0} ns apart would be evidence"
        )
    }
}

#[cfg(test)]
mod tests {
    use rand_chacha::rand_core::Rng;
    use test_support::seeded_rng;

    use super::*;

    /// |t| of durations that spread over a thousand while all of them slowly grow by eight thousand, the first class's
    /// longer by `more`.
    fn t(more: f64) -> f64 {
        let (mut rng, mut durations) = (seeded_rng(1), Durations::default());
        for pair in 0..4000 {
            for (class, longer) in [more, 0.0].into_iter().enumerate() {
                let spread = f64::from(rng.next_u32() % 1000);
                let interrupted = if rng.next_u32().is_multiple_of(50) { 1e6 } else { 0.0 };
                durations.put(class, 8000.0 + f64::from(2 * pair) + spread + interrupted + longer);
            }
        }
        durations.paired().unwrap().t
    }

    #[test]
    fn equal_classes_stay_below_the_threshold_and_a_shift_is_found() {
        assert!(t(0.0) < THRESHOLD, "{}", t(0.0));
        assert!(t(60.0) > THRESHOLD, "{}", t(60.0));
        assert!(Durations::default().paired().is_err());
    }

    #[test]
    fn a_trimmed_mean_and_its_error_are_those_of_the_paper() {
        // 20 values, one left out at either end. Drawn in: 1, 1, 2, …, 17, 18, 18.
        let values = (0..19).map(f64::from).chain([1000.0]).collect();
        let (trimmed, error) = trimmed(values).unwrap();
        assert!((trimmed - 9.5).abs() < 1e-9, "{trimmed}");
        // Squares around 9.5: 2·(8.5² + 8.5² + 7.5² + … + 0.5²) = 629; 629 / 19 / 20, and the root over 18/20.
        let expected = (629.0_f64 / 19.0 / 20.0).sqrt() / 0.9;
        assert!((error - expected).abs() < 1e-9, "{error} {expected}");
    }
}
