//! Each rule of a manifest, broken once.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{admitted, key, manifest};
use protocol::{
    FormulaWire, Hex, Manifest, ManifestRefusal, SchemaWire, StatisticWire, Validity, VerifiedKey, canonical,
    key_statement,
};
use serde_json::Value;
use survey::{Date, Label, PresetKind, PresetOptions, SchemaRefusal};

fn refused(change: impl FnOnce(&mut Manifest)) -> ManifestRefusal {
    let mut changed = manifest();
    change(&mut changed);
    changed.admit().unwrap_err()
}

#[test]
fn the_example_is_admitted_and_its_encoding_is_the_only_one() {
    let admitted = admitted();
    let bytes = canonical::encode(admitted.manifest());
    assert_eq!(canonical::decode::<Manifest>(&bytes).unwrap(), manifest());
    let spaced = String::from_utf8(bytes).unwrap().replacen(':', ": ", 1);
    assert!(canonical::decode::<Manifest>(spaced.as_bytes()).is_err());
    assert_eq!(*admitted.fingerprint(), manifest().fingerprint());
}

#[test]
fn every_rule_is_checked() {
    assert_eq!(refused(|m| m.format = "sealed-pay/manifest/2".into()), ManifestRefusal::Format);
    assert!(matches!(refused(|m| m.title = String::new()), ManifestRefusal::Label(_)));
    assert!(matches!(refused(|m| m.purpose = "x".repeat(2001)), ManifestRefusal::Label(_)));
    let schema = ManifestRefusal::Schema;
    assert_eq!(refused(|m| m.dimensions.clear()), schema(SchemaRefusal::UnknownCompared));
    assert_eq!(refused(|m| m.compared = "rank".into()), schema(SchemaRefusal::UnknownCompared));
    assert_eq!(refused(|m| m.measures.push(m.measures[0].clone())), schema(SchemaRefusal::DuplicateName));
    assert_eq!(refused(|m| m.cross_tabulations.clear()), schema(SchemaRefusal::NoCrossTabulation));
    let unknown = schema(SchemaRefusal::UnknownDimension);
    assert_eq!(refused(|m| m.cross_tabulations[0].push("rank".into())), unknown);
    assert_eq!(refused(|m| m.margins = vec![vec!["Sex".into()]]), unknown, "names are exact");
    assert_eq!(
        refused(|m| m.margins = vec![vec!["sex".into()]]),
        schema(SchemaRefusal::DuplicateCrossTabulation)
    );
    let twice = [StatisticWire::Mean, StatisticWire::Mean];
    let back = [StatisticWire::Dispersion, StatisticWire::Mean];
    for statistics in [twice, back] {
        assert_eq!(refused(|m| m.measures[0].statistics = statistics.to_vec()), ManifestRefusal::Shape);
    }
    assert_eq!(refused(|m| m.measures[0].bands = vec![7, 7]), schema(SchemaRefusal::BandsOutOfOrder));
    let computed = |m: &mut Manifest| {
        let operands = ["gross yearly pay", "hours"].map(str::to_owned);
        m.measures[0].computed = Some(FormulaWire::Quotient(operands));
    };
    assert_eq!(refused(computed), schema(SchemaRefusal::UnknownOperand));
    assert_eq!(refused(|m| m.who_counts.snapshot = Some("2026-02-30".into())), ManifestRefusal::Date);
    assert!(matches!(refused(|m| m.reference = "Men".into()), ManifestRefusal::Schema(_)));
    assert!(matches!(refused(|m| m.dimensions[0].categories[0] = "MEN".into()), ManifestRefusal::Schema(_)));
    assert!(matches!(
        refused(|m| m.max_reporters = 2),
        ManifestRefusal::Rules | ManifestRefusal::Capacity(_)
    ));
    assert!(matches!(refused(|m| m.thresholds.min_cell_employees = 5), ManifestRefusal::Thresholds(_)));
    assert!(matches!(
        refused(|m| (m.measures[0].hard.max, m.max_employees_per_reporter) = ((1 << 48) - 1, 1 << 20)),
        ManifestRefusal::Layout(_)
    ));
    assert_eq!(refused(|m| m.max_missing = 6), ManifestRefusal::Rules);
    assert_eq!(refused(|m| m.thresholds.min_reporters = 51), ManifestRefusal::Rules);
    assert_eq!(refused(|m| m.thresholds.min_cell_reporters = 51), ManifestRefusal::Rules);
    assert_eq!(refused(|m| m.closes_at = m.closes_not_before), ManifestRefusal::Rules);
    assert_eq!(
        refused(|m| m.closes_at = 1 << 53),
        ManifestRefusal::Rules,
        "no encoding tells it from 2⁵³ + 1"
    );
    assert_eq!(refused(|m| m.data_server.url = "ftp://data.example".into()), ManifestRefusal::Url);
    assert_eq!(refused(|m| m.organizer_key = m.data_server.signing_key), ManifestRefusal::SharedKey);
    assert!(matches!(refused(|m| m.organizer_key = Hex([0; 32])), ManifestRefusal::Key(_)));
}

