//! A survey to test with: fixed keys, an insecure Paillier key.
#![allow(dead_code, reason = "each test file uses a part")]

use paillier::KeyBits;
use protocol::{
    AdmittedManifest, DimensionWire, GranularityWire, Hex, HexBytes, LimitsWire, Manifest, MeasureWire,
    PaillierWire, Roster, SealingKey, ServerWire, SigningKey, ThresholdsWire, Validity, key_statement,
};

pub(crate) fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed(&[seed; 32])
}

pub(crate) fn data_server() -> SigningKey {
    key(1)
}

pub(crate) fn computation_server() -> SigningKey {
    key(2)
}

pub(crate) fn organizer() -> SigningKey {
    key(3)
}

pub(crate) fn sealing(seed: u8) -> SealingKey {
    SealingKey::from_bytes(&[seed; 32]).unwrap()
}

fn server(name: &str, signing: &SigningKey, sealing: &SealingKey) -> ServerWire {
    ServerWire {
        operator: format!("{name} operator"),
        url: format!("https://{name}.example"),
        signing_key: signing.verifying_key().to_hex(),
        sealing_key: sealing.public_key().0,
    }
}

pub(crate) fn manifest() -> Manifest {
    let survey = Hex([7; 32]);
    let secret = test_support::insecure_secret_key(KeyBits::B2048);
    let n = secret.public().to_bytes();
    Manifest {
        format: Manifest::FORMAT.into(),
        survey,
        title: "Pay in the harbour".into(),
        purpose: "To see whether women and men are paid alike.".into(),
        contact: "survey@harbour.example".into(),
        period: "2026".into(),
        dimensions: vec![DimensionWire {
            name: "sex".into(),
            categories: vec!["women".into(), "men".into()],
        }],
        compared: "sex".into(),
        reference: "men".into(),
        measures: vec![MeasureWire::mean_of(
            "gross yearly pay".into(),
            "EUR".into(),
            2,
            LimitsWire { min: 0, max: 100_000_000 },
            LimitsWire { min: 1_000_000, max: 50_000_000 },
        )],
        cross_tabulations: vec![vec!["sex".into()]],
        margins: Vec::new(),
        who_counts: survey::WhoCounts::DEFAULT.into(),
        granularity: GranularityWire::Records,
        max_reporters: 50,
        max_employees_per_reporter: 300,
        thresholds: ThresholdsWire { min_reporters: 3, min_cell_reporters: 3, min_cell_employees: 6 },
        max_missing: 1,
        closes_not_before: 1_800_000_000,
        closes_at: 1_900_000_000,
        rehearsal: false,
        validity: Validity::PackProof1,
        data_server: server("data", &data_server(), &sealing(4)),
        computation_server: server("computation", &computation_server(), &sealing(5)),
        organizer_key: organizer().verifying_key().to_hex(),
        paillier: PaillierWire {
            signature: key_statement::sign(&computation_server(), &survey, &n),
            proof: HexBytes(secret.prove(&survey.0).to_bytes()),
            n: HexBytes(n),
        },
        roster_root: Roster::default().root(&survey),
    }
}

pub(crate) fn admitted() -> AdmittedManifest {
    manifest().admit().unwrap()
}
