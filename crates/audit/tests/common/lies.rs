//! Changes that more than one case makes.

use super::forge::reporter;
use super::{computation_server, data_server};
use protocol::{HeldEntry, HeldList, Hex, Kind, SignedHour, SignedStatement, Statement};
use statistics::{ReleasedCell, ReleasedMeasure};
use survey::CellTotals;

const HOUR: u64 = 500_100;

/// Who has this credential.
fn signer(credential: Hex<32>) -> protocol::SigningKey {
    let all = (0..8).map(reporter);
    all.into_iter().find(|key| key.verifying_key().to_hex() == credential).unwrap()
}

/// Puts another statement in place of one in both lists, with both servers' words for it; signed by its reporter
/// if `signed`, else with the signature that stood there.
pub(crate) fn restate(
    (data, computation): (&mut HeldList, &mut HeldList),
    at: usize,
    signed: bool,
    change: impl Fn(&mut Statement),
) {
    let credential = data.entries[at].credential;
    let other = computation.entries.iter().position(|entry| entry.credential == credential).unwrap();
    let before = data.entries[at].clone();
    let mut statement = before.statement(data.fingerprint);
    change(&mut statement);
    let signature = if signed { statement.sign(&signer(credential)).signature } else { before.signature };
    let signed = SignedStatement { statement, signature };
    let declared = SignedHour::declared(&statement, HOUR, &computation_server());
    let held = SignedHour::held(&statement, HOUR, &data_server());
    data.entries[at] = HeldEntry::new(&signed, Some(declared));
    computation.entries[other] = HeldEntry::new(&signed, Some(held));
}

/// The place of an entry that is a submission with both words.
pub(crate) fn counted(list: &HeldList, which: usize) -> usize {
    let counts = |(_, entry): &(usize, &HeldEntry)| entry.kind == Kind::Submission && entry.other.is_some();
    list.entries.iter().enumerate().filter(counts).nth(which).unwrap().0
}

/// What a cell would show if all of it were shown, bands aside.
pub(crate) fn all_of(totals: &CellTotals) -> ReleasedCell {
    let measure = |of: &survey::MeasureTotals| ReleasedMeasure {
        sum_minor: of.sum_minor,
        squares: of.squares,
        receiving: of.receiving,
        bands: Vec::new(),
    };
    ReleasedCell {
        reporters: totals.reporters,
        employees: totals.employees,
        measures: totals.measures.iter().map(measure).collect(),
    }
}
