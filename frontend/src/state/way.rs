//! The reporter's way through a survey: where it stands, and what each event makes of that.

use crate::components::Trouble;
use crate::services::taking_part::{Session, Visit};
use crate::state::reading::Proof;
use payfile::{LeftOut, RowProblems};
use reporter::{Counted, Figures, OwnReport, ReporterState};
use std::rc::Rc;
use survey::Record;
use yew::Reducible;

/// Where the person stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Stage {
    /// The link is being looked at.
    Checking,
    /// The link's secret is missing; it can be typed.
    NeedsCode,
    /// The way ends here, or is tried again from its beginning.
    Stopped,
    /// Reads what will happen.
    Terms,
    /// The key is being bound to the invitation.
    Enrolling,
    /// Chooses a file, pastes or types.
    Choosing,
    /// A worker looks at the file.
    Opening,
    /// Says which column is which.
    Columns,
    /// A worker reads the rows.
    Reading,
    /// Rows must be mended, in the file, by its owner.
    Mistakes(Rc<RowProblems>),
    /// Looks at what will be sent.
    Totals,
    /// Entries are being sealed.
    Sealing(Sealing),
    /// What was sealed is on its way, or a withdrawal.
    Sending,
    /// Both servers signed.
    Receipt,
}

/// How far sealing is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Sealing {
    /// Entries sealed.
    pub(crate) done: usize,
    /// Entries in all.
    pub(crate) total: usize,
    /// When it began, by the page's clock.
    pub(crate) began_ms: f64,
    /// Now.
    pub(crate) now_ms: f64,
}

impl Sealing {
    /// Seconds to go, once that can be said at all.
    pub(crate) fn seconds_left(&self) -> Option<u32> {
        const ENOUGH_TO_TELL: usize = 10;
        if self.done < ENOUGH_TO_TELL {
            return None;
        }
        #[expect(clippy::cast_precision_loss, reason = "numbers of people")]
        let each = (self.now_ms - self.began_ms) / self.done as f64;
        #[expect(clippy::cast_precision_loss, reason = "numbers of people")]
        let left = each * (self.total - self.done) as f64 / 1000.0;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positive and small")]
        let seconds = left.ceil() as u32;
        Some(seconds)
    }
}

/// What is known of an opened file. The first rows hold pay: they are shown, and kept nowhere.
#[derive(Clone, PartialEq, Eq, Default)]
pub(crate) struct FileFacts {
    /// Names of its columns.
    pub(crate) headers: Vec<String>,
    /// Rows below them.
    pub(crate) rows: usize,
    /// Cells of the first rows.
    pub(crate) first_rows: Vec<Vec<String>>,
}

/// A file in which nothing must be mended.
#[derive(Clone)]
pub(crate) struct Ready {
    /// The people.
    pub(crate) records: Rc<[Record]>,
    /// A keyed digest of the file.
    pub(crate) source: protocol::Hex<32>,
    /// Added up.
    pub(crate) figures: Figures,
    /// Unusual amounts, as sentences.
    pub(crate) questions: Vec<String>,
    /// Rows that the survey's rule leaves out.
    pub(crate) left_out: LeftOut,
    /// What the rows say by themselves: shown, and sent nowhere.
    pub(crate) report: OwnReport,
}

/// Everything a page of the way shows.
#[derive(Clone)]
pub(crate) struct Way {
    /// Where it stands.
    pub(crate) stage: Stage,
    /// What went wrong last, if the person has not gone on since.
    pub(crate) trouble: Option<Trouble>,
    /// The survey to read, once both servers have shown it.
    pub(crate) visit: Option<Rc<Visit>>,
    /// The survey and whom it is reported to, once a worker has checked the key.
    pub(crate) session: Option<Rc<Session>>,
    /// Why that could not be checked, for somebody who reads and has not begun.
    pub(crate) unproven: Option<Trouble>,
    /// The reporter's state.
    pub(crate) state: Option<Rc<ReporterState>>,
    /// The open file.
    pub(crate) file: FileFacts,
    /// The read file.
    pub(crate) ready: Option<Rc<Ready>>,
    /// What became of the submission.
    pub(crate) counted: Option<Counted>,
}

