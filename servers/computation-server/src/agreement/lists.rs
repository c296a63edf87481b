//! This server's list, and what follows from both.

use protocol::{
    AgreedSet, Document, Ended, EndedReason, HeldEntry, HeldList, Outcome, Role, Signed, SignedStatement,
    SigningKey, agree, canonical,
};

use crate::store::{Decision, Version};
use crate::surveys::Survey;

/// Signs this server's list, the set, and the end if there is one; `None` if a list is not one.
pub(super) fn decide(
    survey: &Survey,
    data_list: &HeldList,
    versions: &[Version],
    key: &SigningKey,
) -> Option<Decision> {
    let own_list = HeldList {
        fingerprint: *survey.fingerprint(),
        role: Role::ComputationServer,
        build: crate::identity::BUILD.to_owned(),
        entries: versions.iter().map(entry).collect::<Option<_>>()?,
    };
    let agreed = agree(&survey.manifest, data_list, &own_list)?;
    let ended = ended_reason(agreed.outcome).map(|reason| ended(&agreed, reason, key));
    Some(Decision {
        own_list: canonical::encode(&Signed::sign(own_list, key)),
        agreed: canonical::encode(&Signed::sign(agreed, key)),
        ended: ended.map(|ended| canonical::encode(&ended)),
    })
}

fn entry(version: &Version) -> Option<HeldEntry> {
    Some(HeldEntry::new(&SignedStatement::admit(&version.statement).ok()?, version.held))
}

const fn ended_reason(outcome: Outcome) -> Option<EndedReason> {
    match outcome {
        Outcome::Proceed => None,
        Outcome::TooFewReporters => Some(EndedReason::TooFewReporters),
        Outcome::TooManyMissing => Some(EndedReason::TooManyMissing),
    }
}

/// The end of a survey, signed.
pub(crate) fn ended(agreed: &AgreedSet, reason: EndedReason, key: &SigningKey) -> Signed<Ended> {
    Signed::sign(Ended { fingerprint: agreed.fingerprint, agreed: agreed.hash(), reason }, key)
}
