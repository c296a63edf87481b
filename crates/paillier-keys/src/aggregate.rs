//! The privacy promise as a type: what may be opened, and when.

use alloc::vec::Vec;
use core::fmt;

use paillier::Ciphertext;

/// Who is counted, opaque: a credential's digest, its key, whatever the caller agrees on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MemberId(pub [u8; 32]);

/// The fewest members an aggregate may have.
///
/// Invariant: at least [`MinimumCohort::FLOOR`]. With two members each would learn the other's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MinimumCohort(u32);

/// Fewer than three members are no crowd.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an aggregate needs at least {} members", MinimumCohort::FLOOR)]
pub struct CohortTooSmall;

impl MinimumCohort {
    /// No survey may go below.
    pub const FLOOR: u32 = 3;

    /// Takes a survey's minimum.
    ///
    /// # Errors
    /// [`CohortTooSmall`] below [`MinimumCohort::FLOOR`].
    pub const fn new(members: u32) -> Result<Self, CohortTooSmall> {
        if members < Self::FLOOR { Err(CohortTooSmall) } else { Ok(Self(members)) }
    }

    /// The number.
    pub const fn get(self) -> u32 {
        self.0
    }
}

/// Why nothing is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CloseRefusal {
    /// A list of members is not strictly ascending; a member may stand in it twice.
    #[error("a list of members is not in strictly ascending order")]
    NotSorted,
    /// The two servers do not count the same members.
    #[error("the declared and the held members differ")]
    MembersDiffer,
    /// Fewer members than the survey's minimum.
    #[error("there are fewer members than the agreed minimum")]
    TooFew,
    /// There is nothing to open.
    #[error("there is no product to open")]
    NoProduct,
    /// The products do not share one key.
    #[error("the products belong to different keys")]
    DifferentKeys,
}

/// Products over exactly the declared members, at least the minimum of them.
///
/// Only [`close`] makes one. It cannot be cloned, and cannot arrive from another process.
pub struct ClosedAggregate {
    products: Vec<Ciphertext>,
    members: usize,
}

impl ClosedAggregate {
    /// How many members are counted.
    pub fn members(&self) -> usize {
        self.members
    }

    /// What [`crate::SecretKey::open`] opens.
    pub(crate) fn into_products(self) -> Vec<Ciphertext> {
        self.products
    }
}

impl fmt::Debug for ClosedAggregate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClosedAggregate({} members)", self.members)
    }
}

/// Closes the products for good: `declared` to the one server, `held` by the other.
///
/// # Errors
/// [`CloseRefusal`] names the first condition that does not hold.
pub fn close(
    declared: &[MemberId],
    held: &[MemberId],
    products: Vec<Ciphertext>,
    minimum: MinimumCohort,
) -> Result<ClosedAggregate, CloseRefusal> {
    // Strictly ascending lists are equal as sets exactly when they are equal, and count nobody twice.
    let ascending = |list: &[MemberId]| list.is_sorted_by(|a, b| a < b);
    if !ascending(declared) || !ascending(held) {
        return Err(CloseRefusal::NotSorted);
    }
    if declared != held {
        return Err(CloseRefusal::MembersDiffer);
    }
    if u32::try_from(declared.len()).is_ok_and(|members| members < minimum.get()) {
        return Err(CloseRefusal::TooFew);
    }
    let Some(first) = products.first() else {
        return Err(CloseRefusal::NoProduct);
    };
    if products.iter().any(|product| product.key() != first.key()) {
        return Err(CloseRefusal::DifferentKeys);
    }
    Ok(ClosedAggregate { members: declared.len(), products })
}
