//! A computation server of a few lines: it believes everything, unless it is told to be down or to refuse,
//! and really opens the product.

use std::collections::{BTreeMap, VecDeque};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use actix_web::{HttpRequest, HttpResponse, web};
use commitments::{Generators, Point, Share};
use kit::{Clock, FixedClock};
use paillier::KeyBits;
use paillier_keys::{MemberId, MinimumCohort, close};
use protocol::peer::{self, Agreement, Envelope, ForwardedOpenRequest, OpeningAnswer, OpeningRequest};
use protocol::{
    AdmittedManifest, AgreedSet, Declaration, Document, Ended, EndedReason, Enrolment, HeldEntry, HeldList,
    Hex, HexBytes, Identity, Outcome, PaillierWire, PeerDraftRequest, Problem, Release, Role, SealingKey,
    Signed, SignedHour, SignedStatement, SigningKey, VerifyingKey, agree, key_statement, survey_id,
};
use serde_json::{Value, json};
use tokio::sync::oneshot;

/// What it was told, and how it behaves.
#[derive(Default)]
pub(crate) struct Behaviour {
    pub(crate) down: bool,
    /// The next answers of these kinds of requests, by the last part of their address.
    pub(crate) refuse: BTreeMap<&'static str, Problem>,
    /// The next declarations' answers: each waits for its gate, then is this refusal, or honest.
    pub(crate) gates: VecDeque<(oneshot::Receiver<()>, Option<Problem>)>,
    /// Whose declarations never get an answer.
    pub(crate) ignores: Option<Hex<32>>,
    /// Lists later what it refuses now.
    pub(crate) lists_refused: bool,
    /// Hours by which its words are ahead.
    pub(crate) hours_ahead: u64,
    /// Raises a published figure.
    pub(crate) lies: bool,
    /// All openings, as they came.
    pub(crate) openings: Vec<Vec<u8>>,
    /// Requests by the last part of their address.
    pub(crate) asked: Vec<String>,
    manifest: Option<Arc<AdmittedManifest>>,
    declared: BTreeMap<Hex<32>, (SignedStatement, Option<SignedHour>, [u8; 32])>,
    agreed: Option<Agreement>,
}

pub(crate) struct FakeComputation {
    signing: SigningKey,
    sealing: SealingKey,
    data_server: VerifyingKey,
    clock: Arc<FixedClock>,
    url: String,
    pub(crate) behaviour: Mutex<Behaviour>,
}

