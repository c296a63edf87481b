//! The worked example of docs/PROTOCOL.md as a survey that checks.
#![allow(dead_code, reason = "each test file uses its part")]

use protocol::{
    Hex, Identity, Invitation, Manifest, Role, ServerWire, SigningKey, SurveyDocument, SurveyState,
};
use reporter::CheckedSurvey;
use serde_json::Value;

/// vectors/protocol-example.json.
pub(crate) fn example() -> Value {
    serde_json::from_str(include_str!("../../../vectors/protocol-example.json")).unwrap()
}

/// A text of the example.
pub(crate) fn text(name: &str) -> String {
    example().get(name).unwrap().as_str().unwrap().to_owned()
}

/// Bytes of the example.
pub(crate) fn bytes(name: &str) -> Vec<u8> {
    hex::decode(text(name)).unwrap()
}

fn signer(name: &str) -> SigningKey {
    SigningKey::from_seed(&bytes(name).try_into().unwrap())
}

/// The document that both servers show.
pub(crate) fn document() -> SurveyDocument {
    let manifest: Manifest = serde_json::from_str(&text("manifest")).unwrap();
    SurveyDocument {
        organizer_signature: Hex(bytes("manifest.organizer_signature").try_into().unwrap()),
        data_server_signature: manifest.sign(&signer("data_server.signing_seed")),
        computation_server_signature: manifest.sign(&signer("computation_server.signing_seed")),
        state: SurveyState::Open,
        manifest,
    }
}

/// What a server says about itself.
pub(crate) fn identity(role: Role, server: &ServerWire) -> Identity {
    Identity {
        format: Identity::FORMAT.to_owned(),
        role,
        operator: server.operator.clone(),
        signing_key: server.signing_key,
        sealing_key: server.sealing_key,
        build: "test".to_owned(),
    }
}

/// The link of the example.
pub(crate) fn link() -> Invitation {
    Invitation::parse(&text("link")).unwrap()
}

/// The survey of the example, checked as a link is.
pub(crate) fn survey() -> CheckedSurvey {
    let document = document();
    let data = identity(Role::DataServer, &document.manifest.data_server);
    let computation = identity(Role::ComputationServer, &document.manifest.computation_server);
    CheckedSurvey::check(&link(), document.clone(), &document, &data, &computation).unwrap()
}
