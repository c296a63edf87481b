//! Manifests in which every rule was checked, kept, since checking takes half a second.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use commitments::Generators;
use protocol::{AdmittedManifest, Hex, Manifest, Problem};

use crate::fault::Fault;

/// A manifest and what follows from it.
pub(crate) struct Survey {
    /// The manifest.
    pub(crate) manifest: AdmittedManifest,
    /// The generators of its commitments.
    pub(crate) generators: Generators,
}

impl Survey {
    /// Its fingerprint.
    pub(crate) fn fingerprint(&self) -> &Hex<32> {
        self.manifest.fingerprint()
    }

    /// Its id.
    pub(crate) fn id(&self) -> Hex<32> {
        self.manifest.manifest().survey
    }
}

/// The manifests of opened surveys, by id.
#[derive(Default)]
pub(crate) struct Admitted(Mutex<HashMap<Hex<32>, Arc<Survey>>>);

impl Admitted {
    /// A manifest that is here already.
    pub(crate) fn get(&self, id: &Hex<32>) -> Option<Arc<Survey>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }

    /// Keeps the manifest of an opened survey.
    pub(crate) fn keep(&self, survey: Arc<Survey>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(survey.id(), survey);
    }
}

/// Checks every rule, where blocking is allowed.
pub(crate) async fn admit(manifest: Manifest) -> Result<Arc<Survey>, Fault> {
    let admitted = tokio::task::spawn_blocking(move || {
        let manifest = manifest.admit().map_err(|_| Problem::ManifestRefused)?;
        let slots = u32::try_from(manifest.layout().slot_count()).map_err(|_| Problem::ManifestRefused)?;
        let generators = Generators::derive(&manifest.fingerprint().0, slots);
        Ok::<_, Fault>(Arc::new(Survey { manifest, generators }))
    });
    admitted.await?
}
