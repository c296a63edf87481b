//! Known answers about this project's own choices: h_s, its powers, the key proof.

use num_bigint::BigUint;
use paillier::{Encryptor, Exponent, KeyProof, KeyProofRefusal, Plaintext, PublicKey};
use serde::Deserialize;

use crate::Report;
use crate::checks::same;
use crate::file::{Bytes, Hex};

/// A whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoiseFile {
    #[serde(rename = "kind")]
    _kind: String,
    #[serde(rename = "source")]
    _source: String,
    cases: Vec<NoiseCase>,
}

/// Everything about one key and survey.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NoiseCase {
    bits: u32,
    n: Hex,
    survey_id: Bytes,
    h_s: Hex,
    encryptions: Vec<NoiseEncryption>,
    key_proof: Bytes,
    bad_key_proofs: Vec<BadKeyProof>,
}

/// c = (1 + m·n) · h_s^a mod n², as bytes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NoiseEncryption {
    m: Hex,
    a: Hex,
    c: Bytes,
}

/// What must be refused, and for which reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BadKeyProof {
    proof: Bytes,
    why: String,
}

/// Checks every case.
pub(crate) fn check(file: &NoiseFile) -> Report {
    if file.cases.is_empty() {
        return Report::failure("no cases".to_owned());
    }
    let mut report = Report::default();
    for (index, case) in file.cases.iter().enumerate() {
        let name = format!("case {index} ({} bits)", case.bits);
        match Survey::of(case) {
            Ok(survey) => survey.check(&name, case, &mut report),
            Err(reason) => report.note(&name, Err(reason)),
        }
    }
    report
}

/// A case's key and survey id.
struct Survey {
    key: PublicKey,
    id: [u8; 32],
}

impl Survey {
    fn of(case: &NoiseCase) -> Result<Self, String> {
        let key = PublicKey::admit(&case.n.0.to_bytes_be()).map_err(|refusal| refusal.to_string())?;
        same("bits", &key.bits().bits(), &case.bits)?;
        if case.encryptions.is_empty() || case.bad_key_proofs.is_empty() {
            return Err("no encryptions or no bad key proofs".to_owned());
        }
        let id = case.survey_id.0.as_slice().try_into().map_err(|_| "a survey id has 32 bytes")?;
        Ok(Self { key, id })
    }

    fn check(&self, name: &str, case: &NoiseCase, report: &mut Report) {
        let encryptor = Encryptor::new(&self.key, &self.id);
        let h_s = encryptor.noise_generator().to_biguint();
        report.note(format_args!("{name}, h_s"), same("h_s", &h_s, &case.h_s.0));
        for (index, known) in case.encryptions.iter().enumerate() {
            report.note(format_args!("{name}, encryption {index}"), encrypts(&encryptor, known));
        }
        let outcome = self.proof_outcome(&case.key_proof).map_err(|refusal| refusal.to_string());
        report.note(format_args!("{name}, key proof"), outcome);
        for (index, bad) in case.bad_key_proofs.iter().enumerate() {
            report.note(format_args!("{name}, bad key proof {index}"), self.refuses(bad));
        }
    }

    fn proof_outcome(&self, bytes: &Bytes) -> Result<(), KeyProofRefusal> {
        KeyProof::from_bytes(&bytes.0)?.check(&self.key, &self.id)
    }

    fn refuses(&self, bad: &BadKeyProof) -> Result<(), String> {
        let expected = match bad.why.as_str() {
            "wrong length" => KeyProofRefusal::WrongLength,
            "not reduced modulo n" => KeyProofRefusal::NotReduced,
            "wrong root" => KeyProofRefusal::WrongRoot,
            other => return Err(format!("unknown reason `{other}`")),
        };
        same("outcome", &self.proof_outcome(&bad.proof), &Err(expected))
    }
}

fn encrypts(encryptor: &Encryptor, known: &NoiseEncryption) -> Result<(), String> {
    let key = encryptor.key();
    let m = Plaintext::from_biguint(key, &known.m.0).map_err(|refusal| refusal.to_string())?;
    let a = Exponent::from_be_bytes(key.bits(), &known.a.0.to_bytes_be())
        .map_err(|refusal| refusal.to_string())?;
    same("ciphertext", &number(&encryptor.encrypt_with(&m, a).to_bytes()), &number(&known.c.0))?;
    key.admit_ciphertext(&known.c.0).map(drop).map_err(|refusal| refusal.to_string())
}

/// Bytes as a number, for messages.
fn number(bytes: &[u8]) -> BigUint {
    BigUint::from_bytes_be(bytes)
}
