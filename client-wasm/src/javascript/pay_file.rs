//! `readPayFile` and what it brings.

use super::Survey;
use super::error::{Thrown, count};
use ::reporter::OwnReport;
use ::survey::Record;
use js_sys::{Array, JSON};
use payfile::{ColumnNames, NumberFormat, Options, Question, Table, read_records};
use wasm_bindgen::prelude::*;

/// A pay file in which nothing must be mended.
#[wasm_bindgen]
pub struct PayFile {
    pub(super) records: Vec<Record>,
    pub(super) source: Vec<u8>,
    counts: Vec<usize>,
    questions: Vec<Question>,
    left_out: usize,
    report: OwnReport,
}

/// The names of a file's columns.
///
/// # Errors
/// Throws a `SealedPayError`.
#[wasm_bindgen(js_name = columnsOf)]
pub fn columns_of(bytes: &[u8]) -> Result<Vec<String>, JsValue> {
    let table = Table::parse(bytes).map_err(Thrown::from)?;
    Ok(table.headers().map(str::to_owned).collect())
}

/// Reads a file: which column is compared, which is measured, and, where the column leaves it open, how
/// amounts are written (`dot` or `comma` before the decimals). Further dimensions and measures of the survey are
/// found in the columns that are named as they are.
///
/// # Errors
/// Throws a `SealedPayError`.
#[wasm_bindgen(js_name = readPayFile)]
#[expect(clippy::needless_pass_by_value, reason = "wasm-bindgen hands strings over")]
pub fn read(
    survey: &Survey,
    bytes: Vec<u8>,
    compare_column: &str,
    measure_column: &str,
    decimals: Option<String>,
) -> Result<PayFile, JsValue> {
    let names = ColumnNames::of(survey.checked.manifest().schema(), compare_column, measure_column);
    Ok(look(survey, bytes, &names, decimals.as_deref(), false)?)
}

/// Reads a file whose columns are all told: one per dimension, then one per measure that is entered, both in the
/// order of the manifest. `stopsAtMissing` names rows in which something is missing also where the survey would
/// leave them out.
///
/// # Errors
/// Throws a `SealedPayError`.
#[wasm_bindgen(js_name = readPayFileBy)]
#[expect(clippy::needless_pass_by_value, reason = "wasm-bindgen hands strings over")]
pub fn read_by(
    survey: &Survey,
    bytes: Vec<u8>,
    dimension_columns: Vec<String>,
    measure_columns: Vec<String>,
    decimals: Option<String>,
    stops_at_missing: Option<bool>,
) -> Result<PayFile, JsValue> {
    let names = ColumnNames { dimensions: dimension_columns, measures: measure_columns };
    Ok(look(survey, bytes, &names, decimals.as_deref(), stops_at_missing.unwrap_or_default())?)
}

fn look(
    survey: &Survey,
    source: Vec<u8>,
    names: &ColumnNames,
    decimals: Option<&str>,
    stops_at_missing: bool,
) -> Result<PayFile, Thrown> {
    let number_format = decimals.map(number_format).transpose()?;
    let table = Table::parse_up_to(&source, survey.max_rows())?;
    let schema = survey.checked.manifest().schema();
    let enough = names.dimensions.len() == schema.dimensions().len()
        && names.measures.len() == schema.entered().count();
    if !enough {
        return Err(Thrown::new("malformed", "one column is needed per dimension and per entered measure"));
    }
    let mapping = table.mapping_by(names)?;
    let reading = read_records(&table, schema, mapping, Options { number_format, stops_at_missing })?;
    let (counts, questions) = (reading.counts().to_vec(), reading.questions().to_vec());
    let (left_out, report) = (reading.left_out().rows(), OwnReport::of(schema, reading.records()));
    Ok(PayFile { records: reading.into_records(), source, counts, questions, left_out, report })
}

/// Reads rows that were typed or pasted: `[["women", "45300.50"], …]`, decimals after a dot.
///
/// # Errors
/// Throws a `SealedPayError`.
#[wasm_bindgen(js_name = readRows)]
pub fn read_rows(survey: &Survey, rows: &Array) -> Result<PayFile, JsValue> {
    let mut text = String::from("category,amount\n");
    for row in rows.iter() {
        let row = Array::from(&row);
        let [category, amount] = [0, 1].map(|at| row.get(at).as_string().unwrap_or_default());
        text.push_str(&format!("{},{}\n", quoted(&category), quoted(&amount)));
    }
    read(survey, text.into_bytes(), "category", "amount", Some("dot".to_owned()))
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

fn number_format(name: &str) -> Result<NumberFormat, Thrown> {
    match name {
        "dot" => Ok(NumberFormat::DecimalDot),
        "comma" => Ok(NumberFormat::DecimalComma),
        _ => Err(Thrown::new("malformed", "decimals are `dot` or `comma`")),
    }
}

#[wasm_bindgen]
impl PayFile {
    /// How many people there are.
    #[wasm_bindgen(getter)]
    pub fn rows(&self) -> f64 {
        count(self.records.len())
    }

    /// How many people each category has, in the order of the manifest.
    #[wasm_bindgen(getter)]
    pub fn counts(&self) -> Vec<f64> {
        self.counts.iter().copied().map(count).collect()
    }

    /// How many rows were left out because something is missing in them, by the survey's rule.
    #[wasm_bindgen(getter, js_name = leftOut)]
    pub fn left_out(&self) -> f64 {
        count(self.left_out)
    }

    /// What these rows say by themselves, exactly; it is sent nowhere: `{cells, lines}`.
    #[wasm_bindgen(getter, js_name = ownReport)]
    pub fn own_report(&self) -> JsValue {
        let text = serde_json::to_string(&self.report).unwrap_or_default();
        JSON::parse(&text).unwrap_or_default()
    }

    /// Rows that are outside of what is usual, as sentences to show.
    #[wasm_bindgen(getter)]
    pub fn questions(&self) -> Vec<String> {
        self.questions.iter().map(ToString::to_string).collect()
    }
}
