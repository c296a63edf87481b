//! The organizer: composes a manifest, invites, gives orders.

use super::rng;
use crate::http::{Answer, Client};
use packproof::Setting;
use paillier::Encryptor;
use protocol::{
    AdmittedManifest, DimensionWire, Draft, DraftRequest, GranularityWire, Hex, Invitation, InvitationSecret,
    LimitsWire, Manifest, MeasureWire, OpenRequest, Order, OrderKind, Roster, ServerWire, Signed, SigningKey,
    ThresholdsWire, Validity, routes,
};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// What a survey asks.
#[derive(Clone, Debug)]
pub struct Plan {
    /// How many are invited.
    pub invited: usize,
    /// Minimum numbers.
    pub thresholds: ThresholdsWire,
    /// Tolerated losses.
    pub max_missing: u32,
    /// The most reporters.
    pub max_reporters: u32,
    /// The most employees of one.
    pub max_employees: u32,
    /// The largest amount in hundredths.
    pub max_minor: u64,
    /// Seconds from now.
    pub closes_not_before: i64,
    /// Seconds from now.
    pub closes_at: i64,
    /// Whether submissions are to prove their form; most attacks are on what else there is, and do not.
    pub validity: Validity,
}

impl Plan {
    /// Three groups of thresholds at their floors, closing when ordered.
    #[must_use]
    pub const fn inviting(invited: usize) -> Self {
        Self {
            invited,
            thresholds: ThresholdsWire { min_reporters: 3, min_cell_reporters: 3, min_cell_employees: 6 },
            max_missing: 0,
            max_reporters: 50,
            max_employees: 40,
            max_minor: 999_999_999_999,
            closes_not_before: -60,
            closes_at: 86_400,
            validity: Validity::None,
        }
    }

    /// The same, with proofs.
    #[must_use]
    pub const fn proving(invited: usize) -> Self {
        Self { validity: Validity::PackProof1, ..Self::inviting(invited) }
    }
}

/// Somebody who asks.
#[derive(Debug)]
pub struct Organizer {
    /// Gives orders.
    pub key: SigningKey,
    /// Signs in at the data server.
    pub token: String,
}

fn from_now(seconds: i64) -> u64 {
    crate::now().as_secs().saturating_add_signed(seconds)
}

impl Organizer {
    /// Somebody with a fresh key.
    #[must_use]
    pub fn new(token: &str) -> Self {
        Self { key: SigningKey::generate(&mut rng()), token: token.to_owned() }
    }

    /// Sends a document, signed in.
    #[must_use]
    pub fn send(&self, to: Client, method: &str, path: &str, document: &impl serde::Serialize) -> Answer {
        let body = serde_json::to_vec(document).expect("a document");
        let token = format!("Bearer {}", self.token);
        let headers = [("authorization", token.as_str()), ("content-type", "application/json")];
        to.send(method, path, &headers, &body).expect("an answer")
    }

    /// Asks for an id and a key, waiting while keys are being made.
    #[must_use]
    pub fn draft(&self, to: Client) -> Draft {
        for _ in 0..180 {
            let answer = self.send(to, "POST", routes::DRAFTS, &DraftRequest { key_bits: 2048 });
            if answer.problem() != Some(protocol::Problem::KeyPoolEmpty) {
                return answer.json();
            }
            std::thread::sleep(std::time::Duration::from_millis(500));
        }
        panic!("the pool stays empty");
    }

