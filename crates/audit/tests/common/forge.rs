//! A survey from manifest to bundle, without servers: every party's steps, one after the other.

use super::bend::apply;
use super::surveys::People;
use super::{Bend, computation_server, data_server, key, organizer};
use commitments::{Generators, Share, Shares};
use protocol::{
    AdmittedManifest, AgreedSet, Bundle, ConfirmedEnrolment, Enrolled, Enrolment, HeldEntry, HeldList, Hex,
    Identity, Kind, Manifest, Order, OrderKind, Release, Role, ServerKeys, Signed, SignedHour,
    SignedStatement, SigningKey, Statement, prove_rest, settle,
};
use statistics::{publish, recompute};
use survey::{Amount, Record};

const HOUR: u64 = 500_100;

/// What a survey is made of.
#[derive(Clone)]
pub(crate) struct Forge {
    manifest: Manifest,
    people: Vec<People>,
    /// Invitations ordered after opening: somebody who withdraws, somebody who never finishes, one revoked.
    extra: u8,
}

/// What one reporter sent and kept to itself.
struct Sent {
    statement: SignedStatement,
    values: Vec<u64>,
    blinding: Share,
}

/// The keys that the two servers stand for.
pub(crate) fn server_keys() -> ServerKeys {
    let identity = |role, name: &str, key: &SigningKey, seed| Identity {
        format: Identity::FORMAT.into(),
        role,
        operator: format!("{name} operator"),
        signing_key: key.verifying_key().to_hex(),
        sealing_key: super::surveys::sealing(seed),
        build: "0.1.0".into(),
    };
    ServerKeys::new(
        identity(Role::DataServer, "data", &data_server(), 4),
        identity(Role::ComputationServer, "computation", &computation_server(), 5),
    )
}

fn invitation(who: u16) -> SigningKey {
    numbered(20, who)
}

/// The key of somebody in a list that may be long.
fn numbered(list: u8, who: u16) -> SigningKey {
    match u8::try_from(who) {
        Ok(few) if few < 30 => key(list + few),
        _ => {
            let [high, low] = who.to_be_bytes();
            let mut seed = [list; 32];
            (seed[0], seed[1]) = (high, low);
            SigningKey::from_seed(&seed)
        }
    }
}

/// The roster of a survey's first reporters.
pub(crate) fn roster(reporters: u16) -> Vec<Hex<32>> {
    keys((0..reporters).map(invitation))
}

pub(crate) fn reporter(who: u16) -> SigningKey {
    numbered(60, who)
}

impl Forge {
    pub(crate) fn new(manifest: Manifest, people: Vec<People>, extra: u8) -> Self {
        Self { manifest, people, extra }
    }

    pub(crate) fn good(&self) -> Bundle {
        self.make(&Bend::default())
    }

    fn count(&self) -> u16 {
        u16::try_from(self.people.len()).unwrap()
    }

    /// Makes a bundle, bent at most where it is told.
    pub(crate) fn make(&self, bend: &Bend) -> Bundle {
        let mut wire = self.manifest.clone();
        apply(bend.manifest, &mut wire);
        let manifest = wire.clone().assume().unwrap();
        let fingerprint = *manifest.fingerprint();
        let mut roster: Vec<Hex<32>> = roster(self.count());
        apply(bend.roster, &mut roster);
        let mut orders = self.orders(fingerprint);
        apply(bend.orders, &mut orders);
        let generators = manifest.generators();
        let mut sent: Vec<Sent> =
            self.people.iter().enumerate().map(|(who, p)| send(&manifest, &generators, who, p)).collect();
        let unfinished = usize::from(self.count()) + 1;
        let unfinished = (self.extra == 3).then(|| send(&manifest, &generators, unfinished, &self.people[0]));
        let (mut data, mut computation) = self.lists(&manifest, &sent, unfinished.as_ref());
        sent.extend(unfinished);
        if let Some(change) = bend.lists {
            change(&mut data, &mut computation);
        }
        let mut agreed = settle(&manifest, &data, &computation);
        apply(bend.agreed, &mut agreed);
        let mut release = release(&manifest, &generators, &agreed, &sent, bend);
        apply(bend.release, &mut release);
        let mut bundle = Bundle {
            format: Bundle::FORMAT.into(),
            organizer_signature: wire.sign(&organizer()),
            data_server_signature: wire.sign(&data_server()),
            computation_server_signature: wire.sign(&computation_server()),
            manifest: wire,
            roster,
            orders: orders.into_iter().map(|order| Signed::sign(order, &organizer())).collect(),
            enrolments: self.enrolments(&fingerprint, bend),
            data_list: Signed::sign(data, &data_server()),
            computation_list: Signed::sign(computation, &computation_server()),
            agreed_countersignature: Signed::sign(agreed.clone(), &data_server()).signature,
            agreed: Signed::sign(agreed, &computation_server()),
            release_countersignature: Signed::sign(release.clone(), &data_server()).signature,
            release: Signed::sign(release, &computation_server()),
        };
        apply(bend.bundle, &mut bundle);
        bundle
    }

    fn orders(&self, fingerprint: Hex<32>) -> Vec<Order> {
        let mut kinds = Vec::new();
        if self.extra == 3 {
            let more = self.count();
            kinds.push(OrderKind::Invite { keys: keys((more..more + 3).map(invitation)) });
            kinds.push(OrderKind::Revoke { keys: keys([invitation(more + 2)]) });
        }
        kinds.extend([OrderKind::Close {}, OrderKind::Release {}]);
        let order = |(sequence, order)| Order { fingerprint, sequence, order };
        (1..).zip(kinds).map(order).collect()
    }

