//! A reporter: enrols, encrypts, commits, submits, withdraws.

use super::{Played, rng};
use crate::http::{Answer, Client};
use commitments::{Generators, Share, Shares};
use paillier::{ExponentSum, Plaintext};
use protocol::{
    Declaration, Enrolment, GroupCiphertexts, Hex, Kind, SealingPublicKey, SignedStatement, SigningKey,
    Statement, Submission, routes,
};
use survey::{Amount, Record};

/// Somebody invited, with a reporter key of its own.
#[derive(Clone, Debug)]
pub struct Reporter {
    /// Only enrols.
    pub invitation: SigningKey,
    /// Signs statements.
    pub key: SigningKey,
}

/// Everything of one version, before it is sealed to anybody.
#[derive(Debug)]
pub struct Prepared {
    /// What is said.
    pub signed: SignedStatement,
    /// s_D, s_C, t.
    pub shares: Shares,
    /// The ciphertexts.
    pub groups: Vec<GroupCiphertexts>,
    /// What is committed to.
    pub sums: Vec<u64>,
    /// Per block of every group the sum of its entries' exponents.
    pub exponents: Vec<ExponentSum>,
    /// The proof, where the survey asks for one.
    pub proof: Option<Vec<u8>>,
}

/// Encrypts one list, and adds up the exponents of every block.
fn encrypt(survey: &Played, entries: &[Vec<Vec<u8>>]) -> (GroupCiphertexts, Vec<ExponentSum>) {
    let (mut rng, key) = (rng(), survey.manifest.paillier());
    let blocks = entries.first().map_or(0, Vec::len);
    // Room for 2^32 of them.
    let mut sums: Vec<_> = (0..blocks).map(|_| ExponentSum::zero(key.bits().exponent_bits() + 32)).collect();
    let mut bytes = Vec::new();
    for entry in entries {
        for (block, sum) in entry.iter().zip(&mut sums) {
            let plaintext = Plaintext::from_be_bytes(key, block).expect("a plaintext");
            let noise = survey.encryptor.make_noise(&mut rng);
            let (ciphertext, exponent) =
                survey.encryptor.encrypt_provably(&plaintext, noise).expect("its key");
            sum.add_exponent(&exponent);
            bytes.extend(ciphertext.to_bytes());
        }
    }
    (GroupCiphertexts { entries: u32::try_from(entries.len()).expect("few entries"), bytes }, sums)
}

/// A second copy of a share.
#[must_use]
pub fn copy(share: &Share) -> Share {
    Share::admit(share.expose_bytes()).expect("a share")
}

impl Reporter {
    /// The reporter with this invitation and a fresh key.
    #[must_use]
    pub fn of(survey: &Played, invitation: usize) -> Self {
        let invitation = survey.invitations[invitation].derive_key(survey.id());
        Self { invitation, key: SigningKey::generate(&mut rng()) }
    }

    /// Public half of the reporter key.
    #[must_use]
    pub fn credential(&self) -> Hex<32> {
        self.key.verifying_key().to_hex()
    }

    /// The request to enrol.
    #[must_use]
    pub fn enrolment(&self, survey: &Played) -> Enrolment {
        Enrolment::sign(survey.fingerprint(), &self.invitation, &self.key.verifying_key())
    }

    /// Enrols.
    #[must_use]
    pub fn enrol(&self, survey: &Played, server: Client) -> Answer {
        server.post(&survey.route(routes::ENROLMENTS), &self.enrolment(survey))
    }

    /// Prepares amounts of (category, minor units).
    #[must_use]
    pub fn prepare(&self, survey: &Played, version: u32, pays: &[(usize, u64)]) -> Prepared {
        let record = |&(cell, minor)| Record::new(survey.manifest.schema(), cell, Amount::from_minor(minor));
        let records: Option<Vec<_>> = pays.iter().map(record).collect();
        let layout = survey.manifest.layout();
        let (groups, sums) = layout.entries(&records.expect("categories")).expect("entries");
        let entries = groups.iter().map(|g| g.entries.iter().map(|e| e.blocks().to_vec()).collect());
        let plain: Vec<Vec<Vec<_>>> = entries.collect();
        let plain = plain.iter().map(|g| g.iter().map(|e| e.iter().map(|b| b.to_vec()).collect()).collect());
        self.prepare_raw(survey, version, &plain.collect::<Vec<_>>(), &sums)
    }

