//! From the pay file to records of the survey.

use crate::args::ReportArgs;
use crate::{Failure, pay_file};
use payfile::{Reading, Table, read_records};
use reporter::CheckedSurvey;

/// Reads the file by the survey's schema; every problem at once.
pub(super) fn read(args: &ReportArgs, survey: &CheckedSurvey, file: &[u8]) -> Result<Reading, Failure> {
    let schema = survey.manifest().schema();
    let compare = args.compare.as_deref().unwrap_or(schema.compared().name().as_str());
    let entered = schema.entered().next().map_or("", |(_, measure)| measure.name().as_str());
    let measure = args.measure.as_deref().unwrap_or(entered);
    let table = Table::parse(file).map_err(pay_file::mend)?;
    let mapping = table.mapping_for(schema, compare, measure).map_err(pay_file::mend)?;
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
