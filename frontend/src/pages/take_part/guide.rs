//! Leads one person: every button's work, and the events that come of it.

use super::failing::{is_final, trouble_of};
use crate::components::Trouble;
use crate::services::arrival::Arrival;
use crate::services::clock;
use crate::services::config::Config;
use crate::services::handover::Handed;
use crate::services::lock::SurveyLock;
use crate::services::taking_part::{Opened, Session, Visit, go_on, mistyped, open};
use crate::services::workers::WORKER;
use crate::state::typed::{Source, Typed};
use crate::state::way::{Event, FileFacts, Ready, Sealing, Stage, Way};
use client_wasm::{OpenPayFile, PayFileFailure, Pool};
use futures_util::future::{AbortHandle, abortable};
use gloo_timers::future::TimeoutFuture;
use js_sys::Uint8Array;
use payfile::{ColumnNames, Options};
use protocol::{InvitationCode, SurveyState};
use reporter::{Figures, ReporterState};
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::Blob;
use yew::platform::spawn_local;
use yew::prelude::*;
use zeroize::Zeroizing;

/// What lies on the desk while somebody works, and goes when the page is left.
#[derive(Default)]
pub(crate) struct Desk {
    file: RefCell<Option<OpenPayFile>>,
    pool: RefCell<Option<Pool>>,
    sealing: RefCell<Option<AbortHandle>>,
    lock: SurveyLock,
    /// What was typed, for when its field is shown again.
    pub(crate) typed: RefCell<Typed>,
}

/// The guide.
#[derive(Clone)]
pub(crate) struct Guide {
    /// Where the person stands, as it was when this was drawn. Not yew's handle, which reads the newest state
    /// whenever it is asked: two of them never differ, and what is drawn from it would never be drawn anew.
    pub(crate) way: Rc<Way>,
    /// Takes what happens.
    pub(crate) events: UseReducerDispatcher<Way>,
    /// The desk.
    pub(crate) desk: Rc<Desk>,
    /// Whom to ask.
    pub(crate) config: Config,
    /// What came with the address.
    pub(crate) arrival: Arrival,
    /// The survey in the address.
    pub(crate) id: Rc<str>,
}

impl PartialEq for Guide {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.way, &other.way) && self.id == other.id
    }
}

impl Guide {
    fn tell(&self, event: Event) {
        self.events.dispatch(event);
    }

    fn fail(&self, stage: Stage, trouble: Trouble) {
        self.tell(Event::Failed(stage, trouble));
    }

    fn known(&self) -> Option<(Rc<Session>, Rc<ReporterState>)> {
        self.way.session.clone().zip(self.way.state.clone())
    }

