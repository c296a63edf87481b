//! A key is burnt durably before its draft is answered, and serves no other survey.

use paillier::KeyBits;
use protocol::{Hex, HexBytes, PaillierWire, PeerDraft, PeerDraftRequest, Problem, key_statement};

use crate::fault::Fault;
use crate::pool::open_key;
use crate::randomness;
use crate::state::State;
use crate::store::{Burn, Burnt, Draft};

/// Burns a key for a new survey id; the same half again gets the same answer.
pub(crate) async fn draft(state: &State, request: PeerDraftRequest) -> Result<PeerDraft, Fault> {
    let size = KeyBits::try_from(request.key_bits).map_err(|_| Problem::KeyLength)?;
    if size < state.min_key_bits {
        return Err(Problem::KeyLength.into());
    }
    let burn =
        Burn { bits: request.key_bits, data_half: request.data_half, computation_half: randomness::draw() };
    let burnt = match state.store.burn_key(burn).await? {
        Burnt::Bound(burnt) => burnt,
        Burnt::OtherLength => return Err(Problem::KeyLength.into()),
        Burnt::PoolEmpty => return Err(Problem::KeyPoolEmpty.into()),
    };
    state.maker.rouse();
    let paillier = paillier_wire(state, &burnt).await?;
    let mut computation_half = [0; 16];
    computation_half.iter_mut().zip(burnt.survey.0.iter().skip(16)).for_each(|(to, from)| *to = *from);
    Ok(PeerDraft { computation_half: Hex(computation_half), paillier })
}

/// The key as it stands in the manifest: n, its proof for this survey, and this server's word.
async fn paillier_wire(state: &State, burnt: &Draft) -> Result<PaillierWire, Fault> {
    let proof = match &burnt.proof {
        Some(proof) => proof.clone(),
        None => prove(state, burnt).await?,
    };
    let signature = key_statement::sign(&state.identity.signing, &burnt.survey, &burnt.n);
    Ok(PaillierWire { n: HexBytes(burnt.n.clone()), proof: HexBytes(proof), signature })
}

async fn prove(state: &State, burnt: &Draft) -> Result<Vec<u8>, Fault> {
    let (vault, n, survey) = (state.vault.clone(), burnt.n.clone(), burnt.survey);
    let sealed = burnt.sealed.clone().ok_or(Problem::KeyPoolEmpty)?;
    let proved = tokio::task::spawn_blocking(move || {
        open_key(&vault, &n, &sealed).map(|key| key.prove(&survey.0).to_bytes())
    });
    let proof = proved.await?.ok_or_else(|| Fault::internal("a stored key cannot be opened"))?;
    state.store.add_proof(burnt.survey, proof.clone()).await?;
    Ok(proof)
}

/// The key's public half as this server would repeat it; `None` if there is no finished draft of this id.
pub(crate) async fn finished(state: &State, survey: Hex<32>) -> Result<Option<PaillierWire>, Fault> {
    match state.store.draft(survey).await? {
        Some(draft) if draft.proof.is_some() => paillier_wire(state, &draft).await.map(Some),
        _ => Ok(None),
    }
}