impl FakeComputation {
    pub(crate) async fn start(data_server: Hex<32>, clock: Arc<FixedClock>) -> (Arc<Self>, kit::Running) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let fake = Arc::new(Self {
            signing: SigningKey::from_seed(&[2; 32]),
            sealing: SealingKey::from_bytes(&[5; 32]).unwrap(),
            data_server: VerifyingKey::admit(data_server).unwrap(),
            clock,
            url: format!("http://{}", listener.local_addr().unwrap()),
            behaviour: Mutex::default(),
        });
        let data = web::Data::from(fake.clone());
        let settings = kit::Settings { rate_limit: None, ..kit::Settings::named("fake") };
        let routes = move |app: &mut web::ServiceConfig| {
            app.app_data(data.clone()).default_service(web::to(answer));
        };
        (fake, kit::serve(listener, settings, routes).unwrap())
    }

    pub(crate) fn url(&self) -> String {
        self.url.clone()
    }

    pub(crate) fn identity(&self) -> Identity {
        Identity {
            format: Identity::FORMAT.into(),
            role: Role::ComputationServer,
            operator: "computation operator".into(),
            signing_key: self.signing.verifying_key().to_hex(),
            sealing_key: self.sealing.public_key().0,
            build: "0".into(),
        }
    }

    pub(crate) fn set(&self, change: impl FnOnce(&mut Behaviour)) {
        change(&mut self.behaviour.lock().unwrap());
    }

    /// Refuses the next request of this kind.
    pub(crate) fn refuse_next(&self, last: &'static str, problem: Problem) {
        self.set(|behaviour| {
            behaviour.refuse.insert(last, problem);
        });
    }

    fn reply(&self, path: &str, body: &[u8]) -> Result<Value, Problem> {
        let last = path.rsplit('/').next().unwrap();
        let mut state = self.behaviour.lock().unwrap();
        state.asked.push(last.to_owned());
        let about = (last == "declarations").then(|| peer::split_declaration_body(body).unwrap().0.statement);
        if about.is_some_and(|statement| Some(statement.credential) == state.ignores) {
            return Err(Problem::Internal);
        }
        if let Some(problem) = state.refuse.remove(last) {
            if state.lists_refused {
                self.declare(&mut state, body);
            }
            return Err(problem);
        }
        let value = match last {
            "drafts" => self.draft(&serde_json::from_slice(body).unwrap()),
            "surveys" => {
                let forwarded: ForwardedOpenRequest = serde_json::from_slice(body).unwrap();
                let manifest = forwarded.request.manifest;
                manifest.verify(&self.data_server, &forwarded.data_server_signature).unwrap();
                let signature = manifest.sign(&self.signing);
                state.manifest = Some(Arc::new(manifest.admit().unwrap()));
                json!({ "signature": signature })
            }
            "orders" => Value::Null,
            "enrolments" => {
                let enrolment: Enrolment = serde_json::from_slice(body).unwrap();
                let fingerprint = *state.manifest.as_ref().unwrap().fingerprint();
                json!({ "signature": enrolment.confirm(&fingerprint, &self.signing) })
            }
            "declarations" => self.declare(&mut state, body),
            "withdrawals" => {
                let signed = SignedStatement::admit(body).unwrap();
                self.keep(&mut state, signed, None, [0; 32])
            }
            "agreement" => self.agree(&mut state, &serde_json::from_slice(body).unwrap()),
            "opening" => self.open(&mut state, body),
            "countersignature" => Value::Null,
            other => panic!("asked for {other}"),
        };
        Ok(value)
    }

    fn draft(&self, request: &PeerDraftRequest) -> Value {
        let half = Hex([7; 16]);
        let survey = survey_id(request.data_half, half);
        let secret = test_support::insecure_secret_key(KeyBits::try_from(request.key_bits).unwrap());
        let n = secret.public().to_bytes();
        let signature = key_statement::sign(&self.signing, &survey, &n);
        let proof = HexBytes(secret.prove(&survey.0).to_bytes());
        json!({ "computation_half": half, "paillier": PaillierWire { n: HexBytes(n), proof, signature } })
    }

    fn generators(manifest: &AdmittedManifest) -> Generators {
        let slots = u32::try_from(manifest.layout().slot_count()).unwrap();
        Generators::derive(&manifest.fingerprint().0, slots)
    }

    fn declare(&self, state: &mut Behaviour, body: &[u8]) -> Value {
        let (signed, held, sealed) = peer::split_declaration_body(body).unwrap();
        held.verify_held(&signed.statement, &self.data_server).unwrap();
        let generators = Self::generators(state.manifest.as_ref().unwrap());
        let declaration = Declaration::admit(sealed, &signed, &self.sealing, &generators).unwrap();
        self.keep(state, signed, Some(held), declaration.share.expose_bytes())
    }

    fn keep(
        &self,
        state: &mut Behaviour,
        signed: SignedStatement,
        held: Option<SignedHour>,
        share: [u8; 32],
    ) -> Value {
        state.declared.insert(signed.statement.credential, (signed, held, share));
        let hour = self.clock.now_s() / 3600 + state.hours_ahead;
        json!(SignedHour::declared(&signed.statement, hour, &self.signing))
    }

    fn agree(&self, state: &mut Behaviour, list: &Signed<HeldList>) -> Value {
        let manifest = state.manifest.clone().unwrap();
        let ours = list.verify(manifest.fingerprint(), &self.data_server).unwrap();
        let entry = |(signed, held, _): &(SignedStatement, Option<SignedHour>, [u8; 32])| {
            HeldEntry::new(signed, *held)
        };
        let entries = state.declared.values().map(entry).collect();
        let fingerprint = *manifest.fingerprint();
        let theirs = HeldList { fingerprint, role: Role::ComputationServer, build: "1".into(), entries };
        let agreed = agree(&manifest, ours, &theirs).unwrap();
        let ended = (agreed.outcome != Outcome::Proceed).then(|| Ended {
            fingerprint,
            agreed: agreed.hash(),
            reason: match agreed.outcome {
                Outcome::TooManyMissing => EndedReason::TooManyMissing,
                _ => EndedReason::TooFewReporters,
            },
        });
        let agreement = Agreement {
            list: Signed::sign(theirs, &self.signing),
            agreed: Signed::sign(agreed, &self.signing),
            ended: ended.map(|ended| Signed::sign(ended, &self.signing)),
        };
        state.agreed = Some(agreement.clone());
        json!(agreement)
    }

    fn open(&self, state: &mut Behaviour, body: &[u8]) -> Value {
        state.openings.push(body.to_vec());
        let request: OpeningRequest = serde_json::from_slice(body).unwrap();
        let manifest = state.manifest.clone().unwrap();
        let agreed = state.agreed.clone().unwrap().agreed.body;
        let opening = request.opening.verify(manifest.fingerprint(), &self.data_server).unwrap();
        assert_eq!(opening.agreed, agreed.hash());
        let countersigned = Signed { body: agreed.clone(), signature: request.agreed_signature };
        countersigned.verify(manifest.fingerprint(), &self.data_server).unwrap();
        let shares: Vec<Share> = agreed
            .members
            .iter()
            .map(|member| Share::admit(state.declared[&member.credential].2).unwrap())
            .collect();
        let values = open_values(&manifest, &agreed, &opening.aggregates);
        let points: Vec<Point> =
            agreed.members.iter().map(|member| Point::admit(member.commitment.0).unwrap()).collect();
        let data = Share::admit(opening.share_sum.0).unwrap();
        let generators = Self::generators(&manifest);
        assert!(generators.opens(&points, &values, &data, &Share::sum(&shares)), "the product is another");
        let totals = manifest.layout().cell_totals(&values).unwrap();
        let turnout = manifest.turnout(&agreed);
        let published = statistics::publish(manifest.schema(), manifest.thresholds(), turnout, &totals);
        let secrets = (&generators, values.as_slice(), &Share::sum([&data, &Share::sum(&shares)]));
        let mut rng = test_support::seeded_rng(11);
        let rest = protocol::prove_rest(&manifest, &agreed, &published.slots(), secrets, &mut rng).unwrap();
        let mut release = Release::compose(&manifest, &agreed, &published, rest);
        if state.lies {
            release.cells[0].sum = Some("1.00".into());
        }
        json!(OpeningAnswer::Release { release: Signed::sign(release, &self.signing) })
    }
}

