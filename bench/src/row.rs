//! One figure beside one peer's.

use serde_json::{Value, json};

/// A line of the table.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) bits: u32,
    pub(crate) value: f64,
    pub(crate) unit: &'static str,
    /// A peer's name and its figure for the same thing.
    pub(crate) peer: Option<(&'static str, f64)>,
}

impl Row {
    /// Peer over ours: larger is better.
    fn ratio(&self) -> Option<f64> {
        self.peer.map(|(_, value)| value / self.value)
    }
}

/// The rows as a list of objects.
pub(crate) fn json(rows: &[Row]) -> Value {
    let object = |row: &Row| {
        json!({
            "name": row.name,
            "bits": row.bits,
            "value": rounded(row.value),
            "unit": row.unit,
            "peer": row.peer.map(|(name, _)| name),
            "peer_value": row.peer.map(|(_, value)| rounded(value)),
            "ratio": row.ratio().map(rounded),
        })
    };
    rows.iter().map(object).collect()
}

/// Prints the rows as a table in Markdown.
pub(crate) fn print(rows: &[Row]) {
    println!("\n| what | bits | here | peer | peer's | ratio |\n|---|---:|---:|---|---:|---:|");
    for row in rows {
        let Row { name, bits, value, unit, .. } = row;
        let (peer, peer_value) = row
            .peer
            .map_or(("–", "–".to_owned()), |(name, value)| (name, format!("{} {unit}", rounded(value))));
        let ratio = row.ratio().map_or("–".to_owned(), |ratio| format!("{ratio:.2}"));
        println!("| {name} | {bits} | {} {unit} | {peer} | {peer_value} | {ratio} |", rounded(*value));
    }
}

/// Four digits are more than a measurement is worth.
fn rounded(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}
