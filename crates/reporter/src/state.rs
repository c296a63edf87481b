//! What a reporter keeps between its steps: in one file that only it can read.

use crate::{CheckedReceipt, KeptReceipt, ReporterKey};
use protocol::{Enrolled, Hex, HexBytes, SignedStatement};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why bytes are no state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StateRefusal {
    /// Another format or version.
    #[error("not a reporter's state of a known format")]
    Format,
    /// The pending statement is none.
    #[error("the state's pending statement is damaged")]
    Pending,
}

/// A message that was made and perhaps sent, without a receipt yet: it is sent again, byte for byte.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pending {
    /// Statement and signature.
    pub statement: HexBytes,
    /// The file beside this one that holds the sealed bytes; absent in a withdrawal, which is the statement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The sealed bytes' SHA-256, so that a damaged file is not sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Hex<32>>,
    /// A keyed digest of the pay file: says whether another file is at hand now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Hex<32>>,
}

impl Pending {
    /// The statement, its signature checked.
    ///
    /// # Errors
    /// [`StateRefusal::Pending`].
    pub fn statement(&self) -> Result<SignedStatement, StateRefusal> {
        SignedStatement::admit(&self.statement.0).map_err(|_| StateRefusal::Pending)
    }
}

/// Everything a reporter must not lose. Whoever has it can speak for the reporter in this survey; it holds no
/// pay, no share and no noise. `Debug` shows neither the seed nor the receipts.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReporterState {
    /// `sealed-pay/reporter-state/1`.
    pub format: String,
    /// The survey's id.
    pub survey: Hex<32>,
    /// The survey's fingerprint.
    pub fingerprint: Hex<32>,
    /// Where the data server is reached.
    pub data_server: String,
    /// Where the computation server is reached.
    pub computation_server: String,
    reporter_seed: Hex<32>,
    /// Both servers' confirmation, once it was checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enrolled: Option<Enrolled>,
    /// The last version that has a receipt; 0 before the first.
    pub acknowledged: u32,
    /// All receipts, oldest first.
    pub receipts: Vec<KeptReceipt>,
    /// What was made and has no receipt yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<Pending>,
    /// The keyed digest of the pay file that was acknowledged last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_source: Option<Hex<32>>,
}

impl ReporterState {
    /// The value of `format`.
    pub const FORMAT: &'static str = "sealed-pay/reporter-state/1";

    /// A state before enrolment. It is stored before the request goes out.
    #[must_use]
    pub fn new(survey: Hex<32>, fingerprint: Hex<32>, servers: [String; 2], key: &ReporterKey) -> Self {
        let [data_server, computation_server] = servers;
        Self {
            format: Self::FORMAT.to_owned(),
            survey,
            fingerprint,
            data_server,
            computation_server,
            reporter_seed: Hex(*key.expose_seed()),
            enrolled: None,
            acknowledged: 0,
            receipts: Vec::new(),
            pending: None,
            last_source: None,
        }
    }

    /// Checks what was read from a file.
    ///
    /// # Errors
    /// [`StateRefusal`].
    pub fn admit(self) -> Result<Self, StateRefusal> {
        if self.format != Self::FORMAT {
            return Err(StateRefusal::Format);
        }
        self.pending.as_ref().map(Pending::statement).transpose()?;
        Ok(self)
    }

    /// The reporter's key.
    #[must_use]
    pub fn key(&self) -> ReporterKey {
        ReporterKey::from_seed(&self.reporter_seed.0)
    }

    /// The version of the next message.
    #[must_use]
    pub const fn next_version(&self) -> u32 {
        self.acknowledged.saturating_add(1)
    }

    /// Notes a receipt: what was pending is done.
    pub fn acknowledge(&mut self, receipt: &CheckedReceipt) {
        self.acknowledged = self.acknowledged.max(receipt.statement().statement.version);
        self.receipts.push(receipt.keep());
        self.last_source = self.pending.take().and_then(|pending| pending.source);
    }

    /// A digest of a pay file that says nothing to whoever lacks this state: it is keyed with the seed.
    #[must_use]
    pub fn source_of(&self, file: &[u8]) -> Hex<32> {
        self.key().source_of(file)
    }
}

impl fmt::Debug for ReporterState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { survey, acknowledged, .. } = self;
        write!(f, "ReporterState {{ survey: {survey}, acknowledged: {acknowledged}, <private> }}")
    }
}
