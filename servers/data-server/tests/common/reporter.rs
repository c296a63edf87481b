//! Somebody who takes part, honestly or not.

use std::sync::Arc;

use commitments::{Generators, Shares};
use paillier::{Encryptor, Plaintext};
use protocol::{
    AdmittedManifest, Declaration, Enrolled, Enrolment, GroupCiphertexts, Hex, Kind, Receipt,
    SealingPublicKey, SignedStatement, SigningKey, Statement, Submission,
};
use survey::{Amount, Record};

use super::{Answer, World};

/// One invited reporter.
pub(crate) struct Reporter {
    pub(crate) invitation: SigningKey,
    pub(crate) key: SigningKey,
}

/// Reporters, and their invitation keys in ascending order.
pub(crate) fn reporters(count: u8) -> (Vec<Reporter>, Vec<Hex<32>>) {
    let reporter = |seed| Reporter {
        invitation: SigningKey::from_seed(&[seed; 32]),
        key: SigningKey::from_seed(&[100 + seed; 32]),
    };
    let all: Vec<_> = (10..10 + count).map(reporter).collect();
    let mut roster: Vec<_> = all.iter().map(|r| r.invitation.verifying_key().to_hex()).collect();
    roster.sort();
    (all, roster)
}

impl Reporter {
    pub(crate) fn credential(&self) -> Hex<32> {
        self.key.verifying_key().to_hex()
    }

    pub(crate) fn path(&self, manifest: &AdmittedManifest, version: u32) -> String {
        let survey = manifest.manifest().survey;
        format!("/v1/surveys/{survey}/submissions/{}/{version}", self.credential())
    }

    pub(crate) fn enrolment(&self, manifest: &AdmittedManifest) -> Enrolment {
        Enrolment::sign(manifest.fingerprint(), &self.invitation, &self.key.verifying_key())
    }

    pub(crate) async fn try_enrol(&self, world: &World, manifest: &AdmittedManifest) -> Answer {
        let path = format!("/v1/surveys/{}/enrolments", manifest.manifest().survey);
        world.post(&path, &self.enrolment(manifest)).await
    }

    pub(crate) async fn enrol(&self, world: &World, manifest: &AdmittedManifest) {
        let answer = self.try_enrol(world, manifest).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let enrolled: Enrolled = answer.json();
        let enrolment = self.enrolment(manifest);
        let servers = (manifest.data_server(), manifest.computation_server());
        enrolled.verify(&enrolment, manifest.fingerprint(), servers.0, servers.1).unwrap();
    }

    /// A sealed submission, changed before it is sealed.
    pub(crate) fn seal(
        &self,
        manifest: &Arc<AdmittedManifest>,
        version: u32,
        change: impl FnOnce(&mut Submission),
    ) -> Vec<u8> {
        let mut rng = data_server::Randomness::system().rng();
        let layout = manifest.layout();
        let record = |cell, minor| Record::new(manifest.schema(), cell, Amount::from_minor(minor)).unwrap();
        let records = [(0, 4_000_000), (0, 5_000_000), (1, 5_000_000), (1, 6_000_000), (1, 7_000_000)];
        let (groups, sums) = layout.entries(&records.map(|(cell, minor)| record(cell, minor))).unwrap();
        let encryptor = Encryptor::new(manifest.paillier(), &manifest.manifest().survey.0);
        let mut encrypt = |block: &[u8]| {
            let plaintext = Plaintext::from_be_bytes(manifest.paillier(), block).unwrap();
            encryptor.encrypt(&plaintext, &mut rng).to_bytes()
        };
        let groups = groups.iter().map(|group| GroupCiphertexts {
            entries: u32::try_from(group.entries.len()).unwrap(),
            bytes: group.entries.iter().flat_map(|e| e.blocks()).flat_map(|b| encrypt(b)).collect(),
        });
        let groups: Vec<_> = groups.collect();
        let generators = Generators::derive(&manifest.fingerprint().0, u32::try_from(sums.len()).unwrap());
        let shares = Shares::generate(&mut rng);
        let k = generators.commit_share(&shares.computation, &shares.check);
        let statement = Statement {
            fingerprint: *manifest.fingerprint(),
            credential: self.credential(),
            version,
            kind: Kind::Submission,
            commitment: Hex(generators.commit(&sums, &shares).unwrap().to_bytes()),
            share_commitment: Hex(k.to_bytes()),
        };
        let statement = statement.sign(&self.key);
        let declaration = Declaration { statement, share: shares.computation, check: shares.check };
        let computation = SealingPublicKey(manifest.manifest().computation_server.sealing_key);
        let sealed_declaration = declaration.seal(&computation, &mut rng).unwrap();
        let mut submission =
            Submission { statement, share: shares.data, sealed_declaration, groups, proof: None };
        change(&mut submission);
        let mut plain = vec![1];
        plain.extend(submission.statement.to_bytes());
        plain.extend(submission.share.expose_bytes());
        plain.extend(&submission.sealed_declaration);
        for group in &submission.groups {
            plain.extend(group.entries.to_be_bytes());
            plain.extend(&group.bytes);
        }
        let data = SealingPublicKey(manifest.manifest().data_server.sealing_key);
        data.seal("sealed-pay/v1/submission", &statement.statement.aad(), &plain, &mut rng).unwrap()
    }

    pub(crate) async fn put(
        &self,
        world: &World,
        manifest: &AdmittedManifest,
        version: u32,
        body: &[u8],
    ) -> Answer {
        world.send("PUT", &self.path(manifest, version), body.to_vec()).await
    }

    /// Submits honestly and checks the receipt.
    pub(crate) async fn submit(
        &self,
        world: &World,
        manifest: &Arc<AdmittedManifest>,
        version: u32,
    ) -> Receipt {
        let mut statement = None;
        let body =
            self.seal(manifest, version, |submission| statement = Some(submission.statement.statement));
        let answer = self.put(world, manifest, version, &body).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        let receipt: Receipt = answer.json();
        let (data, computation) = (manifest.data_server(), manifest.computation_server());
        receipt.verify(&statement.unwrap(), data, computation).unwrap();
        receipt
    }

    pub(crate) fn withdrawal(&self, manifest: &AdmittedManifest, version: u32) -> SignedStatement {
        let (fingerprint, zero) = (*manifest.fingerprint(), Hex([0; 32]));
        Statement {
            fingerprint,
            credential: self.credential(),
            version,
            kind: Kind::Withdrawal,
            commitment: zero,
            share_commitment: zero,
        }
        .sign(&self.key)
    }

    pub(crate) async fn withdraw(&self, world: &World, manifest: &AdmittedManifest, version: u32) -> Answer {
        let path = format!("/v1/surveys/{}/withdrawals", manifest.manifest().survey);
        world.send("POST", &path, self.withdrawal(manifest, version).to_bytes()).await
    }
}
