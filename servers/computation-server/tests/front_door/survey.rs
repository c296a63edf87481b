//! A survey, its organizer, its reporters, and what a data server makes of their submissions.

use std::ops::Range;

use commitments::{Generators, Share, Shares};
use num_bigint::BigUint;
use paillier::{Encryptor, Plaintext};
use protocol::peer::{Agreement, ForwardedOpenRequest, OpeningRequest, SignatureDocument, declaration_body};
use protocol::{
    AdmittedManifest, AgreedSet, Declaration, DimensionWire, Enrolment, GranularityWire, HeldEntry, HeldList,
    Hex, HexBytes, Kind, LimitsWire, Manifest, MeasureWire, OpenRequest, Opening, Order, OrderKind,
    PeerDraft, PeerDraftRequest, Role, Roster, SealingPublicKey, ServerWire, Signed, SignedHour,
    SignedStatement, SigningKey, Statement, ThresholdsWire, Validity, hour_of, routes, survey_id,
};
use survey::{Amount, Record};
use test_support::seeded_rng;

use crate::http::Answer;
use crate::world::{NOW, PEER_SEALING_KEY, URL, World};

pub(crate) const CLOSES_NOT_BEFORE: u64 = NOW + 100;
pub(crate) const CLOSES_AT: u64 = NOW + 100_000;

/// An opened survey as the test sees it.
pub(crate) struct Survey {
    pub(crate) manifest: AdmittedManifest,
    pub(crate) request: ForwardedOpenRequest,
    pub(crate) organizer: SigningKey,
    generators: Generators,
}

/// One version of one reporter.
#[derive(Clone)]
pub(crate) struct Version {
    pub(crate) signed: SignedStatement,
    pub(crate) held: SignedHour,
    pub(crate) sealed: Vec<u8>,
    /// s_D, s_C, t.
    shares: [[u8; 32]; 3],
    /// Per group, per block.
    sums: Vec<Vec<BigUint>>,
    /// This server's word, once it is given.
    pub(crate) declared: Option<SignedHour>,
}

pub(crate) fn invitation(i: u8) -> SigningKey {
    SigningKey::from_seed(&[i + 1; 32])
}

pub(crate) fn reporter(i: u8) -> SigningKey {
    SigningKey::from_seed(&[i + 101; 32])
}

fn organizer() -> SigningKey {
    SigningKey::from_seed(&[99; 32])
}

/// The pay of reporter i: two women, three men.
pub(crate) fn pay(i: u8) -> Vec<(usize, u64)> {
    let more = u64::from(i) * 10_000;
    vec![(0, 300_000 + more), (0, 320_000 + more), (1, 350_000), (1, 360_001 + more), (1, 400_000)]
}

/// Asks for a draft with this half of the id.
pub(crate) async fn draft(world: &World, half: u8) -> (Hex<32>, PeerDraft) {
    let request = PeerDraftRequest { key_bits: 2048, data_half: Hex([half; 16]) };
    let draft: PeerDraft = world.peer(routes::peer::DRAFTS, &request).await.json();
    (survey_id(request.data_half, draft.computation_half), draft)
}

