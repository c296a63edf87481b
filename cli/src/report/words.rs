//! What will be sent and to whom, in words, before anything is.

use super::begin::Begun;
use super::sent::everything;
use crate::show::{self, Align, lay_out};
use crate::{clock, own};
use payfile::Reading;
use protocol::{GranularityWire, LeaversWire, MissingWire, PartTimersWire, WhoCountsWire};
use reporter::{Figures, GroupFigures, Warning};
use std::path::Path;

/// Says everything on standard error; it holds the reporter's own figures, which belong into no pipe.
pub(super) fn show(begun: &Begun, reading: &Reading, file: &Path) {
    let manifest = begun.survey.manifest();
    let facts = manifest.manifest();
    eprintln!("{}", facts.title);
    if !facts.purpose.is_empty() {
        eprintln!("{}", facts.purpose);
    }
    eprintln!(
        "Period: {}. Questions: {}. Closes {}.",
        facts.period,
        facts.contact,
        clock::show(facts.closes_at)
    );
    eprintln!();
    eprintln!("From {}, sealed on this machine:", file.display());
    eprintln!();
    let figures = Figures::of(manifest.schema(), manifest.layout(), reading.records());
    eprint!("{}", table(&figures, begun));
    eprintln!();
    eprint!("{}", everything(manifest.schema(), reading.records()));
    eprintln!();
    eprintln!("Your own figures; they stay here:");
    eprint!("{}", own::in_words(manifest.schema(), reading.records()));
    eprintln!();
    eprint!("{}", reading.left_out());
    for rule in who_counts(&facts.who_counts) {
        eprintln!("{rule}");
    }
    eprintln!();
    match facts.granularity {
        GranularityWire::Records => {
            eprintln!(
                "These figures stay here. Every salary is sealed on its own and sent in a list that is"
            );
            eprintln!("filled up, so that its length says little about how many people you have:");
        }
        GranularityWire::Totals => {
            eprintln!(
                "These figures stay here. What leaves this machine are their totals, sealed: nobody sees"
            );
            eprintln!("how many people you have, or in which groups:");
        }
    }
    eprintln!("  {} ({}) keeps it and cannot open it;", facts.data_server.operator, facts.data_server.url);
    eprintln!(
        "  {} ({}) learns that you submitted, and opens only the total of all reporters.",
        facts.computation_server.operator, facts.computation_server.url
    );
    let (min, cell) = (facts.thresholds.min_reporters, facts.thresholds.min_cell_reporters);
    let employees = facts.thresholds.min_cell_employees;
    eprintln!(
        "Nothing is opened with fewer than {min} reporters; a group is shown from {cell} reporters and \
         {employees} employees on."
    );
    for warning in begun.survey.warnings() {
        eprintln!("Note: {}", in_words(warning));
    }
    for question in reading.questions() {
        eprintln!("Please check. {question}");
    }
    if begun.state.acknowledged > 0 {
        eprintln!("This replaces version {} that you sent before.", begun.state.acknowledged);
    }
    eprintln!();
}

/// Who counts, one sentence for each rule.
fn who_counts(who: &WhoCountsWire) -> Vec<String> {
    let snapshot = who.snapshot.iter().map(|day| format!("Counted is whoever was employed on {day}."));
    let part_timers = match who.part_timers {
        PartTimersWire::AsPaid => "Part-timers count with what they were paid.",
        PartTimersWire::FullTimeEquivalent => "Part-timers count with what full time would have paid them.",
        PartTimersWire::LeftOut => "Part-timers do not count: leave them out of the file.",
    };
    let leavers = match who.leavers {
        LeaversWire::LeftOut => "Whoever left does not count: leave them out of the file.",
        LeaversWire::Counted => "Whoever left counts with what they were paid until then.",
    };
    let missing = match who.missing {
        MissingWire::LeaveOut => "Rows in which something is missing are left out; how many is said above.",
        MissingWire::Stop => "Rows in which something is missing stop everything until they are completed.",
    };
    snapshot.chain([part_timers, leavers, missing].map(str::to_owned)).collect()
}

fn table(figures: &Figures, begun: &Begun) -> String {
    let measure = begun.survey.manifest().schema().measure();
    let heading = ["group", "employees", "sum", "sealed entries"].map(String::from).to_vec();
    let row = |group: &GroupFigures| {
        vec![
            group.category.clone(),
            show::count(group.employees),
            format!("{} {}", show::minor(group.sum_minor, measure.decimals()), measure.unit()),
            show::count(group.entries as u64),
        ]
    };
    let rows: Vec<Vec<String>> = std::iter::once(heading).chain(figures.groups.iter().map(row)).collect();
    lay_out(&rows, &[Align::Left, Align::Right, Align::Right, Align::Right])
}

const fn in_words(warning: Warning) -> &'static str {
    match warning {
        Warning::Rehearsal => "this is a rehearsal. Do not send real pay.",
        Warning::NoValidity => {
            "nothing shows that other reporters' submissions are honest in form; one of them could defeat the \
             minimum numbers or break the result."
        }
        Warning::SameOperator => {
            "one operator runs both servers. It could open your submission; the sealing protects you from \
             others only."
        }
        Warning::SameHost => "both servers are one machine. Whoever has it could open your submission.",
        Warning::SameDomain => {
            "both servers belong to one internet domain. Make sure that two parties run them."
        }
    }
}