    /// Composes the manifest of a plan over a draft.
    #[must_use]
    pub fn manifest(&self, draft: &Draft, plan: &Plan, roster: &[Hex<32>]) -> Manifest {
        let server = |identity: &protocol::Identity, url: &str| ServerWire {
            operator: identity.operator.clone(),
            url: url.to_owned(),
            signing_key: identity.signing_key,
            sealing_key: identity.sealing_key,
        };
        let texts = ["A played survey", "To see what holds", "played@example.org", "May"].map(str::to_owned);
        let [title, purpose, contact, period] = texts;
        let limits = LimitsWire { min: 1, max: plan.max_minor };
        Manifest {
            format: Manifest::FORMAT.into(),
            survey: draft.survey,
            title,
            purpose,
            contact,
            period,
            dimensions: vec![DimensionWire {
                name: "sex".into(),
                categories: vec!["Female".into(), "Male".into()],
            }],
            compared: "sex".into(),
            reference: "Male".into(),
            measures: vec![MeasureWire::mean_of("salary".into(), "EUR".into(), 2, limits, limits)],
            cross_tabulations: vec![vec!["sex".into()]],
            margins: Vec::new(),
            who_counts: survey::WhoCounts::DEFAULT.into(),
            granularity: GranularityWire::Records,
            max_reporters: plan.max_reporters,
            max_employees_per_reporter: plan.max_employees,
            thresholds: plan.thresholds,
            max_missing: plan.max_missing,
            closes_not_before: from_now(plan.closes_not_before),
            closes_at: from_now(plan.closes_at),
            rehearsal: true,
            validity: plan.validity,
            data_server: server(&draft.data_server, &draft.data_server_url),
            computation_server: server(&draft.computation_server, &draft.computation_server_url),
            organizer_key: self.key.verifying_key().to_hex(),
            paillier: draft.paillier.clone(),
            roster_root: Roster::admit(roster.to_vec()).map_or(Hex([0; 32]), |r| r.root(&draft.survey)),
        }
    }

    /// Signs a manifest.
    #[must_use]
    pub fn open_request(&self, manifest: Manifest, roster: &[Hex<32>]) -> OpenRequest {
        let organizer_signature = manifest.sign(&self.key);
        OpenRequest { manifest, organizer_signature, roster: roster.to_vec() }
    }

    /// Draws invitations for a draft and composes the request to open it.
    #[must_use]
    pub fn compose(self, draft: &Draft, plan: &Plan) -> (OpenRequest, Played) {
        let mut secrets: Vec<_> = (0..plan.invited)
            .map(|_| InvitationSecret::generate(&mut rng()))
            .map(|secret| (secret.derive_key(&draft.survey).verifying_key().to_hex(), secret))
            .collect();
        secrets.sort_by_key(|(key, _)| *key);
        let roster: Vec<_> = secrets.iter().map(|(key, _)| *key).collect();
        let manifest = self.manifest(draft, plan, &roster);
        let request = self.open_request(manifest.clone(), &roster);
        let manifest = manifest.admit().expect("an admissible manifest");
        let invitations = secrets.into_iter().map(|(_, secret)| secret).collect();
        (request, Played::new(self, manifest, invitations))
    }

    /// Drafts and opens a survey at the data server.
    #[must_use]
    pub fn open(self, data_server: Client, plan: &Plan) -> Played {
        let draft = self.draft(data_server);
        let (request, played) = self.compose(&draft, plan);
        let answer = played.organizer.send(data_server, "POST", routes::SURVEYS, &request);
        assert!(matches!(answer.status, 200 | 201), "{} {}", answer.status, answer.text());
        played
    }
}

/// A survey with all that its organizer knows.
#[derive(Debug)]
pub struct Played {
    /// Who asks.
    pub organizer: Organizer,
    /// What is asked.
    pub manifest: AdmittedManifest,
    /// The key's tables, shared by all reporters.
    pub encryptor: Arc<Encryptor>,
    /// What proofs are made with, if there are any.
    pub setting: Option<Setting>,
    /// Who is asked, in the order of the roster.
    pub invitations: Vec<InvitationSecret>,
    sequence: Mutex<u32>,
}

impl Played {
    fn new(organizer: Organizer, manifest: AdmittedManifest, invitations: Vec<InvitationSecret>) -> Self {
        let encryptor = Arc::new(Encryptor::new(manifest.paillier(), &manifest.manifest().survey.0));
        let setting = manifest.proof_shape().map(|shape| {
            let shape = shape.expect("a shape");
            Setting::new(manifest.fingerprint().0, shape, encryptor.clone()).expect("its own key")
        });
        Self { organizer, manifest, encryptor, setting, invitations, sequence: Mutex::new(0) }
    }