/// The manifest of a draft for so many reporters.
pub(crate) fn manifest(world: &World, id: Hex<32>, draft: &PeerDraft, roster: &Roster) -> Manifest {
    let identity = world.identity();
    let limits = LimitsWire { min: 0, max: 100_000_000 };
    let measure = MeasureWire::mean_of("pay".into(), "EUR".into(), 2, limits, limits);
    Manifest {
        format: Manifest::FORMAT.into(),
        survey: id,
        title: "Pay in the valley".into(),
        purpose: String::new(),
        contact: "organizer@example.org".into(),
        period: "2026".into(),
        dimensions: vec![DimensionWire {
            name: "sex".into(),
            categories: vec!["women".into(), "men".into()],
        }],
        compared: "sex".into(),
        reference: "men".into(),
        measures: vec![measure],
        cross_tabulations: vec![vec!["sex".into()]],
        margins: Vec::new(),
        who_counts: survey::WhoCounts::DEFAULT.into(),
        granularity: GranularityWire::Records,
        max_reporters: 10,
        max_employees_per_reporter: 1000,
        thresholds: ThresholdsWire { min_reporters: 3, min_cell_reporters: 3, min_cell_employees: 6 },
        max_missing: 1,
        closes_not_before: CLOSES_NOT_BEFORE,
        closes_at: CLOSES_AT,
        rehearsal: true,
        validity: Validity::None,
        data_server: ServerWire {
            operator: "Keepers".into(),
            url: "https://data.example".into(),
            signing_key: world.data_server.verifying_key().to_hex(),
            sealing_key: PEER_SEALING_KEY,
        },
        computation_server: ServerWire {
            operator: "Computers".into(),
            url: URL.into(),
            signing_key: identity.signing_key,
            sealing_key: identity.sealing_key,
        },
        organizer_key: organizer().verifying_key().to_hex(),
        paillier: draft.paillier.clone(),
        roster_root: roster.root(&id),
    }
}

/// The roster of so many invitations.
pub(crate) fn roster(invited: u8) -> Roster {
    let mut keys: Vec<_> = (0..invited).map(|i| invitation(i).verifying_key().to_hex()).collect();
    keys.sort();
    Roster::admit(keys).unwrap()
}

/// Signs a manifest as organizer and data server.
pub(crate) fn open_request(world: &World, manifest: Manifest, roster: &Roster) -> ForwardedOpenRequest {
    ForwardedOpenRequest {
        data_server_signature: manifest.sign(&world.data_server),
        request: OpenRequest {
            organizer_signature: manifest.sign(&organizer()),
            manifest,
            roster: roster.keys().to_vec(),
        },
    }
}

impl Survey {
    /// Opens a survey and enrols everybody invited.
    pub(crate) async fn open(world: &World, invited: u8) -> Self {
        let (id, draft) = draft(world, 1).await;
        let roster = roster(invited);
        let manifest = manifest(world, id, &draft, &roster);
        let request = open_request(world, manifest.clone(), &roster);
        let word: SignatureDocument = world.peer(routes::peer::SURVEYS, &request).await.json();
        manifest.verify(&world.identity().verifying_key().unwrap(), &word.signature).unwrap();
        let manifest = manifest.admit().unwrap();
        let slots = manifest.layout().slot_count().try_into().unwrap();
        let generators = Generators::derive(&manifest.fingerprint().0, slots);
        let survey = Self { manifest, request, organizer: organizer(), generators };
        for i in 0..invited {
            let enrolment = survey.enrolment(i, &reporter(i));
            let answer: SignatureDocument =
                world.public(&survey.at(routes::ENROLMENTS), &enrolment).await.json();
            let key = world.identity().verifying_key().unwrap();
            protocol::Enrolled::verify_one(&enrolment, survey.fingerprint(), &key, &answer.signature)
                .unwrap();
        }
        survey
    }

    pub(crate) fn fingerprint(&self) -> &Hex<32> {
        self.manifest.fingerprint()
    }

    pub(crate) fn id(&self) -> Hex<32> {
        self.manifest.manifest().survey
    }

    pub(crate) fn at(&self, route: &str) -> String {
        routes::of_survey(route, &self.id())
    }

    pub(crate) fn enrolment(&self, i: u8, key: &SigningKey) -> Enrolment {
        Enrolment::sign(self.fingerprint(), &invitation(i), &key.verifying_key())
    }

