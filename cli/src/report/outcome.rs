//! The receipt, said and printed.

use super::begin::Begun;
use crate::{Failure, ask, out, show};
use protocol::Kind;
use reporter::CheckedReceipt;

/// What was submitted is there: the code, and where the receipt is.
pub(super) fn done(begun: &Begun, json: bool) -> Result<(), Failure> {
    let receipt = begun.state.receipts.last().and_then(|kept| CheckedReceipt::restore(&begun.survey, kept));
    let receipt = receipt.ok_or_else(|| Failure::distrust("the kept receipt does not hold"))?;
    let statement = &receipt.statement().statement;
    let path = begun.path.display();
    if json || !ask::output_is_for_people() {
        show::print_json(&serde_json::json!({
            "submitted": statement.kind == Kind::Submission,
            "version": statement.version,
            "receipt": receipt.code(),
            "credential": statement.credential.to_string(),
            "state": path.to_string(),
        }));
        return Ok(());
    }
    let what = if statement.kind == Kind::Submission { "Submitted" } else { "Withdrawn" };
    out::line(&format!(
        "{what}, version {}. Both servers signed for it. You are finished.",
        statement.version
    ));
    out::line(&format!("Receipt {}", receipt.code()));
    out::line(&format!("The receipt and your key are in {path}: keep it where only you can read it."));
    Ok(())
}

/// The same file again.
pub(super) fn nothing_new(begun: &Begun, json: bool) -> Result<(), Failure> {
    eprintln!(
        "This file was submitted before, and both servers signed for it. --again sends it as a new version."
    );
    done(begun, json)
}
