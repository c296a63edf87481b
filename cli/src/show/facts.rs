//! What is said about a survey beside its figures.

use protocol::{AdmittedManifest, Manifest, Validity};
use serde::Serialize;

/// The facts that stand in every JSON answer.
#[derive(Debug, Serialize)]
pub(crate) struct Facts<'a> {
    pub(crate) title: &'a str,
    pub(crate) rehearsal: bool,
    pub(crate) validity: Validity,
    pub(crate) key_bits: u32,
    pub(crate) survey: String,
    pub(crate) fingerprint: String,
    pub(crate) compared: &'a str,
    pub(crate) reference: &'a str,
    pub(crate) measure: &'a str,
    pub(crate) unit: &'a str,
}

impl<'a> Facts<'a> {
    pub(crate) fn of(admitted: &'a AdmittedManifest) -> Self {
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
pub(crate) fn notes(manifest: &Manifest) -> Vec<&'static str> {
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
