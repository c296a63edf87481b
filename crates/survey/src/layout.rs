//! Which slot stands where in which block; capacity proven, so that no slot can overflow.

use crate::needs::{self, Need, ceil_log2};
use crate::{Capacity, Granularity, Schema, Slot};

/// Why no layout exists for a schema and a capacity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LayoutRefusal {
    /// Even split in two limbs the sum of one reporter would exceed [`Layout::MAX_VALUE_BITS`] each.
    #[error("the largest sum of one reporter does not fit: lower the limit per employee or the employees")]
    SumTooLarge,
    /// The same of the sum of squares.
    #[error(
        "the squares of one reporter do not fit: lower the limit per employee or the employees, give the \
         measure fewer decimals, or leave its dispersion out"
    )]
    SquaresTooLarge,
    /// One slot is wider than a block.
    #[error("a slot does not fit into one ciphertext: lower the number of reporters or use a longer key")]
    SlotTooWide,
    /// More than [`Layout::MAX_SLOTS`].
    #[error(
        "the survey has more than {} figures: leave out a cross-tabulation, bands or a statistic",
        Layout::MAX_SLOTS
    )]
    TooManySlots,
}

/// The slots whose entries go together: in `records` those about one category of the compared dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupLayout {
    /// Position of the category; `None` where the group is about all of them.
    pub category: Option<usize>,
    /// Slots in canonical order.
    pub slots: Vec<Slot>,
    /// Blocks of one entry.
    pub blocks: usize,
}

/// Where everything stands. Follows from schema, capacity and key length alone.
///
/// Invariant: for every slot, `max_reporters` times the largest value of one reporter, times the slack of
/// the validity proof, stays below 2^(width − 1); slots of a block do not overlap and end below `usable_bits`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    schema: Schema,
    capacity: Capacity,
    usable_bits: u32,
    groups: Vec<GroupLayout>,
}

impl Layout {
    /// The most bits the largest value of one reporter in one slot may have.
    pub const MAX_VALUE_BITS: u32 = needs::MAX_VALUE_BITS;
    /// The most slots: a generator of the commitment is derived for each, by every party.
    pub const MAX_SLOTS: usize = 20_000;

    /// Lays out a schema for blocks of `usable_bits` (two less than the key's).
    ///
    /// # Errors
    /// [`LayoutRefusal`] if something cannot fit.
    pub fn new(schema: &Schema, capacity: Capacity, usable_bits: u32) -> Result<Self, LayoutRefusal> {
        let needs = needs::needs(schema, capacity)?;
        if needs.iter().map(Vec::len).sum::<usize>() > Self::MAX_SLOTS {
            return Err(LayoutRefusal::TooManySlots);
        }
        let mut class_sizes = [0usize; needs::MAX_VALUE_BITS as usize + 1];
        for need in needs.iter().flatten() {
            if let Some(size) = class_sizes.get_mut(need.value_bits as usize) {
                *size += 1;
            }
        }
        let width = |need: &Need| {
            let class_size = class_sizes.get(need.value_bits as usize).copied().unwrap_or(0);
            width(need.value_bits, class_size, capacity.max_reporters())
        };
        let categories = schema.compared().categories().len();
        let category = |at| (capacity.granularity() == Granularity::Records && at < categories).then_some(at);
        let mut groups = Vec::with_capacity(needs.len());
        let mut index = 0;
        for (at, needs) in needs.iter().enumerate() {
            let (slots, blocks) = place(needs, &mut index, width, usable_bits)?;
            groups.push(GroupLayout { category: category(at), slots, blocks });
        }
        Ok(Self { schema: schema.clone(), capacity, usable_bits, groups })
    }

    /// The schema it was made for.
    #[must_use]
    pub const fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The capacity it was made for.
    #[must_use]
    pub const fn capacity(&self) -> Capacity {
        self.capacity
    }

    /// Bits of a block that slots may use.
    #[must_use]
    pub const fn usable_bits(&self) -> u32 {
        self.usable_bits
    }

