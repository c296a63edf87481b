//! The data server's part, played against a real computation server that has pinned its key.

use super::reporter::{Prepared, copy};
use super::{Organizer, PeerCaller, Plan, Played, Reporter, rng};
use crate::http::{Answer, Client};
use commitments::Share;
use paillier::Product;
use protocol::peer::{
    self, Agreement, ForwardedOpenRequest, OpeningAnswer, OpeningRequest, SignatureDocument,
};
use protocol::{
    AgreedSet, Draft, HeldEntry, HeldList, Hex, Identity, Opening, PeerDraft, PeerDraftRequest, Release,
    Role, SealingKey, Signed, SignedHour, SignedStatement, SigningKey, hour_of, routes, survey_id,
};
use rand_core::Rng;

/// A data server by hand.
#[derive(Debug)]
pub struct PlayedDataServer {
    /// Signs.
    pub key: SigningKey,
    /// Opens submissions.
    pub sealing: SealingKey,
    /// Its address, which nobody ever calls.
    pub url: String,
}

/// One submission with both servers' words.
#[derive(Debug)]
pub struct Held {
    /// All of it.
    pub prepared: Prepared,
    /// Our word.
    pub held: SignedHour,
    /// The other server's word.
    pub declared: Option<SignedHour>,
}

/// A played data server and the computation server it is introduced to.
#[derive(Debug)]
pub struct Introduced<'a> {
    /// Who plays.
    pub data_server: &'a PlayedDataServer,
    /// Asks.
    pub caller: PeerCaller,
    /// Who is asked.
    pub computation_server: Identity,
    /// Where clients reach it.
    pub computation_url: String,
}

impl Default for PlayedDataServer {
    fn default() -> Self {
        let sealing = SealingKey::from_bytes(&SealingKey::generate_bytes(&mut rng())).expect("a key");
        let url = "http://127.0.0.1:9".into();
        Self { key: SigningKey::generate(&mut rng()), sealing, url }
    }
}

impl PlayedDataServer {
    /// What it says it is.
    #[must_use]
    pub fn identity(&self) -> Identity {
        Identity {
            format: Identity::FORMAT.into(),
            role: Role::DataServer,
            operator: "Played data server".into(),
            signing_key: self.key.verifying_key().to_hex(),
            sealing_key: self.sealing.public_key().0,
            build: "played".into(),
        }
    }

    /// Meets a computation server that has pinned this one's key.
    #[must_use]
    pub fn meet(&self, at: Client, url: &str) -> Introduced<'_> {
        let identity: Identity = at.get(routes::IDENTITY).json();
        let to = identity.verifying_key().expect("a key");
        let caller = PeerCaller { key: self.key.clone(), to, at };
        Introduced {
            data_server: self,
            caller,
            computation_server: identity,
            computation_url: url.to_owned(),
        }
    }
}

