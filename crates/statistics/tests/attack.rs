//! Attacks on drawn surveys of 3 to 6 dimensions with at least 200 cells, of which 30 to 60 per cent have too few
//! behind them; and on small ones, each made to give something away.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_possible_wrap,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a test fails loudly, and its numbers are small"
)]

mod attacker;

use attacker::known::{Attack, Attacker, Number};
use attacker::program::{Answers, Span};
use attacker::tables::{Drawn, HIGHEST, Person, schema};
use attacker::worlds::{with_others, without_others};
use statistics::{Figure, ReleasedCell, Turnout, protection_interval, suppress};
use survey::Thresholds;

/// How many surveys are attacked: `ATTACKED_SURVEYS`, or a few.
fn surveys() -> u64 {
    std::env::var("ATTACKED_SURVEYS").map_or(6, |surveys| surveys.parse().unwrap())
}

type Slots = [Figure<ReleasedCell>];

fn attackers(drawn: &Drawn) -> Vec<Attacker> {
    [Attacker::Outsider].into_iter().chain((0..drawn.parts.len()).map(Attacker::Reporter)).collect()
}

fn interval(drawn: &Drawn) -> i64 {
    protection_interval(drawn.thresholds).into()
}

/// The first number of a suppressed cell that is bound more tightly than it may be.
fn told(
    drawn: &Drawn,
    slots: &Slots,
    attacker: Attacker,
    answers: &mut Answers,
) -> Option<(usize, Number, Span)> {
    let attack = Attack { drawn, slots, attacker, reads_figures: true };
    let gathered = attack.gather();
    let wide = |number| match number {
        Number::Reporters => 1,
        Number::Employees => interval(drawn),
        Number::Sum => interval(drawn) * HIGHEST,
    };
    for cell in gathered.suppressed() {
        for number in Number::ALL {
            let range = gathered.range(cell, number, answers);
            if range.1 - range.0 < wide(number) {
                return Some((cell, number, range));
            }
        }
    }
    None
}

/// That a suppressed cell may have nobody of others', and as many as the interval says, is shown by two surveys.
fn assert_open(drawn: &Drawn, slots: &Slots, attacker: Attacker, seed: usize) {
    let people = without_others(drawn, slots, attacker).expect("everybody else finds a place that is shown");
    let hidden: Vec<usize> =
        drawn.bases().into_iter().flatten().filter(|cell| slots[*cell].released().is_none()).collect();
    let asked = hidden[seed % hidden.len()];
    for more in [0, interval(drawn)] {
        let people = with_others(drawn, attacker, people.clone(), (asked, more)).expect("somebody has room");
        let other = drawn.with(people);
        assert!(other.published() == slots, "what is published is another");
        let own = match attacker {
            Attacker::Outsider => 0,
            Attacker::Reporter(at) => {
                assert!(other.parts[at] == drawn.parts[at], "what the attacker sent is another");
                drawn.parts[at][asked].employees
            }
        };
        assert_eq!(other.total(asked).1.employees, own + more);
        let all = |at: usize| other.people.iter().filter(|person| person.reporter == at).count() as i64;
        assert!((0..other.parts.len()).all(|at| (1..=other.per_reporter).contains(&all(at))));
    }
}

#[test]
#[ignore = "takes minutes, built for release: hundreds of cells, every attacker"]
fn nobody_learns_of_a_suppressed_cell_more_than_the_interval_leaves_open() {
    let (mut answers, mut shown, mut asked) = (Answers::default(), 0, 0);
    for seed in 0..surveys() {
        let drawn = Drawn::new(seed);
        let slots = drawn.published();
        let hidden = slots.iter().filter(|slot| slot.released().is_none()).count();
        if hidden == slots.len() {
            continue;
        }
        shown += 1;
        let all = attackers(&drawn);
        for (at, attacker) in all.iter().enumerate() {
            assert_eq!(told(&drawn, &slots, *attacker, &mut answers), None, "survey {seed}, {attacker:?}");
            // Other surveys take longer to make than programs: eight for each, or a few more.
            if at % (1 + all.len() / 8) == 0 {
                assert_open(&drawn, &slots, *attacker, seed as usize * 31 + at * 7);
            }
            asked += hidden;
        }
    }
    println!("{} surveys, {shown} of which show something, {asked} suppressed cells asked for", surveys());
    assert!(shown * 2 > surveys(), "most of the surveys show nothing");
}

/// A slot as it would be shown if it had enough.
fn raise(drawn: &Drawn, slots: &mut Slots, cell: usize) {
    let of_some = slots.iter().find_map(|slot| slot.released().cloned()).unwrap();
    let (reporters, all) = drawn.total(cell);
    let mut raised = ReleasedCell { reporters: reporters.into(), employees: all.employees.into(), ..of_some };
    raised.measures[0].sum_minor = Some(all.sum.into());
    slots[cell] = Figure::Released(raised);
}

