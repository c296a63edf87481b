//! How cells add up to other cells.

use super::tabulation::{Crossing, categories_at};

/// Every way in which the cells of a tabulation add up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sums {
    /// For each cell the counted cells that add up to it.
    pub(super) inner: Vec<Vec<usize>>,
    /// For each cell and each crossing that its own is part of: the cells there that add up to it.
    pub(super) splits: Vec<Vec<Vec<usize>>>,
    /// Sets of cells of two counted crossings that add up to the same: what the two have in common.
    pub(super) links: Vec<Link>,
}

/// Two sets of counted cells with the same sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) left: Vec<usize>,
    pub(super) right: Vec<usize>,
}

impl Sums {
    pub(super) fn new(sizes: &[usize], crossings: &[Crossing]) -> Self {
        let mut sums = Self { inner: Vec::new(), splits: Vec::new(), links: Vec::new() };
        for crossing in crossings {
            let finer = |other: &&Crossing| {
                other.dimensions().len() > crossing.dimensions().len() && crossing.is_part_of(other)
            };
            let counted = crossings.iter().find(|other| other.is_counted() && crossing.is_part_of(other));
            sums.inner.extend(counted.map(|counted| split(sizes, crossing, counted)).unwrap_or_default());
            let finer: Vec<Vec<Vec<usize>>> =
                crossings.iter().filter(finer).map(|other| split(sizes, crossing, other)).collect();
            let of_cell = |at: usize| finer.iter().filter_map(|cells| cells.get(at).cloned()).collect();
            sums.splits.extend((0..crossing.cells().len()).map(of_cell));
        }
        let counted: Vec<&Crossing> = crossings.iter().filter(|crossing| crossing.is_counted()).collect();
        for (at, left) in counted.iter().enumerate() {
            for right in counted.iter().skip(at + 1) {
                let shared: Vec<usize> =
                    left.dimensions().iter().copied().filter(|d| right.dimensions().contains(d)).collect();
                let (left, right) = (group(sizes, &shared, left), group(sizes, &shared, right));
                sums.links.extend(left.into_iter().zip(right).map(|(left, right)| Link { left, right }));
            }
        }
        sums
    }
}

/// For each cell of `whole` the cells of a finer crossing that add up to it.
fn split(sizes: &[usize], whole: &Crossing, finer: &Crossing) -> Vec<Vec<usize>> {
    group(sizes, whole.dimensions(), finer)
}

/// The cells of a crossing by the categories of some of its dimensions, in the order of a crossing of these.
fn group(sizes: &[usize], by: &[usize], crossing: &Crossing) -> Vec<Vec<usize>> {
    let size = |dimension: &usize| sizes.get(*dimension).copied().unwrap_or(1);
    let mut groups = vec![Vec::new(); by.iter().map(size).product()];
    for cell in crossing.cells() {
        let categories = categories_at(sizes, crossing, cell);
        let mut at = 0;
        for (dimension, category) in crossing.dimensions().iter().zip(categories) {
            if by.contains(dimension) {
                at = at * size(dimension) + category;
            }
        }
        if let Some(group) = groups.get_mut(at) {
            group.push(cell);
        }
    }
    groups
}

/// Whether the counted crossings close no ring, that is, whether tables that agree in what they share always
/// have a common refinement without negative numbers. Then sums are all that they say about each other.
///
/// Reduction of Graham and of Yu and Özsoyoğlu: take away dimensions of one crossing only, and crossings that
/// are part of another, until nothing changes; a ring is what remains.
pub(super) fn adds_up(crossings: &[Crossing]) -> bool {
    let mut edges: Vec<Vec<usize>> =
        crossings.iter().filter(|c| c.is_counted()).map(|c| c.dimensions().to_vec()).collect();
    loop {
        let before = edges.clone();
        let shared = |dimension: &usize| before.iter().filter(|edge| edge.contains(dimension)).count() > 1;
        edges.iter_mut().for_each(|edge| edge.retain(shared));
        let all = edges.clone();
        let mut at = 0;
        edges.retain(|edge| {
            let own = at;
            at += 1;
            // Of equal ones the first stays.
            !all.iter().enumerate().any(|(other, wider)| {
                let inside = edge.iter().all(|dimension| wider.contains(dimension));
                inside && own != other && (edge.len() < wider.len() || other < own)
            })
        });
        if edges.len() <= 1 {
            return true;
        }
        if edges == before {
            return false;
        }
    }
}
