//! A reporter, from the first press of a button to the receipt.

use super::error::{Thrown, count, set};
use super::options::Options;
use super::{PayFile, Survey};
use crate::{Pool, Server, randomness};
use ::reporter::{
    CheckedReceipt, CheckedSurvey, Counted, Enrolling, Participant, Pending, Preparation, ReporterKey,
    ReporterState, was_counted,
};
use futures_util::future::{Either, select};
use js_sys::{Array, Object, Uint8Array};
use protocol::{Enrolled, Hex, HexBytes, Invitation, Receipt};
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::pin::pin;
use wasm_bindgen::prelude::*;

/// Somebody who takes part. Keep `state` whenever it has changed: whoever has it is this reporter.
#[wasm_bindgen]
pub struct Reporter {
    survey: CheckedSurvey,
    link: Invitation,
    data_server: Server,
    state: RefCell<ReporterState>,
    /// Workers that make noise ahead.
    pool: RefCell<Option<Pool>>,
}

#[wasm_bindgen]
impl Reporter {
    /// Begins with a fresh key. Sends nothing: keep `state`, then call `enrol`.
    #[wasm_bindgen(js_name = begin)]
    pub fn begin(survey: &Survey) -> Self {
        let manifest = survey.checked.manifest().manifest();
        let servers = [survey.data_server.as_str().to_owned(), manifest.computation_server.url.clone()];
        let key = ReporterKey::generate(&mut randomness::browser());
        let state = ReporterState::new(manifest.survey, *survey.checked.fingerprint(), servers, &key);
        Self::with(survey, state)
    }

    /// Goes on with a kept state of the same survey.
    ///
    /// # Errors
    /// Throws a `SealedPayError`.
    #[wasm_bindgen(js_name = resume)]
    pub fn resume(survey: &Survey, state: &str) -> Result<Self, JsValue> {
        let look = || {
            let state = serde_json::from_str::<ReporterState>(state)?.admit()?;
            if state.fingerprint != *survey.checked.fingerprint() {
                return Err(Thrown::new("state", "this state belongs to another survey"));
            }
            Ok(Self::with(survey, state))
        };
        look().map_err(JsValue::from)
    }

    /// Everything that must not be lost, as text; holds the reporter's key and no pay.
    #[wasm_bindgen(getter)]
    pub fn state(&self) -> String {
        serde_json::to_string(&*self.state.borrow()).unwrap_or_default()
    }

    /// Binds the reporter's key to the invitation. The same again gets the same answer.
    ///
    /// # Errors
    /// Throws a `SealedPayError`.
    pub async fn enrol(&self) -> Result<(), JsValue> {
        let run = async {
            let answer = self.data_server.enrol(&self.id(), self.enrolling().request()).await?;
            self.confirm(answer)
        };
        run.await.map_err(JsValue::from)
    }

    /// The request of `enrol`, for those who send by themselves.
    #[wasm_bindgen(getter, js_name = enrolmentRequest)]
    pub fn enrolment_request(&self) -> String {
        serde_json::to_string(self.enrolling().request()).unwrap_or_default()
    }

    /// Takes the answer to `enrolmentRequest`.
    ///
    /// # Errors
    /// Throws a `SealedPayError`.
    #[wasm_bindgen(js_name = confirmEnrolment)]
    pub fn confirm_enrolment(&self, answer: &str) -> Result<(), JsValue> {
        let answer = serde_json::from_str(answer).map_err(Thrown::from)?;
        Ok(self.confirm(answer)?)
    }

