//! The only opening: computed, kept, marked as begun with the hash of its bytes, sent, and sent again with
//! the same bytes.
//!
//! It is kept before it is marked, so that no crash in between loses a survey, and marked before it is sent,
//! so that no restored backup sends another.

use commitments::Share;
use protocol::peer::{Agreement, OpeningAnswer, OpeningRequest};
use protocol::{
    AdmittedManifest, AgreedSet, Document, EndedReason, Hex, Opening, Problem, Release, ReleasedDocument,
    Signed, canonical, countersign_check,
};

use super::aggregate::{AggregateFailure, aggregate};
use super::agreement::{check_ended, read};
use super::multiply::Aggregates;
use super::{Halt, marks};
use crate::app::{App, calculate};
use crate::store::VersionKey;
use crate::submissions::share_context;

/// Computes the product over the agreed set and keeps it. If it was marked before and is not kept, nothing is
/// ever computed again.
pub(super) async fn make(
    app: &App,
    id: Hex<32>,
    manifest: &AdmittedManifest,
    agreement: &[u8],
) -> Result<(), Halt> {
    if !marks::is_unopened(&app.settings.marks, &id) {
        return Err(Halt::ForGood("the opening had begun and nothing of it was kept"));
    }
    let agreed = read::<Agreement>(agreement)?.agreed.body;
    let keys: Vec<VersionKey> = agreed
        .members
        .iter()
        .map(|member| VersionKey { survey: id, credential: member.credential, version: member.version })
        .collect();
    let share_sum = share_sum(app, &keys).await?;
    let aggregates = aggregates(app, manifest, &keys).await?;
    let fingerprint = *manifest.fingerprint();
    let opening = Opening { fingerprint, agreed: agreed.hash(), aggregates, share_sum };
    let request = OpeningRequest {
        opening: Signed::sign(opening, &app.keys.signing),
        agreed_signature: sign_set(app, agreed),
    };
    app.store.put_opening(id, canonical::encode(&request)).await?;
    Ok(())
}

/// This server's signature over the set.
fn sign_set(app: &App, agreed: AgreedSet) -> Hex<64> {
    Signed::sign(agreed, &app.keys.signing).signature
}

async fn share_sum(app: &App, keys: &[VersionKey]) -> Result<Hex<32>, Halt> {
    const LOST: Halt = Halt::ForGood("a share of the agreed set is not here");
    let mut shares = Vec::with_capacity(keys.len());
    for key in keys {
        let sealed = app.store.share(*key).await?.ok_or(LOST)?;
        let share = app.vault.open(&share_context(*key), &sealed).map_err(|_| LOST)?;
        let bytes = share.as_slice().try_into().map_err(|_| LOST)?;
        shares.push(Share::admit(bytes).map_err(|_| LOST)?);
    }
    // EXPOSE: the sum of all shares is what the opening is about.
    Ok(Hex(Share::sum(&shares).expose_bytes()))
}

async fn aggregates(
    app: &App,
    manifest: &AdmittedManifest,
    keys: &[VersionKey],
) -> Result<Vec<Vec<protocol::HexBytes>>, Halt> {
    let blocks: Vec<usize> = manifest.layout().groups().iter().map(|group| group.blocks).collect();
    let all = Aggregates::new(manifest.paillier(), manifest.manifest().survey, &blocks);
    let all = aggregate(app.store.as_ref(), all, keys).await.map_err(Halt::from)?;
    let mut rng = app.randomness.rng();
    let finished = calculate(move || all.finish(&mut rng)).await.map_err(Halt::Later)?;
    finished.map_err(|damaged| AggregateFailure::from(damaged).into())
}

impl From<AggregateFailure> for Halt {
    fn from(failure: AggregateFailure) -> Self {
        match failure {
            AggregateFailure::Damaged => Self::ForGood("a submission of the agreed set is damaged"),
            AggregateFailure::Store(error) => error.into(),
            AggregateFailure::Broken(problem) => Self::Later(problem),
        }
    }
}

/// Whether the figures open the commitments: without this server's word nothing is published.
async fn check_rest(manifest: &AdmittedManifest, agreed: &AgreedSet, release: &Release) -> Result<(), Halt> {
    let (manifest, agreed, release) = (manifest.clone(), agreed.clone(), release.clone());
    let checked = calculate(move || release.check_rest(&manifest, &agreed, &manifest.generators()));
    let checked = checked.await.map_err(Halt::Later)?;
    checked.map_err(|_| Halt::ForGood("the release does not open the commitments"))
}

/// Marks the opening as begun, sends it as it was kept, and keeps what came of it, if this server may stand
/// for it.
pub(super) async fn send(
    app: &App,
    id: Hex<32>,
    manifest: &AdmittedManifest,
    agreement: &[u8],
    opening: Vec<u8>,
) -> Result<(), Halt> {
    let agreed = read::<Agreement>(agreement)?.agreed;
    kit::fail_point!("data-server/opening/before-mark");
    match marks::begin(&app.settings.marks, &id, &opening) {
        Ok(true) => {}
        Ok(false) => return Err(Halt::ForGood("another opening had begun")),
        Err(_) => return Err(Halt::Later(Problem::Internal)),
    }
    kit::fail_point!("data-server/opening/after-mark");
    kit::fail_point!("data-server/opening/before-send");
    let answer = app.peer.open_totals(&id, opening).await?;
    kit::fail_point!("data-server/opening/after-answer");
    let document = match answer {
        OpeningAnswer::Ended { ended } => {
            check_ended(manifest, &agreed, &ended, EndedReason::Inconsistent)?;
            ReleasedDocument::Ended { ended, agreed }
        }
        OpeningAnswer::Release { release } => {
            let body = release
                .verify(manifest.fingerprint(), manifest.computation_server())
                .map_err(|_| Halt::ForGood("the release is not signed"))?;
            countersign_check(manifest, &agreed.body, body)
                .map_err(|_| Halt::ForGood("the release is not one that this server may sign"))?;
            check_rest(manifest, &agreed.body, body).await?;
            let countersignature = Signed::sign(body.clone(), &app.keys.signing).signature;
            let agreed_countersignature = sign_set(app, agreed.body.clone());
            ReleasedDocument::Released { release, countersignature, agreed, agreed_countersignature }
        }
    };
    app.store.put_result(id, canonical::encode(&document)).await?;
    Ok(())
}
