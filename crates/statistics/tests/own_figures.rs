//! A reporter's own figures of a survey's rows: those of the laws, whatever way the rows came.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests fail loudly, and so do their helpers"
)]

use proptest::prelude::*;
use statistics::{
    Decimal, EuWorker, OwnFigure, OwnValue, UkEmployee, UkGroup, eu_report, own_report, uk_report,
};
use survey::{Amount, Dimension, Label, Limits, Measure, Preset, PresetKind, PresetOptions, Record, Schema};

fn label(text: &str) -> Label {
    Label::parse(text).unwrap()
}

fn preset(kind: PresetKind) -> Preset {
    let worker_categories = vec![label("craft"), label("office")];
    let options = PresetOptions { currency: label("EUR"), snapshot: None, worker_categories, bands: false };
    kind.preset(&options).unwrap()
}

fn record(schema: &Schema, categories: [usize; 2], amounts: &[u64]) -> Record {
    let amounts: Vec<Amount> = amounts.iter().copied().map(Amount::from_minor).collect();
    Record::of(schema, &categories, &amounts).unwrap()
}

/// The gap of women, who stand first in both presets.
fn gaps(figures: &[OwnFigure], item: &str) -> Vec<Option<Decimal>> {
    let gap = |of: &OwnValue| match of {
        OwnValue::MeanGap(gaps) | OwnValue::MedianGap(gaps) => gaps[0],
        _ => panic!("{item} is a gap"),
    };
    figures.iter().filter(|figure| figure.item == item).map(|figure| gap(&figure.of)).collect()
}

fn receiving(figures: &[OwnFigure]) -> &[Option<Decimal>] {
    let found = figures.iter().find(|figure| figure.item == "(e)").map(|figure| &figure.of);
    let Some(OwnValue::Receiving(shares)) = found else { panic!("(e) is who receives it") };
    shares
}

fn quarters(figures: &[OwnFigure]) -> &[Option<Vec<Decimal>>; 4] {
    let found = figures.iter().find(|figure| figure.item == "(f)").map(|figure| &figure.of);
    let Some(OwnValue::Quarters(quarters)) = found else { panic!("(f) is quarters") };
    quarters
}

