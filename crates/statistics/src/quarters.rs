//! Who is in the lower, lower middle, upper middle and upper quarter of pay.

use crate::{Interval, Ratio};

/// How many employees are in each quarter, from the lowest paid to the highest.
///
/// As equal as possible. Those left over go, as UK guidance on reg. 13 of SI 2017/172 has it: one to the lower
/// quarter; of two, one to the lower and one to the upper middle; of three, one to each but the upper.
#[must_use]
pub const fn quarter_sizes(employees: i128) -> [i128; 4] {
    let (each, left) = (employees / 4, employees % 4);
    [each + (left >= 1) as i128, each + (left >= 3) as i128, each + (left >= 2) as i128, each]
}

/// Each group's employees in each quarter, as far as bands say.
///
/// `groups[g][b]` is the number of employees of group `g` in band `b`; all groups have the same bands, in
/// ascending order. `result[quarter][g]` is an interval of numbers of employees:
/// a band that reaches over a boundary gives `o` of its `n` employees to a quarter, of which between
/// max(0, o − (n − w)) and min(w, o) belong to a group that has `w` in the band; the estimate gives each
/// group the same part, w·o/n.
///
/// If each band holds one amount, nothing but ties is left open, and the estimate is the rule of SI 2017/172
/// reg. 13(2): those who are paid the same and fall into more than one quarter have the same ratio of men and
/// women in each. Parts of employees may then be in a quarter, so that the ratio is the same exactly.
///
/// The proportions of EU directive 2023/970 Art. 9(1)(f) and SI 2017/172 reg. 13 are these numbers divided by
/// [`quarter_sizes`]. `None` without employees, with lists of different lengths, or with numbers of employees
/// below zero or beyond all reason.
#[must_use]
pub fn quarters(groups: &[Vec<i128>]) -> Option<[Vec<Interval>; 4]> {
    let bands = groups.first()?.len();
    let sound = |group: &Vec<i128>| group.len() == bands && group.iter().all(|n| (0..=1 << 62).contains(n));
    if !groups.iter().all(sound) {
        return None;
    }
    let in_band = |band| groups.iter().filter_map(|group| group.get(band)).sum::<i128>();
    let sizes: Vec<i128> = (0..bands).map(in_band).collect();
    let all: i128 = sizes.iter().sum();
    if all == 0 {
        return None;
    }
    let mut start = 0;
    Some(quarter_sizes(all).map(|size| {
        let quarter = start..start + size;
        start = quarter.end;
        groups.iter().map(|group| in_quarter(group, &sizes, &quarter)).collect()
    }))
}

/// One group's employees between two ranks of the sorted list of all.
fn in_quarter(group: &[i128], sizes: &[i128], quarter: &core::ops::Range<i128>) -> Interval {
    let zero = || Ratio::from_integer(0.into());
    let mut total = Interval { low: zero(), high: zero(), estimate: zero() };
    let mut start = 0;
    for (own, size) in group.iter().zip(sizes) {
        let overlap = (quarter.end.min(start + size) - quarter.start.max(start)).max(0);
        start += size;
        if overlap > 0 {
            let whole = |n: i128| Ratio::from_integer(n.into());
            total.low += whole((overlap - (size - own)).max(0));
            total.high += whole(overlap.min(*own));
            total.estimate += Ratio::new((own * overlap).into(), (*size).into());
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn those_left_over_go_where_guidance_puts_them() {
        assert_eq!(quarter_sizes(320), [80, 80, 80, 80]);
        assert_eq!(quarter_sizes(321), [81, 80, 80, 80]);
        assert_eq!(quarter_sizes(322), [81, 80, 81, 80]);
        assert_eq!(quarter_sizes(323), [81, 81, 81, 80]);
        assert_eq!(quarter_sizes(1), [1, 0, 0, 0]);
    }

    #[test]
    fn ties_over_a_boundary_keep_their_ratio() {
        // 12 employees, 3 to a quarter; 4 women and 2 men are paid the same on ranks 2 to 7.
        let women = vec![1, 4, 0, 1];
        let men = vec![1, 2, 2, 1];
        let result = quarters(&[women, men]).unwrap();
        let estimates =
            |quarter: &Vec<Interval>| quarter.iter().map(|i| i.estimate.to_string()).collect::<Vec<_>>();
        assert_eq!(estimates(&result[0]), ["5/3", "4/3"]);
        assert_eq!(estimates(&result[1]), ["2", "1"]);
        assert_eq!(estimates(&result[2]), ["4/3", "5/3"]);
        assert_eq!(estimates(&result[3]), ["1", "2"]);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        assert_eq!(quarters(&[]), None);
        assert_eq!(quarters(&[vec![0], vec![0]]), None);
        assert_eq!(quarters(&[vec![1], vec![1, 2]]), None);
        assert_eq!(quarters(&[vec![1], vec![-1]]), None);
        assert_eq!(quarters(&[vec![i128::MAX], vec![1]]), None);
    }

    proptest! {
        #[test]
        fn intervals_hold_whatever_order_bands_hide(
            amounts in proptest::collection::vec((0u64..40, 0usize..3), 1..60), width in 1u64..20,
        ) {
            let band = |amount: u64| usize::try_from(amount / width).unwrap();
            let mut groups = vec![vec![0i128; band(39) + 1]; 3];
            for (amount, group) in &amounts {
                groups[*group][band(*amount)] += 1;
            }
            let result = quarters(&groups).unwrap();
            let mut ranked = amounts.clone();
            ranked.sort_unstable();
            let sizes = quarter_sizes(i128::try_from(ranked.len()).unwrap());
            let mut rest = ranked.as_slice();
            for (quarter, size) in result.iter().zip(sizes) {
                let (these, others) = rest.split_at(usize::try_from(size).unwrap());
                rest = others;
                for (group, interval) in quarter.iter().enumerate() {
                    let count = these.iter().filter(|(_, g)| *g == group).count();
                    let count = Ratio::from_integer(count.into());
                    prop_assert!(interval.low <= count && count <= interval.high);
                    prop_assert!(interval.low <= interval.estimate && interval.estimate <= interval.high);
                }
                let all: Ratio = quarter.iter().map(|interval| interval.estimate.clone()).sum();
                prop_assert_eq!(all, Ratio::from_integer(size.into()));
            }
        }
    }
}