#[test]
fn a_survey_without_proofs_proves_enough_in_rehearsals_only() {
    let of = |rehearsal, validity| {
        let admitted = Manifest { rehearsal, validity, ..manifest() }.admit().unwrap();
        (admitted.proves_enough(), admitted.proof_shape().is_some())
    };
    assert_eq!(of(false, Validity::PackProof1), (true, true));
    assert_eq!(of(true, Validity::PackProof1), (true, true));
    assert_eq!(of(true, Validity::None), (true, false));
    assert_eq!(of(false, Validity::None), (false, false));
}

#[test]
fn swapped_paillier_key() {
    // A key that the computation server did not name for this survey, or whose proof is another survey's.
    assert_eq!(refused(|m| m.paillier.n.0[10] ^= 1), ManifestRefusal::ForeignPaillierKey);
    assert_eq!(refused(|m| m.survey = Hex([8; 32])), ManifestRefusal::ForeignPaillierKey);
    let other_survey = |m: &mut Manifest| {
        m.survey = Hex([8; 32]);
        m.paillier.signature = key_statement::sign(&key(2), &m.survey, &m.paillier.n.0);
    };
    assert_eq!(refused(other_survey), ManifestRefusal::Paillier, "the proof is bound to the survey");
    assert_eq!(refused(|m| m.paillier.proof.0[5] ^= 1), ManifestRefusal::Paillier);
}

/// Changes every leaf of a JSON value in turn.
fn changed_leaves(value: &Value) -> Vec<Value> {
    let within = |parts: Vec<(usize, Vec<Value>)>, put: &dyn Fn(usize, Value) -> Value| {
        parts
            .into_iter()
            .flat_map(|(at, ways)| ways.into_iter().map(move |v| (at, v)))
            .map(|(at, v)| put(at, v))
            .collect()
    };
    match value {
        Value::Bool(b) => vec![Value::Bool(!b)],
        Value::Number(n) => vec![(n.as_u64().unwrap() + 1).into()],
        Value::String(text) => {
            let last = if text.ends_with('0') { "1" } else { "0" };
            vec![Value::String(format!("{}{last}", &text[..text.len() - 1]))]
        }
        Value::Array(items) => {
            let parts = items.iter().map(changed_leaves).enumerate().collect();
            within(parts, &|at, v| {
                let mut items = items.clone();
                items[at] = v;
                Value::Array(items)
            })
        }
        Value::Object(map) => {
            let parts = map.values().map(changed_leaves).enumerate().collect();
            within(parts, &|at, v| {
                let mut map = map.clone();
                *map.values_mut().nth(at).unwrap() = v;
                Value::Object(map)
            })
        }
        Value::Null => vec![],
    }
}

#[test]
fn every_field_is_in_the_fingerprint() {
    let variants = changed_leaves(&serde_json::to_value(manifest()).unwrap());
    assert_eq!(variants.len(), 47);
    let read: Vec<Manifest> = variants.into_iter().filter_map(|v| serde_json::from_value(v).ok()).collect();
    assert!(read.len() >= 40, "only changed enumerations are unreadable: {}", read.len());
    for other in read {
        assert_ne!(other.fingerprint(), manifest().fingerprint());
    }
}

#[test]
fn a_signature_is_about_this_manifest() {
    let signature = manifest().sign(&key(1));
    assert!(manifest().verify(&key(1).verifying_key(), &signature).is_ok());
    let mut other = manifest();
    other.title.push('!');
    assert!(other.verify(&key(1).verifying_key(), &signature).is_err());
}

#[test]
fn a_finding_about_the_key_spares_the_second_check_and_serves_no_other_key_or_survey() {
    let (wire, survey) = (manifest().paillier, manifest().survey);
    let finding = wire.verify(&survey).unwrap().hand_over();
    let taken = VerifiedKey::take_over(&wire, &survey, &finding).unwrap();
    let again = manifest().admit_with(taken.clone()).unwrap();
    assert_eq!(again.fingerprint(), admitted().fingerprint());
    assert_eq!(again.verified_key().hand_over(), finding);
    assert!(again.paillier() == admitted().paillier());

    let mut bad_proof = manifest();
    bad_proof.paillier.proof.0[5] ^= 1;
    let other_survey = Hex([8; 32]);
    assert!(bad_proof.paillier.verify(&survey).is_err());
    assert!(wire.verify(&other_survey).is_err());
    assert!(VerifiedKey::take_over(&bad_proof.paillier, &survey, &finding).is_err());
    assert!(VerifiedKey::take_over(&wire, &other_survey, &finding).is_err());
    assert!(VerifiedKey::take_over(&wire, &survey, &Hex([0; 32])).is_err());
    assert_eq!(bad_proof.admit_with(taken).unwrap_err(), ManifestRefusal::Paillier);
}

/// Every preset, written down and read again.
#[test]
fn a_schema_says_in_words_what_it_is() {
    for kind in PresetKind::ALL {
        let options = PresetOptions {
            currency: Label::parse("EUR").unwrap(),
            snapshot: Date::parse("2026-04-05"),
            worker_categories: ["a", "b"].map(|name| Label::parse(name).unwrap()).to_vec(),
            bands: true,
        };
        let schema = kind.preset(&options).unwrap().schema;
        let wire = SchemaWire::from(&schema);
        let text = serde_json::to_string(&wire).unwrap();
        assert!(!text.contains("null"), "absent fields are left out");
        assert_eq!(
            serde_json::from_str::<SchemaWire>(&text).unwrap().admit().unwrap(),
            schema,
            "{}",
            kind.name()
        );
    }
}
