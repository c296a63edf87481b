//! Wrong results: of another set, showing what may not be shown, not adding up, or made up.

use super::cases::{Case, bent, last};
use super::lies::{all_of, restate};
use super::{Bend, computation_server, data_server};
use audit::Check;
use protocol::{Release, Signed, Validity};
use statistics::{Band, Figure, ReleasedCell, SuppressionReason};
use survey::CellTotals;

/// Cells of the survey that is broken down: clerks, experts, managers by women, men; ranks; women, men.
const CLERKS_WOMEN: usize = 0;
const MANAGERS_WOMEN: usize = 4;
const MANAGERS_MEN: usize = 5;
const CLERKS: usize = 6;
const MANAGERS: usize = 8;

pub(crate) fn cases() -> Vec<Case> {
    [of_the_set(), shown(), bands_cut(), computed(), committed()].into_iter().flatten().collect()
}

fn released(name: &'static str, like: &'static str, check: Check, change: fn(&mut Release)) -> Case {
    bent(name, like, check, Bend { release: Some(change), ..Bend::default() })
}

type Slots = Vec<Figure<ReleasedCell>>;

fn slots(name: &'static str, check: Check, change: fn(&mut Slots, &[CellTotals])) -> Case {
    bent(name, "broken-down", check, Bend { slots: Some(change), ..Bend::default() })
}

/// Bands that each alone may be shown, but not together.
fn bands_cut() -> Vec<Case> {
    let cut_apart: fn(&mut Slots, &[CellTotals]) = |slots, _| {
        let bands = &mut shown_cell(slots, 0).measures[0].bands;
        let first = bands.remove(0);
        bands[0] =
            Band { low_minor: first.low_minor, employees: first.employees + bands[0].employees, ..bands[0] };
    };
    vec![
        bent(
            "bands_of_companions_cut_apart",
            "two-tables",
            Check::Sums,
            Bend { slots: Some(cut_apart), ..Bend::default() },
        ),
        slots("one_band_alone", Check::Sums, |slots, _| {
            let all = shown_cell(slots, MANAGERS_MEN);
            all.measures[0].bands =
                vec![Band { low_minor: 0, high_minor: 20_000_000_000, employees: all.employees }];
        }),
        slots("bands_of_a_margin_left_out", Check::Sums, |slots, _| {
            shown_cell(slots, CLERKS).measures[0].bands.clear();
        }),
    ]
}

fn of_the_set() -> Vec<Case> {
    vec![
        released("counted_more_than_agreed", "plain", Check::ReleaseSet, |r| r.counted += 1),
        released("result_of_another_set", "plain", Check::ReleaseSet, |r| r.agreed.0[0] ^= 1),
        released("result_claims_a_proof", "plain", Check::ReleaseSet, |r| r.validity = Validity::PackProof1),
        released("result_of_another_format", "plain", Check::ReleaseSet, |r| r.format.push('1')),
        last("result_not_the_computation_servers", "plain", Check::ReleaseComputationServer, |b| {
            b.release = Signed::sign(b.release.body.clone(), &data_server());
        }),
        last("suppression_not_countersigned", "broken-down", Check::ReleaseDataServer, |b| {
            let released = Signed::sign(b.release.body.clone(), &computation_server());
            b.release_countersignature = released.signature;
        }),
    ]
}

fn shown() -> Vec<Case> {
    vec![
        released("cell_left_out", "plain", Check::Cells, |r| drop(r.cells.pop())),
        released("cell_without_anything", "broken-down", Check::Cells, |r| {
            r.cells[MANAGERS_WOMEN].suppressed = None;
        }),
        released("reason_that_is_none", "broken-down", Check::Cells, |r| {
            r.cells[MANAGERS_WOMEN].suppressed = Some("because".into());
        }),
        released("sum_in_another_spelling", "plain", Check::Cells, |r| {
            r.cells[0].sum.as_mut().unwrap().push('0');
        }),
        slots("small_cell_shown", Check::Suppression, |slots, totals| {
            slots[MANAGERS_WOMEN] = Figure::Released(all_of(&totals[MANAGERS_WOMEN]));
        }),
        slots("margin_over_suppressed_cells_raised", Check::Suppression, |slots, totals| {
            slots[MANAGERS] = Figure::Released(all_of(&totals[MANAGERS]));
        }),
        slots("suppressed_without_need", Check::Suppression, |slots, _| {
            slots[CLERKS] = Figure::Suppressed(SuppressionReason::TooFew);
        }),
        // Of five reporters one is not among those shown, and has therefore somebody in what is not.
        slots("reporters_shown_leave_no_room", Check::Suppression, |slots, _| {
            for (_, slot) in slots.iter_mut().enumerate().filter(|(cell, _)| *cell != MANAGERS_MEN) {
                *slot = Figure::Suppressed(SuppressionReason::TooFew);
            }
        }),
        slots("reason_of_a_gap", Check::Suppression, |slots, _| {
            slots[MANAGERS_WOMEN] = Figure::Suppressed(SuppressionReason::SuppressedSide);
        }),
        slots("margin_that_is_no_sum", Check::Sums, |slots, _| {
            let measure = &mut shown_cell(slots, CLERKS).measures[0];
            measure.sum_minor = measure.sum_minor.map(|sum| sum + 1);
        }),
        slots("margin_with_more_employees", Check::Sums, |slots, _| {
            shown_cell(slots, CLERKS).employees += 1;
        }),
        slots("band_of_too_few", Check::Sums, |slots, totals| {
            let shown = &mut shown_cell(slots, CLERKS_WOMEN).measures[0].bands;
            let lows = [0, 2_000_000, 3_000_000, 3_200_000, 3_400_000, 5_000_000];
            let highs = lows[1..].iter().map(|low| low - 1).chain([20_000_000_000]);
            let counts = &totals[CLERKS_WOMEN].measures[0].bands;
            let band = |((low, high), count): ((&u64, u64), &i128)| Band {
                low_minor: *low,
                high_minor: high,
                employees: *count,
            };
            *shown = lows.iter().zip(highs).zip(counts).map(band).collect();
        }),
        slots("bands_of_a_margin_shifted", Check::Sums, |slots, _| {
            let bands = &mut shown_cell(slots, CLERKS).measures[0].bands;
            bands[0].employees += 1;
            bands[1].employees -= 1;
        }),
    ]
}