    /// What will be sent, added up, for the reporter's own eyes: `[{category, employees, sum, entries}]`,
    /// the sum in minor units as text.
    pub fn figures(&self, file: &PayFile) -> Array {
        let manifest = self.survey.manifest();
        let figures = ::reporter::Figures::of(manifest.schema(), manifest.layout(), &file.records);
        let groups = figures.groups.into_iter().map(|group| {
            let object: JsValue = Object::new().into();
            set(&object, "category", &group.category.into());
            #[expect(clippy::cast_precision_loss, reason = "a number of people")]
            set(&object, "employees", &JsValue::from_f64(group.employees as f64));
            set(&object, "sum", &group.sum_minor.to_string().into());
            set(&object, "entries", &JsValue::from_f64(count(group.entries)));
            object
        });
        groups.collect()
    }

    /// Starts the workers that `seal` will use, so that they do ahead what needs no pay: best called as soon as
    /// the survey is known. Options: `workerUrl`, `workers`.
    ///
    /// # Errors
    /// Throws a `SealedPayError`.
    #[wasm_bindgen(js_name = startWorkers)]
    pub fn start_workers(&self, options: JsValue) -> Result<(), JsValue> {
        let mut pool = self.pool.borrow_mut();
        if pool.is_none() {
            *pool = Some(self.new_pool(&Options::new(options))?);
        }
        Ok(())
    }

    /// Tells workers that were started how much there will be to do, while the person looks at the figures.
    pub fn expect(&self, file: &PayFile) {
        let manifest = self.survey.manifest();
        let figures = ::reporter::Figures::of(manifest.schema(), manifest.layout(), &file.records);
        if let Some(pool) = &*self.pool.borrow() {
            pool.expect(figures.ciphertexts);
        }
    }

    /// Encrypts, commits and signs; sends nothing. Brings `{submissionBytes, receiptState}`: keep both before
    /// sending. Options: `workerUrl`, `workers`, `signal`, `onProgress(done, total)`.
    ///
    /// # Errors
    /// Throws a `SealedPayError`.
    pub async fn seal(&self, file: &PayFile, options: JsValue) -> Result<JsValue, JsValue> {
        let run = async {
            let options = Options::new(options);
            let mut cancellation = options.cancellation();
            let sealing = pin!(self.sealed(file, &options));
            let bytes = match select(sealing, pin!(cancellation.wait())).await {
                Either::Left((sealed, _)) => sealed?,
                Either::Right(_) => {
                    return Err(Thrown::new("cancelled", "Sealing was cancelled. Nothing was sent."));
                }
            };
            let result: JsValue = Object::new().into();
            set(&result, "submissionBytes", &Uint8Array::from(bytes.as_slice()));
            set(&result, "receiptState", &self.state().into());
            Ok::<_, Thrown>(result)
        };
        run.await.map_err(JsValue::from)
    }

    /// Sends what was sealed and checks the receipt. The same bytes again get the same receipt. Brings
    /// `{code, version, receiptState}`.
    ///
    /// # Errors
    /// Throws a `SealedPayError`.
    pub async fn submit(&self, submission_bytes: &[u8]) -> Result<JsValue, JsValue> {
        let run = async {
            let pending = self.pending()?;
            if pending.sha256 != Some(Hex(Sha256::digest(submission_bytes).into())) {
                return Err(Thrown::new("state", "these are not the bytes that were sealed last"));
            }
            let statement = pending.statement()?.statement;
            let receipt = self.data_server.submit(&self.id(), &statement, submission_bytes).await?;
            self.accept(receipt)
        };
        run.await.map_err(JsValue::from)
    }

    /// Takes the data server's answer to a submission, for those who send by themselves.
    ///
    /// # Errors
    /// Throws a `SealedPayError`.
    #[wasm_bindgen(js_name = acceptReceipt)]
    pub fn accept_receipt(&self, receipt: &str) -> Result<JsValue, JsValue> {
        let receipt = serde_json::from_str(receipt).map_err(Thrown::from)?;
        Ok(self.accept(receipt)?)
    }

