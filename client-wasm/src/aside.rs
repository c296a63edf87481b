//! A worker beside the page that runs errands: whatever would keep the page from answering a person.

use crate::SealingFailure;
use crate::errand::{Answer, Errand};
use crate::member::{Greeting, Member, News};
use crate::wire::Word;
use futures_channel::mpsc::{UnboundedReceiver, unbounded};
use futures_util::StreamExt;
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::Uint8Array;
use zeroize::Zeroizing;

/// No errand takes longer, not even a million rows on a slow machine.
const SILENCE_MS: u32 = 180_000;

/// One worker. Dropping it ends the worker at once, and with it whatever it was doing and held.
pub(crate) struct Aside {
    member: Member,
    news: UnboundedReceiver<News>,
}

impl Aside {
    /// Starts a worker from the script at an address of this page and waits until it listens.
    pub(crate) async fn start(script: &str) -> Result<Self, SealingFailure> {
        let (sender, news) = unbounded();
        let member = Member::start(script, 0, &sender, &Greeting::default())
            .map_err(|_| SealingFailure::WorkersBlocked)?;
        let mut aside = Self { member, news };
        // A message that reaches a worker before it listens is lost.
        match aside.hear_bytes().await.map(|said| Word::decode(&said)) {
            Ok(Ok(Word::Loaded)) => Ok(aside),
            Ok(_) => Err(SealingFailure::Refused),
            Err(_) => Err(SealingFailure::WorkersBlocked),
        }
    }

    /// Sends it out.
    pub(crate) fn send(&self, errand: &Errand<'_>) {
        self.member.tell(&errand.encode());
    }

    /// Sends it out with content that lies in the browser's memory, which is not copied into the page's.
    pub(crate) fn send_with(&self, errand: &Errand<'_>, content: &Uint8Array) {
        let head = errand.encode();
        let length = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
        let message = Uint8Array::new_with_length(length(head.len()).saturating_add(content.length()));
        message.subarray(0, length(head.len())).copy_from(&head);
        message.set(content, length(head.len()));
        self.member.hand(&message);
    }

    /// The next answer.
    pub(crate) async fn hear(&mut self) -> Result<Answer, SealingFailure> {
        Answer::decode(self.hear_bytes().await?).map_err(|_| SealingFailure::Refused)
    }

    /// The same as it came: a program that waits for one kind of answer need not be able to read the others.
    pub(crate) async fn hear_bytes(&mut self) -> Result<Zeroizing<Vec<u8>>, SealingFailure> {
        match select(self.news.next(), TimeoutFuture::new(SILENCE_MS)).await {
            Either::Left((Some(News::Said(_, said)), _)) => Ok(said),
            Either::Left((Some(News::Died(_)) | None, _)) | Either::Right(_) => {
                Err(SealingFailure::WorkersDied)
            }
        }
    }
}