    /// The groups: one for totals; one per category of the compared dimension for records, and one more if
    /// there are margins over it.
    #[must_use]
    pub fn groups(&self) -> &[GroupLayout] {
        &self.groups
    }

    /// All slots in canonical order: over groups, then slots.
    pub fn slots(&self) -> impl Iterator<Item = &Slot> {
        self.groups.iter().flat_map(|g| g.slots.iter())
    }

    /// How many slots there are.
    #[must_use]
    pub fn slot_count(&self) -> usize {
        self.groups.iter().map(|g| g.slots.len()).sum()
    }
}

/// Places slots side by side, from the lowest bit of block 0 upwards; one that does not fit begins the next.
fn place(
    needs: &[Need],
    index: &mut u32,
    width: impl Fn(&Need) -> u32,
    usable_bits: u32,
) -> Result<(Vec<Slot>, usize), LayoutRefusal> {
    let (mut block, mut offset) = (0, 0);
    let mut slots = Vec::with_capacity(needs.len());
    for need in needs {
        let width = width(need);
        if width > usable_bits || width > 127 {
            return Err(LayoutRefusal::SlotTooWide);
        }
        if offset + width > usable_bits {
            (block, offset) = (block + 1, 0);
        }
        let Need { cell, kind, limb, value_bits } = *need;
        slots.push(Slot { index: *index, cell, kind, limb, value_bits, width, block, offset });
        *index += 1;
        offset += width;
    }
    Ok((slots, block + 1))
}

/// w = b + ⌈log₂(2⁸ · 11 · √(S/2))⌉ + ⌈log₂ max_reporters⌉ + 1.
fn width(value_bits: u32, class_size: usize, max_reporters: u32) -> u32 {
    value_bits + slack_bits(class_size as u128) + ceil_log2(max_reporters.into()) + 1
}

