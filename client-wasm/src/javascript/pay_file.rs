//! `readPayFile` and what it brings.

use super::Survey;
use super::error::{Thrown, count};
use ::survey::Record;
use js_sys::Array;
use payfile::{NumberFormat, Options, Question, Table, read_records};
use wasm_bindgen::prelude::*;

/// A pay file in which nothing must be mended.
#[wasm_bindgen]
pub struct PayFile {
    pub(super) records: Vec<Record>,
    pub(super) source: Vec<u8>,
    counts: Vec<usize>,
    questions: Vec<Question>,
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
/// amounts are written (`dot` or `comma` before the decimals).
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
    let look = || {
        let number_format = decimals.as_deref().map(number_format).transpose()?;
        let table = Table::parse_up_to(&bytes, survey.max_rows())?;
        let schema = survey.checked.manifest().schema();
        let mapping = table.mapping_for(schema, compare_column, measure_column)?;
        let reading = read_records(&table, schema, mapping, Options { number_format })?;
        let (counts, questions) = (reading.counts().to_vec(), reading.questions().to_vec());
        Ok::<_, Thrown>((reading.into_records(), counts, questions))
    };
    let (records, counts, questions) = look()?;
    Ok(PayFile { records, source: bytes, counts, questions })
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

    /// Rows that are outside of what is usual, as sentences to show.
    #[wasm_bindgen(getter)]
    pub fn questions(&self) -> Vec<String> {
        self.questions.iter().map(ToString::to_string).collect()
    }
}
