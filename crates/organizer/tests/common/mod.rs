//! Two servers in name: their keys and what they would answer.
#![allow(dead_code, unreachable_pub, reason = "shared by tests that use different parts of it")]
#![allow(clippy::unwrap_used, reason = "a test fails loudly")]

use organizer::{CheckedDraft, OrganizerState, SurveyPlan};
use protocol::{
    DimensionWire, Draft, GranularityWire, Hex, HexBytes, Identity, LimitsWire, MeasureWire, PaillierWire,
    Role, SchemaWire, SealingKey, SigningKey, SurveyDocument, SurveyState, ThresholdsWire, key_statement,
};

pub struct World {
    pub data: SigningKey,
    pub computation: SigningKey,
    pub data_sealing: SealingKey,
    pub computation_sealing: SealingKey,
}

pub const NOW_S: u64 = 1_800_000_000;

impl World {
    pub fn new() -> Self {
        Self {
            data: SigningKey::from_seed(&[1; 32]),
            computation: SigningKey::from_seed(&[2; 32]),
            data_sealing: SealingKey::from_bytes(&[3; 32]).unwrap(),
            computation_sealing: SealingKey::from_bytes(&[4; 32]).unwrap(),
        }
    }

    pub fn data_identity(&self) -> Identity {
        identity(Role::DataServer, "One", &self.data, &self.data_sealing)
    }

    pub fn computation_identity(&self) -> Identity {
        identity(Role::ComputationServer, "Two", &self.computation, &self.computation_sealing)
    }

    pub fn draft(&self) -> Draft {
        let survey = Hex([9; 32]);
        let key = test_support::insecure_secret_key(paillier::KeyBits::B2048);
        let n = key.public().to_bytes();
        let signature = key_statement::sign(&self.computation, &survey, &n);
        let proof = HexBytes(key.prove(&survey.0).to_bytes());
        Draft {
            survey,
            paillier: PaillierWire { n: HexBytes(n), proof, signature },
            data_server: self.data_identity(),
            computation_server: self.computation_identity(),
            data_server_url: "https://data.example".into(),
            computation_server_url: "https://keys.org".into(),
        }
    }

    pub fn checked_draft(&self) -> CheckedDraft {
        CheckedDraft::check(self.draft(), &self.data_identity(), &self.computation_identity()).unwrap()
    }

    /// An organizer with an opened survey and three invitations, and the survey as both servers show it.
    pub fn opened(&self) -> (OrganizerState, SurveyDocument) {
        self.opened_with(plan())
    }

    pub fn opened_with(&self, plan: SurveyPlan) -> (OrganizerState, SurveyDocument) {
        let mut rng = test_support::seeded_rng(5);
        let mut state = OrganizerState::new(plan, &self.checked_draft(), &mut rng);
        let labels = ["a", "b", "c"].map(String::from);
        let request = state.open(&labels, "https://data.example", NOW_S, &mut rng).unwrap().clone();
        let document = SurveyDocument {
            organizer_signature: request.organizer_signature,
            data_server_signature: request.manifest.sign(&self.data),
            computation_server_signature: request.manifest.sign(&self.computation),
            manifest: request.manifest,
            state: SurveyState::Open,
        };
        state.accept_opened(document.clone()).unwrap();
        (state, document)
    }
}

fn identity(role: Role, operator: &str, signing: &SigningKey, sealing: &SealingKey) -> Identity {
    Identity {
        format: Identity::FORMAT.into(),
        role,
        operator: operator.into(),
        signing_key: signing.verifying_key().to_hex(),
        sealing_key: sealing.public_key().0,
        build: "test".into(),
    }
}

pub fn plan() -> SurveyPlan {
    let limits = LimitsWire { min: 0, max: 1_000_000_000 };
    SurveyPlan {
        title: "Pay".into(),
        purpose: "To see.".into(),
        contact: "o@example".into(),
        period: "2026".into(),
        schema: SchemaWire::simple(
            DimensionWire { name: "sex".into(), categories: vec!["Female".into(), "Male".into()] },
            "Male".into(),
            MeasureWire::mean_of("salary".into(), "USD".into(), 2, limits, limits),
        ),
        granularity: GranularityWire::Records,
        max_reporters: 10,
        max_employees_per_reporter: 100,
        thresholds: ThresholdsWire { min_reporters: 3, min_cell_reporters: 3, min_cell_employees: 6 },
        max_missing: 0,
        closes_not_before: NOW_S,
        closes_at: NOW_S + 1000,
        rehearsal: false,
    }
}
