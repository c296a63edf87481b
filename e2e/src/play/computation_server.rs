//! The computation server's part, played against a real data server that has pinned its key.

mod result;

use super::rng;
use crate::http::{Answer, Request, Server};
use commitments::Generators;
use paillier::KeyBits;
use paillier_keys::SecretKey;
use protocol::peer::{self, Agreement, Envelope, ForwardedOpenRequest, OpeningAnswer, OpeningRequest};
use protocol::{
    AdmittedManifest, AgreedSet, Declaration, Document, Ended, EndedReason, Enrolment, HeldEntry, HeldList,
    Hex, HexBytes, Identity, OpenRequest, Outcome, PaillierWire, PeerDraft, PeerDraftRequest, Problem,
    Release, Role, SealingKey, Signed, SignedHour, SigningKey, SurveyDocument, SurveyState, VerifyingKey,
    agree, key_statement, routes, survey_id,
};
use rand_core::Rng;
use result::{open_totals, release, rest};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

/// Where a played computation server departs from the protocol.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lies {
    /// Nowhere.
    #[default]
    None,
    /// The key's signature was made for another survey.
    KeyOfAnotherSurvey,
    /// The key's proof was made for another survey.
    ProofOfAnotherSurvey,
    /// Another key stands at its own address than the one in the manifest.
    AnotherIdentity,
    /// Answers are signed by somebody else.
    AnswersOfAnother,
    /// The word about a declaration is about another statement.
    DeclaresAnother,
    /// The list lacks a credential that was declared.
    ListLacksOne,
    /// The set lacks a member that both lists have.
    SetLacksOne,
    /// The set has a member that no list has.
    SetHasOneMore,
    /// A suppressed cell's gap is told all the same.
    GapWithSuppressedSide,
    /// A suppressed cell is shown as zero.
    SuppressedZero,
    /// A cell below the minimum numbers is published.
    PublishesSmallCell,
    /// A mean does not follow from its sum and count.
    WrongMean,
    /// More reporters counted than agreed on.
    WrongCounted,
    /// A sum is not the one that reporters committed to; everything else follows from it.
    AnotherSum,
}

struct State {
    lies: Lies,
    drafts: BTreeMap<Hex<32>, ()>,
    surveys: BTreeMap<Hex<32>, Survey>,
    asked: Vec<String>,
}

struct Survey {
    request: OpenRequest,
    data_server_signature: Hex<64>,
    manifest: AdmittedManifest,
    declared: BTreeMap<Hex<32>, (HeldEntry, Declaration)>,
    agreed: Option<Signed<AgreedSet>>,
    released: Option<Signed<Release>>,
    countersigned: bool,
}

struct Inner {
    key: SigningKey,
    sealing: SealingKey,
    pinned: Mutex<Option<VerifyingKey>>,
    url: Mutex<String>,
    state: Mutex<State>,
}

/// A computation server by hand, with a key whose primes everybody knows.
#[derive(Clone)]
pub struct PlayedComputationServer {
    inner: Arc<Inner>,
    address: SocketAddr,
}

impl std::fmt::Debug for PlayedComputationServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PlayedComputationServer({})", self.address)
    }
}

impl PlayedComputationServer {
    /// Listens on a free port.
    #[must_use]
    pub fn start() -> Self {
        let sealing = SealingKey::from_bytes(&SealingKey::generate_bytes(&mut rng())).expect("a key");
        let state =
            State { lies: Lies::None, drafts: BTreeMap::new(), surveys: BTreeMap::new(), asked: Vec::new() };
        let inner = Arc::new(Inner {
            key: SigningKey::generate(&mut rng()),
            sealing,
            pinned: Mutex::new(None),
            url: Mutex::new(String::new()),
            state: Mutex::new(state),
        });
        let answering = Arc::clone(&inner);
        let server = Server::start(move |request| Some(answering.answer(&request)));
        *inner.url.lock().expect("an address") = format!("http://{}", server.address());
        Self { inner, address: server.address() }
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it says it is.
    #[must_use]
    pub fn identity(&self) -> Identity {
        self.inner.identity()
    }

    /// Pins the data server's key.
    pub fn pin(&self, data_server: VerifyingKey) {
        *self.inner.pinned.lock().expect("a key") = Some(data_server);
    }

    /// From now on it departs from the protocol here.
    pub fn lie(&self, lies: Lies) {
        self.inner.state.lock().expect("state").lies = lies;
    }

    /// The paths it was asked for so far.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        self.inner.state.lock().expect("state").asked.clone()
    }

    /// Whether the data server countersigned the release.
    #[must_use]
    pub fn is_countersigned(&self, survey: &Hex<32>) -> bool {
        self.inner.state.lock().expect("state").surveys.get(survey).is_some_and(|s| s.countersigned)
    }
}

fn secret_key() -> &'static SecretKey {
    test_support::insecure_secret_key(KeyBits::B2048)
}