    /// After the release: `yes`, `no`, `other-version`, `other-commitment`, `lost` or `ended`.
    ///
    /// # Errors
    /// Throws a `SealedPayError`.
    #[wasm_bindgen(js_name = wasCounted)]
    pub async fn was_counted(&self) -> Result<String, JsValue> {
        let run = async {
            let kept = self.state.borrow().receipts.last().cloned();
            let receipt = kept.and_then(|kept| CheckedReceipt::restore(&self.survey, &kept));
            let receipt =
                receipt.ok_or_else(|| Thrown::new("state", "there is no receipt of this survey"))?;
            let released = self.data_server.release(&self.id()).await?;
            let counted = was_counted(&self.survey, &released, &receipt);
            counted.map(name).map_err(|distrust| Thrown::new("result-untrusted", distrust))
        };
        run.await.map(str::to_owned).map_err(JsValue::from)
    }
}

impl Reporter {
    fn with(survey: &Survey, state: ReporterState) -> Self {
        Self {
            survey: survey.checked.clone(),
            link: survey.link.clone(),
            data_server: Server::at(survey.data_server.clone()),
            state: RefCell::new(state),
            pool: RefCell::default(),
        }
    }

    fn id(&self) -> Hex<32> {
        self.survey.manifest().manifest().survey
    }

    fn enrolling(&self) -> Enrolling {
        Enrolling::begin(self.survey.clone(), &self.link, self.state.borrow().key())
    }

    fn confirm(&self, answer: Enrolled) -> Result<(), Thrown> {
        self.enrolling().confirm(&answer)?;
        self.state.borrow_mut().enrolled = Some(answer);
        Ok(())
    }

    fn pending(&self) -> Result<Pending, Thrown> {
        let pending = self.state.borrow().pending.clone();
        pending.ok_or_else(|| Thrown::new("state", "there is nothing to send"))
    }

    fn accept(&self, receipt: Receipt) -> Result<JsValue, Thrown> {
        let receipt = CheckedReceipt::accept(&self.survey, self.pending()?.statement()?, receipt)?;
        self.state.borrow_mut().acknowledge(&receipt);
        Ok(self.shown(&receipt))
    }

    fn new_pool(&self, options: &Options) -> Result<Pool, Thrown> {
        Ok(Pool::start(&options.script(), &self.survey, options.workers())?)
    }

    async fn sealed(&self, file: &PayFile, options: &Options) -> Result<Vec<u8>, Thrown> {
        let (version, key) = (self.state.borrow().next_version(), self.state.borrow().key());
        if self.state.borrow().enrolled.is_none() {
            return Err(Thrown::new("state", "enrol first"));
        }
        let participant = Participant::resume(self.survey.clone(), key);
        let started = self.pool.borrow_mut().take();
        let pool = started.map_or_else(|| self.new_pool(options), Ok)?;
        let mut rng = randomness::browser();
        let mut preparation = Preparation::new(&self.survey, &file.records, version, &mut rng)?;
        let outputs = pool.seal(preparation.take_jobs(), options.on_progress()).await?;
        let sealed = preparation.seal(&participant, outputs, &mut rng)?;
        let mut state = self.state.borrow_mut();
        state.pending = Some(Pending {
            statement: HexBytes(sealed.statement.to_bytes()),
            file: Some("submissionBytes".to_owned()),
            sha256: Some(Hex(Sha256::digest(&sealed.bytes).into())),
            source: Some(state.source_of(&file.source)),
        });
        Ok(sealed.bytes)
    }

    fn shown(&self, receipt: &CheckedReceipt) -> JsValue {
        let result: JsValue = Object::new().into();
        set(&result, "code", &receipt.code().into());
        set(&result, "version", &receipt.statement().statement.version.into());
        set(&result, "receiptState", &self.state().into());
        result
    }
}

const fn name(counted: Counted) -> &'static str {
    match counted {
        Counted::Yes => "yes",
        Counted::OtherVersion(_) => "other-version",
        Counted::OtherCommitment => "other-commitment",
        Counted::Lost(_) => "lost",
        Counted::No => "no",
        Counted::Ended => "ended",
    }
}
