//! The worked example of docs/PROTOCOL.md as a survey that checks.
#![allow(dead_code, reason = "each test file uses its part")]

use protocol::{
    Hex, HexBytes, Identity, Invitation, Manifest, PaillierWire, Role, ServerWire, SigningKey,
    SurveyDocument, SurveyState, key_statement,
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

/// The example's survey under a key of 3072 bits and for large employers.
pub(crate) fn large_document() -> SurveyDocument {
    let mut document = document();
    let case =
        &serde_json::from_str::<Value>(include_str!("../../../vectors/noise.json")).unwrap()["cases"][1];
    let hex = |name: &str| hex::decode(case[name].as_str().unwrap()).unwrap();
    let computation = signer("computation_server.signing_seed");
    let manifest = &mut document.manifest;
    manifest.survey = Hex(hex("survey_id").try_into().unwrap());
    manifest.max_employees_per_reporter = 100_000;
    let n = hex("n");
    manifest.paillier = PaillierWire {
        signature: key_statement::sign(&computation, &manifest.survey, &n),
        proof: HexBytes(hex("key_proof")),
        n: HexBytes(n),
    };
    signed(document.manifest)
}

/// A document whose manifest all three parties signed.
pub(crate) fn signed(manifest: Manifest) -> SurveyDocument {
    let by = |name| manifest.sign(&signer(name));
    SurveyDocument {
        organizer_signature: by("organizer.signing_seed"),
        data_server_signature: by("data_server.signing_seed"),
        computation_server_signature: by("computation_server.signing_seed"),
        state: SurveyState::Open,
        manifest,
    }
}

/// A link to a survey.
pub(crate) fn link_to(document: &SurveyDocument) -> Invitation {
    Invitation { survey: document.manifest.survey, fingerprint: document.manifest.fingerprint(), ..link() }
}

/// A survey checked here and now.
pub(crate) fn checked(document: &SurveyDocument) -> CheckedSurvey {
    let [data, computation] = identities(document);
    CheckedSurvey::check(&link_to(document), document.clone(), document, &data, &computation).unwrap()
}

/// What both servers say about themselves.
pub(crate) fn identities(document: &SurveyDocument) -> [Identity; 2] {
    let manifest = &document.manifest;
    [
        identity(Role::DataServer, &manifest.data_server),
        identity(Role::ComputationServer, &manifest.computation_server),
    ]
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