#[test]
#[ignore = "takes minutes, built for release: hundreds of cells, every attacker"]
fn the_attacker_catches_the_removal_of_any_margin_s_suppression() {
    let (mut answers, mut planted) = (Answers::default(), 0);
    for seed in 0..surveys() {
        let drawn = Drawn::new(seed);
        let slots = drawn.published();
        if slots.iter().all(|slot| slot.released().is_none()) {
            continue;
        }
        for margin in 0..drawn.schema.cell_count() {
            let parts = drawn.schema.parts_of(margin);
            let hidden = |cell: &usize| slots[*cell].released().is_none();
            let somebody = |cell: &usize| drawn.total(*cell).0 > 0;
            let unknown: Vec<_> = parts.iter().filter(|part| hidden(part) && somebody(part)).collect();
            // Over several the margin may be harmless; over one it is the difference.
            if parts == [margin] || unknown.len() != 1 || drawn.is_small(margin) {
                continue;
            }
            let mut slots = slots.clone();
            raise(&drawn, &mut slots, margin);
            let attack =
                Attack { drawn: &drawn, slots: &slots, attacker: Attacker::Outsider, reads_figures: true };
            let range = attack.gather().range(*unknown[0], Number::Employees, &mut answers);
            let truth = drawn.total(*unknown[0]).1.employees;
            assert_eq!(range, (truth, truth), "survey {seed}, margin {margin}");
            assert!(told(&drawn, &slots, Attacker::Outsider, &mut answers).is_some());
            planted += 1;
        }
    }
    println!("{planted} margins raised");
    assert!(planted > 0);
}

/// Small surveys by sex, or by rank and sex: for each cell, how many each reporter employs there.
fn small(cells: &[&[usize]], thresholds: Thresholds, margins: Vec<Vec<usize>>) -> Drawn {
    let by_rank = cells.len() == 4;
    let (sizes, bases) = if by_rank { (vec![2, 2], vec![vec![0, 1]]) } else { (vec![2], vec![vec![0]]) };
    let mut people = Vec::new();
    for (cell, by_reporter) in cells.iter().enumerate() {
        let combination = if by_rank { vec![cell / 2, cell % 2] } else { vec![cell] };
        for (reporter, count) in by_reporter.iter().enumerate() {
            let person = |at| Person { reporter, combination: combination.clone(), pay: 100 + at as i64 };
            people.extend((0..*count).map(person));
        }
    }
    let reporters = cells.iter().map(|by_reporter| by_reporter.len()).max().unwrap();
    Drawn::of(schema(&sizes, bases, margins), thresholds, 1000, reporters, people)
}

/// What would be published if nobody looked at who took part.
fn without_room(drawn: &Drawn) -> Vec<Figure<ReleasedCell>> {
    let anybody = Turnout { counted: 2, max_employees_per_reporter: u32::MAX };
    suppress(&drawn.schema, drawn.thresholds, anybody, &drawn.totals())
}

/// What others may employ in a cell.
fn employees(drawn: &Drawn, slots: &Slots, attacker: Attacker, cell: usize) -> Span {
    assert!(slots[cell].released().is_none());
    let attack = Attack { drawn, slots, attacker, reads_figures: true };
    attack.gather().range(cell, Number::Employees, &mut Answers::default())
}

#[test]
fn a_reason_tells_nobody_an_exact_number() {
    let close = Thresholds::new(5, 5, 6).unwrap();
    let five = small(&[&[1; 5], &[20; 5]], close, vec![]);
    assert_eq!(employees(&five, &five.published(), Attacker::Outsider, 0), (0, 4000));
    let nine = small(&[&[5, 1, 1, 1, 1], &[20; 5]], Thresholds::DEFAULT, vec![]);
    assert_eq!(employees(&nine, &nine.published(), Attacker::Outsider, 0), (0, 4000));
    assert_eq!(employees(&nine, &nine.published(), Attacker::Reporter(0), 0), (0, 3000));
}

#[test]
fn a_margin_tells_nothing_of_its_cells() {
    let women = [&[1, 2, 2, 2, 2, 0][..], &[0, 0, 0, 0, 0, 1]];
    let drawn = small(&[women[0], &[20; 6], women[1], &[20; 6]], Thresholds::DEFAULT, vec![vec![1]]);
    for attacker in [Attacker::Outsider, Attacker::Reporter(5)] {
        assert_eq!(employees(&drawn, &drawn.published(), attacker, 0).0, 0);
        assert_eq!(told(&drawn, &drawn.published(), attacker, &mut Answers::default()), None);
    }
}

