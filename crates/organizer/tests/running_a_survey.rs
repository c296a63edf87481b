//! From a draft to orders.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails loudly")]

mod common;

use common::{NOW_S, World, plan};
use organizer::{
    CheckedDraft, DraftDistrust, InvitationsRefusal, OpenRefusal, OpenedRefusal, OrderRefusal,
    OrganizerState, PlanRefusal, SurveyPlan,
};
use protocol::{Invitation, InvitationCode, OrderKind, Side, SigningKey, VerifyingKey};

#[test]
fn a_draft_must_name_the_servers_own_keys() {
    let world = World::new();
    let mut draft = world.draft();
    draft.computation_server.signing_key = SigningKey::from_seed(&[8; 32]).verifying_key().to_hex();
    let refused = CheckedDraft::check(draft, &world.data_identity(), &world.computation_identity());
    assert_eq!(refused, Err(DraftDistrust::ForeignKey(Side::ComputationServer)));
}

#[test]
fn a_draft_with_another_surveys_key_is_refused() {
    let world = World::new();
    let mut draft = world.draft();
    draft.survey = protocol::Hex([7; 32]);
    let refused = CheckedDraft::check(draft, &world.data_identity(), &world.computation_identity());
    assert_eq!(refused, Err(DraftDistrust::ForeignPaillierKey));
}

#[test]
fn links_lead_to_the_opened_survey() {
    let (state, document) = World::new().opened();
    assert_eq!(state.invitations.len(), 3);
    for record in &state.invitations {
        let link = Invitation::parse(&record.link).unwrap();
        assert_eq!(link.fingerprint, document.manifest.fingerprint());
        assert_eq!(link.secret.derive_key(&link.survey).verifying_key().to_hex(), record.invitation_key);
        let code = InvitationCode::parse(&record.expose_code().unwrap()).unwrap();
        let typed = code.complete(link.base, link.survey, link.fingerprint).unwrap();
        assert_eq!(typed.expose_link(), record.link);
    }
}

#[test]
fn a_survey_opens_once() {
    let (mut state, _) = World::new().opened();
    let mut rng = test_support::seeded_rng(1);
    let again = state.open(&["x".to_owned()], "https://data.example", NOW_S, &mut rng);
    assert_eq!(again.unwrap_err(), OpenRefusal::Opened);
}

#[test]
fn what_cannot_open_is_refused_before_anything_is_sent() {
    let world = World::new();
    let mut rng = test_support::seeded_rng(1);
    let mut state = OrganizerState::new(plan(), &world.checked_draft(), &mut rng);
    let mut open = |labels: &[&str], now_s| {
        let labels: Vec<String> = labels.iter().map(|l| (*l).to_owned()).collect();
        state.open(&labels, "https://data.example", now_s, &mut rng).unwrap_err()
    };
    assert_eq!(open(&[], NOW_S), InvitationsRefusal::None.into());
    assert_eq!(open(&["a", " a"], NOW_S), InvitationsRefusal::Doubled(2).into());
    assert_eq!(open(&["a\nb"], NOW_S), InvitationsRefusal::Label(1).into());
    assert_eq!(open(&["a"], NOW_S + 1000), PlanRefusal::ClosesInThePast.into());
    let eleven: Vec<String> = (0..11).map(|i| i.to_string()).collect();
    let eleven: Vec<&str> = eleven.iter().map(String::as_str).collect();
    assert_eq!(open(&eleven, NOW_S), PlanRefusal::TooManyInvitations.into());
}

#[test]
fn an_opening_that_only_one_server_signed_is_refused() {
    let world = World::new();
    let (mut state, mut document) = world.opened();
    document.computation_server_signature = document.data_server_signature;
    let refused = state.accept_opened(document);
    assert_eq!(refused, Err(OpenedRefusal::Signature(Side::ComputationServer)));
}

#[test]
fn orders_are_numbered_and_repeated_until_acknowledged() {
    let (mut state, _) = World::new().opened();
    let first = state.order(OrderKind::Close {}).unwrap();
    assert_eq!(first.body.sequence, 1);
    assert_eq!(state.order(OrderKind::Close {}).unwrap(), first);
    assert_eq!(state.order(OrderKind::Release {}), Err(OrderRefusal::Pending));
    state.acknowledged();
    let second = state.order(OrderKind::Release {}).unwrap();
    assert_eq!(second.body.sequence, 2);
    state.renumber(7);
    let renumbered = state.order(OrderKind::Release {}).unwrap();
    assert_eq!(renumbered.body.sequence, 7);
    let organizer = VerifyingKey::admit(state.request.as_ref().unwrap().manifest.organizer_key).unwrap();
    assert!(renumbered.verify(&state.fingerprint().unwrap(), &organizer).is_ok());
}

#[test]
fn more_invitations_are_ordered_ascending() {
    let (mut state, _) = World::new().opened();
    let labels = ["d", "e", "f", "g"].map(String::from);
    let mut rng = test_support::seeded_rng(2);
    let order = state.invite(&labels, "https://data.example", &mut rng).unwrap();
    let OrderKind::Invite { keys } = order.body.order else { panic!("an invitation") };
    assert!(keys.is_sorted() && keys.len() == 4);
    assert_eq!(state.invitations.len(), 7);
    state.acknowledged();
    let four = ["h", "i", "j", "k"].map(String::from);
    assert_eq!(state.invite(&four, "https://data.example", &mut rng), Err(OrderRefusal::TooMany));
}

#[test]
fn a_state_survives_its_file_and_shows_no_secret() {
    let (state, _) = World::new().opened();
    let text = serde_json::to_string(&state).unwrap();
    assert_eq!(serde_json::from_str::<OrganizerState>(&text).unwrap(), state);
    let seed = serde_json::to_value(&state).unwrap()["organizer_seed"].as_str().unwrap().to_owned();
    let shown = format!("{state:?} {:?}", state.invitations);
    assert!(!shown.contains(&seed));
    for record in &state.invitations {
        let (_, secret) = record.link.split_once('#').unwrap();
        assert!(!shown.contains(secret) && !shown.contains(&secret[..32]));
    }
}

#[test]
fn a_plan_is_a_file() {
    let text = serde_json::to_string(&plan()).unwrap();
    assert_eq!(serde_json::from_str::<SurveyPlan>(&text).unwrap(), plan());
}
