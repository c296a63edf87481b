//! What this server checks for itself before it signs a manifest.

use std::sync::Arc;

use paillier::KeyBits;
use protocol::peer::{ForwardedOpenRequest, SignatureDocument};
use protocol::{
    AdmittedManifest, Hex, Manifest, Problem, Roster, SurveyDocument, SurveyState, VerifyingKey, canonical,
};

use super::admitted::{Survey, admit};
use crate::drafts;
use crate::fault::{Fault, parse_stored};
use crate::state::State;
use crate::store::{FoundSurvey, Open, OpenSurvey, Stage};

/// Opens a survey; the same request again gets the same signature.
pub(crate) async fn open(state: &State, forwarded: ForwardedOpenRequest) -> Result<SignatureDocument, Fault> {
    let (id, fingerprint) = (forwarded.request.manifest.survey, forwarded.request.manifest.fingerprint());
    if let Some(found) = state.store.survey(id).await? {
        let same = found.fingerprint == fingerprint;
        return if same {
            Ok(signature(state, &forwarded.request.manifest))
        } else {
            Err(Problem::AlreadyOpen.into())
        };
    }
    let survey = check(state, &forwarded).await?;
    match state.store.open_survey(to_store(&forwarded, &survey.manifest)).await? {
        Open::Opened => {}
        Open::Other => return Err(Problem::AlreadyOpen.into()),
        Open::NoDraft => return Err(Problem::ManifestForeign.into()),
    }
    state.admitted.keep(survey.clone());
    Ok(signature(state, survey.manifest.manifest()))
}

async fn check(state: &State, forwarded: &ForwardedOpenRequest) -> Result<Arc<Survey>, Fault> {
    let manifest = &forwarded.request.manifest;
    check_ours(state, manifest).await?;
    let survey = admit(manifest.clone()).await?;
    check_own_rules(state, &survey.manifest)?;
    let signed = |key, signature| manifest.verify(key, signature).map_err(|_| Problem::WrongSignature);
    signed(survey.manifest.organizer(), &forwarded.request.organizer_signature)?;
    signed(&state.peer, &forwarded.data_server_signature)?;
    check_roster(manifest, &forwarded.request.roster)?;
    Ok(survey)
}

/// The draft, the key and both identities are these two servers'.
async fn check_ours(state: &State, manifest: &Manifest) -> Result<(), Fault> {
    let (own, wire) = (&state.identity.public, &manifest.computation_server);
    let us = wire.signing_key == own.signing_key
        && wire.sealing_key == own.sealing_key
        && wire.operator == own.operator
        && wire.url == state.public_url;
    let peer = &manifest.data_server;
    let them = peer.signing_key == state.peer.to_hex()
        && state.peer_sealing_key.is_none_or(|key| key == peer.sealing_key);
    let draft = drafts::service::finished(state, manifest.survey).await?;
    if us && them && draft.as_ref() == Some(&manifest.paillier) {
        Ok(())
    } else {
        Err(Problem::ManifestForeign.into())
    }
}

fn check_own_rules(state: &State, admitted: &AdmittedManifest) -> Result<(), Fault> {
    let (numbers, floors) = (admitted.thresholds(), state.floors);
    if numbers.min_reporters() < floors.min_reporters
        || numbers.min_cell_reporters() < floors.min_cell_reporters
        || numbers.min_cell_employees() < floors.min_cell_employees
    {
        return Err(Problem::BelowFloor.into());
    }
    if !admitted.proves_enough() {
        return Err(Problem::ValidityNone.into());
    }
    let bits: KeyBits = admitted.paillier().bits();
    if bits < state.min_key_bits {
        return Err(Problem::KeyLength.into());
    }
    // What the database cannot hold is not kept as something else.
    if i64::try_from(admitted.manifest().closes_at).is_err() {
        return Err(Problem::ManifestRefused.into());
    }
    if admitted.is_over_at(state.now_s()) { Err(Problem::ManifestRefused.into()) } else { Ok(()) }
}

fn check_roster(manifest: &Manifest, keys: &[Hex<32>]) -> Result<(), Fault> {
    let roster = Roster::admit(keys.to_vec()).map_err(|_| Problem::RosterRefused)?;
    let few = u32::try_from(keys.len()).is_ok_and(|keys| keys <= manifest.max_reporters);
    if few && roster.root(&manifest.survey) == manifest.roster_root {
        Ok(())
    } else {
        Err(Problem::RosterRefused.into())
    }
}

fn to_store(forwarded: &ForwardedOpenRequest, admitted: &AdmittedManifest) -> OpenSurvey {
    let manifest = admitted.manifest();
    OpenSurvey {
        id: manifest.survey,
        fingerprint: *admitted.fingerprint(),
        manifest: canonical::encode(manifest),
        organizer_signature: forwarded.request.organizer_signature,
        data_server_signature: forwarded.data_server_signature,
        max_reporters: manifest.max_reporters,
        closes_not_before: manifest.closes_not_before,
        closes_at: manifest.closes_at,
        roster: forwarded.request.roster.clone(),
    }
}

fn signature(state: &State, manifest: &Manifest) -> SignatureDocument {
    SignatureDocument { signature: manifest.sign(&state.identity.signing) }
}

/// An opened survey with its manifest.
pub(crate) async fn find(state: &State, id: Hex<32>) -> Result<Arc<Survey>, Fault> {
    if let Some(survey) = state.admitted.get(&id) {
        return Ok(survey);
    }
    let found = state.store.survey(id).await?.ok_or(Problem::UnknownSurvey)?;
    let survey = admit(parse_stored(&found.manifest)?).await?;
    state.admitted.keep(survey.clone());
    Ok(survey)
}

/// A survey as everybody sees it.
pub(crate) async fn document(state: &State, id: Hex<32>) -> Result<SurveyDocument, Fault> {
    let found = state.store.survey(id).await?.ok_or(Problem::UnknownSurvey)?;
    let manifest: Manifest = parse_stored(&found.manifest)?;
    let progress = progress(&found, manifest.closes_at <= state.now_s());
    Ok(SurveyDocument {
        computation_server_signature: manifest.sign(&state.identity.signing),
        manifest,
        organizer_signature: found.organizer_signature,
        data_server_signature: found.data_server_signature,
        state: progress,
    })
}

fn progress(found: &FoundSurvey, over: bool) -> SurveyState {
    match found.stage {
        Stage::Taking if found.closed_at.is_some() || over => SurveyState::Closed,
        Stage::Taking => SurveyState::Open,
        Stage::Agreed | Stage::Opened => SurveyState::Opening,
        Stage::Released => SurveyState::Released,
        Stage::Ended => SurveyState::Ended,
    }
}

/// The data server of a survey, as the manifest pins it.
pub(crate) fn data_server(survey: &Survey) -> &VerifyingKey {
    survey.manifest.data_server()
}
