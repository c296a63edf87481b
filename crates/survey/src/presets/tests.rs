//! Each preset against its text.

use super::*;
use crate::test_schemas::label;
use crate::{Amount, Capacity, Formula, Granularity, Layout, Record, SlotKind};

fn options() -> PresetOptions {
    PresetOptions {
        currency: label("EUR"),
        snapshot: Date::parse("2026-04-05"),
        worker_categories: ["managers", "experts", "clerks"].map(label).to_vec(),
        bands: false,
    }
}

fn preset(kind: PresetKind) -> Preset {
    kind.preset(&options()).unwrap()
}

fn layout(preset: &Preset, reporters: u32, employees: u32) -> Layout {
    let capacity = Capacity::new(Granularity::Totals, reporters, employees).unwrap();
    Layout::new(&preset.schema, capacity, 3070).unwrap()
}

/// Everything that a definition needs is added up in its table.
#[test]
fn every_figure_of_every_text_can_be_computed() {
    for kind in PresetKind::ALL {
        let preset = preset(kind);
        assert_eq!(PresetKind::from_name(kind.name()), Some(kind));
        assert_eq!(preset.schema.who_counts().snapshot, Date::parse("2026-04-05"));
        for definition in &preset.definitions {
            let table = &preset.schema.tables()[definition.table];
            let compares = !matches!(definition.wanted, Wanted::Employees);
            assert!(!compares || table.dimensions().contains(&preset.schema.compared_position()));
            assert!(definition.within.is_none_or(|(dimension, _)| table.dimensions().contains(&dimension)));
            let Some(measure) = definition.measure else { continue };
            let statistics = preset.schema.measures()[measure].statistics();
            let bands = statistics.band_count() > 1;
            let has = match definition.wanted {
                Wanted::Employees => true,
                Wanted::Sum | Wanted::Mean | Wanted::MeanGap => statistics.mean,
                Wanted::MedianGap | Wanted::QuartileShares | Wanted::Bands => bands,
                Wanted::ShareReceiving => statistics.receiving,
            };
            assert!(has, "{} {}", kind.name(), definition.item);
            if definition.among == Among::Receiving {
                assert!(
                    statistics.receiving && statistics.bands.first() == Some(&1),
                    "nobody else in band 0"
                );
            }
        }
    }
}

#[test]
fn simple_is_one_gap() {
    let preset = preset(PresetKind::Simple);
    assert_eq!((preset.schema.cell_count(), preset.schema.measures().len()), (2, 1));
}

/// Art. 9(1): each letter once at least; (a) and (c) by both pay levels of Art. 3(1); (g) by both components.
#[test]
fn article_nine_has_its_seven_items() {
    let preset = preset(PresetKind::Eu);
    let of = |item: &str| {
        let of_item = preset.definitions.iter().filter(|definition| definition.item == item);
        let name = |definition: &Definition| {
            let measure = &preset.schema.measures()[definition.measure.unwrap()];
            (definition.wanted, measure.name().as_str().to_owned(), definition.table)
        };
        of_item.map(name).collect::<Vec<_>>()
    };
    let figure = |wanted, name: &str, table| (wanted, name.to_owned(), table);
    let variable = "complementary or variable components";
    let both = |wanted| [figure(wanted, "gross annual pay", 1), figure(wanted, "gross hourly pay", 1)];
    assert_eq!(of("(a)"), both(Wanted::MeanGap));
    assert_eq!(of("(b)"), [figure(Wanted::MeanGap, variable, 1)]);
    assert_eq!(of("(c)"), both(Wanted::MedianGap));
    assert_eq!(of("(d)"), [figure(Wanted::MedianGap, variable, 1)]);
    assert_eq!(of("(e)"), [figure(Wanted::ShareReceiving, variable, 1)]);
    assert_eq!(of("(f)"), [figure(Wanted::QuartileShares, "gross hourly pay", 1)]);
    let basic = figure(Wanted::MeanGap, "ordinary basic wage or salary", 0);
    assert_eq!(of("(g)"), [basic, figure(Wanted::MeanGap, variable, 0)]);
    let schema = &preset.schema;
    assert_eq!(
        schema.compared().categories()[schema.reference()].as_str(),
        "male",
        "a part of the male average"
    );
    assert_eq!(schema.tables()[0].dimensions(), [0, 1], "(g) is by categories of workers");
    assert_eq!(schema.tables()[1].dimensions(), [1]);
}

