//! Admitting a manifest takes a good part of a second (the key's proof), so it is done once per survey.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use protocol::{AdmittedManifest, Hex, Manifest, Problem};

use crate::app::calculate;
use crate::store::Survey;

/// Manifests that were admitted since the server started.
#[derive(Default)]
pub(crate) struct ManifestCache(Mutex<HashMap<Hex<32>, Arc<AdmittedManifest>>>);

impl ManifestCache {
    /// The manifest of a stored survey.
    pub(crate) async fn admitted(&self, survey: &Survey) -> Result<Arc<AdmittedManifest>, Problem> {
        if let Some(known) = self.get(&survey.id) {
            return Ok(known);
        }
        let manifest: Manifest = serde_json::from_slice(&survey.manifest).map_err(|_| Problem::Internal)?;
        let admitted = calculate(|| manifest.admit()).await?.map_err(|_| Problem::Internal)?;
        let admitted = Arc::new(admitted);
        self.keep(admitted.clone());
        Ok(admitted)
    }

    /// Keeps what was admitted elsewhere.
    pub(crate) fn keep(&self, manifest: Arc<AdmittedManifest>) {
        let survey = manifest.manifest().survey;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(survey, manifest);
    }

    fn get(&self, survey: &Hex<32>) -> Option<Arc<AdmittedManifest>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(survey).cloned()
    }
}