    fn enrolments(&self, fingerprint: &Hex<32>, bend: &Bend) -> Vec<ConfirmedEnrolment> {
        let more = if self.extra == 3 { 2 } else { 0 };
        let enrol = |who| Enrolment::sign(fingerprint, &invitation(who), &reporter(who).verifying_key());
        let mut all: Vec<Enrolment> = (0..self.count() + more).map(enrol).collect();
        all.sort_by_key(|enrolment| enrolment.invitation_key);
        apply(bend.enrolments, &mut all);
        let confirm = |enrolment: Enrolment| ConfirmedEnrolment {
            confirmed: Enrolled {
                data_server: enrolment.confirm(fingerprint, &data_server()),
                computation_server: enrolment.confirm(fingerprint, &computation_server()),
            },
            enrolment,
        };
        all.into_iter().map(confirm).collect()
    }

    fn lists(
        &self,
        manifest: &AdmittedManifest,
        sent: &[Sent],
        unfinished: Option<&Sent>,
    ) -> (HeldList, HeldList) {
        let (mut data, mut computation) = (Vec::new(), Vec::new());
        let mut both = |signed: &SignedStatement| {
            let statement = &signed.statement;
            let declared = SignedHour::declared(statement, HOUR, &computation_server());
            let held = SignedHour::held(statement, HOUR, &data_server());
            data.push(HeldEntry::new(signed, Some(declared)));
            computation.push(HeldEntry::new(signed, Some(held)));
        };
        sent.iter().for_each(|one| both(&one.statement));
        if self.extra == 3 {
            both(&withdrawal(*manifest.fingerprint(), self.count()));
        }
        data.extend(unfinished.map(|one| HeldEntry::new(&one.statement, None)));
        let list = |role, mut entries: Vec<HeldEntry>| {
            entries.sort_by_key(|entry| (entry.credential, entry.version));
            HeldList { fingerprint: *manifest.fingerprint(), role, build: "0.1.0".into(), entries }
        };
        (list(Role::DataServer, data), list(Role::ComputationServer, computation))
    }
}

fn keys(of: impl IntoIterator<Item = SigningKey>) -> Vec<Hex<32>> {
    let mut keys: Vec<_> = of.into_iter().map(|key| key.verifying_key().to_hex()).collect();
    keys.sort_unstable();
    keys
}

/// C of the submission that was never finished, in the survey that is broken down.
pub(crate) fn unfinished_commitment() -> Hex<32> {
    let bundle = super::broken_down().good();
    let entries = &bundle.data_list.body.entries;
    entries.iter().find(|entry| entry.other.is_none()).unwrap().commitment
}

pub(crate) fn withdrawal(fingerprint: Hex<32>, who: u16) -> SignedStatement {
    let zero = Hex([0; 32]);
    let credential = reporter(who).verifying_key().to_hex();
    let kind = Kind::Withdrawal;
    Statement { fingerprint, credential, version: 2, kind, commitment: zero, share_commitment: zero }
        .sign(&reporter(who))
}

fn send(manifest: &AdmittedManifest, generators: &Generators, who: usize, people: &People) -> Sent {
    let schema = manifest.schema();
    let record = |(categories, amounts): &(Vec<usize>, Vec<u64>)| {
        let amounts: Vec<Amount> = amounts.iter().map(|minor| Amount::from_minor(*minor)).collect();
        Record::of(schema, categories, &amounts).unwrap()
    };
    let records: Vec<Record> = people.iter().map(record).collect();
    let (_, values) = manifest.layout().entries(&records).unwrap();
    let shares = Shares::generate(&mut test_support::seeded_rng(100 + who as u64));
    let reporter = reporter(u16::try_from(who).unwrap());
    let statement = Statement {
        fingerprint: *manifest.fingerprint(),
        credential: reporter.verifying_key().to_hex(),
        version: 1,
        kind: Kind::Submission,
        commitment: Hex(generators.commit(&values, &shares).unwrap().to_bytes()),
        share_commitment: Hex(generators.commit_share(&shares.computation, &shares.check).to_bytes()),
    };
    let blinding = Share::sum([&shares.data, &shares.computation]);
    Sent { statement: statement.sign(&reporter), values: values.to_vec(), blinding }
}

fn release(
    manifest: &AdmittedManifest,
    generators: &Generators,
    agreed: &AgreedSet,
    sent: &[Sent],
    bend: &Bend,
) -> Release {
    let counts = |one: &&Sent| {
        let credential = one.statement.statement.credential;
        agreed.members.iter().any(|member| member.credential == credential)
    };
    let counted: Vec<&Sent> = sent.iter().filter(counts).collect();
    let slot = |j: usize| counted.iter().map(|one| i128::from(one.values[j])).sum();
    let mut totals: Vec<i128> = (0..manifest.layout().slot_count()).map(slot).collect();
    apply(bend.totals, &mut totals);
    let cells = manifest.layout().cell_totals(&totals).unwrap();
    let mut slots =
        publish(manifest.schema(), manifest.thresholds(), manifest.turnout(agreed), &cells).slots();
    if let Some(change) = bend.slots {
        change(&mut slots, &cells);
    }
    let blinding = Share::sum(counted.iter().map(|one| &one.blinding));
    let secrets = (generators, totals.as_slice(), &blinding);
    let mut rest = prove_rest(manifest, agreed, &slots, secrets, &mut test_support::seeded_rng(5)).unwrap();
    apply(bend.rest, &mut rest.0);
    Release::compose(manifest, agreed, &recompute(manifest.schema(), &slots), rest)
}