impl Introduced<'_> {
    /// Where the computation server is.
    #[must_use]
    pub const fn computation(&self) -> Client {
        self.caller.at
    }

    /// Asks for half an id and a key.
    #[must_use]
    pub fn draft(&self) -> Draft {
        let mut half = [0; 16];
        rng().fill_bytes(&mut half);
        let request = PeerDraftRequest { key_bits: 2048, data_half: Hex(half) };
        for _ in 0..180 {
            let answer = self.caller.ask_about(routes::peer::DRAFTS, &request);
            if answer.problem() != Some(protocol::Problem::KeyPoolEmpty) {
                let draft: PeerDraft = answer.json();
                return Draft {
                    survey: survey_id(Hex(half), draft.computation_half),
                    paillier: draft.paillier,
                    data_server: self.data_server.identity(),
                    computation_server: self.computation_server.clone(),
                    data_server_url: self.data_server.url.clone(),
                    computation_server_url: self.computation_url.clone(),
                };
            }
            std::thread::sleep(std::time::Duration::from_millis(500));
        }
        panic!("the pool stays empty");
    }

    /// Forwards a request to open.
    #[must_use]
    pub fn forward_open(&self, request: protocol::OpenRequest) -> Answer {
        let data_server_signature = request.manifest.sign(&self.data_server.key);
        let forwarded = ForwardedOpenRequest { request, data_server_signature };
        self.caller.ask_about(routes::peer::SURVEYS, &forwarded)
    }

    /// Drafts and opens a survey of one's own.
    #[must_use]
    pub fn open(&self, plan: &Plan) -> Played {
        let (request, played) = Organizer::new("played").compose(&self.draft(), plan);
        let answer = self.forward_open(request);
        assert_eq!(answer.status, 200, "{}", answer.text());
        let signature: SignatureDocument = answer.json();
        let manifest = played.manifest.manifest();
        let held = manifest.verify(played.manifest.computation_server(), &signature.signature);
        held.expect("the computation server signs the manifest");
        played
    }

    /// Forwards a submission that we claim to hold.
    #[must_use]
    pub fn declare(&self, survey: &Played, signed: &SignedStatement, sealed: &[u8]) -> Answer {
        let held = SignedHour::held(&signed.statement, this_hour(), &self.data_server.key);
        let body = peer::declaration_body(signed, &held, sealed);
        self.caller.ask(&survey.route(routes::peer::DECLARATIONS), &body)
    }

    /// Enrols a reporter and takes its honest submission.
    #[must_use]
    pub fn take(&self, survey: &Played, reporter: &Reporter, version: u32, pays: &[(usize, u64)]) -> Held {
        if version == 1 {
            let answer = reporter.enrol(survey, self.computation());
            assert!(matches!(answer.status, 200 | 201), "{}", answer.text());
        }
        let prepared = reporter.prepare(survey, version, pays);
        let answer = self.declare(survey, &prepared.signed, &prepared.declaration(survey));
        assert!(matches!(answer.status, 200 | 201), "{}", answer.text());
        let declared: SignedHour = answer.json();
        let server = survey.manifest.computation_server();
        declared.verify_declared(&prepared.signed.statement, server).expect("a word that holds");
        let held = SignedHour::held(&prepared.signed.statement, this_hour(), &self.data_server.key);
        Held { prepared, held, declared: Some(declared) }
    }

    /// Enrols everybody invited and takes what each has: one woman and three men more than the one before.
    #[must_use]
    pub fn take_all(&self, survey: &Played) -> Vec<Held> {
        let one = |invitation| {
            let reporter = Reporter::of(survey, invitation);
            let pay = 1_000_000 + invitation as u64;
            self.take(survey, &reporter, 1, &[(0, pay), (0, pay), (0, pay), (1, 2 * pay), (1, pay), (1, pay)])
        };
        (0..survey.invitations.len()).map(one).collect()
    }

    /// Our list of what we hold, signed.
    #[must_use]
    pub fn list(&self, survey: &Played, held: &[&Held]) -> Signed<HeldList> {
        let entry = |held: &&Held| HeldEntry::new(&held.prepared.signed, held.declared);
        self.sign_list(survey, held.iter().map(entry).collect())
    }

    /// Signs entries as our list.
    #[must_use]
    pub fn sign_list(&self, survey: &Played, mut entries: Vec<HeldEntry>) -> Signed<HeldList> {
        entries.sort_by_key(|e| (e.credential, e.version));
        let list = HeldList {
            fingerprint: *survey.fingerprint(),
            role: Role::DataServer,
            build: "played".into(),
            entries,
        };
        Signed::sign(list, &self.data_server.key)
    }

    /// Asks for agreement.
    #[must_use]
    pub fn ask_agreement(&self, survey: &Played, list: &Signed<HeldList>) -> Answer {
        self.caller.ask_about(&survey.route(routes::peer::AGREEMENT), list)
    }

    /// Closes at the computation server, releases, and agrees over `held`.
    #[must_use]
    pub fn agree(&self, survey: &Played, held: &[&Held]) -> Agreement {
        survey.close_and_release(self.computation());
        let answer = self.ask_agreement(survey, &self.list(survey, held));
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }

    /// The opening over `held`, bound to the agreed set, signed.
    #[must_use]
    pub fn opening(&self, survey: &Played, agreed: &Signed<AgreedSet>, held: &[&Held]) -> OpeningRequest {
        let share_sum = Share::sum(held.iter().map(|h| &h.prepared.shares.data));
        self.sign_opening(survey, agreed, products(survey, held), Hex(copy(&share_sum).expose_bytes()))
    }

    /// Signs an opening.
    #[must_use]
    pub fn sign_opening(
        &self,
        survey: &Played,
        agreed: &Signed<AgreedSet>,
        aggregates: Vec<Vec<protocol::HexBytes>>,
        share_sum: Hex<32>,
    ) -> OpeningRequest {
        use protocol::Document;
        let (fingerprint, agreed_hash) = (*survey.fingerprint(), agreed.body.hash());
        let opening = Opening { fingerprint, agreed: agreed_hash, aggregates, share_sum };
        let agreed_signature = Signed::sign(agreed.body.clone(), &self.data_server.key).signature;
        OpeningRequest { opening: Signed::sign(opening, &self.data_server.key), agreed_signature }
    }

    /// Sends an opening.
    #[must_use]
    pub fn send_opening(&self, survey: &Played, opening: &OpeningRequest) -> Answer {
        self.caller.ask_about(&survey.route(routes::peer::OPENING), opening)
    }

    /// Opens `held` honestly.
    #[must_use]
    pub fn open_totals(&self, survey: &Played, agreed: &Signed<AgreedSet>, held: &[&Held]) -> OpeningAnswer {
        let answer = self.send_opening(survey, &self.opening(survey, agreed, held));
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }

    /// Countersigns a release.
    #[must_use]
    pub fn countersign(&self, survey: &Played, release: &Release) -> Answer {
        let signature = Signed::sign(release.clone(), &self.data_server.key).signature;
        let path = survey.route(routes::peer::COUNTERSIGNATURE);
        self.caller.ask_about(&path, &SignatureDocument { signature })
    }
}

/// The hour of now.
#[must_use]
pub fn this_hour() -> u64 {
    hour_of(crate::now().as_secs())
}

/// Per group and block the product of what is held, re-randomized.
#[must_use]
pub fn products(survey: &Played, held: &[&Held]) -> Vec<Vec<protocol::HexBytes>> {
    let key = survey.manifest.paillier();
    let block = |group: usize, blocks: usize, block: usize| {
        let mut product = Product::one(key);
        for held in held {
            let bytes = &held.prepared.groups[group].bytes;
            for ciphertext in bytes.chunks(key.ciphertext_bytes()).skip(block).step_by(blocks) {
                let ciphertext = key.admit_ciphertext(ciphertext).expect("a ciphertext");
                product.multiply(&ciphertext).expect("of this key");
            }
        }
        let fresh = survey.encryptor.rerandomize(&product.into_ciphertext(), &mut rng());
        protocol::HexBytes(fresh.expect("of this key").to_bytes())
    };
    let groups = survey.manifest.layout().groups().iter().enumerate();
    groups.map(|(at, g)| (0..g.blocks).map(|b| block(at, g.blocks, b)).collect()).collect()
}
