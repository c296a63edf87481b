//! Makes drafts, together with the computation server.

use paillier::KeyBits;
use protocol::{Draft, DraftRequest, Hex, PeerDraftRequest, Problem, canonical, key_statement, survey_id};

use crate::app::{App, internal};
use crate::identity::identity_of;
use crate::release::marks;

/// Draws half of an id, asks for the other half and a key, and keeps both.
pub(crate) async fn create(app: &App, request: &DraftRequest) -> Result<Draft, Problem> {
    KeyBits::try_from(request.key_bits).map_err(|_| Problem::KeyLength)?;
    let computation_server = app.peer.identity().await?.clone();
    let data_half = Hex(app.randomness.bytes());
    let answer = app.peer.draft(&PeerDraftRequest { key_bits: request.key_bits, data_half }).await?;
    let survey = survey_id(data_half, answer.computation_half);
    let paillier = answer.paillier;
    key_statement::verify(app.peer.pinned(), &survey, &paillier.n.0, &paillier.signature)
        .map_err(|_| Problem::PeerRefused)?;
    let draft = Draft {
        survey,
        paillier,
        data_server: identity_of(&app.keys, &app.settings.operator),
        computation_server,
        data_server_url: app.settings.public_url.clone(),
        computation_server_url: app.peer.public_url().to_owned(),
    };
    // Before anybody sees the id: a mark that is missing later means that the opening has begun.
    marks::prepare(&app.settings.marks, &survey).map_err(|_| Problem::Internal)?;
    let sealed = app.vault.seal(&context(&survey), &canonical::encode(&draft), &mut app.randomness.rng());
    app.store.put_draft(survey, sealed.map_err(|_| Problem::Internal)?).await.map_err(internal)?;
    Ok(draft)
}

/// The draft of a survey that is not open yet.
pub(crate) async fn find(app: &App, survey: &Hex<32>) -> Result<Option<Draft>, Problem> {
    let Some(sealed) = app.store.draft(*survey).await.map_err(internal)? else { return Ok(None) };
    let bytes = app.vault.open(&context(survey), &sealed).map_err(|_| Problem::Internal)?;
    serde_json::from_slice(&bytes).map(Some).map_err(|_| Problem::Internal)
}

fn context(survey: &Hex<32>) -> Vec<u8> {
    [b"draft:".as_slice(), &survey.0].concat()
}
