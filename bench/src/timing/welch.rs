//! Welch's t of durations in two classes.

use std::fmt;
use std::hint::black_box;

use anyhow::{Result, anyhow};

use super::THRESHOLD;
use crate::ours::processor_ns;

/// Of all durations the slowest tenth is left out: interruptions, not arithmetic.
const KEPT: f64 = 0.9;

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

    /// Both classes without the slowest of all.
    pub(super) fn welch(self) -> Result<Found> {
        let mut all = self.0.concat();
        all.sort_by(f64::total_cmp);
        let limit = all.get((all.len() as f64 * KEPT) as usize).copied();
        let limit = limit.ok_or_else(|| anyhow!("too few durations"))?;
        let [a, b] = self.0.map(|class| moments(class.into_iter().filter(|&x| x < limit).collect()));
        let difference = (a.0 - b.0).abs();
        Ok(Found { t: difference / (a.1 + b.1).sqrt(), difference, mean: a.0.min(b.0) })
    }
}

/// The mean, and the variance over the number of values.
fn moments(values: Vec<f64>) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (count - 1.0);
    (mean, variance / count)
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

    /// |t| of durations that spread over a thousand, the first class's longer by `more`.
    fn t(more: f64) -> f64 {
        let (mut rng, mut durations) = (seeded_rng(1), Durations::default());
        for _ in 0..4000 {
            let class = usize::from(rng.next_u32() & 1 == 1);
            let spread = f64::from(rng.next_u32() % 1000);
            let interrupted = if rng.next_u32().is_multiple_of(20) { 1e6 } else { 0.0 };
            durations.put(class, 8000.0 + spread + interrupted + if class == 0 { more } else { 0.0 });
        }
        durations.welch().unwrap().t
    }

    #[test]
    fn equal_classes_stay_below_the_threshold_and_a_shift_is_found() {
        assert!(t(0.0) < THRESHOLD, "{}", t(0.0));
        assert!(t(100.0) > THRESHOLD, "{}", t(100.0));
        assert!(Durations::default().welch().is_err());
    }
}
