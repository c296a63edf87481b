//! A survey that can be relied on.

use crate::{SurveyDistrust, Warning, warning::warnings};
use protocol::{
    AdmittedManifest, Hex, Identity, Invitation, Role, ServerWire, Side, SurveyDocument, SurveyState,
    UnprovenManifest, VerifiedKey,
};

/// A survey that both servers show alike, that is the one of the link, whose servers' keys stand where they
/// must, whose signatures hold and whose rules are kept.
#[derive(Clone, Debug)]
pub struct CheckedSurvey {
    manifest: AdmittedManifest,
    state: SurveyState,
}

impl CheckedSurvey {
    /// Checks everything there is to check before anybody enrols. Needs only what four `GET` requests bring:
    /// the survey from both servers and both servers' identities, from their own addresses or pinned.
    ///
    /// # Errors
    /// [`SurveyDistrust`] names the first thing that is wrong. Whoever takes part stops there.
    pub fn check(
        link: &Invitation,
        from_data: SurveyDocument,
        from_computation: &SurveyDocument,
        data_identity: &Identity,
        computation_identity: &Identity,
    ) -> Result<Self, SurveyDistrust> {
        UnprovenSurvey::check(link, from_data, from_computation, data_identity, computation_identity)?.admit()
    }

    /// Checks the same for somebody who has no link but knows the fingerprint otherwise and compares it.
    ///
    /// # Errors
    /// As [`CheckedSurvey::check`].
    pub fn check_unlinked(
        from_data: SurveyDocument,
        from_computation: &SurveyDocument,
        data_identity: &Identity,
        computation_identity: &Identity,
    ) -> Result<Self, SurveyDistrust> {
        UnprovenSurvey::check_by(from_data, from_computation, data_identity, computation_identity)?.admit()
    }

    /// The manifest with all that follows from it.
    #[must_use]
    pub const fn manifest(&self) -> &AdmittedManifest {
        &self.manifest
    }

    /// The fingerprint.
    #[must_use]
    pub const fn fingerprint(&self) -> &Hex<32> {
        self.manifest.fingerprint()
    }

    /// How far the survey is, by the data server's word.
    #[must_use]
    pub const fn state(&self) -> SurveyState {
        self.state
    }

    /// What a person should know before it takes part.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        warnings(self.manifest.manifest())
    }
}

/// A survey of which everything was checked but its Paillier key, for which pages need a worker: it can be read
/// and relied on, and nobody takes part in it.
#[derive(Clone, Debug)]
pub struct UnprovenSurvey {
    manifest: UnprovenManifest,
    state: SurveyState,
}

impl UnprovenSurvey {
    /// Checks it; everything is quick.
    ///
    /// # Errors
    /// As [`CheckedSurvey::check`].
    pub fn check(
        link: &Invitation,
        from_data: SurveyDocument,
        from_computation: &SurveyDocument,
        data_identity: &Identity,
        computation_identity: &Identity,
    ) -> Result<Self, SurveyDistrust> {
        let shown = &from_data.manifest;
        if shown.survey != link.survey || shown.fingerprint() != link.fingerprint {
            return Err(SurveyDistrust::OtherSurvey);
        }
        Self::check_by(from_data, from_computation, data_identity, computation_identity)
    }

    fn check_by(
        from_data: SurveyDocument,
        from_computation: &SurveyDocument,
        data_identity: &Identity,
        computation_identity: &Identity,
    ) -> Result<Self, SurveyDistrust> {
        let state = from_data.state;
        if (SurveyDocument { state, ..from_computation.clone() }) != from_data {
            return Err(SurveyDistrust::ServersDiffer);
        }
        let shown = &from_data.manifest;
        check_identity(Side::DataServer, &shown.data_server, data_identity)?;
        check_identity(Side::ComputationServer, &shown.computation_server, computation_identity)?;
        let manifest = shown.clone().admit_unproven()?;
        check_signatures(&manifest, &from_data)?;
        Ok(Self { manifest, state })
    }

    /// Checks the Paillier key as well: some tenths of a second in a browser.
    fn admit(self) -> Result<CheckedSurvey, SurveyDistrust> {
        let manifest = self.manifest.manifest();
        let verified = manifest.paillier.verify(&manifest.survey)?;
        self.prove(verified)
    }

    /// Takes what was found out about the Paillier key, in a thread that nobody waits for.
    ///
    /// # Errors
    /// [`SurveyDistrust`] if it is about another key.
    pub fn prove(self, verified: VerifiedKey) -> Result<CheckedSurvey, SurveyDistrust> {
        Ok(CheckedSurvey { manifest: self.manifest.prove(verified)?, state: self.state })
    }

    /// The manifest with all that follows from it but the key.
    #[must_use]
    pub const fn manifest(&self) -> &UnprovenManifest {
        &self.manifest
    }

    /// As [`CheckedSurvey::state`].
    #[must_use]
    pub const fn state(&self) -> SurveyState {
        self.state
    }

    /// As [`CheckedSurvey::warnings`].
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        warnings(self.manifest.manifest())
    }
}

fn check_identity(side: Side, named: &ServerWire, identity: &Identity) -> Result<(), SurveyDistrust> {
    let role = match side {
        Side::DataServer => Role::DataServer,
        Side::ComputationServer => Role::ComputationServer,
    };
    if identity.format != Identity::FORMAT || identity.role != role {
        return Err(SurveyDistrust::NotAnIdentity(side));
    }
    if (named.signing_key, named.sealing_key) != (identity.signing_key, identity.sealing_key) {
        return Err(SurveyDistrust::ForeignKey(side));
    }
    Ok(())
}

fn check_signatures(admitted: &UnprovenManifest, document: &SurveyDocument) -> Result<(), SurveyDistrust> {
    let manifest = admitted.manifest();
    manifest
        .verify(admitted.organizer(), &document.organizer_signature)
        .map_err(|_| SurveyDistrust::OrganizerSignature)?;
    manifest
        .verify(admitted.data_server(), &document.data_server_signature)
        .map_err(|_| SurveyDistrust::ServerSignature(Side::DataServer))?;
    manifest
        .verify(admitted.computation_server(), &document.computation_server_signature)
        .map_err(|_| SurveyDistrust::ServerSignature(Side::ComputationServer))
}