fn open_values(manifest: &AdmittedManifest, agreed: &AgreedSet, aggregates: &[Vec<HexBytes>]) -> Vec<i128> {
    let (key, layout) = (manifest.paillier(), manifest.layout());
    let products: Vec<_> =
        aggregates.iter().flatten().map(|bytes| key.admit_ciphertext(&bytes.0).unwrap()).collect();
    let ids: Vec<_> = agreed.member_ids().into_iter().map(MemberId).collect();
    let closed = close(&ids, &ids, products, MinimumCohort::new(3).unwrap()).unwrap();
    let opened = test_support::insecure_secret_key(key.bits()).open(closed).unwrap();
    let mut opened = opened.iter();
    let mut values = Vec::new();
    for group in layout.groups() {
        let biased = (0..group.blocks).map(|block| {
            let bias = num(&group.bias(block, layout.block_bytes()));
            let sum = (opened.next().unwrap().to_biguint() + bias).to_bytes_be();
            [vec![0; layout.block_bytes() - sum.len()], sum].concat()
        });
        values.extend(layout.unpack(group, &biased.collect::<Vec<_>>()).unwrap());
    }
    values
}

fn num(bytes: &[u8]) -> num_bigint::BigUint {
    num_bigint::BigUint::from_bytes_be(bytes)
}

async fn answer(fake: web::Data<FakeComputation>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    if fake.behaviour.lock().unwrap().down {
        return HttpResponse::BadGateway().finish();
    }
    let declares = request.path().ends_with("/declarations");
    let gate = if declares { fake.behaviour.lock().unwrap().gates.pop_front() } else { None };
    if let Some((gate, refusal)) = gate {
        gate.await.unwrap();
        if let Some(problem) = refusal {
            fake.refuse_next("declarations", problem);
        }
    }
    let (status, content) = match fake.reply(request.path(), &body) {
        Ok(Value::Null) => (204, String::new()),
        Ok(value) => (200, value.to_string()),
        Err(problem) => {
            let row = problem.row();
            let document = json!({ "type": row.uri, "title": row.title, "status": row.status, "detail": "" });
            (row.status, document.to_string())
        }
    };
    let mut answer = HttpResponse::build(actix_web::http::StatusCode::from_u16(status).unwrap());
    answer.content_type(if status < 400 { "application/json" } else { "application/problem+json" });
    if let Some(header) = request.headers().get(peer::HEADER) {
        let envelope = Envelope::parse(header.to_str().unwrap()).unwrap();
        let own = fake.signing.verifying_key();
        let asked = peer::Request {
            from: &fake.data_server,
            to: &own,
            method: "POST",
            path: request.path(),
            body: &body,
        };
        asked.verify(&envelope, fake.clock.now_s()).unwrap();
        let signature = asked.sign_answer(&envelope, status, content.as_bytes(), &fake.signing);
        answer.insert_header((peer::HEADER, peer::answer_header(&signature)));
    }
    answer.body(content)
}