    /// Prepares whatever stands in groups of entries of blocks, committing to `sums`.
    #[must_use]
    pub fn prepare_raw(
        &self,
        survey: &Played,
        version: u32,
        groups: &[Vec<Vec<Vec<u8>>>],
        sums: &[u64],
    ) -> Prepared {
        let (groups, exponents) =
            groups.iter().map(|entries| encrypt(survey, entries)).unzip::<_, _, Vec<_>, Vec<_>>();
        let shares = Shares::generate(&mut rng());
        let signed = self.statement(survey, version, sums, &shares).sign(&self.key);
        let (sums, exponents) = (sums.to_vec(), exponents.into_iter().flatten().collect());
        let mut prepared = Prepared { signed, shares, groups, sums, exponents, proof: None };
        prepared.prove(survey);
        prepared
    }

    /// One number per slot, whatever they are, all in the first entry of each list; committed to and proven as far
    /// as that goes.
    #[must_use]
    pub fn forge(&self, survey: &Played, version: u32, values: &[u64]) -> Prepared {
        let layout = survey.manifest.layout();
        let list = |group: &survey::GroupLayout| {
            let empty = vec![vec![0; layout.block_bytes()]; group.blocks];
            let mut entries = vec![empty; layout.entry_count(group, 0)];
            for slot in &group.slots {
                let value = values[slot.index as usize].into();
                survey::deposit(&mut entries[0][slot.block], slot.offset, 64.min(slot.width), value);
            }
            entries
        };
        let groups: Vec<_> = layout.groups().iter().map(list).collect();
        self.prepare_raw(survey, version, &groups, values)
    }

    /// What only a reporter that wants a survey to come to nothing sends: one entry with its highest usable bit
    /// set, far above the top slot.
    #[must_use]
    pub fn sabotage(&self, survey: &Played) -> Upload {
        let layout = survey.manifest.layout();
        let empty = |group: &survey::GroupLayout| {
            vec![vec![vec![0; layout.block_bytes()]; group.blocks]; survey::padded_len(0)]
        };
        let mut groups: Vec<Vec<Vec<Vec<u8>>>> = layout.groups().iter().map(empty).collect();
        groups[0][0][0][0] |= 0x20;
        let broken = self.prepare_raw(survey, 1, &groups, &vec![0; layout.slot_count()]);
        let sealed = broken.declaration(survey);
        broken.upload(survey, sealed)
    }

    /// What is said about sums that are committed to with these shares.
    #[must_use]
    pub fn statement(&self, survey: &Played, version: u32, sums: &[u64], shares: &Shares) -> Statement {
        let slots = u32::try_from(sums.len()).expect("few slots");
        let generators = Generators::derive(&survey.fingerprint().0, slots);
        Statement {
            fingerprint: *survey.fingerprint(),
            credential: self.credential(),
            version,
            kind: Kind::Submission,
            commitment: Hex(generators.commit(sums, shares).expect("as many sums as slots").to_bytes()),
            share_commitment: Hex(generators.commit_share(&shares.computation, &shares.check).to_bytes()),
        }
    }

    /// A signed withdrawal.
    #[must_use]
    pub fn withdrawal(&self, survey: &Played, version: u32) -> SignedStatement {
        Statement {
            fingerprint: *survey.fingerprint(),
            credential: self.credential(),
            version,
            kind: Kind::Withdrawal,
            commitment: Hex([0; 32]),
            share_commitment: Hex([0; 32]),
        }
        .sign(&self.key)
    }