proptest! {
    #[test]
    fn the_uks_six_figures_are_those_of_the_regulations(
        rows in prop::collection::vec((0usize..2, 0usize..2, 1u64..30, 0u64..3), 1..60),
    ) {
        let preset = preset(PresetKind::Uk);
        let on_full_pay = rows.iter().any(|row| row.0 == 0);
        let paid_a_bonus = rows.iter().any(|row| row.3 > 0);
        prop_assume!(on_full_pay && paid_a_bonus);
        let records: Vec<Record> = rows
            .iter()
            .map(|(leave, sex, rate, bonus)| record(&preset.schema, [*leave, *sex], &[rate * 100, bonus * 1000]))
            .collect();
        let employees: Vec<UkEmployee> = rows
            .iter()
            .map(|(leave, sex, rate, bonus)| UkEmployee {
                group: if *sex == 0 { UkGroup::Women } else { UkGroup::Men },
                hourly_minor: (*leave == 0).then_some(rate * 100),
                bonus_minor: bonus * 1000,
            })
            .collect();
        let (own, law) = (own_report(&preset.schema, &records), uk_report(&employees));
        prop_assert_eq!(gaps(&own, "(a)"), [law.mean_hourly_percent]);
        prop_assert_eq!(gaps(&own, "(b)"), [law.median_hourly_percent]);
        prop_assert_eq!(gaps(&own, "(c)"), [law.mean_bonus_percent]);
        prop_assert_eq!(gaps(&own, "(d)"), [law.median_bonus_percent]);
        prop_assert_eq!(receiving(&own), &law.bonus_paid_percent[..]);
        let by_law: Vec<_> = law.quarter_percent.iter().map(|both| both.map(Vec::from)).collect();
        prop_assert_eq!(quarters(&own).to_vec(), by_law);
    }

    #[test]
    fn the_eus_seven_figures_are_those_of_article_9(
        rows in prop::collection::vec((0usize..2, 0usize..2, 1000u64..9000, 0u64..3), 1..60),
    ) {
        let preset = preset(PresetKind::Eu);
        // Everybody works 100 hours, so that pay per hour is in the order of annual pay.
        let records: Vec<Record> = rows
            .iter()
            .map(|(work, sex, basic, extra)| {
                record(&preset.schema, [*work, *sex], &[basic * 100, extra * 50_000, 1000])
            })
            .collect();
        let workers: Vec<EuWorker> = rows
            .iter()
            .map(|(category, group, basic, extra)| EuWorker {
                group: *group,
                category: *category,
                basic_minor: basic * 100,
                variable_minor: extra * 50_000,
            })
            .collect();
        let (own, law) = (own_report(&preset.schema, &records), eu_report(&workers, 2, 1, 2));
        let (pay, variable) = (&law.pay[0], &law.variable[0]);
        let percent = |gap: Option<statistics::GapFigures>| gap.map(|gap| gap.percent);
        prop_assert_eq!(gaps(&own, "(a)"), [percent(pay.mean); 2]);
        prop_assert_eq!(gaps(&own, "(b)"), [percent(variable.mean)]);
        prop_assert_eq!(gaps(&own, "(c)"), [percent(pay.median); 2]);
        prop_assert_eq!(gaps(&own, "(d)"), [percent(variable.median)]);
        prop_assert_eq!(receiving(&own), law.receiving_percent.as_slice());
        prop_assert_eq!(quarters(&own), &law.quarter_percent);
        let categories = law.categories.iter().enumerate();
        let filled = categories.filter(|(category, _)| workers.iter().any(|w| w.category == *category));
        let filled: Vec<_> = filled.map(|(_, figures)| figures).collect();
        let basic = filled.iter().map(|of| percent(of.basic[0].mean));
        let variable = filled.iter().map(|of| percent(of.variable[0].mean));
        prop_assert_eq!(gaps(&own, "(g)"), basic.chain(variable).collect::<Vec<_>>());
    }
}

#[test]
fn any_other_survey_gives_summaries_gaps_and_quarters() {
    let limits = Limits::new(0, 1_000_000).unwrap();
    let pay = Measure::new(label("pay"), label("EUR"), 2, limits, limits).unwrap();
    let sex = Dimension::new(label("sex"), vec![label("women"), label("men")]).unwrap();
    let schema = Schema::new(sex, 1, pay).unwrap();
    let of = |(sex, minor): (usize, u64)| Record::new(&schema, sex, Amount::from_minor(minor)).unwrap();
    let records: Vec<Record> = [(0, 1000), (0, 2000), (1, 3000), (1, 5000)].into_iter().map(of).collect();
    let figures = own_report(&schema, &records);
    assert!(figures.iter().all(|figure| figure.item.is_empty() && figure.within.is_empty()));
    let kinds: Vec<&OwnValue> = figures.iter().map(|figure| &figure.of).collect();
    let [
        OwnValue::Summaries(groups),
        OwnValue::MeanGap(mean),
        OwnValue::MedianGap(median),
        OwnValue::Quarters(quarters),
    ] = kinds.as_slice()
    else {
        panic!("four figures")
    };
    assert_eq!(groups[0].unwrap().median.to_string(), "15.00");
    assert_eq!(mean[0].map(|gap| gap.to_string()), Some("62.50".into()));
    assert_eq!((mean[1], median[1]), (None, None), "the reference group has no gap");
    assert_eq!(quarters[0].as_ref().unwrap()[0].to_string(), "100.00");
    assert!(own_report(&schema, &[]).is_empty());
}

#[test]
fn debug_output_shows_no_pay() {
    let preset = preset(PresetKind::Uk);
    let figures = own_report(&preset.schema, &[record(&preset.schema, [0, 1], &[4711, 0])]);
    assert!(!figures.is_empty());
    assert!(!format!("{figures:?} {:?}", figures[0].of).chars().any(|c| c.is_ascii_digit()));
}