/// What happens.
pub(crate) enum Event {
    /// Looking at the link begins, again perhaps.
    Look,
    /// There is no usable link.
    CodeNeeded,
    /// The survey can be read.
    Looked(Rc<Visit>, Rc<ReporterState>),
    /// The survey's key is checked, once more perhaps.
    Proving,
    /// The survey can be taken part in.
    Proven(Rc<Session>),
    /// It was not found out whether it can.
    Unproven(Trouble),
    /// Something failed; the person stays where the stage says.
    Failed(Stage, Trouble),
    /// The next stage begins.
    Go(Stage),
    /// The key is bound.
    Enrolled(Rc<ReporterState>),
    /// A file is open.
    Opened(FileFacts),
    /// Its rows are read.
    Read(Rc<Ready>),
    /// Sealing goes on.
    Sealed(Sealing),
    /// Something was made that must be sent; it is kept.
    Kept(Rc<ReporterState>),
    /// Both servers signed.
    Receipted(Rc<ReporterState>),
    /// The result was looked at.
    Counted(Counted),
    /// Another file, instead of what was sent.
    Replace,
}

impl Default for Way {
    fn default() -> Self {
        Self {
            stage: Stage::Checking,
            trouble: None,
            visit: None,
            session: None,
            unproven: None,
            state: None,
            file: FileFacts::default(),
            ready: None,
            counted: None,
        }
    }
}

impl Way {
    /// After this event.
    pub(crate) fn after(self, event: Event) -> Self {
        let calm = Self { trouble: None, ..self };
        match event {
            Event::Look => Self::default(),
            Event::CodeNeeded => Self { stage: Stage::NeedsCode, ..calm },
            Event::Looked(visit, state) => {
                // Whoever has begun already has read it, and waits until the work can go on.
                let stage = if resume(&state) == Stage::Terms { Stage::Terms } else { Stage::Checking };
                Self { stage, visit: Some(visit), state: Some(state), ..calm }
            }
            Event::Proving => Self { unproven: None, ..calm },
            Event::Proven(session) => Self { session: Some(session), ..calm }.proven(),
            Event::Unproven(trouble) => match calm.stage {
                Stage::Terms => Self { unproven: Some(trouble), ..calm },
                _ => Self { stage: Stage::Stopped, trouble: Some(trouble), ..calm },
            },
            Event::Failed(stage, trouble) => Self { stage, trouble: Some(trouble), ..calm },
            Event::Go(stage) => Self { stage, ..calm },
            Event::Enrolled(state) => Self { stage: Stage::Choosing, state: Some(state), ..calm },
            Event::Opened(file) => Self { stage: Stage::Columns, file, ready: None, ..calm },
            Event::Read(ready) => Self { stage: Stage::Totals, ready: Some(ready), ..calm },
            Event::Sealed(sealing) => Self { stage: Stage::Sealing(sealing), ..calm },
            Event::Kept(state) => Self { stage: Stage::Sending, state: Some(state), ..calm },
            // What was read is forgotten with its receipt.
            Event::Receipted(state) => Self {
                stage: Stage::Receipt,
                state: Some(state),
                ready: None,
                file: FileFacts::default(),
                ..calm
            },
            Event::Counted(counted) => Self { counted: Some(counted), ..calm },
            Event::Replace => {
                Self { stage: Stage::Choosing, ready: None, file: FileFacts::default(), ..calm }
            }
        }
    }

    /// Whether the person can begin.
    pub(crate) fn proof(&self) -> Proof {
        match (&self.unproven, &self.session) {
            (Some(trouble), _) => Proof::Failed(trouble.clone()),
            (None, Some(_)) => Proof::Holds,
            (None, None) => Proof::Awaited,
        }
    }

    /// Goes on where somebody stood who comes back.
    fn proven(self) -> Self {
        let stage = self.state.as_deref().map_or(Stage::Stopped, resume);
        Self { stage, ..self }
    }

