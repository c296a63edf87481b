//! What is said about a survey beside its figures.

use protocol::{AdmittedManifest, Manifest, Validity};
use serde::Serialize;

/// The facts that stand in every JSON answer.
#[derive(Debug, Serialize)]
pub struct Facts<'a> {
    /// The survey's title.
    pub title: &'a str,
    /// Whether nothing in it is real.
    pub rehearsal: bool,
    /// What shows that submissions are honest in form.
    pub validity: Validity,
    /// The Paillier key's length.
    pub key_bits: u32,
    /// The survey's id.
    pub survey: String,
    /// Its fingerprint.
    pub fingerprint: String,
    /// The compared dimension.
    pub compared: &'a str,
    /// The category that gaps are parts of.
    pub reference: &'a str,
    /// What was measured.
    pub measure: &'a str,
    /// Its unit.
    pub unit: &'a str,
}

impl<'a> Facts<'a> {
    /// Of a survey.
    #[must_use]
    pub fn of(admitted: &'a AdmittedManifest) -> Self {
        let manifest = admitted.manifest();
        let measure = manifest.measures.first();
        Self {
            title: &manifest.title,
            rehearsal: manifest.rehearsal,
            validity: manifest.validity,
            key_bits: admitted.paillier().bits().bits(),
            survey: manifest.survey.to_string(),
            fingerprint: admitted.fingerprint().to_string(),
            compared: &manifest.compared,
            reference: &manifest.reference,
            measure: measure.map_or("", |measure| &measure.name),
            unit: measure.map_or("", |measure| &measure.unit),
        }
    }
}

/// What a reader should know, one line each.
#[must_use]
pub fn notes(manifest: &Manifest) -> Vec<&'static str> {
    let mut notes = Vec::new();
    if manifest.rehearsal {
        notes.push("rehearsal: nothing here is real; on one machine nobody is kept from knowing anything.");
    }
    if manifest.validity == Validity::None {
        notes.push(
            "validity none: nothing shows that a submission is honest in form; one reporter could defeat the \
             minimum numbers or break the opening.",
        );
    }
    notes
}
