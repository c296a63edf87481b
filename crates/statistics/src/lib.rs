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
//! use statistics::{Figure, check_published, publish};
//! use survey::{CellTotals, Dimension, Label, Limits, Measure, Schema, Thresholds};
//!
//! let label = |text| Label::parse(text).unwrap();
//! let limits = Limits::new(0, 100_000_000).unwrap();
//! let pay = Measure::new(label("pay"), label("EUR"), 2, limits, limits).unwrap();
//! let sex = Dimension::new(label("sex"), vec![label("women"), label("men")]).unwrap();
//! let schema = Schema::new(sex, 1, pay).unwrap();
//! let women = CellTotals { cell: 0, reporters: 5, employees: 39, sum_minor: 393_909_400 };
//! let men = CellTotals { cell: 1, reporters: 5, employees: 358, sum_minor: 4_120_237_000 };
//!
//! let published = publish(&schema, Thresholds::DEFAULT, &[women, men]);
//! check_published(&schema, Thresholds::DEFAULT, &published).unwrap();
//! let Figure::Released(gap) = published.gaps[0].figures else { unreachable!() };
//! assert_eq!((gap.percent.to_string(), gap.cents_per_unit.to_string()), ("12.24".into(), "87.76".into()));
//! ```
//!
//! # No margin over the cells
//! The sums over all cells are not published: beside all cells but one they would give the one that was
//! suppressed, as their difference. For the same reason there is no overall mean and no number of all
//! employees. Cells being disjoint, a released cell then says nothing about a suppressed one.
//!
//! # What the thresholds do not notice
//! Which cells are suppressed depends on numbers of reporters and employees alone, never on pay. A cell in
//! which everybody earns the same is therefore released, and its mean is then everybody's pay.

mod bands;
mod check;
mod decimal;
mod disclosure;
mod figure;
mod gap;
mod interval;
mod level;
mod mean;
mod own;
mod publish;
mod quarters;
mod suppress;

pub use bands::{Band, BandEdges, BandsRefusal, Quantile, quantile, quantile_of_bands};
pub use check::{PublishedFault, check_published};
pub use decimal::{Decimal, Ratio};
pub use disclosure::{Counts, Crossing, Standing, Tabulation, TabulationRefusal, protection, standings};
pub use figure::{Figure, SuppressionReason};
pub use gap::{AdjustedGap, Gap, GapFigures, adjusted_gap, cents_per_unit, gap, gap_percent};
pub use interval::{Bounds, GapInterval, Interval, gap_of_intervals};
pub use level::{Level, dispersion, in_units, representation, share};
pub use mean::{CellFigures, CellSlots, mean, mean_decimals};
pub use own::{
    EuCategory, EuReport, EuWorker, OwnGap, Summary, UkEmployee, UkGroup, UkReport, eu_report, summaries,
    uk_report,
};
pub use publish::{Published, PublishedCell, PublishedGap, publish, recompute};
pub use quarters::{quarter_sizes, quarters};
pub use suppress::{suppress, suppression};