/// ⌈log₂(2⁸ · 11 · √(S/2))⌉ for a class of S slots: the least k with 2^(2k+1) ≥ (2⁸ · 11)² · S.
fn slack_bits(class_size: u128) -> u32 {
    let square = (256 * 11) * (256 * 11) * class_size;
    ceil_log2(square).saturating_sub(1).div_ceil(2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_schemas::{rank_by_sex, test_schema};
    use crate::{Limb, SlotKind, Statistics};

    fn capacity(granularity: Granularity, employees: u32) -> Capacity {
        Capacity::new(granularity, 100, employees).unwrap()
    }

    #[test]
    fn slack_is_what_the_formula_says() {
        for class_size in [1u32, 2, 3, 4, 5, 200, 1000, 4800] {
            let exact = (2816.0 * f64::from(class_size).sqrt() / 2f64.sqrt()).log2().ceil();
            assert_eq!(f64::from(slack_bits(class_size.into())), exact, "S = {class_size}");
        }
    }

    #[test]
    fn the_smallest_survey_has_one_block_an_entry() {
        let layout =
            Layout::new(&test_schema(100_000_000), capacity(Granularity::Records, 1000), 2046).unwrap();
        assert_eq!(layout.groups().len(), 2);
        assert!(layout.groups().iter().all(|g| g.blocks == 1));
        let kinds: Vec<_> = layout.groups()[0].slots.iter().map(|s| (s.kind, s.value_bits)).collect();
        let sum = SlotKind::Sum { measure: 0 };
        assert_eq!(kinds, [(SlotKind::Reporters, 1), (SlotKind::Employees, 10), (sum, 37)]);
    }

    #[test]
    fn a_sum_over_forty_bits_has_two_limbs_and_beyond_that_is_refused() {
        let schema = test_schema((1 << 40) - 1);
        let limbs = |granularity| {
            let layout = Layout::new(&schema, capacity(granularity, 1000), 2046).unwrap();
            let limbs = layout.slots().map(|slot| slot.limb);
            limbs.filter(|limb| *limb != Limb::Whole).collect::<Vec<_>>()
        };
        let both = |bits| [Limb::Low { bits }, Limb::High { bits }];
        assert_eq!(limbs(Granularity::Records), [both(30), both(30)].concat());
        assert_eq!(limbs(Granularity::Totals), [both(40), both(40)].concat());
        let refused = Layout::new(&test_schema((1 << 48) - 1), capacity(Granularity::Records, 1 << 20), 2046);
        assert_eq!(refused, Err(LayoutRefusal::SumTooLarge));
    }

    #[test]
    fn squares_have_two_limbs_and_beyond_that_are_refused() {
        let of = |employees| {
            let schema = rank_by_sex(Statistics { dispersion: true, ..Statistics::mean() });
            let layout = Layout::new(&schema, capacity(Granularity::Totals, employees), 3070)?;
            let squares = SlotKind::Squares { measure: 0 };
            let of_one = layout.slots().filter(|slot| slot.cell == 0 && slot.kind == squares);
            Ok::<_, LayoutRefusal>(of_one.map(|slot| slot.value_bits).collect::<Vec<_>>())
        };
        // 10¹⁶ · 10⁶ has 74 bits.
        assert_eq!(of(1_000_000), Ok(vec![40, 34]));
        let schema = {
            let larger = crate::Limits::new(0, 1 << 40).unwrap();
            let pay = crate::Measure::new(
                crate::test_schemas::label("pay"),
                crate::test_schemas::label("EUR"),
                2,
                larger,
                larger,
            );
            let statistics = Statistics { dispersion: true, ..Statistics::mean() };
            let sex = test_schema(1).compared().clone();
            Schema::new(sex, 1, pay.unwrap().with(statistics).unwrap()).unwrap()
        };
        let refused = Layout::new(&schema, capacity(Granularity::Totals, 10), 3070);
        assert_eq!(refused, Err(LayoutRefusal::SquaresTooLarge));
    }

    #[test]
    fn a_margin_has_an_indicator_of_its_own_and_nothing_else() {
        let schema = rank_by_sex(Statistics::mean());
        let layout = Layout::new(&schema, capacity(Granularity::Totals, 10), 3070).unwrap();
        let of = |cell| layout.slots().filter(|s| s.cell == cell).map(|s| s.kind).collect::<Vec<_>>();
        for margin in 6..9 {
            assert_eq!(of(margin), [SlotKind::Reporters], "cell {margin}");
        }
        assert_eq!(layout.groups().len(), 1);
        let layout = Layout::new(&schema, capacity(Granularity::Records, 10), 3070).unwrap();
        let categories: Vec<_> = layout.groups().iter().map(|group| group.category).collect();
        assert_eq!(categories, [Some(0), Some(1), None], "the margin over everybody has a list of its own");
    }

    #[test]
    fn what_does_not_fit_is_refused_by_its_reason() {
        let records = capacity(Granularity::Records, 1000);
        assert_eq!(Layout::new(&test_schema(100), records, 20), Err(LayoutRefusal::SlotTooWide));
        let bands = (1..1000).collect();
        let schema = rank_by_sex(Statistics { bands, ..Statistics::default() });
        let within = Layout::new(&schema, records, 2046).unwrap();
        assert_eq!(within.slot_count(), 6 * 1002 + 3);
        let sex = schema.dimensions().to_vec();
        let four = schema.measures()[0].clone();
        let named = |name: &str| {
            let limits = four.hard();
            let measure =
                crate::Measure::new(crate::test_schemas::label(name), four.unit().clone(), 2, limits, limits);
            measure.unwrap().with(four.statistics().clone()).unwrap()
        };
        let parts = crate::SchemaParts {
            dimensions: sex,
            measures: ["a", "b", "c", "d"].map(named).to_vec(),
            ..schema.parts().clone()
        };
        let refused = Layout::new(&Schema::declare(parts).unwrap(), records, 2046);
        assert_eq!(refused, Err(LayoutRefusal::TooManySlots));
    }
}
