//! The browser's own log of its network, written with every byte.

use super::Place;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// A log that was read.
#[derive(Debug)]
pub struct NetLog {
    /// The log as it is: addresses and headers stand in it in clear.
    text: Vec<u8>,
    /// What went out through each socket, in its order.
    sent: BTreeMap<u64, Vec<u8>>,
    /// What came in.
    received: BTreeMap<u64, Vec<u8>>,
}

impl NetLog {
    /// Reads the log of a closed browser.
    #[must_use]
    pub fn read(file: &Path) -> Self {
        let text = std::fs::read(file).expect("a log of the network");
        let (sent, received) = (BTreeMap::new(), BTreeMap::new());
        let mut log = Self { text, sent, received };
        let lines = String::from_utf8_lossy(&log.text).into_owned();
        let mut lines = lines.lines();
        let names = Names::read(lines.next().expect("the log's first line"));
        // One event a line; the last ones may be cut off, where a browser was killed.
        for event in lines.filter_map(|line| serde_json::from_str(line.trim_end_matches(',')).ok()) {
            log.take(&names, &event);
        }
        log
    }

    fn take(&mut self, names: &Names, event: &Value) {
        let direction = match event["type"].as_u64() {
            Some(kind) if names.sent.contains(&kind) => &mut self.sent,
            Some(kind) if names.received.contains(&kind) => &mut self.received,
            _ => return,
        };
        let socket = event["source"]["id"].as_u64().expect("a socket");
        let bytes = event["params"]["bytes"].as_str().expect("bytes: the log was to have everything");
        let bytes = BASE64_STANDARD.decode(bytes).expect("base 64");
        direction.entry(socket).or_default().extend(bytes);
    }

    /// Everything in it.
    #[must_use]
    pub fn places(&self) -> Vec<Place> {
        let named = |what: &str, sockets: &BTreeMap<u64, Vec<u8>>| -> Vec<Place> {
            sockets.iter().map(|(socket, bytes)| (format!("{what} {socket}"), bytes.clone())).collect()
        };
        let whole = vec![("the log of the network".to_owned(), self.text.clone())];
        [whole, named("sent by socket", &self.sent), named("received by socket", &self.received)].concat()
    }

    /// How many bytes were sent.
    #[must_use]
    pub fn bytes_sent(&self) -> usize {
        self.sent.values().map(Vec::len).sum()
    }
}

/// Numbers of the events that carry bytes. They change from browser to browser; the log's head names them.
struct Names {
    sent: Vec<u64>,
    received: Vec<u64>,
}

impl Names {
    fn read(first_line: &str) -> Self {
        let head = format!("{}}}", first_line.trim_end_matches(','));
        let head: Value = serde_json::from_str(&head).expect("the log's head");
        let kinds = head["constants"]["logEventTypes"].as_object().expect("names of events");
        let numbers = |end: &str| {
            let ending = kinds.iter().filter(|(name, _)| name.ends_with(end));
            ending.filter_map(|(_, number)| number.as_u64()).collect::<Vec<_>>()
        };
        let names = Self { sent: numbers("SOCKET_BYTES_SENT"), received: numbers("SOCKET_BYTES_RECEIVED") };
        assert!(!names.sent.is_empty() && !names.received.is_empty(), "the log's head names them");
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_one_socket_are_put_together() {
        let log = r#"{"constants": {"logEventTypes": {"SOCKET_BYTES_SENT": 7, "SOCKET_BYTES_RECEIVED": 8}},
"events": [
{"params":{"byte_count":3,"bytes":"MTIz"},"source":{"id":5,"type":8},"type":7},
{"params":{"byte_count":1,"bytes":"eA=="},"source":{"id":6,"type":8},"type":7},
{"params":{"byte_count":3,"bytes":"NDU2"},"source":{"id":5,"type":8},"type":7},
{"params":{"byte_count":3,"byt"#;
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), log).unwrap();
        let log = NetLog::read(file.path());
        assert_eq!(log.bytes_sent(), 7);
        assert!(log.places().iter().any(|(place, bytes)| place == "sent by socket 5" && bytes == b"123456"));
    }
}