    /// Makes a submission of these records under this key.
    pub(crate) fn submission(
        &self,
        world: &World,
        key: &SigningKey,
        version: u32,
        records: &[(usize, u64)],
    ) -> Version {
        let rng = &mut seeded_rng(u64::from(version) << 8 | u64::from(key.expose_seed()[0]));
        let schema = self.manifest.schema();
        let record =
            |&(cell, minor): &(usize, u64)| Record::new(schema, cell, Amount::from_minor(minor)).unwrap();
        let records: Vec<_> = records.iter().map(record).collect();
        let (groups, values) = self.manifest.layout().entries(&records).unwrap();
        let shares = Shares::generate(rng);
        let statement = Statement {
            fingerprint: *self.fingerprint(),
            credential: key.verifying_key().to_hex(),
            version,
            kind: Kind::Submission,
            commitment: Hex(self.generators.commit(&values, &shares).unwrap().to_bytes()),
            share_commitment: Hex(self
                .generators
                .commit_share(&shares.computation, &shares.check)
                .to_bytes()),
        };
        let signed = statement.sign(key);
        let sum = |group: &survey::GroupEntries, block: usize| {
            group.entries.iter().map(|entry| BigUint::from_bytes_be(&entry.blocks()[block])).sum()
        };
        let blocks = |group| (0..self.manifest.layout().groups()[0].blocks).map(|b| sum(group, b)).collect();
        let secrets = [&shares.data, &shares.computation, &shares.check].map(Share::expose_bytes);
        let declaration = Declaration { statement: signed, share: shares.computation, check: shares.check };
        let sealed = declaration.seal(&SealingPublicKey(world.identity().sealing_key), rng).unwrap();
        let sums = groups.iter().map(blocks).collect();
        let held = SignedHour::held(&statement, hour_of(NOW), &world.data_server);
        Version { signed, held, sealed, shares: secrets, sums, declared: None }
    }

    /// Makes and declares the ordinary submissions of the first so many reporters.
    pub(crate) async fn declare_all(&self, world: &World, reporters: u8) -> Vec<Version> {
        self.declare_some(world, 0..reporters).await
    }

    /// The same for some of them.
    pub(crate) async fn declare_some(&self, world: &World, reporters: Range<u8>) -> Vec<Version> {
        let mut versions = Vec::new();
        for i in reporters {
            let mut version = self.submission(world, &reporter(i), 1, &pay(i));
            version.declared = Some(self.declare(world, &version).await.json());
            versions.push(version);
        }
        versions
    }

    /// Signs another statement over the same shares, and seals them anew.
    pub(crate) fn reseal(
        &self,
        world: &World,
        key: &SigningKey,
        of: &Version,
        statement: Statement,
    ) -> Version {
        let signed = statement.sign(key);
        let [_, share, check] = of.shares.map(|bytes| Share::admit(bytes).unwrap());
        let declaration = Declaration { statement: signed, share, check };
        let server = SealingPublicKey(world.identity().sealing_key);
        let sealed = declaration.seal(&server, &mut seeded_rng(5)).unwrap();
        let held = SignedHour::held(&statement, hour_of(NOW), &world.data_server);
        Version { signed, held, sealed, ..of.clone() }
    }

    pub(crate) async fn declare(&self, world: &World, version: &Version) -> Answer {
        let body = declaration_body(&version.signed, &version.held, &version.sealed);
        world.peer_bytes(&self.at(routes::peer::DECLARATIONS), &body).await
    }

    /// A signed withdrawal.
    pub(crate) fn withdrawal(&self, key: &SigningKey, version: u32) -> SignedStatement {
        let (credential, nothing) = (key.verifying_key().to_hex(), Hex([0; 32]));
        let (fingerprint, kind) = (*self.fingerprint(), Kind::Withdrawal);
        Statement { fingerprint, credential, version, kind, commitment: nothing, share_commitment: nothing }
            .sign(key)
    }

    pub(crate) async fn order(&self, world: &World, sequence: u32, order: OrderKind) -> Answer {
        let order = Order { fingerprint: *self.fingerprint(), sequence, order };
        world.public(&self.at(routes::ORDERS), &Signed::sign(order, &self.organizer)).await
    }

