//! Other surveys that look the same: person by person, with the attacker's own people as they are.

use super::known::Attacker;
use super::tables::{Drawn, LOWEST, Person};
use statistics::{Figure, ReleasedCell};
use std::collections::{BTreeMap, BTreeSet};

/// The people of a survey in which nobody but the attacker is in a suppressed cell, and nothing released is
/// another; `None` if that cannot be reached by handing people over.
///
/// One reporter takes over all people of another one in cells that are released together, or of which a margin
/// shows the reporters: each released cell has as many reporters then as before.
pub(crate) fn without_others(
    drawn: &Drawn,
    slots: &[Figure<ReleasedCell>],
    attacker: Attacker,
) -> Option<Vec<Person>> {
    let cluster = clusters(drawn, slots);
    let table = &drawn.schema.tables()[0];
    let of = |person: &Person| {
        let cell = table.cell_of(&person.categories());
        slots[cell].released().map(|_| cluster[cell])
    };
    let is_own = |person: &Person| attacker == Attacker::Reporter(person.reporter);
    let mut people: Vec<Person> =
        drawn.people.iter().filter(|person| is_own(person) || of(person).is_some()).cloned().collect();
    let mut clusters_of: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for reporter in (0..drawn.parts.len()).filter(|at| attacker != Attacker::Reporter(*at)) {
        clusters_of.entry(reporter).or_default();
    }
    for person in people.iter().filter(|person| !is_own(person)) {
        clusters_of.get_mut(&person.reporter)?.extend(of(person));
    }
    while let Some(idle) = clusters_of.iter().find(|(_, clusters)| clusters.is_empty()).map(|(idle, _)| *idle)
    {
        let (from, moved) = clusters_of
            .iter()
            .find(|(_, clusters)| clusters.len() > 1)
            .map(|(from, of)| (*from, *of.first().unwrap()))?;
        for person in people.iter_mut().filter(|person| person.reporter == from) {
            if of(person) == Some(moved) {
                person.reporter = idle;
            }
        }
        clusters_of.get_mut(&from)?.remove(&moved);
        clusters_of.get_mut(&idle)?.insert(moved);
    }
    Some(people)
}

/// Puts so many more people of one other reporter in a cell; `None` if no other has room for them.
pub(crate) fn with_others(
    drawn: &Drawn,
    attacker: Attacker,
    mut people: Vec<Person>,
    (cell, more): (usize, i64),
) -> Option<Vec<Person>> {
    let has = |at: usize| people.iter().filter(|person| person.reporter == at).count() as i64;
    let mut others = (0..drawn.parts.len()).filter(|at| attacker != Attacker::Reporter(*at));
    let reporter = others.find(|at| has(*at) + more <= drawn.per_reporter)?;
    let mut combination = vec![0; drawn.schema.dimensions().len()];
    for (dimension, category) in drawn.schema.categories_of(cell) {
        combination[dimension] = category;
    }
    people.extend((0..more).map(|_| Person { reporter, combination: combination.clone(), pay: LOWEST }));
    Some(people)
}

/// For every cell of the first cross-tabulation the cluster that it is in, by number.
fn clusters(drawn: &Drawn, slots: &[Figure<ReleasedCell>]) -> Vec<usize> {
    let mut cluster = drawn.class.clone();
    let schema = &drawn.schema;
    let margins = (0..schema.cell_count()).filter(|cell| schema.parts_of(*cell) != [*cell]);
    for margin in margins.filter(|margin| slots[*margin].released().is_some()) {
        let under: BTreeSet<usize> = schema.parts_of(margin).iter().map(|part| cluster[*part]).collect();
        let first = *under.first().unwrap();
        cluster.iter_mut().filter(|of| under.contains(&**of)).for_each(|of| *of = first);
    }
    cluster
}
