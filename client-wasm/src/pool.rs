//! Web Workers that encrypt side by side, so that the page stays responsive.
//!
//! Written on the browser's own `Worker` and not on a message library: what matters here is to notice that a
//! worker died or never started, and to hand its jobs to another.

use crate::dispatch::{Dispatch, Progress};
use crate::member::{Greeting, Member, Name, News};
use crate::patience::{FIRST_MS, Patience};
use crate::wire::{Task, Word};
use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::future::{Either, select};
use futures_util::{FutureExt, StreamExt};
use gloo_timers::future::TimeoutFuture;
use js_sys::Reflect;
use reporter::{CheckedSurvey, Job, SealedEntry};
use std::collections::BTreeSet;

/// Why jobs were not done. None was sent anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealingFailure {
    /// No worker ever started: a policy forbids them, or their files are not where they should be.
    #[error(
        "This browser does not let the page work in the background (Web Workers), often by a rule of the \
         organization. Nothing was sent. Try another browser, or the command `sealedpay`."
    )]
    WorkersBlocked,
    /// Workers died again and again.
    #[error(
        "Sealing broke off several times; the browser may be short of memory. Nothing was sent. Close other \
         pages and try again."
    )]
    WorkersDied,
    /// Workers said nothing for minutes, again and again.
    #[error(
        "This device is too slow or too busy to seal: its workers did not answer for several minutes. Nothing \
         was sent. Close other programs and pages, or use another device."
    )]
    TooSlow,
    /// A worker does not take what this page gives it.
    #[error("The parts of this page do not fit together. Nothing was sent. Reload the page and try again.")]
    Refused,
}

/// How many workers beyond the size of the pool may die in a row.
const SPARE: usize = 3;
/// More workers than this gain nothing: browsers and memory buses do not follow.
const MAX_WORKERS: u32 = 8;

/// One worker less than this machine has threads, at least one: the page needs one itself.
#[must_use]
pub fn usual_workers() -> usize {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).unwrap_or_default();
    let threads = Reflect::get(&navigator, &"hardwareConcurrency".into()).ok();
    let threads = threads.and_then(|threads| threads.as_f64()).unwrap_or(2.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive number")]
    let threads = threads as u32;
    threads.saturating_sub(1).clamp(1, MAX_WORKERS) as usize
}

/// Workers for one sealing under one key. Dropping the pool, or what [`Pool::seal`] returned before it is
/// done, ends every worker at once: that is how sealing is cancelled.
pub struct Pool {
    script: String,
    /// What a worker is told first: the survey, and how much is expected.
    greeting: Greeting,
    size: usize,
    staff: Vec<Member>,
    /// Who is known to take jobs.
    ready: BTreeSet<Name>,
    hired: Name,
    sender: UnboundedSender<News>,
    news: UnboundedReceiver<News>,
    anybody_came: bool,
    patience: Patience,
}

impl Pool {
    /// Starts `size` workers from the script at an address of this page. They get ready, and make noise ahead,
    /// while the person still reads: best called as soon as the survey is known.
    ///
    /// # Errors
    /// [`SealingFailure::WorkersBlocked`] if the browser refuses at once.
    pub fn start(script: &str, survey: &CheckedSurvey, size: usize) -> Result<Self, SealingFailure> {
        let (id, n) = (survey.manifest().manifest().survey, survey.manifest().paillier().n().to_bytes_be());
        let (sender, news) = unbounded();
        let mut pool = Self {
            script: script.to_owned(),
            greeting: Greeting::new(vec![Task::Survey { survey: id, n: &n }.encode()].into()),
            size: size.max(1),
            staff: Vec::new(),
            ready: BTreeSet::new(),
            hired: 0,
            sender,
            news,
            anybody_came: false,
            patience: Patience::new(FIRST_MS),
        };
        (0..pool.size).try_for_each(|_| pool.hire())?;
        Ok(pool)
    }

    /// Takes workers for dead that have said nothing for so many milliseconds, instead of half a minute. It is
    /// doubled each time.
    #[must_use]
    pub const fn patient_for(mut self, first_ms: u32) -> Self {
        self.patience = Patience::new(first_ms);
        self
    }

