//! The checks themselves.

use num_bigint::BigUint;
use paillier::{Ciphertext, CiphertextRefusal, Plaintext, Product, PublicKey, textbook};
use serde_json::Value;

use crate::file::{Bad, Case, Encryption, File, Scaled};
use crate::noise::{self, NoiseFile};
use crate::{RawKey, Report};

/// Checks every known answer in a file's text.
///
/// A file that says nothing has failed: no cases, or a case without encryptions or without
/// bad ciphertexts.
pub fn check_file(json: &str) -> Report {
    match read(json) {
        Ok(Kind::Textbook(file)) => check_textbook(&file),
        Ok(Kind::Noise(file)) => noise::check(&file),
        Err(error) => Report::failure(format!("not a file of known answers: {error}")),
    }
}

/// The two kinds of files; the one that says no kind is the older.
enum Kind {
    Textbook(File),
    Noise(NoiseFile),
}

fn read(json: &str) -> Result<Kind, serde_json::Error> {
    let value: Value = serde_json::from_str(json)?;
    match value.get("kind").and_then(Value::as_str) {
        Some("noise") => serde_json::from_str(json).map(Kind::Noise),
        _ => serde_json::from_str(json).map(Kind::Textbook),
    }
}

fn check_textbook(file: &File) -> Report {
    if file.cases.is_empty() {
        return Report::failure("no cases".to_owned());
    }
    let mut report = Report::default();
    for (index, case) in file.cases.iter().enumerate() {
        let name = format!("case {index} ({} bits)", case.bits);
        match Keys::of(case) {
            Ok(keys) => check_case(&name, case, &keys, &mut report),
            Err(reason) => report.note(&name, Err(reason)),
        }
    }
    report
}

/// A case's key in both forms: this project's, and the raw one.
struct Keys {
    public: PublicKey,
    raw: RawKey,
}

impl Keys {
    fn of(case: &Case) -> Result<Self, String> {
        let public = PublicKey::admit(&case.n.0.to_bytes_be()).map_err(|refusal| refusal.to_string())?;
        let raw = RawKey::new(&case.p.0, &case.q.0).map_err(|refusal| refusal.to_string())?;
        same("bits", &public.bits().bits(), &case.bits)?;
        same("p times q", raw.n(), public.n())?;
        if case.encryptions.is_empty() || case.bad_ciphertexts.is_empty() {
            return Err("no encryptions or no bad ciphertexts".to_owned());
        }
        Ok(Self { public, raw })
    }

    /// A ciphertext of this key that opens to m.
    fn opens_to(&self, c: &BigUint, m: &BigUint) -> Result<Ciphertext, String> {
        let admitted = Ciphertext::from_biguint(&self.public, c).map_err(|refusal| refusal.to_string())?;
        let opened = self.raw.decrypt(&admitted.to_biguint()).ok_or("cannot be opened")?;
        same("plaintext", &opened, m)?;
        Ok(admitted)
    }
}

fn check_case(name: &str, case: &Case, keys: &Keys, report: &mut Report) {
    for (index, encryption) in case.encryptions.iter().enumerate() {
        report.note(format_args!("{name}, encryption {index}"), encrypts(keys, encryption));
        report.note(format_args!("{name}, decryption {index}"), decrypts(keys, encryption));
    }
    report.note(format_args!("{name}, sum of the first five"), sums(keys, case));
    report.note(format_args!("{name}, scaled"), scales(keys, case, &case.scaled));
    for (index, bad) in case.bad_ciphertexts.iter().enumerate() {
        report.note(format_args!("{name}, bad ciphertext {index}"), refuses(keys, bad));
    }
}

fn encrypts(keys: &Keys, known: &Encryption) -> Result<(), String> {
    let m = Plaintext::from_biguint(&keys.public, &known.m.0).map_err(|refusal| refusal.to_string())?;
    let c = textbook::encrypt_with_r(&keys.public, &m, &known.r.0).map_err(|refusal| refusal.to_string())?;
    same("ciphertext", &c.to_biguint(), &known.c.0)
}

fn decrypts(keys: &Keys, known: &Encryption) -> Result<(), String> {
    let c = keys.opens_to(&known.c.0, &known.m.0)?;
    // The binary form leads back to the same ciphertext.
    let again = keys.public.admit_ciphertext(&c.to_bytes()).map_err(|refusal| refusal.to_string())?;
    same("ciphertext read from its bytes", &again.to_biguint(), &known.c.0)
}

fn sums(keys: &Keys, case: &Case) -> Result<(), String> {
    let mut product = Product::one(&keys.public);
    for known in case.encryptions.get(..5).ok_or("fewer than five encryptions")? {
        let c = keys.opens_to(&known.c.0, &known.m.0)?;
        product.multiply(&c).map_err(|refusal| refusal.to_string())?;
    }
    same("ciphertext", &product.into_ciphertext().to_biguint(), &case.sum_of_first_five.c.0)?;
    keys.opens_to(&case.sum_of_first_five.c.0, &case.sum_of_first_five.m.0).map(drop)
}

fn scales(keys: &Keys, case: &Case, known: &Scaled) -> Result<(), String> {
    let base = case.encryptions.get(known.c_index).ok_or("no such encryption")?;
    let c = keys.opens_to(&base.c.0, &base.m.0)?;
    let scaled = keys.public.scale(&c, &BigUint::from(known.k)).map_err(|refusal| refusal.to_string())?;
    same("ciphertext", &scaled.to_biguint(), &known.c.0)?;
    keys.opens_to(&known.c.0, &known.m.0).map(drop)
}

fn refuses(keys: &Keys, bad: &Bad) -> Result<(), String> {
    let expected = match bad.why.as_str() {
        "zero is not a unit" => CiphertextRefusal::Zero,
        "shares a factor with n" => CiphertextRefusal::SharesFactor,
        "not reduced modulo n squared" => CiphertextRefusal::NotReduced,
        other => return Err(format!("unknown reason `{other}`")),
    };
    match Ciphertext::from_biguint(&keys.public, &bad.c.0) {
        Ok(_) => Err("was admitted".to_owned()),
        Err(refusal) => same("refusal", &refusal, &expected),
    }
}

/// Known answers are public, so the message may show both values.
pub(crate) fn same<T: PartialEq + core::fmt::Debug>(
    what: &str,
    computed: &T,
    known: &T,
) -> Result<(), String> {
    if computed == known { Ok(()) } else { Err(format!("{what} is {computed:?}, should be {known:?}")) }
}
