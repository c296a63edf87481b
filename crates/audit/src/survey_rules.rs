//! The survey itself: its signatures, its key, who was invited, and who took part.

use crate::Check;
use crate::report::{Report, need};
use protocol::{
    AdmittedManifest, Bundle, Document, Enrolled, Hex, Order, OrderKind, Roster, Signed, VerifyingKey,
    key_statement,
};
use std::collections::BTreeMap;

pub(crate) fn check(report: &mut Report, bundle: &Bundle, manifest: &AdmittedManifest) {
    let wire = manifest.manifest();
    let key = &wire.paillier;
    let said = key_statement::verify(manifest.computation_server(), &wire.survey, &key.n.0, &key.signature);
    report.note(Check::PaillierSignature, said.map_err(|bad| bad.to_string()));
    report.note(Check::PaillierProof, key.verify(&wire.survey).map(|_| ()).map_err(|e| e.to_string()));
    let signatures = [
        (Check::ManifestOrganizer, manifest.organizer(), &bundle.organizer_signature),
        (Check::ManifestDataServer, manifest.data_server(), &bundle.data_server_signature),
        (
            Check::ManifestComputationServer,
            manifest.computation_server(),
            &bundle.computation_server_signature,
        ),
    ];
    for (check, key, signature) in signatures {
        report.note(check, wire.verify(key, signature).map_err(|bad| bad.to_string()));
    }
    report.note(Check::OneSurvey, one_survey(bundle, manifest.fingerprint()));
    report.note(Check::Roster, roster(bundle));
    let (invited, orders) = orders(bundle, manifest);
    report.note(Check::Orders, orders);
    report.note(Check::Enrolments, enrolments(bundle, manifest, &invited));
    let data = confirmed(bundle, manifest, manifest.data_server(), |enrolled| &enrolled.data_server);
    report.note(Check::EnrolmentsDataServer, data);
    let computation =
        confirmed(bundle, manifest, manifest.computation_server(), |enrolled| &enrolled.computation_server);
    report.note(Check::EnrolmentsComputationServer, computation);
}

/// Whether a document was signed, whichever survey it says that it is about: [`one_survey`] looks at that.
pub(crate) fn is_signed<T: Document>(signed: &Signed<T>, key: &VerifyingKey) -> bool {
    signed.verify(&signed.body.survey(), key).is_ok()
}

fn one_survey(bundle: &Bundle, fingerprint: &Hex<32>) -> Result<(), String> {
    let orders = bundle.orders.iter().all(|order| order.body.fingerprint == *fingerprint);
    need(orders, "an order is about another survey")?;
    let lists = [&bundle.data_list, &bundle.computation_list];
    need(lists.iter().all(|list| list.body.fingerprint == *fingerprint), "a list is about another survey")?;
    need(bundle.agreed.body.fingerprint == *fingerprint, "the agreed set is about another survey")?;
    need(bundle.release.body.fingerprint == *fingerprint, "the result is about another survey")
}

fn roster(bundle: &Bundle) -> Result<(), String> {
    let roster = Roster::admit(bundle.roster.clone()).map_err(|refused| refused.to_string())?;
    let manifest = &bundle.manifest;
    need(roster.root(&manifest.survey) == manifest.roster_root, "not the invitations that the survey names")
}

/// What became of an invitation: `true` once it was revoked.
type Invitations = BTreeMap<Hex<32>, bool>;

/// The invitations after all orders, as far as orders keep the rules; and whether all of them do.
fn orders(bundle: &Bundle, manifest: &AdmittedManifest) -> (Invitations, Result<(), String>) {
    let mut invited: Invitations = bundle.roster.iter().map(|key| (*key, false)).collect();
    let most = manifest.manifest().max_reporters as usize;
    let mut result = need(invited.len() <= most, "more invitations than the survey takes");
    let mut stage = Stage::Open;
    for (expected, order) in (1u32..).zip(&bundle.orders) {
        let followed = need(order.body.sequence == expected, "an order is missing, or out of sequence")
            .and_then(|()| {
                need(is_signed(order, manifest.organizer()), "the organizer did not sign an order")
            })
            .and_then(|()| follow(&order.body, &mut invited, &mut stage, most));
        result = result.and(followed);
    }
    let released = need(stage == Stage::Released, "the organizer did not order the release");
    (invited, result.and(released))
}

/// How far the organizer's orders lead.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Open,
    Closed,
    Released,
}

fn follow(order: &Order, invited: &mut Invitations, stage: &mut Stage, most: usize) -> Result<(), String> {
    match (&order.order, *stage) {
        (OrderKind::Invite { keys }, Stage::Open) => {
            ascending(keys)?;
            for key in keys {
                VerifyingKey::admit(*key).map_err(|refused| refused.to_string())?;
                need(invited.insert(*key, false).is_none(), "a key is invited twice")?;
            }
            let valid = invited.values().filter(|revoked| !**revoked).count();
            need(valid <= most, "more invitations than the survey takes")
        }
        (OrderKind::Revoke { keys }, Stage::Open) => {
            ascending(keys)?;
            let known = keys.iter().all(|key| invited.insert(*key, true).is_some());
            need(known, "an invitation is revoked that was none")
        }
        (OrderKind::Close {}, Stage::Open | Stage::Closed) => {
            *stage = Stage::Closed;
            Ok(())
        }
        // Without an order to close, a survey closes by itself.
        (OrderKind::Release {}, Stage::Open | Stage::Closed) => {
            *stage = Stage::Released;
            Ok(())
        }
        _ => Err("an order was given after the close or the release".to_owned()),
    }
}

fn ascending(keys: &[Hex<32>]) -> Result<(), String> {
    let sorted = !keys.is_empty() && keys.is_sorted_by(|one, next| one < next);
    need(sorted, "the keys of an order are unsorted, doubled, or none")
}

fn enrolments(bundle: &Bundle, manifest: &AdmittedManifest, invited: &Invitations) -> Result<(), String> {
    let all = || bundle.enrolments.iter().map(|one| &one.enrolment);
    let sorted = all().map(|enrolment| enrolment.invitation_key).is_sorted_by(|one, next| one < next);
    need(sorted, "enrolments are unsorted, or an invitation was used twice")?;
    let mut reporters: Vec<_> = all().map(|enrolment| enrolment.reporter_key).collect();
    reporters.sort_unstable();
    need(reporters.is_sorted_by(|one, next| one < next), "two invitations have one reporter")?;
    for enrolment in all() {
        let valid = invited.get(&enrolment.invitation_key) == Some(&false);
        need(valid, "somebody took part without an invitation, or with a revoked one")?;
        let signed = enrolment.verify(manifest.fingerprint()).is_ok();
        need(signed, "an enrolment is not signed by its invitation")?;
    }
    Ok(())
}

fn confirmed(
    bundle: &Bundle,
    manifest: &AdmittedManifest,
    server: &VerifyingKey,
    word: impl Fn(&Enrolled) -> &Hex<64>,
) -> Result<(), String> {
    let holds = |one: &protocol::ConfirmedEnrolment| {
        let signature = word(&one.confirmed);
        Enrolled::verify_one(&one.enrolment, manifest.fingerprint(), server, signature).is_ok()
    };
    need(bundle.enrolments.iter().all(holds), "an enrolment is not confirmed")
}
