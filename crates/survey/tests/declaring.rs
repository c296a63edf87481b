//! What a schema may not be, each refusal by its name, and how its cells are numbered.
#![allow(clippy::unwrap_used, reason = "tests fail loudly, and so do their helpers")]

use survey::{
    Dimension, Formula, Label, Limits, Measure, Schema, SchemaParts, SchemaRefusal, Statistics, WhoCounts,
};

fn label(text: &str) -> Label {
    Label::parse(text).unwrap()
}

fn dimension(name: &str, categories: usize) -> Dimension {
    Dimension::new(label(name), (0..categories).map(|at| label(&format!("{name} {at}"))).collect()).unwrap()
}

fn measure(name: &str) -> Measure {
    let limits = Limits::new(0, 1000).unwrap();
    Measure::new(label(name), label("EUR"), 0, limits, limits).unwrap()
}

fn parts() -> SchemaParts {
    SchemaParts {
        dimensions: vec![dimension("job", 10), dimension("race", 8), dimension("gender", 3)],
        compared: 2,
        reference: 1,
        measures: vec![measure("pay"), measure("bonus")],
        cross_tabulations: vec![vec![0, 1, 2]],
        margins: vec![vec![0, 2], vec![2], vec![]],
        who: WhoCounts::DEFAULT,
    }
}

fn refused(change: impl FnOnce(&mut SchemaParts)) -> SchemaRefusal {
    let mut parts = parts();
    change(&mut parts);
    Schema::declare(parts).unwrap_err()
}

#[test]
fn ten_by_eight_by_three_is_possible_with_its_margins() {
    let schema = Schema::declare(parts()).unwrap();
    let cells: Vec<_> = schema.tables().iter().map(survey::CrossTable::cells).collect();
    assert_eq!(cells, [0..240, 240..270, 270..273, 273..274]);
    assert_eq!(schema.categories_of(25), [(0, 1), (1, 0), (2, 1)]);
    assert_eq!(schema.categories_of(245), [(0, 1), (2, 2)]);
    assert_eq!(schema.parts_of(245), [26, 29, 32, 35, 38, 41, 44, 47]);
    assert_eq!(schema.parts_of(273), (0..240).collect::<Vec<_>>());
    assert_eq!((schema.parts_of(25), schema.parts_of(274)), (vec![25], vec![]));
    assert_eq!([25, 245, 273].map(|cell| schema.compared_category(cell)), [Some(1), Some(2), None]);
}

#[test]
fn the_full_product_is_not_forced() {
    let mut parts = parts();
    parts.cross_tabulations = vec![vec![0, 2], vec![1, 2]];
    parts.margins = vec![vec![2]];
    let schema = Schema::declare(parts).unwrap();
    assert_eq!(schema.cell_count(), 30 + 24 + 3);
    assert_eq!(schema.tables()[2].margin_of(), Some(0), "the first that has it");
}

#[test]
fn each_rule_about_tables_is_refused_by_its_name() {
    use SchemaRefusal::*;
    assert_eq!(refused(|p| p.cross_tabulations.clear()), NoCrossTabulation);
    assert_eq!(refused(|p| p.cross_tabulations = vec![vec![0, 1, 2, 3]]), UnknownDimension);
    assert_eq!(refused(|p| p.cross_tabulations = vec![vec![0, 1, 2, 0]]), DuplicateCrossTabulation);
    assert_eq!(refused(|p| p.margins.push(vec![2, 0])), DuplicateCrossTabulation);
    assert_eq!(refused(|p| p.margins.push(vec![2, 1, 0])), DuplicateCrossTabulation);
    assert_eq!(refused(|p| p.cross_tabulations = vec![vec![0, 1]]), WithoutCompared);
    assert_eq!(refused(|p| p.cross_tabulations.push(vec![1, 2])), Nested);
    let unused = |p: &mut SchemaParts| {
        p.cross_tabulations = vec![vec![0, 2]];
        p.margins.clear();
    };
    assert_eq!(refused(unused), UnusedDimension);
    let foreign = |p: &mut SchemaParts| {
        p.cross_tabulations = vec![vec![0, 2], vec![1, 2]];
        p.margins = vec![vec![0, 1]];
    };
    assert_eq!(refused(foreign), ForeignMargin);
    assert_eq!(refused(|p| p.margins.push(vec![9])), UnknownDimension);
}

#[test]
fn too_many_cells_are_refused_also_where_their_number_overflows() {
    let cells = |p: &mut SchemaParts, sizes: &[usize]| {
        let names = ["a", "b", "c", "d", "e", "f", "g"];
        p.dimensions = sizes.iter().zip(names).map(|(size, name)| dimension(name, *size)).collect();
        (p.compared, p.margins) = (0, vec![]);
        p.cross_tabulations = vec![(0..sizes.len()).collect()];
    };
    assert_eq!(refused(|p| cells(p, &[16, 16, 17])), SchemaRefusal::TooManyCells);
    assert_eq!(refused(|p| cells(p, &[20; 6])), SchemaRefusal::TooManyCells);
    assert_eq!(refused(|p| cells(p, &[2; 7])), SchemaRefusal::Dimensions);
    let mut most = parts();
    cells(&mut most, &[16, 16, 16]);
    assert_eq!(Schema::declare(most.clone()).unwrap().cell_count(), Schema::MAX_CELLS);
    most.margins = vec![vec![]];
    assert_eq!(Schema::declare(most), Err(SchemaRefusal::TooManyCells));
}

#[test]
fn each_rule_about_names_and_measures_is_refused_by_its_name() {
    use SchemaRefusal::*;
    assert_eq!(refused(|p| p.dimensions.clear()), Dimensions);
    assert_eq!(refused(|p| p.measures.clear()), Measures);
    assert_eq!(refused(|p| p.measures = vec![measure("pay"); 9]), Measures);
    assert_eq!(refused(|p| p.measures = vec![measure("pay"), measure("PAY")]), DuplicateName);
    assert_eq!(refused(|p| p.measures.push(measure("Gender"))), DuplicateName);
    assert_eq!(refused(|p| p.compared = 3), UnknownCompared);
    assert_eq!(refused(|p| p.reference = 3), UnknownReference);
    let idle = || measure("hours").with(Statistics::default()).unwrap();
    assert_eq!(refused(|p| p.measures.push(idle())), NothingMeasured);
    let hourly = |dividend, divisor| measure("hourly").computed(Formula::Quotient { dividend, divisor });
    for (dividend, divisor) in [(0, 0), (0, 3), (0, 2), (2, 0)] {
        assert_eq!(refused(|p| p.measures.push(hourly(dividend, divisor))), UnknownOperand);
    }
    assert_eq!(refused(|p| p.measures.insert(0, hourly(0, 1))), UnknownOperand);
    let finer = |p: &mut SchemaParts| {
        let limits = Limits::new(0, 1000).unwrap();
        let total = Measure::new(label("total"), label("EUR"), 2, limits, limits).unwrap();
        p.measures.push(total.computed(Formula::Sum { of: 0, and: 1 }));
    };
    assert_eq!(refused(finer), SumDecimals);
    let mut good = parts();
    good.measures = vec![measure("pay"), idle(), hourly(0, 1)];
    let schema = Schema::declare(good).unwrap();
    assert_eq!(schema.entered().map(|(at, _)| at).collect::<Vec<_>>(), [0, 1]);
}
