//! `sealedpay report`: from a link and a pay file to a receipt; and what belongs to it.

mod begin;
mod keep;
mod link;
mod outcome;
mod records;
mod send;
mod sent;
pub(crate) mod withdraw;
mod words;

use crate::args::ReportArgs;
use crate::{Failure, ask, files};
use begin::Begun;
use link::Given;

/// Checks, shows, asks, enrols, seals, sends, keeps.
pub(crate) async fn run(args: ReportArgs) -> Result<(), Failure> {
    let given = Given::read(&args.link, args.code.as_deref())?;
    let file = files::read(&args.file).map_err(crate::pay_file::unsent)?;
    let begun = begin::check(&args, given).await?;
    let records = records::read(&args, &begun.survey, &file)?;
    let source = begun.state.source_of(&file);
    if begun.state.last_source == Some(source) && begun.state.pending.is_none() && !args.again {
        return outcome::nothing_new(&begun, args.json);
    }
    words::show(&begun, &records, &args.file);
    ask::confirm("Send this now?", args.yes)?;
    let mut begun = begun.enrol().await?;
    let resumed = send::finish_pending(&mut begun).await?;
    // What was pending may be this very file.
    if begun.state.last_source != Some(source) || (args.again && !resumed) {
        send::seal_and_send(&mut begun, records.records(), source).await?;
    }
    outcome::done(&begun, args.json)
}

/// What a failure in the middle of a report leaves behind.
const KEPT: &str = "Nothing was lost: the same command goes on where this stopped.";

impl Begun {
    /// Keeps the state.
    fn save(&self) -> Result<(), Failure> {
        files::write_state(&self.path, &self.state)
    }
}