    /// Withdraws.
    #[must_use]
    pub fn withdraw(&self, survey: &Played, server: Client, version: u32) -> Answer {
        let body = self.withdrawal(survey, version).to_bytes();
        let headers = [("content-type", "application/octet-stream")];
        server.send("POST", &survey.route(routes::WITHDRAWALS), &headers, &body).expect("an answer")
    }

    /// Prepares and seals, honestly.
    #[must_use]
    pub fn upload(&self, survey: &Played, version: u32, pays: &[(usize, u64)]) -> Upload {
        let prepared = self.prepare(survey, version, pays);
        let declaration = prepared.declaration(survey);
        prepared.upload(survey, declaration)
    }

    /// Enrols and submits, honestly; the receipt is checked.
    pub fn take_part(&self, survey: &Played, data_server: Client, pays: &[(usize, u64)]) {
        let answer = self.enrol(survey, data_server);
        assert!(matches!(answer.status, 200 | 201), "{}", answer.text());
        let upload = self.upload(survey, 1, pays);
        let answer = upload.send(data_server).expect("an answer");
        upload.assert_receipt(survey, &answer);
    }
}

impl Prepared {
    /// The declaration, sealed to the computation server.
    #[must_use]
    pub fn declaration(&self, survey: &Played) -> Vec<u8> {
        let (share, check) = (copy(&self.shares.computation), copy(&self.shares.check));
        let declaration = Declaration { statement: self.signed, share, check };
        let server = SealingPublicKey(survey.manifest.manifest().computation_server.sealing_key);
        declaration.seal(&server, &mut rng()).expect("a sealing key")
    }

    /// The submission with this declaration, sealed to the data server.
    #[must_use]
    pub fn upload(self, survey: &Played, sealed_declaration: Vec<u8>) -> Upload {
        let Self { signed, shares, groups, proof, .. } = self;
        let submission =
            Submission { statement: signed, share: shares.data, sealed_declaration, groups, proof };
        let server = SealingPublicKey(survey.manifest.manifest().data_server.sealing_key);
        let sealed = submission.seal(&server, &mut rng()).expect("a sealing key");
        let (credential, version) = (signed.statement.credential, signed.statement.version);
        let path = survey
            .route(routes::SUBMISSION)
            .replace("{credential}", &credential.to_string())
            .replace("{version}", &version.to_string());
        Upload { signed, path, sealed }
    }
}

/// What goes over the wire: the same bytes however often it is sent.
#[derive(Clone, Debug)]
pub struct Upload {
    /// What is said.
    pub signed: SignedStatement,
    /// Where to.
    pub path: String,
    /// What goes there.
    pub sealed: Vec<u8>,
}

impl Upload {
    /// Sends it.
    ///
    /// # Errors
    /// If the connection breaks.
    pub fn send(&self, data_server: Client) -> std::io::Result<Answer> {
        let headers = [("content-type", "application/octet-stream")];
        data_server.send("PUT", &self.path, &headers, &self.sealed)
    }

    /// Sends it until there is a receipt; connections may break and servers may be away.
    #[must_use]
    pub fn send_until_received(&self, survey: &Played, data_server: Client) -> protocol::Receipt {
        for _ in 0..600 {
            match self.send(data_server) {
                Ok(answer) if answer.status < 300 => return self.assert_receipt(survey, &answer),
                Ok(answer) => assert!(
                    matches!(answer.status, 503 | 429),
                    "only to be repeated: {} {}",
                    answer.status,
                    answer.text()
                ),
                Err(_) => {}
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("no receipt after half a minute");
    }

    /// The receipt, both words of which hold.
    pub fn assert_receipt(&self, survey: &Played, answer: &Answer) -> protocol::Receipt {
        assert!(matches!(answer.status, 200 | 201), "{} {}", answer.status, answer.text());
        let receipt: protocol::Receipt = answer.json();
        let (data, computation) = (survey.manifest.data_server(), survey.manifest.computation_server());
        receipt.verify(&self.signed.statement, data, computation).expect("both words hold");
        receipt
    }
}
