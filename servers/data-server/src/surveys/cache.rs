//! Admitting a manifest takes a good part of a second (the key's proof), so it is done once per survey.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use protocol::{AdmittedManifest, Hex, Manifest, Problem, Submission};

use crate::app::calculate;
use crate::store::Survey;

/// A manifest and what is asked of it with every upload.
#[derive(Clone)]
pub(crate) struct Kept {
    pub(crate) manifest: Arc<AdmittedManifest>,
    /// How large a submission may be.
    pub(crate) max_upload_bytes: usize,
}

/// Manifests that were admitted since the server started.
#[derive(Default)]
pub(crate) struct ManifestCache(Mutex<HashMap<Hex<32>, Kept>>);

impl ManifestCache {
    /// The manifest of a stored survey.
    pub(crate) async fn admitted(&self, survey: &Survey) -> Result<Kept, Problem> {
        if let Some(known) = self.get(&survey.id) {
            return Ok(known);
        }
        let manifest: Manifest = serde_json::from_slice(&survey.manifest).map_err(|_| Problem::Internal)?;
        let admitted = calculate(|| manifest.admit()).await?.map_err(|_| Problem::Internal)?;
        Ok(self.keep(Arc::new(admitted)))
    }

    /// Keeps what was admitted elsewhere.
    pub(crate) fn keep(&self, manifest: Arc<AdmittedManifest>) -> Kept {
        let survey = manifest.manifest().survey;
        let kept = Kept { max_upload_bytes: Submission::max_sealed_bytes(&manifest), manifest };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(survey, kept.clone());
        kept
    }

    fn get(&self, survey: &Hex<32>) -> Option<Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(survey).cloned()
    }
}