    /// Says how many ciphertexts there will be, so that noise for them is made ahead. Without it workers make
    /// what a small employer needs.
    pub fn expect(&self, ciphertexts: usize) {
        let share = u32::try_from(ciphertexts.div_ceil(self.size)).unwrap_or(u32::MAX);
        self.greeting.borrow_mut().truncate(1);
        self.greeting.borrow_mut().push(Task::Expect(share).encode());
        // Who does not listen yet is told with the greeting.
        self.staff.iter().for_each(|member| member.tell(&Task::Expect(share).encode()));
    }

    /// Has every job done and brings the results, in any order.
    ///
    /// # Errors
    /// [`SealingFailure`].
    pub async fn seal(
        mut self,
        jobs: Vec<Job>,
        mut on_progress: impl FnMut(Progress),
    ) -> Result<Vec<SealedEntry>, SealingFailure> {
        let mut dispatch = Dispatch::new(jobs, self.size + SPARE);
        on_progress(dispatch.progress());
        while !dispatch.is_done() {
            self.hand_out(&mut dispatch);
            match self.listen().await {
                Some(News::Said(name, said)) => match Word::decode(&said) {
                    Ok(word) => {
                        if self.hear(name, word, &mut dispatch)? {
                            on_progress(dispatch.progress());
                        }
                    }
                    Err(_) => self.replace(name, &mut dispatch)?,
                },
                Some(News::Died(name)) => self.replace(name, &mut dispatch)?,
                None => self.replace_silent(&mut dispatch)?,
            }
        }
        Ok(dispatch.into_sealed())
    }

    /// The next news; `None` after a long silence.
    async fn listen(&mut self) -> Option<News> {
        let silence = TimeoutFuture::new(self.patience.limit_ms());
        match select(self.news.next(), silence.fuse()).await {
            Either::Left((news, _)) => news,
            Either::Right(_) => None,
        }
    }

    /// Gives work to whoever is ready and has room.
    fn hand_out(&self, dispatch: &mut Dispatch) {
        for member in self.staff.iter().filter(|member| self.ready.contains(&member.name)) {
            while let Some(job) = dispatch.next_for(member.name) {
                member.tell(&Task::Job(&job.expose_bytes()).encode());
            }
        }
    }

    /// Takes a worker's word; says whether a job got done.
    fn hear(&mut self, name: Name, word: Word, dispatch: &mut Dispatch) -> Result<bool, SealingFailure> {
        if !self.staff.iter().any(|member| member.name == name) {
            return Ok(false);
        }
        match word {
            // It has been greeted.
            Word::Loaded => self.anybody_came = true,
            // That it was heard is all there is to it.
            Word::Alive => (),
            Word::Ready => {
                self.ready.insert(name);
            }
            Word::Sealed(entry) => {
                dispatch.sealed(name, entry);
                return Ok(true);
            }
            Word::Refused => return Err(SealingFailure::Refused),
        }
        Ok(false)
    }

    /// Lets a dead worker go and takes another one on.
    fn replace(&mut self, name: Name, dispatch: &mut Dispatch) -> Result<(), SealingFailure> {
        self.staff.retain(|member| member.name != name);
        self.ready.remove(&name);
        let in_vain =
            if self.anybody_came { SealingFailure::WorkersDied } else { SealingFailure::WorkersBlocked };
        if dispatch.lost(name) { self.hire() } else { Err(in_vain) }
    }

    fn replace_silent(&mut self, dispatch: &mut Dispatch) -> Result<(), SealingFailure> {
        if !self.patience.was_silent() {
            return Err(if self.anybody_came {
                SealingFailure::TooSlow
            } else {
                SealingFailure::WorkersBlocked
            });
        }
        let is_silent =
            |member: &&Member| !self.ready.contains(&member.name) || dispatch.is_busy(member.name);
        let silent: Vec<Name> = self.staff.iter().filter(is_silent).map(|member| member.name).collect();
        silent.into_iter().try_for_each(|name| self.replace(name, dispatch))
    }

    fn hire(&mut self) -> Result<(), SealingFailure> {
        let member = Member::start(&self.script, self.hired, &self.sender, &self.greeting);
        self.hired += 1;
        self.staff.push(member.map_err(|_| SealingFailure::WorkersBlocked)?);
        Ok(())
    }
}
