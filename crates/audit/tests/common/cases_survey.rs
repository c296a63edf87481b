//! Wrong files, keys, surveys, invitations and enrolments.

use super::cases::{Case, Way, bent, last};
use super::{Bend, computation_server, data_server, key};
use audit::Check;
use protocol::{Enrolment, Hex, HexBytes, Manifest, Order, OrderKind, Signed, digest, key_statement};
use serde_json::{Value, json};

pub(crate) fn cases() -> Vec<Case> {
    [files(), keys(), manifests(), surveys(), orders(), enrolments()].into_iter().flatten().collect()
}

fn files() -> Vec<Case> {
    let edited = |name, change: fn(&mut Value)| Case {
        name,
        like: "plain",
        check: Check::Format,
        way: Way::Edited(change),
    };
    vec![
        edited("unknown_field", |b| b["note"] = json!("")),
        edited("unknown_field_inside", |b| b["release"]["body"]["cells"][0]["modal"] = json!("1.00")),
        edited("version_of_the_future", |b| b["format"] = json!("sealed-pay/bundle/2")),
        edited("field_missing", |b| drop(b.as_object_mut().unwrap().remove("roster"))),
        edited("digits_in_upper_case", |b| {
            let digits = b["organizer_signature"].as_str().unwrap().to_uppercase();
            b["organizer_signature"] = json!(digits);
        }),
        edited("number_with_a_fraction", |b| b["manifest"]["max_missing"] = json!(1.5)),
        edited("null_for_absent", |b| b["data_list"]["body"]["entries"][0]["other"] = Value::Null),
        edited("word_that_is_none", |b| b["agreed"]["body"]["outcome"] = json!("go")),
        edited("signature_too_short", |b| {
            let digits = b["agreed"]["signature"].as_str().unwrap()[2..].to_owned();
            b["agreed"]["signature"] = json!(digits);
        }),
    ]
}

fn keys() -> Vec<Case> {
    let given = |name, change: fn(&mut Value)| Case {
        name,
        like: "plain",
        check: Check::ServerKeys,
        way: Way::Keys(change),
    };
    vec![
        given("bundle_with_its_own_keys", |keys| {
            keys["data_server"]["signing_key"] = json!(key(9).verifying_key().to_hex());
        }),
        given("self_signed_second_server", |keys| {
            keys["computation_server"]["signing_key"] = json!(key(9).verifying_key().to_hex());
        }),
        given("another_sealing_key", |keys| {
            keys["computation_server"]["sealing_key"] = keys["data_server"]["sealing_key"].clone();
        }),
        given("another_operator", |keys| keys["data_server"]["operator"] = json!("somebody else")),
        given("roles_exchanged", |keys| keys["data_server"]["role"] = json!("computation-server")),
    ]
}

fn manifests() -> Vec<Case> {
    let wrong = |name, change: fn(&mut Manifest)| {
        bent(name, "plain", Check::ManifestRules, Bend { manifest: Some(change), ..Bend::default() })
    };
    let paillier = |name, check, change: fn(&mut Manifest)| {
        bent(name, "plain", check, Bend { manifest: Some(change), ..Bend::default() })
    };
    vec![
        wrong("closes_before_it_may", |m| m.closes_at = m.closes_not_before),
        wrong("tolerates_any_loss", |m| m.max_missing = m.max_reporters),
        wrong("title_of_two_lines", |m| m.title = "Pay\nin the harbour".into()),
        wrong("address_with_a_query", |m| m.data_server.url.push_str("?to=elsewhere")),
        wrong("manifest_of_another_format", |m| m.format = "sealed-pay/manifest/2".into()),
        paillier("swapped_paillier_key", Check::PaillierSignature, |m| {
            m.paillier.signature = key_statement::sign(&computation_server(), &Hex([8; 32]), &m.paillier.n.0);
        }),
        paillier("paillier_key_of_the_data_server", Check::PaillierSignature, |m| {
            m.paillier.signature = key_statement::sign(&data_server(), &m.survey, &m.paillier.n.0);
        }),
        paillier("root_that_is_none", Check::PaillierProof, |m| m.paillier.proof.0[700] ^= 1),
        paillier("roots_exchanged", Check::PaillierProof, |m| m.paillier.proof.0.rotate_left(256)),
        paillier("proof_too_short", Check::PaillierProof, |m| {
            m.paillier.proof = HexBytes(m.paillier.proof.0[..2560].to_vec());
        }),
    ]
}

fn surveys() -> Vec<Case> {
    const OTHER: Hex<32> = Hex([0x77; 32]);
    vec![
        last("manifest_not_the_organizers", "plain", Check::ManifestOrganizer, |b| {
            b.organizer_signature = b.manifest.sign(&data_server());
        }),
        last("manifest_not_the_data_servers", "plain", Check::ManifestDataServer, |b| {
            b.data_server_signature = b.manifest.sign(&computation_server());
        }),
        last("manifest_not_the_computation_servers", "plain", Check::ManifestComputationServer, |b| {
            b.computation_server_signature = b.manifest.sign(&data_server());
        }),
        bent(
            "order_of_another_survey",
            "plain",
            Check::OneSurvey,
            Bend { orders: Some(|orders| orders[0].fingerprint = OTHER), ..Bend::default() },
        ),
        bent(
            "list_of_another_survey",
            "plain",
            Check::OneSurvey,
            Bend { lists: Some(|data, _| data.fingerprint = OTHER), ..Bend::default() },
        ),
        bent(
            "set_of_another_survey",
            "plain",
            Check::OneSurvey,
            Bend { agreed: Some(|agreed| agreed.fingerprint = OTHER), ..Bend::default() },
        ),
        bent(
            "result_of_another_survey",
            "broken-down",
            Check::OneSurvey,
            Bend { release: Some(|release| release.fingerprint = OTHER), ..Bend::default() },
        ),
        bent(
            "roster_with_one_more",
            "plain",
            Check::Roster,
            Bend {
                roster: Some(|roster| {
                    roster.push(key(99).verifying_key().to_hex());
                    roster.sort_unstable();
                }),
                ..Bend::default()
            },
        ),
        bent(
            "roster_unsorted",
            "plain",
            Check::Roster,
            Bend { roster: Some(|roster| roster.swap(0, 1)), ..Bend::default() },
        ),
        bent(
            "small_order_roster_key",
            "plain",
            Check::Roster,
            Bend {
                manifest: Some(|m| m.roster_root = small_order_root(m)),
                roster: Some(|roster| roster.insert(0, SMALL)),
                ..Bend::default()
            },
        ),
    ]
}

