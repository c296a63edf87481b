//! Three surveys: the smallest, one with everything that a survey can ask, and one whose cross-tabulations add up to
//! the same.

use super::forge::roster;
use super::{Forge, computation_server, data_server, organizer};
use paillier::KeyBits;
use protocol::{
    DimensionWire, GranularityWire, Hex, HexBytes, LimitsWire, Manifest, MeasureWire, PaillierWire, Roster,
    SealingKey, ServerWire, StatisticWire, ThresholdsWire, Validity, key_statement,
};
use std::sync::LazyLock;

pub(crate) const SURVEY: Hex<32> = Hex([7; 32]);

/// Everybody knows its primes.
static PAILLIER: LazyLock<PaillierWire> = LazyLock::new(|| {
    let secret = test_support::insecure_secret_key(KeyBits::B2048);
    let n = secret.public().to_bytes();
    PaillierWire {
        signature: key_statement::sign(&computation_server(), &SURVEY, &n),
        proof: HexBytes(secret.prove(&SURVEY.0).to_bytes()),
        n: HexBytes(n),
    }
});

pub(crate) fn sealing(seed: u8) -> Hex<32> {
    SealingKey::from_bytes(&[seed; 32]).unwrap().public_key().0
}

/// What a reporter reports: categories and amounts of each of its people.
pub(crate) type People = Vec<(Vec<usize>, Vec<u64>)>;

fn dimension(name: &str, categories: &[&str]) -> DimensionWire {
    let categories = categories.iter().map(|category| (*category).to_owned()).collect();
    DimensionWire { name: name.to_owned(), categories }
}

fn manifest(reporters: u16) -> Manifest {
    let server = |name: &str, signing: &protocol::SigningKey, seed| ServerWire {
        operator: format!("{name} operator"),
        url: format!("https://{name}.example"),
        signing_key: signing.verifying_key().to_hex(),
        sealing_key: sealing(seed),
    };
    let limits = |min, max| LimitsWire { min, max };
    let soft = limits(1_000_000, 50_000_000);
    let pay = MeasureWire::mean_of("pay".into(), "EUR".into(), 2, limits(0, 100_000_000), soft);
    Manifest {
        format: Manifest::FORMAT.into(),
        survey: SURVEY,
        title: "Pay in the harbour".into(),
        purpose: "To see whether women and men are paid alike.".into(),
        contact: "survey@harbour.example".into(),
        period: "2026".into(),
        dimensions: vec![dimension("sex", &["women", "men"])],
        compared: "sex".into(),
        reference: "men".into(),
        measures: vec![pay],
        cross_tabulations: vec![vec!["sex".into()]],
        margins: Vec::new(),
        who_counts: survey::WhoCounts::DEFAULT.into(),
        granularity: GranularityWire::Records,
        max_reporters: 20,
        max_employees_per_reporter: 300,
        thresholds: ThresholdsWire { min_reporters: 3, min_cell_reporters: 3, min_cell_employees: 6 },
        max_missing: 1,
        closes_not_before: 1_800_000_000,
        closes_at: 1_900_000_000,
        rehearsal: true,
        validity: Validity::None,
        data_server: server("data", &data_server(), 4),
        computation_server: server("computation", &computation_server(), 5),
        organizer_key: organizer().verifying_key().to_hex(),
        paillier: PAILLIER.clone(),
        roster_root: Roster::admit(roster(reporters)).unwrap().root(&SURVEY),
    }
}

/// One dimension, one measure, five reporters, nothing suppressed.
pub(crate) fn plain() -> Forge {
    let of = |who: u64, sex: usize| (vec![sex], vec![3_000_000 + 70_000 * who + 250_001 * sex as u64]);
    let people = |who: u64| vec![of(who, 0), of(who + 1, 0), of(who, 1), of(who + 2, 1)];
    Forge::new(manifest(5), (0..5).map(people).collect(), 0)
}

