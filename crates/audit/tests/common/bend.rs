//! Where a bundle may be bent while it is made. What comes after is made, and signed, of what was bent.

use protocol::{AgreedSet, Bundle, Enrolment, HeldList, Hex, Manifest, Order, Release};
use statistics::{Figure, ReleasedCell};
use survey::CellTotals;

type Change<T> = Option<fn(&mut T)>;

/// A change of what is shown, which may look at the totals that it is made of.
pub(crate) type BendSlots = fn(&mut Vec<Figure<ReleasedCell>>, &[CellTotals]);

/// Changes, each at its step; `None` leaves everything as it is.
#[derive(Clone, Copy, Default)]
pub(crate) struct Bend {
    /// Before anything is signed.
    pub(crate) manifest: Change<Manifest>,
    /// The roster as it stands in the bundle.
    pub(crate) roster: Change<Vec<Hex<32>>>,
    /// Before the organizer signs them.
    pub(crate) orders: Change<Vec<Order>>,
    /// Before both servers confirm them.
    pub(crate) enrolments: Change<Vec<Enrolment>>,
    /// Both lists, before they are signed and the set is made of them.
    pub(crate) lists: Option<fn(&mut HeldList, &mut HeldList)>,
    /// Before it is signed.
    pub(crate) agreed: Change<AgreedSet>,
    /// The M_j that are taken for the totals.
    pub(crate) totals: Change<Vec<i128>>,
    /// What is shown, before everything is computed of it.
    pub(crate) slots: Option<BendSlots>,
    /// The rest proof's bytes.
    pub(crate) rest: Change<Vec<u8>>,
    /// Before it is signed.
    pub(crate) release: Change<Release>,
    /// At last: signatures, for the most part.
    pub(crate) bundle: Change<Bundle>,
}

pub(crate) fn apply<T>(change: Change<T>, to: &mut T) {
    if let Some(change) = change {
        change(to);
    }
}
