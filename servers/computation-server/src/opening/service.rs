//! The opening begins once, with the first bytes that are signed over the agreed set, and with no others.

use std::collections::HashMap;
use std::sync::Arc;

use commitments::Share;
use paillier_keys::SecretKey;
use protocol::peer::{OpeningAnswer, OpeningRequest, fingerprint_of};
use protocol::{
    AgreedSet, EndedReason, HeldList, Hex, Problem, Release, Signed, canonical, countersign_check, prove_rest,
};
use statistics::publish;
use vault::Vault;

use super::admit::{AdmittedOpening, admit, check_signed};
use super::totals::Opener;
use crate::agreement;
use crate::fault::{Fault, parse_stored};
use crate::marks::Mark;
use crate::pool::open_key;
use crate::randomness;
use crate::state::{State, share_context};
use crate::store::{OpeningMaterial, OpeningResult};
use crate::surveys::{self, Survey};

/// Opens; the same bytes again get the same answer, other bytes none.
pub(crate) async fn open(
    state: &State,
    id: Hex<32>,
    request: OpeningRequest,
) -> Result<OpeningAnswer, Fault> {
    let survey = surveys::service::find(state, id).await?;
    let _one_at_a_time = state.opening.lock().await;
    let material = state.store.opening_material(id).await?.ok_or(Problem::OpeningRefused)?;
    let agreed: Signed<AgreedSet> = parse_stored(&material.agreement.decision.agreed)?;
    check_signed(&survey, &agreed.body, &request)?;
    let opening = Hex(fingerprint_of(&request.opening.body));
    if let Some(before) = answered(&material, &opening)? {
        return Ok(before);
    }
    let admitted = admit(&survey, &request.opening.body).ok_or(Problem::OpeningRefused)?;
    begin(state, &id, &material.n, &opening)?;
    let outcome = carry_out(state, survey, material, agreed.body, admitted).await?;
    let answer = to_wire(&outcome)?;
    let result = OpeningResult { opening, agreed_countersignature: request.agreed_signature, outcome };
    state.store.record_opening(id, result).await?;
    kit::fail_point!("computation-server/opening/after-write");
    if matches!(answer, OpeningAnswer::Ended { .. }) {
        state.scrub().await;
    }
    Ok(answer)
}

/// What was answered to this opening before; a refusal if another one was carried out.
fn answered(material: &OpeningMaterial, opening: &Hex<32>) -> Result<Option<OpeningAnswer>, Fault> {
    match (&material.opening, &material.release, &material.ended) {
        (None, _, _) => Ok(None),
        (Some(before), _, _) if before != opening => Err(Problem::OpeningBegun.into()),
        (Some(_), Some(release), _) => to_wire(&Ok(release.clone())).map(Some),
        (Some(_), None, Some(ended)) => to_wire(&Err(ended.clone())).map(Some),
        (Some(_), None, None) => Err(Problem::OpeningBegun.into()),
    }
}

/// Records durably that the only opening has begun, with these bytes and no others.
fn begin(state: &State, id: &Hex<32>, n: &[u8], opening: &Hex<32>) -> Result<(), Fault> {
    kit::fail_point!("computation-server/opening/before-mark");
    match state.marks.read(n) {
        Mark::Burnt(survey) if survey == *id => state.marks.set_begun(n, opening)?,
        // Begun with the same bytes and not answered, or a restored data folder: the same is computed again.
        Mark::Begun(before) if before == *opening => {}
        Mark::Ready | Mark::Burnt(_) | Mark::Begun(_) | Mark::Unknown => {
            return Err(Problem::OpeningBegun.into());
        }
    }
    kit::fail_point!("computation-server/opening/after-mark");
    Ok(())
}

/// A signed release, or the signed end that names no cause.
async fn carry_out(
    state: &State,
    survey: Arc<Survey>,
    material: OpeningMaterial,
    agreed: AgreedSet,
    opening: AdmittedOpening,
) -> Result<Result<Vec<u8>, Vec<u8>>, Fault> {
    let (vault, key) = (state.vault.clone(), state.identity.signing.clone());
    let computed =
        tokio::task::spawn_blocking(move || match release(&vault, &survey, &material, &agreed, opening) {
            Some(release) => Ok(canonical::encode(&Signed::sign(release, &key))),
            None => {
                Err(canonical::encode(&agreement::service::ended(&agreed, EndedReason::Inconsistent, &key)))
            }
        });
    Ok(computed.await?)
}

fn release(
    vault: &Vault,
    survey: &Survey,
    material: &OpeningMaterial,
    agreed: &AgreedSet,
    opening: AdmittedOpening,
) -> Option<Release> {
    let held: Signed<HeldList> = parse_stored(&material.agreement.data_list).ok()?;
    let declared: Signed<HeldList> = parse_stored(&material.agreement.decision.own_list).ok()?;
    let key = secret_key(vault, material)?;
    let shares = shares(vault, survey, material, agreed)?;
    let (held, declared) = (&held.body, &declared.body);
    let opener = Opener { survey, agreed, held, declared, key: &key, shares: &shares };
    let opened = opener.open(opening)?;
    let manifest = &survey.manifest;
    let totals = manifest.layout().cell_totals(&opened.values).ok()?;
    let published = publish(manifest.schema(), manifest.thresholds(), manifest.turnout(agreed), &totals);
    let secrets = (&survey.generators, opened.values.as_slice(), &opened.blinding);
    let rest = prove_rest(manifest, agreed, &published.slots(), secrets, &mut randomness::system()).ok()?;
    let release = Release::compose(manifest, agreed, &published, rest);
    // What the other server could not sign either is no release.
    countersign_check(manifest, agreed, &release).is_ok().then_some(release)
}

fn secret_key(vault: &Vault, material: &OpeningMaterial) -> Option<SecretKey> {
    open_key(vault, &material.n, material.sealed_key.as_ref()?)
}

/// s_C of every member.
fn shares(
    vault: &Vault,
    survey: &Survey,
    material: &OpeningMaterial,
    agreed: &AgreedSet,
) -> Option<Vec<Share>> {
    let kept =
        material.sealed_shares.iter().map(|(credential, version, sealed)| ((credential, version), sealed));
    let kept: HashMap<_, _> = kept.collect();
    let share = |member: &protocol::Member| {
        let sealed = kept.get(&(&member.credential, &member.version))?;
        let context = share_context(&survey.id(), &member.credential, member.version);
        let opened = vault.open(&context, sealed).ok()?;
        Share::admit(opened.as_slice().try_into().ok()?).ok()
    };
    agreed.members.iter().map(share).collect()
}

fn to_wire(outcome: &Result<Vec<u8>, Vec<u8>>) -> Result<OpeningAnswer, Fault> {
    Ok(match outcome {
        Ok(release) => OpeningAnswer::Release { release: parse_stored(release)? },
        Err(ended) => OpeningAnswer::Ended { ended: parse_stored(ended)? },
    })
}
