//! A reporter's own figures, for any survey: those of the text it was begun with, otherwise those that its
//! schema gives.

use super::compare::{by_amount, mean_gap, median_gap, percent, quarter_percent};
use super::summary::Summary;
use crate::comparison::{Row, side_by_side};
use crate::{Decimal, Gap, share};
use core::fmt;
use survey::{Among, Definition, Preset, PresetKind, Record, Schema, Wanted};

/// One figure of the report, over the reporter's rows in cells that differ in the compared category alone.
#[derive(Clone, PartialEq, Eq)]
pub struct OwnFigure {
    /// How the text numbers it; empty without one.
    pub item: &'static str,
    /// The text, shortened; empty without one.
    pub words: &'static str,
    /// The measure's position in the schema.
    pub measure: usize,
    /// Whether only those count who have more than nothing of the measure.
    pub among_receiving: bool,
    /// Dimension and category, as positions, of everybody it is about.
    pub within: Vec<(usize, usize)>,
    /// The figure.
    pub of: OwnValue,
}

/// What a figure is. Lists have one entry per category of the compared dimension, in the order of the schema.
#[derive(Clone, PartialEq, Eq)]
pub enum OwnValue {
    /// Employees, sum, mean, dispersion, quartiles; `None` for a group without rows.
    Summaries(Vec<Option<Summary>>),
    /// The gap of means to the reference group, in per cent; `None` for that group and where there is none.
    MeanGap(Vec<Option<Decimal>>),
    /// The gap of medians, likewise; exact.
    MedianGap(Vec<Option<Decimal>>),
    /// How many per cent of the group have more than nothing; `None` for a group without rows.
    Receiving(Vec<Option<Decimal>>),
    /// Of each quarter, from the lowest paid, how many per cent are of each group. Equal pay over a boundary
    /// keeps its ratio in each quarter (SI 2017/172 reg. 13(2)). `None` for a quarter without rows.
    Quarters([Option<Vec<Decimal>>; 4]),
}

impl fmt::Debug for OwnFigure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OwnFigure(<private>)")
    }
}

impl fmt::Debug for OwnValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OwnValue(<private>)")
    }
}

/// What is asked of one measure in one table.
#[derive(Clone, Copy)]
struct Question {
    item: &'static str,
    words: &'static str,
    wanted: Wanted,
    measure: usize,
    table: usize,
    among: Among,
    within: Option<(usize, usize)>,
}

/// Every figure over a reporter's rows, exact until it is rounded once: to one decimal for the UK's six
/// figures, as they are reported there, otherwise to two.
///
/// A survey that was begun with a preset of a legal text (EU, UK) gives the text's figures, numbered as there;
/// every other one summaries, gaps of means and medians, and quarters of each measure, and who receives it
/// where the schema asks for that.
#[must_use]
pub fn own_report(schema: &Schema, records: &[Record]) -> Vec<OwnFigure> {
    let preset = Preset::recognise(schema).filter(|preset| {
        matches!(preset.kind, PresetKind::Eu | PresetKind::Uk) && schema.compared().categories().len() == 2
    });
    let decimals = if preset.as_ref().is_some_and(|preset| preset.kind == PresetKind::Uk) { 1 } else { 2 };
    let questions = preset.map_or_else(|| usual(schema), |preset| of_text(&preset));
    questions.into_iter().flat_map(|question| answer(schema, records, question, decimals)).collect()
}

fn of_text(preset: &Preset) -> Vec<Question> {
    let question = |of: &Definition| {
        let (item, words, wanted) = (of.item, of.words, of.wanted);
        let (table, among, within) = (of.table, of.among, of.within);
        Some(Question { item, words, wanted, measure: of.measure?, table, among, within })
    };
    preset.definitions.iter().filter_map(question).collect()
}

