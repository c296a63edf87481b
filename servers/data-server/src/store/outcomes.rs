//! What came of an operation.

use protocol::Hex;

use crate::store::Version;

/// Of opening a survey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// Kept now, or kept before and not opened by the other server yet.
    Kept,
    /// Open already, with the same manifest.
    Same,
    /// Another manifest has this id.
    Other,
}

/// Of keeping an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderOutcome {
    /// Kept now or before; the other server has not taken it yet.
    Kept,
    /// The last order again.
    CarriedOut,
    /// Not the next one, or another one with the last number.
    OutOfSequence,
    /// Too many invitations, or one twice.
    Roster,
    /// An invitation to revoke is enrolled.
    Enrolled,
    /// An invitation to revoke is not there.
    Unknown,
    /// The survey takes no such order any more.
    Closed,
    /// The survey must be closed first.
    NotClosed,
}

/// Of enrolling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enrol {
    /// Bound now, or before; with the other server's confirmation if it has one.
    Bound(Confirmed),
    /// Not one of the survey's, or revoked.
    Unknown,
    /// Another reporter key is bound.
    Taken,
    /// The reporter key is another invitation's.
    CredentialInUse,
    /// The survey is closed.
    Closed,
}

/// The other server's signature, if it is there.
pub type Confirmed = Option<Hex<64>>;

/// Of keeping labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelsOutcome {
    /// All are kept.
    Kept,
    /// One is not of an invitation; none is kept.
    Unknown,
}

/// Of storing a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Put {
    /// Stored now (or, of a look-up: may be stored).
    Stored,
    /// The same was stored before.
    AlreadyStored(Box<Version>),
    /// Something else has this version, or a later one is there.
    Used,
    /// A version before it is missing.
    Gap,
    /// The version before it, this one, has not reached the other server yet.
    Unfinished(Box<Version>),
    /// The credential is not enrolled.
    CredentialUnknown,
    /// The survey takes nothing any more.
    Closed,
}