    /// A survey that somebody else organizes, as whoever has these links sees it. It gives no orders.
    #[must_use]
    pub fn behind(links: &[String], data_server: Client) -> Self {
        let links = links.iter().map(|link| Invitation::parse(link).expect("a link"));
        let invitations: Vec<Invitation> = links.collect();
        let survey = invitations.first().expect("a link").survey;
        let shown = data_server.get(&routes::of_survey(routes::SURVEY, &survey));
        let document: protocol::SurveyDocument = shown.json();
        let manifest = document.manifest.admit().expect("an admissible manifest");
        let invitations = invitations.into_iter().map(|invitation| invitation.secret).collect();
        Self::new(Organizer::new(""), manifest, invitations)
    }

    /// The survey's id.
    #[must_use]
    pub const fn id(&self) -> &Hex<32> {
        &self.manifest.manifest().survey
    }

    /// Its fingerprint.
    #[must_use]
    pub const fn fingerprint(&self) -> &Hex<32> {
        self.manifest.fingerprint()
    }

    /// A route of this survey.
    #[must_use]
    pub fn route(&self, route: &str) -> String {
        routes::of_survey(route, self.id())
    }

    /// The link of an invitation.
    #[must_use]
    pub fn link(&self, invitation: usize) -> String {
        let base = self.manifest.manifest().data_server.url.clone();
        let secret = self.invitations[invitation].clone();
        Invitation { base, survey: *self.id(), secret, fingerprint: *self.fingerprint() }.expose_link()
    }

    /// The next order, signed.
    #[must_use]
    pub fn order(&self, order: OrderKind) -> Signed<Order> {
        let mut sequence = self.sequence.lock().expect("a number");
        *sequence += 1;
        self.order_numbered(*sequence, order)
    }

    /// An order with this number, signed.
    #[must_use]
    pub fn order_numbered(&self, sequence: u32, order: OrderKind) -> Signed<Order> {
        let order = Order { fingerprint: *self.fingerprint(), sequence, order };
        Signed::sign(order, &self.organizer.key)
    }

    /// Gives the next order.
    #[must_use]
    pub fn give(&self, to: Client, order: OrderKind) -> Answer {
        to.post(&self.route(routes::ORDERS), &self.order(order))
    }

    /// Orders to close and to release.
    pub fn close_and_release(&self, to: Client) {
        for kind in [OrderKind::Close {}, OrderKind::Release {}] {
            let answer = self.give(to, kind);
            assert_eq!(answer.status, 204, "{}", answer.text());
        }
    }

    /// Tells the data server what its organizer calls the invited.
    #[must_use]
    pub fn label(&self, data_server: Client) -> Answer {
        let label = |(i, s): (usize, &InvitationSecret)| {
            (s.derive_key(self.id()).verifying_key().to_hex().to_string(), format!("Employer {i}"))
        };
        let labels: BTreeMap<_, _> = self.invitations.iter().enumerate().map(label).collect();
        self.organizer.send(data_server, "PUT", &self.route(routes::LABELS), &labels)
    }

    /// Asks one server for the result until there is one.
    #[must_use]
    pub fn result(&self, server: Client) -> protocol::ReleasedDocument {
        for _ in 0..300 {
            if let Ok(answer) = server.send("GET", &self.route(routes::RELEASE), &[], b"")
                && answer.problem() != Some(protocol::Problem::NotReleased)
            {
                assert_eq!(answer.status, 200, "{}", answer.text());
                return answer.json();
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        panic!("there is no result after half a minute");
    }

    /// What was published; the survey must not have ended without.
    #[must_use]
    pub fn release(&self, server: Client) -> protocol::Release {
        match self.result(server) {
            protocol::ReleasedDocument::Released { release, .. } => release.body,
            protocol::ReleasedDocument::Ended { ended, .. } => panic!("ended: {:?}", ended.body.reason),
        }
    }

    /// Why it ended without a result.
    #[must_use]
    pub fn ended(&self, server: Client) -> protocol::EndedReason {
        match self.result(server) {
            protocol::ReleasedDocument::Ended { ended, .. } => ended.body.reason,
            protocol::ReleasedDocument::Released { .. } => panic!("it was released"),
        }
    }
}