/// Ranks and sexes, two margins, dispersion, bands, a sum in two limbs, a bonus that few receive; one rank with
/// too few people; a reporter that withdrew, one that never finished, and a revoked invitation.
pub(crate) fn broken_down() -> Forge {
    let mut manifest = manifest(5);
    manifest.dimensions.insert(0, dimension("rank", &["clerks", "experts", "managers"]));
    manifest.cross_tabulations = vec![vec!["rank".into(), "sex".into()]];
    manifest.margins = vec![vec!["rank".into()], vec!["sex".into()]];
    manifest.granularity = GranularityWire::Totals;
    let pay = &mut manifest.measures[0];
    pay.hard.max = 20_000_000_000;
    pay.statistics = vec![StatisticWire::Mean, StatisticWire::Dispersion];
    pay.bands = vec![2_000_000, 3_000_000, 3_200_000, 3_400_000, 5_000_000];
    let mut bonus = pay.clone();
    bonus.name = "bonus".into();
    bonus.hard.max = 1_000_000;
    bonus.soft = LimitsWire { min: 0, max: 900_000 };
    bonus.statistics = vec![StatisticWire::Mean, StatisticWire::Receiving];
    bonus.bands = Vec::new();
    manifest.measures.push(bonus);
    let of = |who: u64, rank: usize, sex: usize| {
        let pay = 2_900_000 + 61_000 * who + 300_003 * rank as u64 + 20_000 * sex as u64;
        (vec![rank, sex], vec![pay, (who % 2) * 50_000])
    };
    let people = |who: u64| {
        let mut all = People::new();
        for rank in 0..2 {
            let both = |later: u64| [of(who + later, rank, 0), of(who + later + 1, rank, 1)];
            all.extend([0, 2, 4, 6].into_iter().flat_map(both));
        }
        if who < 2 {
            all.push(of(who, 2, 0));
        }
        if who < 4 {
            all.extend([of(who, 2, 1), of(who + 1, 2, 1)]);
        }
        all
    };
    Forge::new(manifest, (0..5).map(people).collect(), 3)
}

/// Ranks and units by sex, three people of each reporter in each combination, one in each band.
pub(crate) fn two_tables() -> Forge {
    let mut manifest = manifest(5);
    manifest.dimensions.push(dimension("rank", &["clerks", "experts"]));
    manifest.dimensions.push(dimension("unit", &["yard", "office"]));
    manifest.cross_tabulations = vec![vec!["rank".into(), "sex".into()], vec!["unit".into(), "sex".into()]];
    manifest.granularity = GranularityWire::Totals;
    manifest.measures[0].bands = vec![3_000_000, 3_200_000];
    let combinations = || (0..8usize).map(|at| [at & 1, at >> 1 & 1, at >> 2 & 1]);
    let of = |who: u64, [sex, rank, unit]: [usize; 3]| {
        let later = 10_000 * who + 1_001 * (sex + 2 * rank + 4 * unit) as u64;
        [2_500_000, 3_100_000, 3_500_000].map(|pay| (vec![sex, rank, unit], vec![pay + later]))
    };
    let people = |who: u64| combinations().flat_map(|combination| of(who, combination)).collect();
    Forge::new(manifest, (0..5).map(people).collect(), 0)
}

/// So many reporters and about so many slots: bands of pay in six cells.
pub(crate) fn large(reporters: u16, slots: u64) -> Forge {
    let mut manifest = manifest(reporters);
    manifest.max_reporters = u32::from(reporters);
    manifest.granularity = GranularityWire::Totals;
    manifest.dimensions.push(dimension("rank", &["low", "middle", "high"]));
    manifest.cross_tabulations = vec![vec!["rank".into(), "sex".into()]];
    let bands = slots / 6 - 3;
    manifest.measures[0].bands = (1..bands).map(|band| 1_000_000 + band * 40_000).collect();
    let of = |who: u64, cell: u64| {
        let (rank, sex) = (usize::try_from(cell / 2).unwrap(), usize::try_from(cell % 2).unwrap());
        (vec![sex, rank], vec![1_000_000 + (who * 7919 + cell * 104_729) % 30_000_000])
    };
    let people = |who: u16| (0..6).map(|cell| of(who.into(), cell)).collect();
    Forge::new(manifest, (0..reporters).map(people).collect(), 0)
}
