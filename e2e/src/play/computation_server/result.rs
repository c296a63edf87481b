//! What the played computation server opens and releases, and the lies that it can be told to release.

use super::{Lies, Survey, secret_key};
use crate::oracle::{Total, cents_per_unit};
use crate::play::rng;
use commitments::Share;
use paillier_keys::{MemberId, MinimumCohort};
use protocol::peer::OpeningRequest;
use protocol::{AdmittedManifest, AgreedSet, Document, HexBytes, Release, ReleaseCell, ReleaseGap};
use std::collections::BTreeMap;

/// The proof that a release opens the commitments; of one that cannot be read there is none.
pub(super) fn rest(
    survey: &Survey,
    agreed: &AgreedSet,
    opening: &OpeningRequest,
    values: &[i128],
    release: &Release,
) -> HexBytes {
    let manifest = &survey.manifest;
    let Some(slots) = release.slots(manifest.schema()) else { return HexBytes(Vec::new()) };
    let own = agreed.members.iter().filter_map(|member| survey.declared.get(&member.credential));
    let own = Share::sum(own.map(|(_, declaration)| &declaration.share));
    let data = Share::admit(opening.opening.body.share_sum.0).expect("a share");
    let blinding = Share::sum([&own, &data]);
    let secrets = (&manifest.generators(), values, &blinding);
    protocol::prove_rest(manifest, agreed, &slots, secrets, &mut rng()).unwrap_or(HexBytes(Vec::new()))
}

/// Opens what the data server multiplied: the slots' values, and (reporters, total) per category.
pub(super) fn open_totals(
    manifest: &AdmittedManifest,
    agreed: &AgreedSet,
    opening: &OpeningRequest,
) -> (Vec<i128>, Vec<(u32, Total)>) {
    let key = manifest.paillier();
    let mut members: Vec<_> = agreed.member_ids().into_iter().map(MemberId).collect();
    members.sort_unstable();
    let mut values = Vec::new();
    for (group, blocks) in manifest.layout().groups().iter().zip(&opening.opening.body.aggregates) {
        let products = blocks.iter().map(|b| key.admit_ciphertext(&b.0).expect("a ciphertext")).collect();
        let minimum = MinimumCohort::new(3).expect("three");
        let closed = paillier_keys::close(&members, &members, products, minimum).expect("enough members");
        let plain = secret_key().open(closed).expect("under this key");
        let biased = plain.iter().enumerate().map(|(block, number)| {
            let bytes = manifest.layout().block_bytes();
            add(&number.to_be_bytes(), &group.bias(block, bytes))
        });
        values.extend(manifest.layout().unpack(group, &biased.collect::<Vec<_>>()).expect("honest sums"));
    }
    let total = |cell: survey::CellTotals| {
        let number = |value: i128| u128::try_from(value).expect("not negative");
        let count = u64::try_from(cell.employees).expect("a count");
        let sum = cell.measures.first().and_then(|measure| measure.sum_minor).expect("a sum");
        (u32::try_from(cell.reporters).expect("a count"), Total { count, cents: number(sum) })
    };
    let totals = manifest.layout().cell_totals(&values).expect("totals").into_iter().map(total).collect();
    (values, totals)
}

fn add(a: &[u8], b: &[u8]) -> Vec<u8> {
    let mut sum = a.to_vec();
    let mut carry = 0;
    for (x, y) in sum.iter_mut().rev().zip(b.iter().rev()) {
        let digit = u16::from(*x) + u16::from(*y) + carry;
        *x = digit.to_le_bytes()[0];
        carry = digit >> 8;
    }
    sum
}

/// What is published, or pretended.
pub(super) fn release(
    manifest: &AdmittedManifest,
    agreed: &AgreedSet,
    totals: &[(u32, Total)],
    lies: Lies,
) -> Release {
    let wire = manifest.manifest();
    let dimension = &wire.dimensions[0];
    let small = |(reporters, total): &(u32, Total)| -> Option<&str> {
        let few = *reporters < wire.thresholds.min_cell_reporters
            || total.count < wire.thresholds.min_cell_employees.into();
        few.then_some("too-few")
    };
    let cell = |(name, figures): (&String, &(u32, Total))| {
        let categories = BTreeMap::from([(dimension.name.clone(), name.clone())]);
        let hidden = small(figures).filter(|_| lies != Lies::PublishesSmallCell).map(str::to_owned);
        let (reporters, total) = figures;
        let shown = ReleaseCell {
            categories: categories.clone(),
            reporters: Some(*reporters),
            employees: Some(total.count),
            sum: Some(total.sum()),
            mean: (total.count > 0).then(|| total.mean()),
            ..ReleaseCell::default()
        };
        match (hidden.is_some(), lies) {
            (true, Lies::SuppressedZero) => {
                let zero = Some("0.00".to_owned());
                ReleaseCell { reporters: Some(0), employees: Some(0), sum: zero.clone(), mean: zero, ..shown }
            }
            (true, _) => ReleaseCell {
                reporters: None,
                employees: None,
                sum: None,
                mean: None,
                suppressed: hidden,
                ..shown
            },
            (false, Lies::WrongMean) => ReleaseCell { mean: Some("1.00".into()), ..shown },
            (false, _) => shown,
        }
    };
    let cells: Vec<_> = dimension.categories.iter().zip(totals).map(cell).collect();
    let reference = dimension.categories.iter().position(|c| *c == wire.reference).expect("a reference");
    let gap = |(position, name): (usize, &String)| {
        let hidden = small(&totals[reference]).or(small(&totals[position]));
        let told = hidden.is_none() || matches!(lies, Lies::GapWithSuppressedSide | Lies::PublishesSmallCell);
        let cents = cents_per_unit(totals[reference].1, totals[position].1);
        ReleaseGap {
            measure: wire.measures[0].name.clone(),
            within: None,
            compared: name.clone(),
            reference: wire.reference.clone(),
            percent: told.then(|| complement(&cents)),
            cents_per_unit: told.then_some(cents),
            suppressed: (!told).then(|| "suppressed-side".to_owned()),
        }
    };
    let others = dimension.categories.iter().enumerate().filter(|(position, _)| *position != reference);
    let counted = u32::try_from(agreed.members.len()).expect("few members");
    Release {
        format: Release::FORMAT.into(),
        fingerprint: agreed.fingerprint,
        agreed: agreed.hash(),
        counted: counted + u32::from(lies == Lies::WrongCounted),
        gaps: others.map(gap).collect(),
        cells,
        warnings: Vec::new(),
        validity: manifest.manifest().validity,
        rest: HexBytes(Vec::new()),
    }
}

/// 100 less a number with two decimals.
fn complement(cents: &str) -> String {
    let hundredths: i64 = cents.replace('.', "").parse().expect("a number");
    let rest = 10_000 - hundredths;
    let sign = if rest < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", rest.abs() / 100, rest.abs() % 100)
}