    /// Moves on to where closing is allowed, closes, and orders the release.
    pub(crate) async fn close(&self, world: &World) {
        world.clock.set(CLOSES_NOT_BEFORE);
        for (sequence, order) in [(1, OrderKind::Close {}), (2, OrderKind::Release {})] {
            assert_eq!(self.order(world, sequence, order).await.status, 204);
        }
    }

    /// The data server's list of these versions.
    pub(crate) fn list(&self, world: &World, versions: &[Version]) -> Signed<HeldList> {
        let mut entries: Vec<HeldEntry> = versions.iter().map(entry).collect();
        entries.sort_by_key(|entry| (entry.credential, entry.version));
        let list =
            HeldList { fingerprint: *self.fingerprint(), role: Role::DataServer, build: "1".into(), entries };
        Signed::sign(list, &world.data_server)
    }

    /// Agrees on these versions; checks that both lists lead to the set.
    pub(crate) async fn agree(&self, world: &World, versions: &[Version]) -> Agreement {
        let list = self.list(world, versions);
        let agreement: Agreement = world.peer(&self.at(routes::peer::AGREEMENT), &list).await.json();
        let key = world.identity().verifying_key().unwrap();
        let own = agreement.list.verify(self.fingerprint(), &key).unwrap();
        let agreed = agreement.agreed.verify(self.fingerprint(), &key).unwrap();
        assert_eq!(protocol::agree(&self.manifest, &list.body, own).unwrap(), *agreed);
        agreement
    }

    /// What an honest data server sends to have these versions opened.
    pub(crate) fn opening(
        &self,
        world: &World,
        agreed: &Signed<AgreedSet>,
        of: &[Version],
    ) -> OpeningRequest {
        self.tampered_opening(world, agreed, of, |_| {})
    }

    /// The same with plaintext sums that were changed before encryption.
    pub(crate) fn tampered_opening(
        &self,
        world: &World,
        agreed: &Signed<AgreedSet>,
        of: &[Version],
        change: impl FnOnce(&mut Vec<Vec<BigUint>>),
    ) -> OpeningRequest {
        let layout = self.manifest.layout();
        let sum = |group: usize, block: usize| of.iter().map(|v| &v.sums[group][block]).sum::<BigUint>();
        let of_group =
            |(g, group): (usize, &survey::GroupLayout)| (0..group.blocks).map(|b| sum(g, b)).collect();
        let mut sums: Vec<Vec<BigUint>> = layout.groups().iter().enumerate().map(of_group).collect();
        change(&mut sums);
        let shares: Vec<Share> = of.iter().map(|v| Share::admit(v.shares[0]).unwrap()).collect();
        let opening = Opening {
            fingerprint: *self.fingerprint(),
            agreed: protocol::Document::hash(&agreed.body),
            aggregates: self.encrypt(&sums),
            share_sum: Hex(Share::sum(&shares).expose_bytes()),
        };
        OpeningRequest {
            opening: Signed::sign(opening, &world.data_server),
            agreed_signature: Signed::sign(agreed.body.clone(), &world.data_server).signature,
        }
    }

    fn encrypt(&self, sums: &[Vec<BigUint>]) -> Vec<Vec<HexBytes>> {
        let key = self.manifest.paillier();
        let encryptor = Encryptor::new(key, &self.id().0);
        let rng = &mut seeded_rng(4);
        let mut one = |sum: &BigUint| {
            let plaintext = Plaintext::from_biguint(key, sum).unwrap();
            HexBytes(encryptor.encrypt(&plaintext, rng).to_bytes())
        };
        sums.iter().map(|group| group.iter().map(&mut one).collect()).collect()
    }
}

impl Version {
    /// What no signature may cover and no folder may show.
    pub(crate) fn secrets(&self) -> &[[u8; 32]] {
        &self.shares
    }
}

fn entry(version: &Version) -> HeldEntry {
    HeldEntry::new(&version.signed, version.declared)
}
