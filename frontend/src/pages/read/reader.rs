//! Leads somebody who reads, up to Begin, and then over to the program that takes part.

use crate::components::Trouble;
use crate::services::arrival::Arrival;
use crate::services::config::Config;
use crate::services::handover;
use crate::services::lock::SurveyLock;
use crate::services::taking_part::{Found, Visit, look, mistyped};
use crate::state::reading::{Event, Reading, Stage};
use gloo_timers::future::TimeoutFuture;
use protocol::{InvitationCode, SurveyState};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;
use zeroize::Zeroizing;

/// What lies on the desk while somebody reads.
#[derive(Default)]
pub(crate) struct Desk {
    lock: SurveyLock,
    /// How often a link was looked at: whoever waits for the next program learns from it that another one came.
    looked: Cell<u32>,
    /// The code that was typed, for when its field is shown again.
    pub(crate) code: RefCell<Zeroizing<String>>,
}

/// The guide of those who read.
#[derive(Clone)]
pub(crate) struct Reader {
    /// Where the person stands, as it was when this was drawn.
    pub(crate) reading: Rc<Reading>,
    /// Takes what happens.
    pub(crate) events: UseReducerDispatcher<Reading>,
    /// The desk.
    pub(crate) desk: Rc<Desk>,
    /// Whom to ask.
    pub(crate) config: Config,
    /// What came with the address.
    pub(crate) arrival: Arrival,
    /// The survey in the address.
    pub(crate) id: Rc<str>,
}

impl Reader {
    fn tell(&self, event: Event) {
        self.events.dispatch(event);
    }

    fn fail(&self, stage: Stage, trouble: Trouble) {
        self.tell(Event::Failed(stage, trouble));
    }

    /// Begins anew, with nothing of what another link may have left.
    pub(crate) fn arrive(&self) {
        self.desk.code.take();
        self.look();
    }

    /// Looks at the link, from the beginning.
    pub(crate) fn look(&self) {
        self.look_with(None);
    }

    /// Reads a code that was typed, and looks at the survey with it.
    pub(crate) fn enter_code(&self, text: Zeroizing<String>) {
        let code = InvitationCode::parse(&text);
        self.desk.code.replace(text);
        match code {
            Ok(code) => self.look_with(Some(code)),
            Err(refusal) => self.fail(Stage::NeedsCode, mistyped(refusal)),
        }
    }

    /// The same code once more, after a server did not answer.
    pub(crate) fn enter_code_again(&self) {
        let text = self.desk.code.borrow().clone();
        self.enter_code(text);
    }

    fn look_with(&self, code: Option<InvitationCode>) {
        self.desk.looked.update(|times| times.wrapping_add(1));
        self.tell(Event::Look);
        let reader = self.clone();
        let otherwise = if code.is_some() { Stage::NeedsCode } else { Stage::Stopped };
        spawn_local(async move {
            if !reader.desk.lock.hold(&reader.id).await {
                return reader.fail(Stage::Stopped, Trouble::new("other-tab").passing());
            }
            match look(&reader.config, &reader.arrival, &reader.id, code).await {
                Ok(Found::CodeNeeded) => reader.tell(Event::CodeNeeded),
                Ok(Found::Begun) => reader.leave(Stage::Stopped, None).await,
                Ok(Found::Survey(visit)) => {
                    reader.tell(Event::Looked(visit.clone()));
                    reader.prove_visit(&visit).await;
                }
                Err(trouble) => reader.fail(otherwise, trouble),
            }
        });
    }

    /// Has the survey's key checked once more.
    pub(crate) fn prove(&self) {
        let Some(visit) = self.reading.visit.clone() else { return };
        self.tell(Event::Proving);
        let reader = self.clone();
        spawn_local(async move { reader.prove_visit(&visit).await });
    }

    /// Has a worker check the survey's key, once what is there to read has been drawn; then has the program come
    /// that takes part. Neither is loaded before.
    async fn prove_visit(&self, visit: &Visit) {
        TimeoutFuture::new(0).await;
        match visit.find_out().await {
            Ok(finding) => {
                self.tell(Event::Proven(finding));
                if visit.survey().state() == SurveyState::Open {
                    handover::prepare();
                }
            }
            Err(trouble) if trouble.code.starts_with("workers") => self.tell(Event::Unproven(trouble)),
            Err(trouble) => self.fail(Stage::Stopped, trouble),
        }
    }

    /// Begins: the program that takes part goes on from here.
    pub(crate) fn begin(&self) {
        let Some(visit) = self.reading.visit.clone() else { return };
        let Some(finding) = self.reading.finding else { return };
        self.tell(Event::Go(Stage::Leaving));
        let reader = self.clone();
        spawn_local(async move {
            reader.leave(Stage::Terms, Some(visit.hand_over(&finding))).await;
        });
    }

    /// Leaves the page to the program that takes part, with what was read, if somebody begins; where that program
    /// does not come the person stays where the stage says.
    async fn leave(&self, otherwise: Stage, read: Option<String>) {
        let looked = self.desk.looked.get();
        let came = handover::wait().await;
        if self.desk.looked.get() != looked {
            return;
        }
        if let Err(trouble) = came {
            return self.fail(otherwise, trouble);
        }
        let handed = handover::Handed { read, lock: self.desk.lock.hand_over() };
        crate::app::leave();
        handover::take_part(&handed);
    }
}