fn json(status: u16, document: &impl serde::Serialize) -> Answer {
    let body = serde_json::to_vec(document).expect("a document");
    Answer { headers: vec![("content-type".into(), "application/json".into())], ..Answer::new(status, body) }
}

fn refuse(problem: Problem) -> Answer {
    let row = problem.row();
    let document =
        serde_json::json!({"type": row.uri, "title": row.title, "status": row.status, "detail": row.advice});
    let headers = vec![("content-type".to_owned(), "application/problem+json".to_owned())];
    Answer { headers, ..json(row.status, &document) }
}

fn read<T: serde::de::DeserializeOwned>(body: &[u8]) -> T {
    serde_json::from_slice(body).expect("a document of the data server")
}

impl Inner {
    fn identity(&self) -> Identity {
        Identity {
            format: Identity::FORMAT.into(),
            role: Role::ComputationServer,
            operator: "Played computation server".into(),
            signing_key: self.key.verifying_key().to_hex(),
            sealing_key: self.sealing.public_key().0,
            build: "played".into(),
        }
    }

    fn answer(&self, request: &Request) -> Answer {
        let mut state = self.state.lock().expect("state");
        state.asked.push(request.path.clone());
        if let Some(path) = request.path.strip_prefix("/v1/peer/") {
            return self.answer_peer(&mut state, path, request);
        }
        match request.path.as_str() {
            routes::IDENTITY if state.lies == Lies::AnotherIdentity => {
                let signing_key = SigningKey::generate(&mut rng()).verifying_key().to_hex();
                json(200, &Identity { signing_key, ..self.identity() })
            }
            routes::IDENTITY => json(200, &self.identity()),
            routes::HEALTH => json(200, &serde_json::json!({})),
            path => self.answer_public(&mut state, path, request),
        }
    }

    fn answer_peer(&self, state: &mut State, path: &str, request: &Request) -> Answer {
        let envelope = request.header(peer::HEADER).and_then(|h| Envelope::parse(&h));
        let from = *self.pinned.lock().expect("a key");
        let (Some(envelope), Some(from)) = (envelope, from) else { return refuse(Problem::NotThePeer) };
        let to = self.key.verifying_key();
        let signed = peer::Request {
            from: &from,
            to: &to,
            method: &request.method,
            path: &request.path,
            body: &request.body,
        };
        signed.verify(&envelope, crate::now().as_secs()).expect("the data server signs its requests");
        let mut answer = self.answer_data_server(state, path, &request.body);
        let key = match state.lies {
            Lies::AnswersOfAnother => SigningKey::generate(&mut rng()),
            _ => self.key.clone(),
        };
        let signature = signed.sign_answer(&envelope, answer.status, &answer.body, &key);
        answer.headers.push((peer::HEADER.into(), peer::answer_header(&signature)));
        answer
    }

    fn answer_data_server(&self, state: &mut State, path: &str, body: &[u8]) -> Answer {
        let lies = state.lies;
        if path == "drafts" {
            return self.draft(state, &read(body));
        }
        if path == "surveys" {
            return self.open(state, read(body));
        }
        let (survey, what) = path
            .strip_prefix("surveys/")
            .and_then(|rest| rest.split_once('/'))
            .and_then(|(id, what)| Some((Hex::parse(id)?, what)))
            .expect("an address of the protocol");
        let Some(survey) = state.surveys.get_mut(&survey) else { return refuse(Problem::UnknownSurvey) };
        match what {
            "declarations" => self.declare(survey, body, lies),
            "agreement" => self.agree(survey, &read(body), lies),
            "opening" => self.release(survey, &read(body), lies),
            "countersignature" => {
                survey.countersigned = true;
                Answer::new(204, Vec::new())
            }
            _ => refuse(Problem::NotFound),
        }
    }

    fn draft(&self, state: &mut State, request: &PeerDraftRequest) -> Answer {
        let (mut half, mut other) = ([0; 16], [0; 32]);
        rng().fill_bytes(&mut half);
        rng().fill_bytes(&mut other);
        let survey = survey_id(request.data_half, Hex(half));
        let n = secret_key().public().to_bytes();
        let signed_for = if state.lies == Lies::KeyOfAnotherSurvey { Hex(other) } else { survey };
        let proven_for = if state.lies == Lies::ProofOfAnotherSurvey { other } else { survey.0 };
        let signature = key_statement::sign(&self.key, &signed_for, &n);
        let proof = HexBytes(secret_key().prove(&proven_for).to_bytes());
        state.drafts.insert(survey, ());
        let paillier = PaillierWire { n: HexBytes(n), proof, signature };
        json(200, &PeerDraft { computation_half: Hex(half), paillier })
    }

    fn open(&self, state: &mut State, forwarded: ForwardedOpenRequest) -> Answer {
        let ForwardedOpenRequest { request, data_server_signature } = forwarded;
        let manifest = request.manifest.clone().admit().expect("the data server checked it");
        let signature = request.manifest.sign(&self.key);
        state.surveys.entry(request.manifest.survey).or_insert(Survey {
            request,
            data_server_signature,
            manifest,
            declared: BTreeMap::new(),
            agreed: None,
            released: None,
            countersigned: false,
        });
        json(200, &peer::SignatureDocument { signature })
    }

