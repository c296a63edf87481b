//! What a survey asks, in words: its dimensions, measures, tables and rules, as lines of a list.

use crate::services::numbers;
use crate::texts::Texts;
use protocol::{
    DimensionWire, FormulaWire, LeaversWire, MeasureWire, MissingWire, PartTimersWire, SchemaWire,
    StatisticWire, WhoCountsWire,
};

/// What a line is about, and what it says.
pub(crate) type Line = (String, String);

/// Everything that is asked, line by line.
pub(crate) fn asked(texts: &Texts, schema: &SchemaWire) -> Vec<Line> {
    let dimensions = schema.dimensions.iter().map(|dimension| sorted(texts, schema, dimension));
    let measures = schema.measures.iter().map(|of| (texts.say("asked-measured"), measured(texts, of)));
    let figures = schema.measures.iter().filter_map(|of| figures(texts, of));
    let mut lines: Vec<Line> = dimensions.chain(measures).chain(figures).collect();
    lines.push((texts.say("asked-tables"), tables(texts, schema)));
    lines.push((texts.say("asked-who"), who(texts, &schema.who_counts)));
    let missing = match schema.who_counts.missing {
        MissingWire::LeaveOut => texts.say("asked-missing-leave-out"),
        MissingWire::Stop => texts.say("asked-missing-stop"),
    };
    lines.push((texts.say("asked-missing"), missing));
    lines
}

fn sorted(texts: &Texts, schema: &SchemaWire, dimension: &DimensionWire) -> Line {
    let name = || ("name", dimension.name.clone().into());
    let categories = || ("categories", dimension.categories.join(", ").into());
    let line = if dimension.name == schema.compared {
        let reference = ("reference", schema.reference.clone().into());
        texts.with("asked-reference", [name(), categories(), reference])
    } else {
        texts.with("asked-value", [name(), categories()])
    };
    (texts.say("asked-sorted"), line)
}

fn measured(texts: &Texts, measure: &MeasureWire) -> String {
    let name = || ("name", measure.name.clone().into());
    let unit = || ("unit", measure.unit.clone().into());
    let of = |[one, other]: &[String; 2]| [("one", one.clone().into()), ("other", other.clone().into())];
    match &measure.computed {
        Some(FormulaWire::Sum(parts)) => {
            let [one, other] = of(parts);
            texts.with("asked-computed-sum", [name(), unit(), one, other])
        }
        Some(FormulaWire::Quotient(parts)) => {
            let [one, other] = of(parts);
            texts.with("asked-computed-quotient", [name(), unit(), one, other])
        }
        None => {
            let amount = |minor: u64| numbers::amount(minor.into(), measure.decimals);
            let limits = [("min", amount(measure.hard.min).into()), ("max", amount(measure.hard.max).into())];
            let [min, max] = limits;
            texts.with("asked-measure", [name(), unit(), min, max])
        }
    }
}

/// What is published of a measure; nothing of one that others are computed of and no more.
fn figures(texts: &Texts, measure: &MeasureWire) -> Option<Line> {
    let statistic = |statistic: &StatisticWire| match statistic {
        StatisticWire::Mean => texts.say("asked-mean"),
        StatisticWire::Dispersion => texts.say("asked-dispersion"),
        StatisticWire::Receiving => texts.say("asked-receiving"),
    };
    let mut all: Vec<String> = measure.statistics.iter().map(statistic).collect();
    if !measure.bands.is_empty() {
        all.push(texts.with("asked-bands", [("count", (measure.bands.len() + 1).into())]));
    }
    let head = texts.with("asked-figures", [("name", measure.name.clone().into())]);
    (!all.is_empty()).then(|| (head, all.join(", ")))
}

fn tables(texts: &Texts, schema: &SchemaWire) -> String {
    let all = schema.cross_tabulations.iter().chain(&schema.margins);
    let name = |by: &Vec<String>| by.join(" × ");
    let named = all.map(|by| if by.is_empty() { texts.say("asked-everybody") } else { name(by) });
    named.collect::<Vec<_>>().join("; ")
}

fn who(texts: &Texts, who: &WhoCountsWire) -> String {
    let whom = match &who.snapshot {
        Some(day) => texts.with("asked-who-day", [("day", day.clone().into())]),
        None => texts.say("asked-who-period"),
    };
    let part_timers = match who.part_timers {
        PartTimersWire::AsPaid => texts.say("asked-part-timers-as-paid"),
        PartTimersWire::FullTimeEquivalent => texts.say("asked-part-timers-full"),
        PartTimersWire::LeftOut => texts.say("asked-part-timers-out"),
    };
    let leavers = match who.leavers {
        LeaversWire::LeftOut => texts.say("asked-leavers-out"),
        LeaversWire::Counted => texts.say("asked-leavers-counted"),
    };
    [whom, part_timers, leavers].join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use survey::{Date, Label, PresetKind, PresetOptions};

    #[test]
    fn a_law_s_survey_reads_as_the_law_has_it() {
        let label = |text| Label::parse(text).unwrap();
        let options = PresetOptions {
            currency: label("EUR"),
            snapshot: Date::parse("2026-12-31"),
            worker_categories: vec![label("A"), label("B")],
            bands: false,
        };
        let schema = SchemaWire::from(&PresetKind::Eu.preset(&options).unwrap().schema);
        let texts = Texts::english(&crate::texts::ORGANIZER);
        let lines = asked(&texts, &schema);
        let says = |what: &str| lines.iter().any(|(_, line)| line == what);
        assert!(says("category of workers: A, B"));
        assert!(says("sex: female, male; compared with male"));
        assert!(says("gross hourly pay, in EUR: computed, gross annual pay divided by paid hours"));
        assert!(says("category of workers × sex; sex"));
        assert!(says(
            "whoever is employed on 2026-12-31; part-timers with what they were paid; people who left \
                      are left out"
        ));
        let variable =
            lines.iter().find(|(about, _)| about == "Figures of complementary or variable components");
        assert!(variable.unwrap().1.starts_with("average, how many have any of it, median and quartiles"));
    }
}