fn shown_cell(slots: &mut Slots, cell: usize) -> &mut ReleasedCell {
    let Figure::Released(shown) = &mut slots[cell] else { panic!("the cell is shown") };
    shown
}

fn computed() -> Vec<Case> {
    vec![
        released("mean_that_does_not_follow", "plain", Check::Figures, |r| {
            r.cells[0].mean = Some("1.00".into());
        }),
        released("gap_that_does_not_follow", "plain", Check::Figures, |r| {
            r.gaps[0].percent = Some("0.00".into());
        }),
        released("gap_with_suppressed_side", "broken-down", Check::Figures, |r| {
            let gap = r.gaps.iter_mut().find(|gap| gap.suppressed.is_some()).unwrap();
            gap.suppressed = None;
            gap.percent = Some("4.00".into());
            gap.cents_per_unit = Some("96.00".into());
        }),
        released("deviation_that_does_not_follow", "broken-down", Check::Figures, |r| {
            let measures = r.cells[CLERKS_WOMEN].measures.as_mut().unwrap();
            measures.get_mut("pay").unwrap().std = Some("0.01".into());
        }),
        released("median_that_does_not_follow", "broken-down", Check::Figures, |r| {
            let measures = r.cells[CLERKS_WOMEN].measures.as_mut().unwrap();
            measures.get_mut("pay").unwrap().median.as_mut().unwrap().estimate = "1.00".into();
        }),
        released("share_that_does_not_follow", "broken-down", Check::Figures, |r| {
            let measures = r.cells[CLERKS_WOMEN].measures.as_mut().unwrap();
            measures.get_mut("bonus").unwrap().receiving_percent = Some("100.00".into());
        }),
        released("cell_of_another_name", "plain", Check::Figures, |r| {
            r.cells[0].categories.insert("sex".into(), "men".into());
        }),
        released("warning_without_reason", "plain", Check::Figures, |r| {
            r.warnings.push("outside-limits".into());
        }),
    ]
}

fn committed() -> Vec<Case> {
    let totals = |name, like, change: fn(&mut Vec<i128>)| {
        bent(name, like, Check::Commitments, Bend { totals: Some(change), ..Bend::default() })
    };
    let proof = |name, change: fn(&mut Vec<u8>)| {
        bent(name, "broken-down", Check::Commitments, Bend { rest: Some(change), ..Bend::default() })
    };
    vec![
        totals("sum_that_nobody_committed_to", "plain", |totals| totals[2] += 100),
        totals("one_employee_more", "plain", |totals| totals[1] += 1),
        totals("sum_in_limbs_that_nobody_committed_to", "broken-down", |totals| totals[2] += 1),
        bent(
            "commitment_to_something_else",
            "plain",
            Check::Commitments,
            Bend {
                lists: Some(|data, computation| {
                    let other = data.entries[1].share_commitment;
                    restate((data, computation), 0, true, |statement| statement.commitment = other);
                }),
                ..Bend::default()
            },
        ),
        proof("rest_proof_left_out", Vec::clear),
        proof("rest_proof_of_another_version", |proof| proof[0] = 2),
        proof("rest_proof_with_a_point_that_is_none", |proof| proof[1..33].fill(0xff)),
        proof("rest_proof_not_reduced", |proof| {
            let from = proof.len() - 32;
            proof[from..].fill(0xff);
        }),
        proof("rest_proof_with_another_margin", |proof| proof[33] ^= 1),
        proof("rest_proof_with_another_answer", |proof| {
            let at = proof.len() - 32;
            proof[at] ^= 1;
        }),
    ]
}