fn usual(schema: &Schema) -> Vec<Question> {
    let mut questions = Vec::new();
    for table in 0..schema.tables().len() {
        let measures = schema.measures().iter().enumerate();
        for (measure, of) in measures.filter(|(_, measure)| !measure.statistics().is_empty()) {
            let (among, within) = (Among::Everybody, None);
            let receiving = of.statistics().receiving.then_some(Wanted::ShareReceiving);
            let wanted = [Wanted::Mean, Wanted::MeanGap, Wanted::MedianGap, Wanted::QuartileShares];
            let question = |wanted| Question { item: "", words: "", wanted, measure, table, among, within };
            questions.extend(wanted.into_iter().chain(receiving).map(question));
        }
    }
    questions
}

/// One figure per row of the table that the question is about; none where nobody is.
fn answer(schema: &Schema, records: &[Record], question: Question, decimals: u8) -> Vec<OwnFigure> {
    let Some(table) = schema.tables().get(question.table) else { return Vec::new() };
    let asked = |within: &[(usize, usize)]| question.within.is_none_or(|only| within.contains(&only));
    let rows = side_by_side(schema, table).into_iter().filter(|(within, _)| asked(within));
    let figure = |(within, _): Row| {
        let people = people(schema, records, &within, question);
        let of = value(schema, &people, question, decimals)?;
        let (item, words, measure) = (question.item, question.words, question.measure);
        let among_receiving = question.among == Among::Receiving;
        Some(OwnFigure { item, words, measure, among_receiving, within, of })
    };
    rows.filter_map(figure).collect()
}

/// Group and amount of everybody whom a figure is about.
fn people(
    schema: &Schema,
    records: &[Record],
    within: &[(usize, usize)],
    question: Question,
) -> Vec<(usize, u64)> {
    let is_in = |record: &&Record| {
        within.iter().all(|(dimension, category)| {
            record.categories().get(*dimension).is_some_and(|own| usize::from(*own) == *category)
        })
    };
    let row = |record: &Record| Some((record.compared(schema), record.amount(question.measure)?.minor()));
    let rows = records.iter().filter(is_in).filter_map(row);
    rows.filter(|(_, minor)| question.among == Among::Everybody || *minor > 0).collect()
}

fn value(schema: &Schema, people: &[(usize, u64)], question: Question, decimals: u8) -> Option<OwnValue> {
    let groups = schema.compared().categories().len();
    let minor_decimals = schema.measures().get(question.measure)?.decimals();
    if people.is_empty() {
        return None;
    }
    let amounts = || (0..groups).map(|group| of_group(people, group)).collect::<Vec<_>>();
    let gap = |of: fn(&[u64], &[u64]) -> Option<Gap>| {
        let mut amounts = amounts();
        amounts.iter_mut().for_each(|amounts| amounts.sort_unstable());
        let percent = |(group, own): (usize, &Vec<u64>)| {
            let base = amounts.get(schema.reference()).filter(|_| group != schema.reference())?;
            Some(Decimal::round(&of(base, own)?.percent, decimals))
        };
        amounts.iter().enumerate().map(percent).collect()
    };
    Some(match question.wanted {
        Wanted::MeanGap => OwnValue::MeanGap(gap(mean_gap)),
        Wanted::MedianGap => OwnValue::MedianGap(gap(median_gap)),
        Wanted::ShareReceiving => {
            OwnValue::Receiving(amounts().iter().map(|amounts| receiving(amounts, decimals)).collect())
        }
        Wanted::QuartileShares => OwnValue::Quarters(quarter_percent(&by_amount(groups, people), decimals)),
        Wanted::Employees | Wanted::Sum | Wanted::Mean | Wanted::Bands => {
            let summary = |amounts| Summary::of(amounts, minor_decimals);
            OwnValue::Summaries(amounts().into_iter().map(summary).collect())
        }
    })
}

fn of_group(people: &[(usize, u64)], group: usize) -> Vec<u64> {
    people.iter().filter(|(own, _)| *own == group).map(|(_, minor)| *minor).collect()
}

fn receiving(amounts: &[u64], decimals: u8) -> Option<Decimal> {
    let some = amounts.iter().filter(|minor| **minor > 0).count();
    let part = share(some.try_into().ok()?, amounts.len().try_into().ok()?)?;
    Some(percent(&part, decimals))
}
