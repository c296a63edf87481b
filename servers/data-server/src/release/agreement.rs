//! Lists and the set: this server's list is frozen and kept, the other server's is checked, and the set is
//! computed here as well.

use std::sync::Arc;

use protocol::peer::Agreement;
use protocol::{
    AdmittedManifest, EndedReason, HeldEntry, HeldList, Hex, Outcome, Problem, ReleasedDocument, Role,
    Signed, agree, canonical,
};

use super::Halt;
use crate::app::App;
use crate::identity::BUILD;
use crate::store::Version;

/// Stops intake for good and keeps the signed list.
pub(super) async fn freeze(app: &App, id: Hex<32>, manifest: &Arc<AdmittedManifest>) -> Result<(), Halt> {
    let (fingerprint, key) = (*manifest.fingerprint(), app.keys.signing.clone());
    let make = move |versions: Vec<Version>| {
        let entries = versions.iter().map(entry).collect();
        let build = BUILD.to_owned();
        let list = HeldList { fingerprint, role: Role::DataServer, build, entries };
        canonical::encode(&Signed::sign(list, &key))
    };
    app.store.freeze(id, Box::new(make)).await?;
    Ok(())
}

fn entry(version: &Version) -> HeldEntry {
    HeldEntry::new(&version.statement, version.declared)
}

/// Sends the list and keeps the answer, if it is the one that follows from both lists.
pub(super) async fn settle(
    app: &App,
    id: Hex<32>,
    manifest: &AdmittedManifest,
    list: &[u8],
) -> Result<(), Halt> {
    let list: Signed<HeldList> = read(list)?;
    let answer = app.peer.agree(&id, &list).await?;
    check(manifest, &list.body, &answer)?;
    refuse_refused(app, id, &answer.list.body).await?;
    let bytes = canonical::encode(&answer);
    app.store.put_agreement(id, bytes).await?;
    if let Some(ended) = answer.ended {
        let document = ReleasedDocument::Ended { ended, agreed: answer.agreed };
        app.store.put_result(id, canonical::encode(&document)).await?;
    }
    Ok(())
}

/// The computation server got this server's word with every declaration, also with those that it refused. It
/// may not list one of them now, as if this server had lost it.
async fn refuse_refused(app: &App, id: Hex<32>, theirs: &HeldList) -> Result<(), Halt> {
    let refused = app.store.refused_versions(id).await?;
    let listed = |entry: &HeldEntry| {
        refused.iter().any(|refused| {
            let expected = HeldEntry::new(&refused.statement, entry.other);
            HeldEntry { signature: entry.signature, ..expected } == *entry
        })
    };
    if theirs.entries.iter().any(listed) {
        return Err(Halt::ForGood("the computation server lists what it refused"));
    }
    Ok(())
}

/// Reads what this server has kept itself.
pub(super) fn read<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> Result<T, Halt> {
    serde_json::from_slice(bytes).map_err(|_| Halt::Later(Problem::Internal))
}

fn check(manifest: &AdmittedManifest, ours: &HeldList, answer: &Agreement) -> Result<(), Halt> {
    let (survey, server) = (manifest.fingerprint(), manifest.computation_server());
    let theirs = answer.list.verify(survey, server).map_err(|_| Halt::ForGood("its list is not signed"))?;
    let agreed = answer.agreed.verify(survey, server).map_err(|_| Halt::ForGood("the set is not signed"))?;
    if agree(manifest, ours, theirs).as_ref() != Some(agreed) {
        return Err(Halt::ForGood("the set does not follow from the lists"));
    }
    let reason = match agreed.outcome {
        Outcome::Proceed => None,
        Outcome::TooFewReporters => Some(EndedReason::TooFewReporters),
        Outcome::TooManyMissing => Some(EndedReason::TooManyMissing),
    };
    match (reason, &answer.ended) {
        (None, None) => Ok(()),
        (Some(reason), Some(ended)) => check_ended(manifest, &answer.agreed, ended, reason),
        _ => Err(Halt::ForGood("the end does not follow from the set")),
    }
}

/// Whether an end is signed, about this set, and for this reason.
pub(super) fn check_ended(
    manifest: &AdmittedManifest,
    agreed: &Signed<protocol::AgreedSet>,
    ended: &Signed<protocol::Ended>,
    reason: EndedReason,
) -> Result<(), Halt> {
    use protocol::Document;
    let body = ended
        .verify(manifest.fingerprint(), manifest.computation_server())
        .map_err(|_| Halt::ForGood("the end is not signed"))?;
    if body.agreed == agreed.body.hash() && body.reason == reason {
        Ok(())
    } else {
        Err(Halt::ForGood("the end is about something else"))
    }
}
