//! A receipt whose two signatures hold: only now something was submitted.

use crate::CheckedSurvey;
use protocol::{HexBytes, Receipt, ReceiptRefusal, SignedStatement, receipt_code};
use serde::{Deserialize, Serialize};

/// Both servers' word about one statement, checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckedReceipt {
    statement: SignedStatement,
    receipt: Receipt,
}

/// A receipt as it is kept in a file. Holds no secret and no figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptReceipt {
    /// Statement and signature, 197 bytes.
    pub statement: HexBytes,
    /// Both words.
    pub receipt: Receipt,
}

impl CheckedReceipt {
    /// Checks what the data server answered.
    ///
    /// # Errors
    /// [`ReceiptRefusal`] says whose word does not hold: nothing was submitted then.
    pub fn accept(
        survey: &CheckedSurvey,
        statement: SignedStatement,
        receipt: Receipt,
    ) -> Result<Self, ReceiptRefusal> {
        let manifest = survey.manifest();
        receipt.verify(&statement.statement, manifest.data_server(), manifest.computation_server())?;
        Ok(Self { statement, receipt })
    }

    /// Checks a kept one; `None` if it is none, or not of this survey.
    #[must_use]
    pub fn restore(survey: &CheckedSurvey, kept: &KeptReceipt) -> Option<Self> {
        let statement = SignedStatement::admit(&kept.statement.0).ok()?;
        let ours = statement.statement.fingerprint == *survey.fingerprint();
        Self::accept(survey, statement, kept.receipt).ok().filter(|_| ours)
    }

    /// The form that is kept.
    #[must_use]
    pub fn keep(&self) -> KeptReceipt {
        KeptReceipt { statement: HexBytes(self.statement.to_bytes()), receipt: self.receipt }
    }

    /// What was signed for.
    #[must_use]
    pub const fn statement(&self) -> &SignedStatement {
        &self.statement
    }

    /// The short code that people compare.
    #[must_use]
    pub fn code(&self) -> String {
        receipt_code(&self.statement.statement)
    }
}
