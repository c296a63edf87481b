//! The safe in which the page keeps what must survive a closed tab, as the page itself can see and open it.

use crate::Browser;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Everything that the page's origin keeps in databases, opened with the page's own key.
#[derive(Clone, Debug, Deserialize)]
pub struct Safe {
    /// `database/store` of every store there is.
    pub stores: Vec<String>,
    /// The safe's keys, by name.
    pub keys: BTreeMap<String, SafeKey>,
    /// What is sealed, by name, opened: base 64.
    entries: BTreeMap<String, String>,
    /// Names of entries that the key does not open as what their names say.
    pub foreign: Vec<String>,
}

/// A key as the browser describes it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct SafeKey {
    /// `AES-GCM 256`.
    pub algorithm: String,
    /// Whether the page could read its bytes, by its own word.
    pub extractable: bool,
    /// Whether it can, as tried.
    pub extracted: bool,
    /// What for, sorted.
    pub usages: Vec<String>,
}

impl Safe {
    /// Opens it, in a browser whose present page is the page.
    #[must_use]
    pub fn open(browser: &Browser) -> Self {
        serde_json::from_value(browser.run(OPEN, &[])).expect("a safe")
    }

    /// Names of everything in it.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        self.entries.keys().map(String::as_str).collect()
    }

    /// What is kept under a name that begins so.
    #[must_use]
    pub fn entry(&self, beginning: &str) -> Vec<u8> {
        let found = self.entries.iter().find(|(name, _)| name.starts_with(beginning));
        BASE64_STANDARD.decode(found.expect("an entry of that name").1).expect("base 64")
    }

    /// A secret of 64 hexadecimal digits in a document that is kept under a name that begins so.
    #[must_use]
    pub fn secret(&self, beginning: &str, field: &str) -> Vec<u8> {
        let document: serde_json::Value = serde_json::from_slice(&self.entry(beginning)).expect("a document");
        let digits = document[field].as_str().expect("digits").to_owned();
        protocol::Hex::<32>::parse(&digits).expect("64 digits").0.to_vec()
    }
}

/// An entry is a nonce of twelve bytes and what AES-GCM made; its name is authenticated with it.
const OPEN: &str = r"
const asked = request => new Promise((yes, no) => {
  request.onsuccess = () => yes(request.result);
  request.onerror = () => no(request.error);
});
const base64 = bytes => btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
return (async () => {
  const found = { stores: [], keys: {}, entries: {}, foreign: [] };
  const all = async (store) => {
    const [names, values] = [await asked(store.getAllKeys()), await asked(store.getAll())];
    return names.map((name, at) => [name, values[at]]);
  };
  for (const { name } of await indexedDB.databases()) {
    const database = await asked(indexedDB.open(name));
    const stores = [...database.objectStoreNames];
    found.stores.push(...stores.map(store => `${name}/${store}`));
    if (name === 'sealed-pay') {
      const transaction = database.transaction(stores);
      const [keys, entries] = [await all(transaction.objectStore('keys')), await all(transaction.objectStore('entries'))];
      for (const [name, key] of keys) {
        found.keys[name] = {
          algorithm: `${key.algorithm.name} ${key.algorithm.length}`,
          extractable: key.extractable,
          extracted: await crypto.subtle.exportKey('raw', key).then(() => true, () => false),
          usages: [...key.usages].sort(),
        };
      }
      for (const [name, sealed] of entries) {
        const [iv, additionalData] = [sealed.slice(0, 12), new TextEncoder().encode(name)];
        try {
          const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, keys[0][1], sealed.slice(12));
          found.entries[name] = base64(new Uint8Array(opened));
        } catch {
          found.foreign.push(name);
        }
      }
    }
    database.close();
  }
  return found;
})();
";