#[test]
fn those_shown_cannot_be_subtracted_from_those_counted() {
    let women: Vec<usize> = (0..20).map(|at| usize::from(at >= 11)).collect();
    let men: Vec<usize> = (0..20).map(|at| if at < 11 { 10 } else { 0 }).collect();
    let drawn = small(&[&women, &men], Thresholds::DEFAULT, vec![]);
    assert!(drawn.published().iter().all(|slot| slot.released().is_none()));
    let planted = without_room(&drawn);
    assert_eq!(employees(&drawn, &planted, Attacker::Outsider, 0), (9, 9));
    assert!(told(&drawn, &planted, Attacker::Outsider, &mut Answers::default()).is_some());
}

#[test]
fn a_margin_says_how_many_reporters_its_cells_have_together() {
    // Nine reporters employ men, of both ranks; five others a woman of the lower rank each.
    let women: Vec<usize> = (0..14).map(|at| usize::from(at >= 9)).collect();
    let men: Vec<usize> = (0..14).map(|at| if at < 9 { 10 } else { 0 }).collect();
    let cells: [&[usize]; 4] = [&women, &men, &[], &men];
    let drawn = small(&cells, Thresholds::DEFAULT, vec![vec![1]]);
    assert!(drawn.published().iter().all(|slot| slot.released().is_none()));
    let planted = without_room(&drawn);
    assert_eq!(employees(&drawn, &planted, Attacker::Outsider, 0), (5, 9));
    // Without the margin they may be eighteen, so all fourteen.
    let alone = small(&cells, Thresholds::DEFAULT, vec![]);
    assert_eq!(employees(&alone, &alone.published(), Attacker::Outsider, 0).0, 0);
}

#[test]
fn a_full_survey_leaves_suppressed_cells_no_room() {
    let mut drawn = small(&[&[1; 5], &[20; 5]], Thresholds::DEFAULT, vec![]);
    drawn.per_reporter = 21;
    assert!(drawn.published().iter().all(|slot| slot.released().is_none()));
    let (low, high) = employees(&drawn, &without_room(&drawn), Attacker::Reporter(0), 0);
    assert!(high - low < interval(&drawn), "{low} to {high}");
    drawn.per_reporter = 30;
    assert!(drawn.published()[1].released().is_some());
}

#[test]
fn the_attacker_catches_a_margin_released_over_a_suppressed_cell() {
    let cells: [&[usize]; 4] = [&[9; 6], &[20; 6], &[2, 0, 0, 0, 0, 1], &[20; 6]];
    let drawn = small(&cells, Thresholds::DEFAULT, vec![vec![1]]);
    let (mut slots, mut answers) = (drawn.published(), Answers::default());
    assert_eq!(told(&drawn, &slots, Attacker::Outsider, &mut answers), None);
    raise(&drawn, &mut slots, 4);
    let found = told(&drawn, &slots, Attacker::Outsider, &mut answers);
    assert_eq!(found.map(|(cell, ..)| cell), Some(2));
    assert_eq!(employees(&drawn, &slots, Attacker::Outsider, 2), (3, 3));
    assert_eq!(employees(&drawn, &slots, Attacker::Reporter(0), 2), (1, 1));
}

#[test]
fn the_attacker_catches_two_tables_of_which_one_is_shown() {
    // Women by rank and by unit: of the lower rank there are three, of both units enough.
    let person = |at: usize| {
        let men = at >= 63;
        let rank = if men { at / 12 % 2 } else { usize::from(at >= 3) };
        Person { reporter: at % 6, combination: vec![rank, at / 6 % 2, usize::from(men)], pay: 100 }
    };
    let tables = schema(&[2, 2, 2], vec![vec![0, 2], vec![1, 2]], vec![]);
    let drawn = Drawn::of(tables, Thresholds::DEFAULT, 1000, 6, (0..200).map(person).collect());
    let (slots, mut answers) = (drawn.published(), Answers::default());
    let hidden: Vec<usize> = (0..8).filter(|cell| slots[*cell].released().is_none()).collect();
    assert_eq!(told(&drawn, &slots, Attacker::Outsider, &mut answers), None);
    let small: Vec<usize> = hidden.iter().copied().filter(|cell| drawn.is_small(*cell)).collect();
    assert_eq!((hidden.len(), small.len()), (4, 1));
    let mut planted = slots.clone();
    hidden.iter().filter(|cell| !small.contains(cell)).for_each(|cell| raise(&drawn, &mut planted, *cell));
    let truth = drawn.total(small[0]).1.employees;
    assert_eq!(employees(&drawn, &planted, Attacker::Outsider, small[0]), (truth, truth));
}