/// The neutral element, under which any signature holds for those who do not look.
const SMALL: Hex<32> = {
    let mut bytes = [0; 32];
    bytes[0] = 1;
    Hex(bytes)
};

/// The root of the roster with a key of small order on it.
fn small_order_root(manifest: &Manifest) -> Hex<32> {
    let mut keys: Vec<Hex<32>> = (0..5).map(|who| key(20 + who).verifying_key().to_hex()).collect();
    keys.sort_unstable();
    keys.insert(0, SMALL);
    let fields = std::iter::once(&manifest.survey).chain(&keys).map(|key| key.0.as_slice());
    Hex(digest("sealed-pay/v1/roster", &fields.collect::<Vec<_>>()))
}

fn orders() -> Vec<Case> {
    let wrong = |name, like, change: fn(&mut Vec<Order>)| {
        bent(name, like, Check::Orders, Bend { orders: Some(change), ..Bend::default() })
    };
    vec![
        last("early_close_by_data_server", "plain", Check::Orders, |b| {
            b.orders[0] = Signed::sign(b.orders[0].body.clone(), &data_server());
        }),
        wrong("order_left_out", "broken-down", |orders| drop(orders.remove(1))),
        wrong("release_never_ordered", "plain", |orders| drop(orders.pop())),
        wrong("invited_after_the_close", "plain", |orders| insert(orders, 1, invite(99..100))),
        wrong("invited_twice", "plain", |orders| insert(orders, 0, invite(20..21))),
        wrong("more_invited_than_taken", "plain", |orders| insert(orders, 0, invite(100..116))),
        wrong("revoked_what_was_none", "plain", |orders| {
            let OrderKind::Invite { keys } = invite(99..100) else { return };
            insert(orders, 0, OrderKind::Revoke { keys });
        }),
    ]
}

fn invite(seeds: std::ops::Range<u8>) -> OrderKind {
    let mut keys: Vec<_> = seeds.map(|seed| key(seed).verifying_key().to_hex()).collect();
    keys.sort_unstable();
    OrderKind::Invite { keys }
}

/// Puts an order between others and numbers all of them anew.
fn insert(orders: &mut Vec<Order>, at: usize, order: OrderKind) {
    let fingerprint = orders[0].fingerprint;
    orders.insert(at, Order { fingerprint, sequence: 0, order });
    (1..).zip(orders).for_each(|(sequence, order)| order.sequence = sequence);
}

fn enrolments() -> Vec<Case> {
    let wrong = |name, like, change: fn(&mut Vec<Enrolment>)| {
        bent(name, like, Check::Enrolments, Bend { enrolments: Some(change), ..Bend::default() })
    };
    vec![
        last("organizer_signs_with_invitation_key_after_enrolment", "plain", Check::Enrolments, |b| {
            let (fingerprint, mut again) = (b.manifest.fingerprint(), b.enrolments[0].clone());
            let invitation =
                (20..30).map(key).find(|k| k.verifying_key().to_hex() == again.enrolment.invitation_key);
            let other = key(98).verifying_key();
            again.enrolment = Enrolment::sign(&fingerprint, &invitation.unwrap(), &other);
            again.confirmed.data_server = again.enrolment.confirm(&fingerprint, &data_server());
            again.confirmed.computation_server = again.enrolment.confirm(&fingerprint, &computation_server());
            b.enrolments.insert(1, again);
        }),
        last("enrolled_without_invitation", "plain", Check::Enrolments, |b| enrol(b, 99)),
        last("enrolled_with_revoked_invitation", "broken-down", Check::Enrolments, |b| enrol(b, 27)),
        wrong("enrolment_not_the_invitations", "plain", |all| {
            all[0].signature = all[1].signature;
        }),
        last("enrolment_not_confirmed_by_data_server", "plain", Check::EnrolmentsDataServer, |b| {
            b.enrolments[0].confirmed.data_server = b.enrolments[0].confirmed.computation_server;
        }),
        last("enrolment_confirmed_for_another", "broken-down", Check::EnrolmentsComputationServer, |b| {
            b.enrolments[0].confirmed.computation_server = b.enrolments[1].confirmed.computation_server;
        }),
    ]
}

/// Enrols one more, with this invitation.
fn enrol(b: &mut protocol::Bundle, seed: u8) {
    let fingerprint = b.manifest.fingerprint();
    let enrolment = Enrolment::sign(&fingerprint, &key(seed), &key(98).verifying_key());
    b.enrolments.push(protocol::ConfirmedEnrolment {
        confirmed: protocol::Enrolled {
            data_server: enrolment.confirm(&fingerprint, &data_server()),
            computation_server: enrolment.confirm(&fingerprint, &computation_server()),
        },
        enrolment,
    });
    b.enrolments.sort_by_key(|one| one.enrolment.invitation_key);
}
