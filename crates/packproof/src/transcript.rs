//! What is hashed, byte for byte: `docs/PROOF.md` §2 and §4.

use alloc::vec::Vec;
use commitments::Point;
use paillier::Ciphertext;
use shake::digest::{ExtendableOutput, Update, XofReader};
use shake::{Shake256, Shake256Reader};

use crate::proof::First;
use crate::{Setting, Statement};

const DOMAIN: &[u8] = b"sealed-pay/v1/packproof/";

/// A state of the transcript.
pub(crate) type Digest = [u8; 64];

/// SHAKE256(message(domain, fields…)), every field behind its length.
pub(crate) fn xof(domain: &str, fields: &[&[u8]]) -> Shake256Reader {
    let mut hash = Shake256::default();
    let length = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX).to_be_bytes();
    hash.update(&length(DOMAIN.len() + domain.len()));
    hash.update(DOMAIN);
    hash.update(domain.as_bytes());
    for field in fields {
        hash.update(&length(field.len()));
        hash.update(field);
    }
    hash.finalize_xof()
}

pub(crate) fn digest(domain: &str, fields: &[&[u8]]) -> Digest {
    let mut out = [0; 64];
    xof(domain, fields).read(&mut out);
    out
}

/// Numbers of 128 bits, least significant byte first.
pub(crate) fn numbers(domain: &str, state: &Digest, count: usize) -> Vec<u128> {
    let mut reader = xof(domain, &[state]);
    (0..count).map(|_| number(&mut reader)).collect()
}

pub(crate) fn number(reader: &mut Shake256Reader) -> u128 {
    let mut bytes = [0; 16];
    reader.read(&mut bytes);
    u128::from_le_bytes(bytes)
}

/// h₀.
pub(crate) fn statement(setting: &Setting, statement: &Statement<'_>) -> Digest {
    let ciphertexts: Vec<u8> = statement.ciphertexts.iter().flat_map(Ciphertext::to_bytes).collect();
    digest(
        "statement",
        &[
            statement.context,
            setting.fingerprint(),
            &setting.key().to_bytes(),
            &setting.encryptor().noise_generator().to_bytes(),
            setting.shape().digest(),
            &statement.commitment.to_bytes(),
            &statement.share_commitment.to_bytes(),
            // EXPOSE: this hash is known to the reporter and to the data server, whose share it is.
            &statement.data_share.expose_bytes(),
            &statement.entries.to_be_bytes(),
            &ciphertexts,
        ],
    )
}

/// h₁.
pub(crate) fn roots(state: &Digest, roots: &Point) -> Digest {
    digest("roots", &[state, &roots.to_bytes()])
}

/// h₂, from the commitments to every class's masks and the bytes of its projections.
pub(crate) fn projection(state: &Digest, classes: &[(Point, Vec<u8>)]) -> Digest {
    let points: Vec<[u8; 32]> = classes.iter().map(|(point, _)| point.to_bytes()).collect();
    let mut fields: Vec<&[u8]> = alloc::vec![state];
    for (point, (_, projections)) in points.iter().zip(classes) {
        fields.extend([point.as_slice(), projections]);
    }
    digest("projection", &fields)
}

/// e.
pub(crate) fn challenge(state: &Digest, first: &First) -> u128 {
    let point = |point: &Point| point.to_bytes();
    let rows: Vec<u8> = first.rows.iter().flat_map(point).collect();
    let lines = [first.projection.to_bytes(), first.facts.to_bytes()].concat();
    let mut reader = xof(
        "challenge",
        &[
            state,
            &point(&first.commitment),
            &point(&first.share),
            &point(&first.roots),
            &rows,
            &point(&first.product_linear),
            &point(&first.product_constant),
            &lines,
            &first.ciphertext.to_bytes(),
        ],
    );
    number(&mut reader)
}
