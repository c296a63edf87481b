//! Enrolment: binds a reporter key to an invitation, when a person says so and not before.

use crate::{CheckedSurvey, ReporterKey};
use protocol::{Enrolled, EnrolledRefusal, Enrolment, Invitation, Kind, SignedStatement, Statement};

/// A reporter whose key is not bound yet. Store the key before the request is sent: the same request again
/// gets the same answer, another key never does.
#[derive(Clone, Debug)]
pub struct Enrolling {
    survey: CheckedSurvey,
    key: ReporterKey,
    request: Enrolment,
}

impl Enrolling {
    /// Signs the request with the invitation's key.
    #[must_use]
    pub fn begin(survey: CheckedSurvey, link: &Invitation, key: ReporterKey) -> Self {
        let invitation = link.secret.derive_key(&survey.manifest().manifest().survey);
        let reporter = key.signing_key().verifying_key();
        let request = Enrolment::sign(survey.fingerprint(), &invitation, &reporter);
        Self { survey, key, request }
    }

    /// What is sent to the data server.
    #[must_use]
    pub const fn request(&self) -> &Enrolment {
        &self.request
    }

    /// Goes on with both servers' confirmation, and only with both.
    ///
    /// # Errors
    /// [`EnrolledRefusal`] says whose does not hold.
    pub fn confirm(self, answer: &Enrolled) -> Result<Participant, EnrolledRefusal> {
        let manifest = self.survey.manifest();
        let (data, computation) = (manifest.data_server(), manifest.computation_server());
        answer.verify(&self.request, manifest.fingerprint(), data, computation)?;
        Ok(Participant { survey: self.survey, key: self.key })
    }
}

/// A reporter whose key both servers have bound to its invitation.
#[derive(Clone, Debug)]
pub struct Participant {
    survey: CheckedSurvey,
    key: ReporterKey,
}

impl Participant {
    /// Goes on where an earlier run had both confirmations; they are in its state.
    #[must_use]
    pub const fn resume(survey: CheckedSurvey, key: ReporterKey) -> Self {
        Self { survey, key }
    }

    /// The survey.
    #[must_use]
    pub const fn survey(&self) -> &CheckedSurvey {
        &self.survey
    }

    /// The reporter's key.
    #[must_use]
    pub const fn key(&self) -> &ReporterKey {
        &self.key
    }

    /// The statement that nothing counts any more. `version` is higher than any that was sent.
    #[must_use]
    pub fn withdrawal(&self, version: u32) -> SignedStatement {
        let zero = protocol::Hex([0; 32]);
        let statement = Statement {
            fingerprint: *self.survey.fingerprint(),
            credential: self.key.credential(),
            version,
            kind: Kind::Withdrawal,
            commitment: zero,
            share_commitment: zero,
        };
        statement.sign(self.key.signing_key())
    }
}
