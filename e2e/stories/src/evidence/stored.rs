//! What a browser stored: in files, and as the page sees it.

use super::Place;
use crate::Browser;
use std::path::Path;

/// Every file in a folder and below, and every name.
#[must_use]
pub fn files_below(folder: &Path) -> Vec<Place> {
    let mut places = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a readable folder").flatten() {
        let path = entry.path();
        let name = path.display().to_string();
        places.push((format!("the name {name}"), name.clone().into_bytes()));
        let kind = entry.file_type().expect("a kind of file");
        if kind.is_dir() {
            places.extend(files_below(&path));
        } else if kind.is_file() {
            places.push((name, std::fs::read(&path).expect("a readable file")));
        }
    }
    places
}

/// What the present page's origin stores, read by the page: files may hold it compressed.
#[must_use]
pub fn page_storage(browser: &Browser) -> Vec<Place> {
    let stored = browser.run(READ, &[]);
    let stored = stored.as_object().expect("what is stored");
    let place = |(name, value): (&String, &serde_json::Value)| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        // One character stands for one byte; what is no byte was a text.
        let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
        (format!("the page's {name}"), bytes.unwrap_or_else(|| text.into_bytes()))
    };
    stored.iter().map(place).collect()
}

/// Bytes are written as one character each, so that a text in them can be found.
const READ: &str = r"
const asked = request => new Promise((yes, no) => {
  request.onsuccess = () => yes(request.result);
  request.onerror = () => no(request.error);
});
const readable = value => {
  if (value instanceof ArrayBuffer) value = new Uint8Array(value);
  if (ArrayBuffer.isView(value)) return Array.from(value, byte => String.fromCharCode(byte)).join('');
  return JSON.stringify(value) ?? String(value);
};
const pairs = store => Object.keys(store).map(key => `${key}=${store.getItem(key)}`).join('\n');
return (async () => {
  const found = {
    'local storage': pairs(localStorage),
    'session storage': pairs(sessionStorage),
    cookies: document.cookie,
    address: location.href,
    title: document.title,
    state: JSON.stringify(history.state) ?? '',
    caches: (await caches.keys()).join(),
  };
  for (const { name } of await indexedDB.databases()) {
    const database = await asked(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store);
      const [keys, values] = [await asked(objects.getAllKeys()), await asked(objects.getAll())];
      found[`database ${name}/${store}`] = keys.map((key, at) => `${key}=${readable(values[at])}`).join('\n');
    }
    database.close();
  }
  return found;
})();
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_contents_are_found_at_any_depth() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("deep")).unwrap();
        std::fs::write(folder.path().join("deep/123"), "456").unwrap();
        std::os::unix::fs::symlink("/nowhere", folder.path().join("lock")).unwrap();
        let places = files_below(folder.path());
        assert!(places.iter().any(|(place, bytes)| place.ends_with("deep/123") && bytes == b"456"));
        assert_eq!(places.len(), 4);
    }
}
