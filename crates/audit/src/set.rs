//! Who counts: both servers' lists, what reporters signed, and the set that follows.

use crate::Check;
use crate::report::{Report, need};
use crate::survey_rules::is_signed;
use protocol::{
    AdmittedManifest, AgreedSet, Bundle, Discrepancy, HeldEntry, HeldList, Kind, Outcome, Role, Signed,
    SignedStatement, VerifyingKey, settle,
};
use std::collections::BTreeSet;
use survey::Label;

pub(crate) fn check(report: &mut Report, bundle: &Bundle, manifest: &AdmittedManifest) {
    let (data, computation) = (&bundle.data_list, &bundle.computation_list);
    let (data_key, computation_key) = (manifest.data_server(), manifest.computation_server());
    report.note(Check::DataList, list(data, Role::DataServer, data_key));
    report.note(Check::ComputationList, list(computation, Role::ComputationServer, computation_key));
    report.note(Check::Builds, builds(&data.body, &computation.body));
    report.note(Check::Statements, statements(manifest, &data.body, &computation.body));
    report.note(Check::Receipts, receipts(manifest, &data.body, &computation.body));
    report.note(Check::AgreedSet, agreed_set(manifest, bundle));
    let signed = need(is_signed(&bundle.agreed, computation_key), "the signature does not hold");
    report.note(Check::AgreedComputationServer, signed);
    let signature = bundle.agreed_countersignature;
    let countersigned = is_signed(&Signed { body: bundle.agreed.body.clone(), signature }, data_key);
    report.note(Check::AgreedDataServer, need(countersigned, "the signature does not hold"));
    report.note(Check::Counted, counted(manifest, &bundle.agreed.body));
    report.note(Check::MembersEnrolled, members_enrolled(bundle));
}

fn list(list: &Signed<HeldList>, role: Role, key: &VerifyingKey) -> Result<(), String> {
    need(is_signed(list, key), "the signature does not hold")?;
    need(list.body.role == role, "it is the other server's list")?;
    let place = |entry: &HeldEntry| (entry.credential, entry.version);
    let sorted = list.body.entries.is_sorted_by(|one, next| place(one) < place(next));
    need(sorted, "entries are unsorted, or a version stands twice")
}

fn builds(data: &HeldList, computation: &HeldList) -> Result<(), String> {
    let named = [data, computation].iter().all(|list| Label::parse(&list.build).is_ok());
    need(named, "a server does not say which program it ran")
}

/// What both lists have alike is looked at once.
fn statements(manifest: &AdmittedManifest, data: &HeldList, computation: &HeldList) -> Result<(), String> {
    let fingerprint = *manifest.fingerprint();
    let signed = |entry: &HeldEntry| {
        let signed = SignedStatement { statement: entry.statement(fingerprint), signature: entry.signature };
        SignedStatement::admit(&signed.to_bytes()).is_ok()
    };
    let bytes = |entry: &HeldEntry| (entry.statement(fingerprint).to_bytes(), entry.signature);
    let seen: BTreeSet<_> = data.entries.iter().map(bytes).collect();
    let others = computation.entries.iter().filter(|entry| !seen.contains(&bytes(entry)));
    need(data.entries.iter().chain(others).all(signed), "an entry is not one that its reporter signed")
}

/// The other server's words: in the data server's list the computation server's, and the other way round.
fn receipts(manifest: &AdmittedManifest, data: &HeldList, computation: &HeldList) -> Result<(), String> {
    let statement = |entry: &HeldEntry| entry.statement(*manifest.fingerprint());
    let declared = |entry: &HeldEntry| {
        let server = manifest.computation_server();
        entry.other.is_none_or(|word| word.verify_declared(&statement(entry), server).is_ok())
    };
    let held = |entry: &HeldEntry| {
        let server = manifest.data_server();
        entry.other.is_none_or(|word| word.verify_held(&statement(entry), server).is_ok())
    };
    need(data.entries.iter().all(declared), "the data server shows a word that is not the other's")?;
    need(
        computation.entries.iter().all(held),
        "the computation server shows a word that is not the other's",
    )?;
    let had = |entry: &HeldEntry| entry.kind == Kind::Withdrawal || entry.other.is_some();
    need(computation.entries.iter().all(had), "the computation server lists what was never handed to it")
}

fn agreed_set(manifest: &AdmittedManifest, bundle: &Bundle) -> Result<(), String> {
    let found = &bundle.agreed.body;
    let follows = settle(manifest, &bundle.data_list.body, &bundle.computation_list.body);
    // Which survey the set is about is a check of its own.
    let follows = AgreedSet { fingerprint: found.fingerprint, ..follows };
    need(follows == *found, "the set does not follow from the two lists")
}

fn counted(manifest: &AdmittedManifest, agreed: &AgreedSet) -> Result<(), String> {
    let lost = agreed.discrepancies.iter().filter(|one| matches!(one, Discrepancy::Lost { .. })).count();
    need(lost <= manifest.manifest().max_missing as usize, "more were lost than the survey tolerates")?;
    let enough = agreed.members.len() >= manifest.thresholds().min_reporters() as usize;
    need(enough, "fewer reporters count than the survey demands")?;
    need(agreed.outcome == Outcome::Proceed, "the servers agreed not to open anything")
}

fn members_enrolled(bundle: &Bundle) -> Result<(), String> {
    let enrolled: BTreeSet<_> = bundle.enrolments.iter().map(|one| one.enrolment.reporter_key).collect();
    let all = bundle.agreed.body.members.iter().all(|member| enrolled.contains(&member.credential));
    need(all, "somebody counts who never took part")
}