    fn declare(&self, survey: &mut Survey, body: &[u8], lies: Lies) -> Answer {
        let (signed, held, sealed) = peer::split_declaration_body(body).expect("a declaration");
        held.verify_held(&signed.statement, survey.manifest.data_server()).expect("held by the data server");
        let hour = super::data_server::this_hour();
        let word = SignedHour::declared(&signed.statement, hour, &self.key);
        let entry = HeldEntry::new(&signed, Some(held));
        if signed.statement.kind == protocol::Kind::Submission {
            let slots = u32::try_from(survey.manifest.layout().slot_count()).expect("few slots");
            let generators = Generators::derive(&survey.manifest.fingerprint().0, slots);
            let declaration =
                Declaration::admit(sealed, &signed, &self.sealing, &generators).expect("an honest reporter");
            survey.declared.insert(signed.statement.credential, (entry, declaration));
        } else {
            survey.declared.remove(&signed.statement.credential);
        }
        if lies == Lies::DeclaresAnother {
            let other = protocol::Statement { version: 77, ..signed.statement };
            return json(200, &SignedHour::declared(&other, hour, &self.key));
        }
        json(200, &word)
    }

    fn agree(&self, survey: &mut Survey, list: &Signed<HeldList>, lies: Lies) -> Answer {
        let fingerprint = *survey.manifest.fingerprint();
        list.verify(&fingerprint, survey.manifest.data_server()).expect("signed by the data server");
        let skip = usize::from(lies == Lies::ListLacksOne);
        let entries = survey.declared.values().skip(skip).map(|(entry, _)| entry.clone()).collect();
        let own = HeldList { fingerprint, role: Role::ComputationServer, build: "played".into(), entries };
        let mut agreed = agree(&survey.manifest, &list.body, &own).expect("two lists");
        match lies {
            Lies::SetLacksOne => drop(agreed.members.pop()),
            Lies::SetHasOneMore => {
                let mut more = agreed.members[0].clone();
                more.credential = SigningKey::generate(&mut rng()).verifying_key().to_hex();
                agreed.members.push(more);
                agreed.members.sort_by_key(|m| m.credential);
            }
            _ => {}
        }
        let agreed = Signed::sign(agreed, &self.key);
        let reason = match agreed.body.outcome {
            Outcome::Proceed => None,
            Outcome::TooFewReporters => Some(EndedReason::TooFewReporters),
            Outcome::TooManyMissing => Some(EndedReason::TooManyMissing),
        };
        let ended = |reason| Ended { fingerprint, agreed: agreed.body.hash(), reason };
        let ended = reason.map(|reason| Signed::sign(ended(reason), &self.key));
        survey.agreed = Some(agreed.clone());
        json(200, &Agreement { list: Signed::sign(own, &self.key), agreed, ended })
    }

    fn release(&self, survey: &mut Survey, opening: &OpeningRequest, lies: Lies) -> Answer {
        let agreed = survey.agreed.clone().expect("agreed before");
        let key = survey.manifest.data_server();
        opening.opening.verify(survey.manifest.fingerprint(), key).expect("signed by the data server");
        let (values, mut totals) = open_totals(&survey.manifest, &agreed.body, opening);
        if lies == Lies::AnotherSum {
            totals[0].1.cents += 100;
        }
        let mut release = release(&survey.manifest, &agreed.body, &totals, lies);
        release.rest = rest(survey, &agreed.body, opening, &values, &release);
        let release = Signed::sign(release, &self.key);
        survey.released = Some(release.clone());
        json(200, &OpeningAnswer::Release { release })
    }

    fn answer_public(&self, state: &mut State, path: &str, request: &Request) -> Answer {
        let rest = path.strip_prefix("/v1/surveys/").unwrap_or_default();
        let (id, what) = rest.split_once('/').unwrap_or((rest, ""));
        let survey = Hex::parse(id).and_then(|id| state.surveys.get(&id));
        let Some(survey) = survey else { return refuse(Problem::UnknownSurvey) };
        let fingerprint = survey.manifest.fingerprint();
        match what {
            "" => json(200, &self.document(survey)),
            "enrolments" => {
                let signature = read::<Enrolment>(&request.body).confirm(fingerprint, &self.key);
                json(200, &peer::SignatureDocument { signature })
            }
            "orders" => Answer::new(204, Vec::new()),
            _ => refuse(Problem::NotFound),
        }
    }

    fn document(&self, survey: &Survey) -> SurveyDocument {
        SurveyDocument {
            manifest: survey.request.manifest.clone(),
            organizer_signature: survey.request.organizer_signature,
            data_server_signature: survey.data_server_signature,
            computation_server_signature: survey.request.manifest.sign(&self.key),
            state: SurveyState::Open,
        }
    }
}
