//! What totals say, and which of it may be published.
//!
//! Pure and exact: every figure is a ratio of integers until it is rounded once, at the edge, into a
//! [`Decimal`]. Every published figure is a function of published slots and of nothing else, so that
//! everybody can recompute it.
//!
//! # Map
//! [`publish`] turns opened totals into a [`Published`] result: it [`suppress`]es cells behind which too few
//! stand, and [`recompute`]s every figure from the cells that are left. Whoever receives a result runs
//! [`check_published`].
//!
//! ```
//! use statistics::{Figure, Turnout, check_published, publish};
//! use survey::{CellTotals, Dimension, Label, Limits, Measure, Schema, Thresholds};
//!
//! let label = |text| Label::parse(text).unwrap();
//! let limits = Limits::new(0, 100_000_000).unwrap();
//! let pay = Measure::new(label("pay"), label("EUR"), 2, limits, limits).unwrap();
//! let sex = Dimension::new(label("sex"), vec![label("women"), label("men")]).unwrap();
//! let schema = Schema::new(sex, 1, pay).unwrap();
//! let women = CellTotals::of_sum(0, 5, 39, 393_909_400);
//! let men = CellTotals::of_sum(1, 5, 358, 4_120_237_000);
//! let turnout = Turnout { counted: 5, max_employees_per_reporter: 500 };
//!
//! let published = publish(&schema, Thresholds::DEFAULT, turnout, &[women, men]);
//! check_published(&schema, Thresholds::DEFAULT, turnout, &published).unwrap();
//! let Figure::Released(gap) = published.gaps[0].figures else { unreachable!() };
//! assert_eq!((gap.percent.to_string(), gap.cents_per_unit.to_string()), ("12.24".into(), "87.76".into()));
//! ```
//!
//! # Margins
//! A margin is published only where every cell that it adds up is: it then says nothing that they do not. With
//! one of them suppressed it would give that one away, as the difference. Where two cross-tabulations add up to
//! the same, as ranks and departments of all women do, what adds up is released or suppressed together. This
//! withholds more than has to be.
//!
//! # Numbers beside the sums
//! A result says how many reporters were counted, and the survey how many employees each may have. Where released
//! cells have too few reporters or too many employees for nothing to follow from that, [`publish`] releases none:
//! what others have in a suppressed cell stays open by [`protection_interval`] employees, whoever asks.
//!
//! # What the thresholds do not notice
//! Which cells are suppressed depends on numbers of reporters and employees alone, never on pay. A cell in
//! which everybody earns the same is therefore released, and its mean is then everybody's pay.

mod adjusted;
mod bands;
mod bands_shown;
mod check;
mod check_bands;
mod comparison;
mod decimal;
mod figure;
mod gap;
mod interval;
mod level;
mod mean;
mod measure_figures;
mod own;
mod publish;
mod quarters;
mod released;
mod room;
mod suppress;

pub use adjusted::{AdjustedComparison, adjusted_gaps};
pub use bands::{Band, BandEdges, BandsRefusal, Quantile, quantile, quantile_of_bands};
pub use check::{PublishedFault, check_published};
pub use comparison::{BandComparison, Comparison, MedianGap, comparisons};
pub use decimal::{Decimal, Ratio};
pub use figure::{Figure, SuppressionReason};
pub use gap::{AdjustedGap, Gap, GapFigures, adjusted_gap, cents_per_unit, gap, gap_percent};
pub use interval::{Bounds, GapInterval, Interval, gap_of_intervals};
pub use level::{Level, dispersion, in_units, representation, share};
pub use mean::{mean, mean_decimals};
pub use measure_figures::MeasureFigures;
pub use own::{
    EuCategory, EuReport, EuWorker, OwnFigure, OwnGap, OwnValue, Summary, UkEmployee, UkGroup, UkReport,
    eu_report, own_report, summaries, uk_report,
};
pub use publish::{CellFigures, Published, PublishedCell, PublishedGap, publish, recompute};
pub use quarters::{quarter_sizes, quarters};
pub use released::{ReleasedCell, ReleasedMeasure};
pub use room::{Turnout, protection_interval};
pub use suppress::{companions, suppress, too_few};
