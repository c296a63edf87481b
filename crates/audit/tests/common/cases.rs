//! One case for each way to be wrong: where it is bent, and the check that must find it.

use super::Bend;
use audit::Check;
use serde_json::Value;

/// How a case differs from a good bundle.
#[derive(Clone, Copy)]
pub(crate) enum Way {
    /// Made anew, bent, and signed by everybody.
    Bent(Bend),
    /// The file edited.
    Edited(fn(&mut Value)),
    /// The bundle is good, and other keys are given than its servers'.
    Keys(fn(&mut Value)),
}

/// A bundle that is wrong in one way.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    /// `plain`, `broken-down` or `two-tables`.
    pub(crate) like: &'static str,
    pub(crate) check: Check,
    pub(crate) way: Way,
}

pub(crate) fn all() -> Vec<Case> {
    [super::cases_survey::cases(), super::cases_set::cases(), super::cases_release::cases()]
        .into_iter()
        .flatten()
        .collect()
}

/// A case that is made anew.
pub(crate) fn bent(name: &'static str, like: &'static str, check: Check, bend: Bend) -> Case {
    Case { name, like, check, way: Way::Bent(bend) }
}

/// A case in which only the bundle's last step is bent.
pub(crate) fn last(
    name: &'static str,
    like: &'static str,
    check: Check,
    change: fn(&mut protocol::Bundle),
) -> Case {
    bent(name, like, check, Bend { bundle: Some(change), ..Bend::default() })
}