/// Art. 3(1): annual pay is basic wage and components; the hourly pay corresponds to it.
#[test]
fn annual_and_hourly_pay_follow_from_what_is_entered() {
    let schema = preset(PresetKind::Eu).schema;
    let entered: Vec<_> = schema.entered().map(|(_, measure)| measure.name().as_str().to_owned()).collect();
    assert_eq!(
        entered,
        ["ordinary basic wage or salary", "complementary or variable components", "paid hours"]
    );
    let record = Record::of(&schema, &[0, 1], &[3_000_000, 450_000, 18_000].map(Amount::from_minor)).unwrap();
    assert_eq!(record.amount(3), Some(Amount::from_minor(3_450_000)));
    assert_eq!(record.amount(4), Some(Amount::from_minor(1917)), "34,500.00 / 1,800.0 h");
    assert_eq!(schema.measures()[3].formula(), Some(Formula::Sum { of: 0, and: 1 }));
}

/// Sch. 1 para. 2(1)(a) to (f).
#[test]
fn the_uk_has_its_six_figures() {
    let preset = preset(PresetKind::Uk);
    let items: Vec<_> = preset.definitions.iter().map(|definition| definition.item).collect();
    assert_eq!(items, ["(a)", "(b)", "(c)", "(d)", "(e)", "(f)"]);
    let full_pay = preset.definitions.iter().map(|definition| definition.within.is_some());
    assert_eq!(full_pay.collect::<Vec<_>>(), [true, true, false, false, false, true]);
    let receiving = preset.definitions.iter().map(|definition| definition.among == Among::Receiving);
    assert_eq!(receiving.collect::<Vec<_>>(), [false, false, true, true, false, false]);
    assert_eq!(preset.schema.dimensions()[0].categories()[0].as_str(), "full pay");
}

#[test]
fn boston_has_240_cells_of_four_figures() {
    let preset = preset(PresetKind::Boston);
    assert_eq!(preset.schema.tables()[0].cells(), 0..240);
    let layout = layout(&preset, 1000, 10_000);
    for cell in 0..240 {
        let kinds: Vec<_> = layout.slots().filter(|slot| slot.cell == cell).map(|slot| slot.kind).collect();
        let sum = |measure| SlotKind::Sum { measure };
        assert_eq!(kinds[..2], [SlotKind::Reporters, SlotKind::Employees]);
        assert_eq!(kinds[2..], [sum(0), sum(1), sum(2)]);
    }
    assert_eq!(preset.thresholds.min_cell_employees(), 8);
}

#[test]
fn boston_with_bands_fits_into_what_a_page_may_send() {
    let preset = PresetKind::Boston.preset(&PresetOptions { bands: true, ..options() }).unwrap();
    let layout = layout(&preset, 1000, 10_000);
    assert_eq!(layout.slot_count(), 240 * 20 + 33);
    let bytes = layout.groups()[0].blocks * 768;
    assert!(bytes <= 120_000, "{bytes} bytes");
}

/// The EEOC's own table of bands, each end included.
#[test]
fn eeo1_has_the_twelve_bands_of_its_form() {
    let preset = preset(PresetKind::Eeo1);
    let pay = &preset.schema.measures()[0];
    let ends: Vec<_> =
        (0..12).map(|band| pay.band(band).map(|b| (b.min_minor(), b.max_minor())).unwrap()).collect();
    let table = [
        (0, 19_239),
        (19_240, 24_439),
        (24_440, 30_679),
        (30_680, 38_999),
        (39_000, 49_919),
        (49_920, 62_919),
        (62_920, 80_079),
        (80_080, 101_919),
        (101_920, 128_959),
        (128_960, 163_799),
        (163_800, 207_999),
        (208_000, 100_000_000),
    ];
    assert_eq!(ends, table);
    assert_eq!(preset.schema.tables()[0].cells(), 0..140);
    assert!(!pay.statistics().mean, "the form asks for no sums of pay");
}

#[test]
fn options_that_make_no_schema_are_refused() {
    let few = PresetOptions { worker_categories: vec![label("all")], ..options() };
    assert_eq!(PresetKind::Eu.preset(&few).unwrap_err(), SchemaRefusal::TooFewCategories);
}
