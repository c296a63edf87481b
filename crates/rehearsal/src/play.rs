//! A whole survey, from draft to result.

use crate::release::{follow, wait_for_result};
use crate::taking_part::{Counter, Reporter};
use crate::{Progress, Rehearsal, RehearsalError, Step, randomness};
use organizer::{CheckedDraft, OrganizerState, SurveyPlan, VerifiedResult};
use paillier::KeyBits;
use protocol::{AdmittedManifest, OrderKind, SchemaWire, ThresholdsWire};
use reporter::Figures;
use survey::{Capacity, Granularity, Layout, Record, Schema, Thresholds};

/// What is played.
#[derive(Debug)]
pub struct Play {
    /// The survey's title.
    pub title: String,
    /// What is asked.
    pub schema: Schema,
    /// Minimum numbers.
    pub thresholds: Thresholds,
    /// How finely reporters answer.
    pub granularity: Granularity,
    /// Each reporter's records.
    pub reporters: Vec<Vec<Record>>,
}

impl Play {
    /// How many ciphertexts all reporters will make.
    ///
    /// # Errors
    /// [`RehearsalError::Organizer`] if the schema does not fit.
    pub fn ciphertexts(&self, bits: KeyBits) -> Result<usize, RehearsalError> {
        let capacity = Capacity::new(self.granularity, self.max_reporters(), self.max_employees());
        let capacity = capacity.map_err(RehearsalError::organizer)?;
        let layout =
            Layout::new(&self.schema, capacity, bits.usable_bits()).map_err(RehearsalError::organizer)?;
        let of_one = |records: &Vec<Record>| Figures::of(&self.schema, &layout, records).ciphertexts;
        Ok(self.reporters.iter().map(of_one).sum())
    }

    /// A survey takes as many as it asks for; whether they come is another matter.
    fn max_reporters(&self) -> u32 {
        let thresholds = self.thresholds;
        count(self.reporters.len()).max(thresholds.min_reporters()).max(thresholds.min_cell_reporters())
    }

    /// Twice as many as the largest has, as of a survey for which one is asked before anybody knows: of a survey that
    /// is full nothing may be released beside a suppressed cell.
    fn max_employees(&self) -> u32 {
        count(self.reporters.iter().map(Vec::len).max().unwrap_or(0).max(1)).saturating_mul(2)
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// How it ended.
#[derive(Debug)]
pub struct Played {
    /// The survey.
    pub manifest: AdmittedManifest,
    /// The result, verified as everybody can verify it; every reporter found its receipt counted.
    pub result: VerifiedResult,
    /// Ciphertexts that were made.
    pub ciphertexts: usize,
}

/// Deals records to so many reporters, one after the other, as cards are dealt.
#[must_use]
pub fn deal(records: &[Record], reporters: usize) -> Vec<Vec<Record>> {
    (0..reporters)
        .map(|first| records.iter().skip(first).step_by(reporters.max(1)).copied().collect())
        .collect()
}

impl Rehearsal {
    /// Plays a survey over HTTP.
    ///
    /// # Errors
    /// [`RehearsalError`].
    pub async fn play(&self, play: Play, progress: &Progress) -> Result<Played, RehearsalError> {
        let mut state = self.draft(&play).await?;
        self.open(&mut state, play.reporters.len()).await?;
        progress(Step::Opened);
        let links: Vec<String> = state.invitations.iter().map(|record| record.link.clone()).collect();
        let mut counter = Counter::new(progress.clone(), play.ciphertexts(self.key_bits())?);
        let of = play.reporters.len();
        let mut taking_part = Vec::with_capacity(of);
        for (done, (link, records)) in (1..).zip(links.iter().zip(play.reporters)) {
            taking_part.push(Reporter::take_part(self, link, records, &mut counter).await?);
            progress(Step::Submitted { done, of });
        }
        self.order(&mut state, OrderKind::Close {}).await?;
        progress(Step::Closed);
        self.order(&mut state, OrderKind::Release {}).await?;
        let manifest = taking_part.first().map(|one| one.survey().manifest().clone());
        let manifest = manifest.ok_or(RehearsalError::NotCounted)?;
        let document = wait_for_result(self, &state.survey()).await?;
        let result = follow(&manifest, &document, &taking_part)?;
        progress(Step::Finished);
        Ok(Played { manifest, result, ciphertexts: counter.done() })
    }

    async fn draft(&self, play: &Play) -> Result<OrganizerState, RehearsalError> {
        let (data, computation) = (self.data_server(), self.computation_server());
        let draft = data.draft(self.key_bits().bits()).await?;
        let identities = (data.identity().await?, computation.identity().await?);
        let draft =
            CheckedDraft::check(draft, &identities.0, &identities.1).map_err(RehearsalError::organizer)?;
        let plan = plan(play, self.now_s());
        Ok(OrganizerState::new(plan, &draft, &mut randomness::system()))
    }

    async fn open(&self, state: &mut OrganizerState, reporters: usize) -> Result<(), RehearsalError> {
        let labels: Vec<String> = (1..=reporters).map(|number| format!("reporter {number}")).collect();
        let data = self.data_server();
        let base = data.url().as_str();
        let request = state
            .open(&labels, base, self.now_s(), &mut randomness::system())
            .map_err(RehearsalError::organizer)?;
        let opened = data.open(request).await?;
        state.accept_opened(opened).map_err(RehearsalError::organizer)?;
        Ok(data.labels(&state.survey(), &state.labels()).await?)
    }

    async fn order(&self, state: &mut OrganizerState, kind: OrderKind) -> Result<(), RehearsalError> {
        let order = state.order(kind).map_err(RehearsalError::organizer)?;
        self.data_server().order(&state.survey(), &order).await?;
        state.acknowledged();
        Ok(())
    }
}

const DAY_S: u64 = 86_400;

fn plan(play: &Play, now_s: u64) -> SurveyPlan {
    let thresholds = play.thresholds;
    SurveyPlan {
        title: play.title.clone(),
        purpose: "A rehearsal. Nothing here is real.".to_owned(),
        contact: "nobody".to_owned(),
        period: "a rehearsal".to_owned(),
        schema: SchemaWire::from(&play.schema),
        granularity: play.granularity.into(),
        max_reporters: play.max_reporters(),
        max_employees_per_reporter: play.max_employees(),
        thresholds: ThresholdsWire {
            min_reporters: thresholds.min_reporters(),
            min_cell_reporters: thresholds.min_cell_reporters(),
            min_cell_employees: thresholds.min_cell_employees(),
        },
        max_missing: 0,
        closes_not_before: now_s.saturating_sub(1),
        closes_at: now_s + DAY_S,
        rehearsal: true,
    }
}
