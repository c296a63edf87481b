//! From the pay file to records of the survey.

use crate::args::ReportArgs;
use crate::{Failure, pay_file};
use payfile::{Reading, read_records};
use reporter::CheckedSurvey;

/// Reads the file by the survey's schema; every problem at once.
pub(super) fn read(args: &ReportArgs, survey: &CheckedSurvey, file: &[u8]) -> Result<Reading, Failure> {
    let schema = survey.manifest().schema();
    let compare = args.compare.as_deref().unwrap_or(schema.compared().name().as_str());
    let measure = args.measure.as_deref().unwrap_or(schema.measure().name().as_str());
    let (table, mapping) = pay_file::table(file, compare, measure)?;
    let reading = read_records(&table, schema, mapping, pay_file::options(args.decimal_mark))
        .map_err(pay_file::mend)?;
    let most = survey.manifest().layout().capacity().max_employees_per_reporter();
    if reading.records().len() > most as usize {
        return Err(pay_file::mend(format!(
            "The file has {} employees; this survey takes at most {most} of one reporter. Ask the organizer.",
            reading.records().len()
        )));
    }
    Ok(reading)
}