    /// Does something with the survey and the state, if both are known.
    fn with<F: Future<Output = ()> + 'static>(
        &self,
        work: impl FnOnce(Self, Rc<Session>, Rc<ReporterState>) -> F,
    ) {
        if let Some((session, state)) = self.known() {
            spawn_local(work(self.clone(), session, state));
        }
    }

    /// Begins anew, with nothing of what another link may have left, but with what was handed over.
    pub(crate) fn arrive(&self, handed: Handed) {
        self.cancel();
        drop((self.desk.file.take(), self.desk.pool.take()));
        self.desk.typed.borrow_mut().forget();
        if handed.lock.is_some() {
            self.desk.lock.take_over(self.id.clone(), handed.lock);
        }
        match handed.read {
            Some(read) => self.go_on(read),
            None => self.look(),
        }
    }

    /// Begins with a survey that was read in the start's program.
    fn go_on(&self, read: String) {
        let guide = self.clone();
        spawn_local(async move {
            if !guide.desk.lock.hold(&guide.id).await {
                return guide.fail(Stage::Stopped, Trouble::new("other-tab").passing());
            }
            match go_on(&guide.config, &guide.id, &read).await {
                Ok((visit, state, session)) => {
                    guide.tell(Event::Looked(visit, state.clone()));
                    guide.tell(Event::Proven(session.clone()));
                    guide.tell(Event::Go(Stage::Enrolling));
                    guide.make_ahead(&session, None);
                    guide.enrol(&session, &state).await;
                }
                Err(trouble) => guide.fail(Stage::Stopped, trouble),
            }
        });
    }

    /// Looks at the link, from the beginning; if its end was cut off, with the code that was typed.
    pub(crate) fn look(&self) {
        self.look_with(None);
    }

    /// Reads a code that was typed, and looks at the survey with it.
    pub(crate) fn enter_code(&self, text: Zeroizing<String>) {
        let code = InvitationCode::parse(&text);
        self.desk.typed.borrow_mut().code = text;
        match code {
            Ok(code) => self.look_with(Some(code)),
            Err(refusal) => self.fail(Stage::NeedsCode, mistyped(refusal)),
        }
    }

    /// The same code once more, after a server did not answer.
    pub(crate) fn enter_code_again(&self) {
        let text = self.desk.typed.borrow().code.clone();
        self.enter_code(text);
    }

    fn look_with(&self, code: Option<InvitationCode>) {
        self.tell(Event::Look);
        let guide = self.clone();
        let otherwise = if code.is_some() { Stage::NeedsCode } else { Stage::Stopped };
        spawn_local(async move {
            if !guide.desk.lock.hold(&guide.id).await {
                return guide.fail(Stage::Stopped, Trouble::new("other-tab").passing());
            }
            match open(&guide.config, &guide.arrival, &guide.id, code).await {
                Ok(Opened::CodeNeeded) => guide.tell(Event::CodeNeeded),
                Ok(Opened::Survey(visit, state)) => {
                    guide.tell(Event::Looked(visit.clone(), state.clone()));
                    guide.prove_visit(&visit, &state).await;
                }
                Err(trouble) => guide.fail(otherwise, trouble),
            }
        });
    }

    /// Has the survey's key checked once more, for somebody who reads.
    pub(crate) fn prove(&self) {
        let Some((visit, state)) = self.way.visit.clone().zip(self.way.state.clone()) else { return };
        self.tell(Event::Proving);
        let guide = self.clone();
        spawn_local(async move { guide.prove_visit(&visit, &state).await });
    }

    /// Has a worker check the survey's key, once what is there to read has been drawn: the worker's program is
    /// not loaded before that.
    async fn prove_visit(&self, visit: &Visit, state: &ReporterState) {
        TimeoutFuture::new(0).await;
        let proven = match visit.find_out().await {
            Ok(finding) => visit.prove_by(&finding),
            Err(trouble) => Err(trouble),
        };
        let session = match proven {
            Ok(session) => session,
            Err(trouble) if trouble.code.starts_with("workers") => {
                return self.tell(Event::Unproven(trouble));
            }
            Err(trouble) => return self.fail(Stage::Stopped, trouble),
        };
        self.tell(Event::Proven(session.clone()));
        if state.pending.is_some() {
            self.deliver(&session, state).await;
        } else if session.survey().state() == SurveyState::Open {
            self.make_ahead(&session, None);
        }
    }

    /// Begins: from here on the invitation is this browser's.
    pub(crate) fn begin(&self) {
        self.tell(Event::Go(Stage::Enrolling));
        self.with(|guide, session, state| async move { guide.enrol(&session, &state).await });
    }

    async fn enrol(&self, session: &Session, state: &ReporterState) {
        match session.enrol(state).await {
            Ok(state) => self.tell(Event::Enrolled(state)),
            Err(trouble) => self.fail(Stage::Terms, trouble),
        }
    }

    /// Opens a file.
    pub(crate) fn open_file(&self, file: Blob) {
        self.desk.typed.borrow_mut().source = Source::File;
        self.tell(Event::Go(Stage::Opening));
        self.with(|guide, session, _| async move {
            let opened = OpenPayFile::open(WORKER, session.survey(), &file).await;
            guide.opened(opened);
        });
    }

    /// Opens rows that were pasted or typed.
    pub(crate) fn open_text(&self, text: &str, source: Source) {
        self.desk.typed.borrow_mut().source = source;
        self.tell(Event::Go(Stage::Opening));
        let bytes = Uint8Array::from(text.as_bytes());
        self.with(|guide, session, _| async move {
            guide.opened(OpenPayFile::open_bytes(WORKER, session.survey(), &bytes).await);
        });
    }

    fn opened(&self, opened: Result<OpenPayFile, PayFileFailure>) {
        match opened {
            Ok(file) => {
                let facts = FileFacts {
                    headers: file.headers().to_vec(),
                    rows: file.row_count(),
                    first_rows: file.first_rows().to_vec(),
                };
                self.desk.file.replace(Some(file));
                self.tell(Event::Opened(facts));
            }
            Err(failure) => self.fail(Stage::Choosing, trouble_of(&failure)),
        }
    }

    /// Reads the columns of these names.
    pub(crate) fn read(&self, names: ColumnNames, options: Options) {
        let Some(mut file) = self.desk.file.take() else {
            return self.tell(Event::Go(Stage::Choosing));
        };
        self.tell(Event::Go(Stage::Reading));
        self.with(|guide, session, state| async move {
            let read = read(&mut file, (names, options), &session, &state).await;
            guide.desk.file.replace(Some(file));
            match read {
                Ok(ready) => {
                    guide.make_ahead(&session, Some(&ready));
                    guide.tell(Event::Read(Rc::new(ready)));
                }
                Err(PayFileFailure::Rows(rows)) => guide.tell(Event::Go(Stage::Mistakes(Rc::new(rows)))),
                Err(failure) => guide.fail(Stage::Columns, trouble_of(&failure)),
            }
        });
    }

    /// Has workers do ahead what needs no pay, while the person reads and looks at the totals. Where they cannot
    /// be had the person is told on pressing the button.
    fn make_ahead(&self, session: &Session, ready: Option<&Ready>) {
        let mut pool = self.desk.pool.borrow_mut();
        if pool.is_none() {
            *pool = session.workers().ok();
        }
        if let (Some(pool), Some(ready)) = (&*pool, ready) {
            pool.expect(ready.figures.ciphertexts);
        }
    }

    /// Other columns of the same file.
    pub(crate) fn columns_again(&self) {
        self.tell(Event::Go(Stage::Columns));
    }

    /// Seals and sends.
    pub(crate) fn seal(&self) {
        let Some(ready) = self.way.ready.clone() else { return };
        let began_ms = clock::now_ms();
        let sealing = move |done, total| Sealing { done, total, began_ms, now_ms: clock::now_ms() };
        self.tell(Event::Sealed(sealing(0, ready.figures.ciphertexts)));
        self.with(|guide, session, state| async move {
            let listener = guide.clone();
            let pool = guide.desk.pool.take().map_or_else(|| session.workers(), Ok);
            let work = async {
                let on_progress = |progress: client_wasm::Progress| {
                    listener.tell(Event::Sealed(sealing(progress.done, progress.total)));
                };
                session.seal(&state, (&ready.records, ready.source), pool?, on_progress).await
            };
            let (work, handle) = abortable(work);
            guide.desk.sealing.replace(Some(handle));
            let sealed = work.await;
            guide.desk.sealing.take();
            match sealed {
                Ok(Ok(state)) => {
                    guide.tell(Event::Kept(state.clone()));
                    guide.deliver(&session, &state).await;
                }
                Ok(Err(trouble)) => guide.fail(Stage::Totals, trouble),
                Err(_cancelled) => {
                    // Somebody who stops may well try again.
                    guide.make_ahead(&session, Some(&ready));
                    guide.fail(Stage::Totals, Trouble::new("cancelled"));
                }
            }
        });
    }

    /// Stops sealing. Nothing was sent.
    pub(crate) fn cancel(&self) {
        if let Some(handle) = self.desk.sealing.take() {
            handle.abort();
        }
    }

    /// Sends what waits, once more.
    pub(crate) fn send(&self) {
        self.tell(Event::Go(Stage::Sending));
        self.with(|guide, session, state| async move { guide.deliver(&session, &state).await });
    }

    async fn deliver(&self, session: &Session, state: &ReporterState) {
        match session.send(state).await {
            Ok(state) => {
                drop(self.desk.file.take());
                self.desk.typed.borrow_mut().forget();
                self.tell(Event::Receipted(state));
            }
            Err(trouble) if is_final(&trouble) => self.let_go(session, state, trouble).await,
            Err(trouble) => self.fail(Stage::Sending, trouble.passing()),
        }
    }

    /// What will never be taken is not kept waiting.
    async fn let_go(&self, session: &Session, state: &ReporterState, trouble: Trouble) {
        match session.give_up(state).await {
            Ok(state) => {
                let stage = if state.acknowledged > 0 { Stage::Receipt } else { Stage::Stopped };
                self.tell(Event::Kept(state));
                self.fail(stage, trouble);
            }
            Err(worse) => self.fail(Stage::Sending, worse),
        }
    }

    /// Withdraws everything.
    pub(crate) fn withdraw(&self) {
        self.tell(Event::Go(Stage::Sending));
        self.with(|guide, session, state| async move {
            match session.withdrawal(&state).await {
                Ok(state) => {
                    guide.tell(Event::Kept(state.clone()));
                    guide.deliver(&session, &state).await;
                }
                Err(trouble) => guide.fail(Stage::Receipt, trouble),
            }
        });
    }

    /// Looks whether it was counted.
    pub(crate) fn count(&self) {
        self.with(|guide, session, state| async move {
            match session.counted(&state).await {
                Ok(Some(counted)) => guide.tell(Event::Counted(counted)),
                Ok(None) => guide.fail(Stage::Receipt, Trouble::new("not-yet").passing()),
                Err(trouble) => guide.fail(Stage::Receipt, trouble),
            }
        });
    }

    /// Another file.
    pub(crate) fn replace(&self) {
        drop(self.desk.file.take());
        self.tell(Event::Replace);
    }
}

async fn read(
    file: &mut OpenPayFile,
    (names, options): (ColumnNames, Options),
    session: &Session,
    state: &ReporterState,
) -> Result<Ready, PayFileFailure> {
    let (reading, report) = file.read_columns(names, options).await?;
    let source = file.source_of(&state.key()).await?;
    let manifest = session.survey().manifest();
    let figures = Figures::of(manifest.schema(), manifest.layout(), reading.records());
    let questions = reading.questions().iter().map(ToString::to_string).collect();
    let left_out = reading.left_out().clone();
    Ok(Ready { records: reading.into_records().into(), source, figures, questions, left_out, report })
}
