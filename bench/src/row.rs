//! One figure beside one peer's.

use serde_json::{Value, json};

/// A line of the table.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) bits: u32,
    /// `None` where it could not be measured here, which has been said.
    pub(crate) value: Option<f64>,
    pub(crate) unit: &'static str,
    /// A peer's name and its figure for the same thing.
    pub(crate) peer: Option<(&'static str, f64)>,
}

impl Row {
    /// Peer over ours: larger is better.
    fn ratio(&self) -> Option<f64> {
        Some(self.peer?.1 / self.value?)
    }
}

/// The rows as a list of objects.
pub(crate) fn json(rows: &[Row]) -> Value {
    let object = |row: &Row| {
        json!({
            "name": row.name,
            "bits": row.bits,
            "value": row.value.map(rounded),
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
        let value = value.map_or("not measured".to_owned(), |value| format!("{} {unit}", rounded(value)));
        let ratio = row.ratio().map_or("–".to_owned(), |ratio| format!("{ratio:.2}"));
        println!("| {name} | {bits} | {value} | {peer} | {peer_value} | {ratio} |");
    }
}

/// Four digits are more than a measurement is worth.
fn rounded(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_the_agreed_shape_and_what_was_not_measured_is_null() {
        let row = |value, peer| Row { name: "encrypt_browser", bits: 3072, value, unit: "ms", peer };
        let rows = [
            row(Some(5.0), Some(("paillier-bigint", 110.0))),
            row(None, Some(("paillier-bigint", 110.0))),
            row(Some(5.0), None),
        ];
        let expected = |value, peer, peer_value, ratio| {
            json!({ "name": "encrypt_browser", "bits": 3072, "value": value, "unit": "ms",
                    "peer": peer, "peer_value": peer_value, "ratio": ratio })
        };
        let peer = Some("paillier-bigint");
        let all = [
            expected(Some(5.0), peer, Some(110.0), Some(22.0)),
            expected(None, peer, Some(110.0), None),
            expected(Some(5.0), None, None, None),
        ];
        assert_eq!(json(&rows), Value::from(all.to_vec()));
    }
}