    /// Whether closing the tab would lose something the person did.
    pub(crate) fn would_lose(&self) -> bool {
        matches!(
            self.stage,
            Stage::Opening
                | Stage::Columns
                | Stage::Reading
                | Stage::Mistakes(_)
                | Stage::Totals
                | Stage::Sealing(_)
        )
    }
}

/// Where somebody stands who comes back.
fn resume(state: &ReporterState) -> Stage {
    match (&state.enrolled, &state.pending) {
        (_, Some(_)) => Stage::Sending,
        (None, None) => Stage::Terms,
        (Some(_), None) if state.acknowledged > 0 => Stage::Receipt,
        (Some(_), None) => Stage::Choosing,
    }
}

impl Reducible for Way {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        Rc::new((*self).clone().after(event))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(stage: Stage) -> Way {
        Way { stage, ..Way::default() }
    }

    #[test]
    fn a_failure_is_shown_until_the_person_goes_on() {
        let failed = at(Stage::Checking).after(Event::Failed(Stage::Choosing, Trouble::new("file")));
        assert_eq!(failed.stage, Stage::Choosing);
        assert!(failed.trouble.is_some());
        assert_eq!(failed.after(Event::Go(Stage::Opening)).trouble, None);
    }

    #[test]
    fn another_file_takes_the_place_of_what_was_read() {
        let file = FileFacts { rows: 3, ..FileFacts::default() };
        let opened = at(Stage::Opening).after(Event::Opened(file));
        assert_eq!((opened.stage.clone(), opened.file.rows), (Stage::Columns, 3));
        let replaced = opened.after(Event::Replace);
        assert_eq!((replaced.stage.clone(), replaced.file.rows), (Stage::Choosing, 0));
        assert!(replaced.ready.is_none());
    }

    #[test]
    fn looking_again_begins_anew_and_a_cut_link_asks_for_its_code() {
        let stopped = at(Stage::Stopped).after(Event::Failed(Stage::Stopped, Trouble::new("unreachable")));
        let looking = stopped.after(Event::Look);
        assert_eq!((looking.stage.clone(), looking.trouble.clone()), (Stage::Checking, None));
        assert_eq!(looking.after(Event::CodeNeeded).stage, Stage::NeedsCode);
    }

    #[test]
    fn whoever_reads_goes_on_reading_where_no_worker_can_be_had() {
        let blocked = || Event::Unproven(Trouble::new("workers-blocked"));
        let reading = at(Stage::Terms).after(blocked());
        assert_eq!((reading.stage.clone(), reading.trouble.clone()), (Stage::Terms, None));
        assert!(reading.unproven.is_some());
        assert_eq!(reading.after(Event::Proving).unproven, None, "it is tried again");
        let coming_back = at(Stage::Checking).after(blocked());
        assert_eq!(coming_back.stage, Stage::Stopped);
        assert!(coming_back.trouble.is_some());
    }

    #[test]
    fn closing_the_tab_is_asked_about_only_where_work_would_be_lost() {
        let sealing = Sealing { done: 0, total: 1, began_ms: 0.0, now_ms: 0.0 };
        for lost in [Stage::Columns, Stage::Totals, Stage::Sealing(sealing), Stage::Opening] {
            assert!(at(lost.clone()).would_lose(), "{lost:?}");
        }
        // What was sealed is kept before it is sent.
        for kept in [Stage::Terms, Stage::Choosing, Stage::Sending, Stage::Receipt] {
            assert!(!at(kept.clone()).would_lose(), "{kept:?}");
        }
    }

    #[test]
    fn the_time_left_is_said_once_it_can_be() {
        let sealing = |done| Sealing { done, total: 100, began_ms: 1_000.0, now_ms: 3_000.0 };
        assert_eq!(sealing(9).seconds_left(), None);
        assert_eq!(sealing(20).seconds_left(), Some(8));
        assert_eq!(sealing(100).seconds_left(), Some(0));
    }
}
