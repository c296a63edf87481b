//! Proofs of this program, from seeds, in the form of `vectors/packproof.json`.

use std::sync::Arc;

use packproof::{Form, Range, Setting, Shape, Slot, SlotKind};
use paillier::{Encryptor, KeyBits};
use serde_json::{Value, json};
use test_support::{insecure_secret_key, seeded_rng};

use crate::common::{FINGERPRINT, FULL_VALUES, SURVEY, Submission, bounded, full_shape, laid_out};

/// Two blocks under a key of 3072 bits, of long slots.
fn long_shape() -> Shape {
    let kinds = [bounded(40), bounded(40), SlotKind::Indicator, bounded(40), bounded(1)];
    let (blocks, slots) = laid_out(&kinds, 3);
    let fact = Form::new(vec![(0, 3), (1, -2), (3, -1)], 5);
    Shape::new(KeyBits::B3072, blocks, slots, vec![fact], vec![Range::between(&[(3, 1)], 2, 5, 1 << 40)])
        .unwrap()
}

/// 3·a − 2·b − c + 5 = 0.
const LONG_VALUES: [u64; 5] = [1 << 38, 7, 1, 3 * (1 << 38) - 9, 1];

fn slot(slot: &Slot) -> Value {
    let Slot { block, offset, kind } = slot;
    match kind {
        SlotKind::Indicator => json!({"kind": "indicator", "block": block, "offset": offset}),
        SlotKind::Bounded { bits } => {
            json!({"kind": "bounded", "block": block, "offset": offset, "bits": bits})
        }
    }
}

fn form(form: &Form) -> Value {
    json!({"terms": form.terms(), "constant": form.constant_term()})
}

fn described(setting: &Setting) -> Value {
    let shape = setting.shape();
    let ranges = shape.ranges().iter().map(|range| json!([form(range.low()), form(range.high())]));
    json!({
        "fingerprint": hex::encode(setting.fingerprint()),
        "survey": hex::encode(SURVEY),
        "n": hex::encode(setting.key().to_bytes()),
        "shape": {
            "blocks": shape.blocks(),
            "slots": shape.slots().iter().map(slot).collect::<Vec<_>>(),
            "facts": shape.facts().iter().map(form).collect::<Vec<_>>(),
            "ranges": ranges.collect::<Vec<_>>(),
        },
    })
}

fn case(name: &str, setting: &Setting, values: &[u64], entries: u32) -> Value {
    let mut rng = seeded_rng(entries.into());
    let submission = Submission::new(setting, values, entries, &mut rng);
    let proof = setting.prove(&submission.statement(), &submission.witness(), &mut rng).unwrap();
    json!({
        "name": format!("honest_{name}"),
        "refusal": null,
        "setting": name,
        "context": hex::encode(&submission.context),
        "commitment": hex::encode(submission.commitment.to_bytes()),
        "share_commitment": hex::encode(submission.share_commitment.to_bytes()),
        "data_share": hex::encode(submission.shares.data.expose_bytes()),
        "ciphertexts": submission.ciphertexts.iter().map(|c| hex::encode(c.to_bytes())).collect::<Vec<_>>(),
        "entries": entries,
        "proof": hex::encode(proof.as_bytes()),
    })
}

/// The whole file.
pub(crate) fn document() -> Value {
    let setting = |shape: Shape| {
        let key = insecure_secret_key(shape.key_bits()).public();
        Setting::new(FINGERPRINT, shape, Arc::new(Encryptor::new(key, &SURVEY))).unwrap()
    };
    let (full, long) = (setting(full_shape()), setting(long_shape()));
    json!({
        "about": "PackProof, docs/PROOF.md: proofs made by crates/packproof",
        "settings": {"full": described(&full), "long": described(&long)},
        "cases": [case("full", &full, &FULL_VALUES, 3), case("long", &long, &LONG_VALUES, 1)],
        "bad_shapes": [],
    })
}
