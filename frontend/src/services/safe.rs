//! What this browser keeps, encrypted: reporters' and organizers' states, and sealed submissions. Never pay.
//!
//! Entries lie in IndexedDB under AES-256-GCM. Their key is a `CryptoKey` that cannot be exported, not even by
//! this page: nothing stands readable in the browser's files, and other programs do not get at it through the
//! page. The browser keeps the key's bytes in the same folder, though: who copies all of it and knows the browser's
//! form has both. Whoever can open this page in this browser can use it; closing the account is up to them.

use crate::components::Trouble;
use idb::{Database, DatabaseEvent, Factory, ObjectStoreParams, Query, TransactionMode};
use js_sys::{Array, Object, Reflect, Uint8Array};
use serde::{Serialize, de::DeserializeOwned};
use std::fmt;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};
use zeroize::Zeroizing;

const DATABASE: &str = "sealed-pay";
const ENTRIES: &str = "entries";
const KEYS: &str = "keys";
const KEY: &str = "entries";
const NONCE_BYTES: u32 = 12;

/// The safe of this browser and this page's origin.
#[derive(Clone)]
pub(crate) struct Safe {
    database: Rc<Database>,
    key: CryptoKey,
}

/// The browser keeps nothing, or not what was kept.
struct Refused;

impl From<idb::Error> for Refused {
    fn from(_: idb::Error) -> Self {
        Self
    }
}

impl From<JsValue> for Refused {
    fn from(_: JsValue) -> Self {
        Self
    }
}

impl From<Refused> for Trouble {
    fn from(_: Refused) -> Self {
        Self::new("safe").passing()
    }
}

impl Safe {
    /// Opens it, or makes it.
    pub(crate) async fn open() -> Result<Self, Trouble> {
        let opened = async {
            let database = open_database().await?;
            let key = match stored_key(&database).await? {
                Some(key) => key,
                None => make_key(&database).await?,
            };
            Ok::<_, Refused>(Self { database: Rc::new(database), key })
        };
        Ok(opened.await?)
    }

    /// Keeps a value under a name, instead of an earlier one. When this returns, it survives a closed tab.
    pub(crate) async fn put<T: Serialize>(&self, name: &str, value: &T) -> Result<(), Trouble> {
        let text = Zeroizing::new(serde_json::to_vec(value).map_err(|_| Refused)?);
        self.put_bytes(name, &text).await
    }

    /// What was kept under a name.
    pub(crate) async fn get<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Trouble> {
        let Some(bytes) = self.get_bytes(name).await? else { return Ok(None) };
        Ok(Some(serde_json::from_slice(&bytes).map_err(|_| Refused)?))
    }

    /// Keeps bytes under a name.
    pub(crate) async fn put_bytes(&self, name: &str, bytes: &[u8]) -> Result<(), Trouble> {
        let put = async {
            let sealed = self.seal(name, bytes).await?;
            let transaction = self.database.transaction(&[ENTRIES], TransactionMode::ReadWrite)?;
            transaction.object_store(ENTRIES)?.put(&sealed, Some(&name.into()))?.await?;
            transaction.commit()?.await?;
            Ok::<_, Refused>(())
        };
        Ok(put.await?)
    }

    /// Bytes that were kept under a name.
    pub(crate) async fn get_bytes(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, Trouble> {
        let get = async {
            let transaction = self.database.transaction(&[ENTRIES], TransactionMode::ReadOnly)?;
            let kept = transaction.object_store(ENTRIES)?.get(Query::Key(name.into()))?.await?;
            match kept {
                Some(kept) => Ok::<_, Refused>(Some(self.unseal(name, &Uint8Array::new(&kept)).await?)),
                None => Ok(None),
            }
        };
        Ok(get.await?)
    }

    /// Forgets what was kept under a name.
    pub(crate) async fn remove(&self, name: &str) -> Result<(), Trouble> {
        let remove = async {
            let transaction = self.database.transaction(&[ENTRIES], TransactionMode::ReadWrite)?;
            transaction.object_store(ENTRIES)?.delete(Query::Key(name.into()))?.await?;
            transaction.commit()?.await?;
            Ok::<_, Refused>(())
        };
        Ok(remove.await?)
    }

    /// The names that begin so.
    pub(crate) async fn names(&self, beginning: &str) -> Result<Vec<String>, Trouble> {
        let names = async {
            let transaction = self.database.transaction(&[ENTRIES], TransactionMode::ReadOnly)?;
            let keys = transaction.object_store(ENTRIES)?.get_all_keys(None, None)?.await?;
            Ok::<_, Refused>(keys.iter().filter_map(JsValue::as_string).collect::<Vec<_>>())
        };
        Ok(names.await?.into_iter().filter(|name| name.starts_with(beginning)).collect())
    }

    /// Nonce, then ciphertext; the name is authenticated, so that entries cannot change places.
    async fn seal(&self, name: &str, bytes: &[u8]) -> Result<Uint8Array, Refused> {
        let nonce = fresh_nonce()?;
        let promise = subtle()?.encrypt_with_object_and_u8_array(&gcm(&nonce, name), &self.key, bytes)?;
        let sealed = Uint8Array::new(&JsFuture::from(promise).await?);
        let whole = Uint8Array::new_with_length(NONCE_BYTES + sealed.length());
        whole.set(&nonce, 0);
        whole.set(&sealed, NONCE_BYTES);
        Ok(whole)
    }

    async fn unseal(&self, name: &str, whole: &Uint8Array) -> Result<Zeroizing<Vec<u8>>, Refused> {
        let nonce = whole.slice(0, NONCE_BYTES);
        let sealed = whole.slice(NONCE_BYTES, whole.length());
        let promise =
            subtle()?.decrypt_with_object_and_buffer_source(&gcm(&nonce, name), &self.key, &sealed)?;
        Ok(Zeroizing::new(Uint8Array::new(&JsFuture::from(promise).await?).to_vec()))
    }
}

impl PartialEq for Safe {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.database, &other.database)
    }
}

impl fmt::Debug for Safe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Safe(<private>)")
    }
}

async fn open_database() -> Result<Database, Refused> {
    let mut request = Factory::new()?.open(DATABASE, Some(1))?;
    request.on_upgrade_needed(|event| {
        let Ok(database) = event.database() else { return };
        for store in [ENTRIES, KEYS] {
            // Without its stores every later call refuses, which the person is told.
            let _ = database.create_object_store(store, ObjectStoreParams::new());
        }
    });
    Ok(request.await?)
}

async fn stored_key(database: &Database) -> Result<Option<CryptoKey>, Refused> {
    let transaction = database.transaction(&[KEYS], TransactionMode::ReadOnly)?;
    let key = transaction.object_store(KEYS)?.get(Query::Key(KEY.into()))?.await?;
    Ok(key.map(JsCast::dyn_into).transpose()?)
}

/// Makes the key. Of two tabs that do so at once one is first, and both use that one's.
async fn make_key(database: &Database) -> Result<CryptoKey, Refused> {
    let algorithm = object(&[("name", &"AES-GCM".into()), ("length", &256.into())]);
    let usages = Array::of2(&"encrypt".into(), &"decrypt".into());
    let key = JsFuture::from(subtle()?.generate_key_with_object(&algorithm, false, &usages)?).await?;
    let transaction = database.transaction(&[KEYS], TransactionMode::ReadWrite)?;
    // Fails if there is one by now.
    let added = transaction.object_store(KEYS)?.add(&key, Some(&KEY.into()))?.await;
    if added.is_ok() {
        transaction.commit()?.await?;
    }
    stored_key(database).await?.ok_or(Refused)
}

fn subtle() -> Result<SubtleCrypto, Refused> {
    let crypto = web_sys::window().ok_or(Refused)?.crypto()?;
    // Absent where the page was not loaded over TLS or from this machine.
    let subtle = Reflect::get(&crypto, &"subtle".into())?;
    subtle.dyn_into().map_err(|_| Refused)
}

fn fresh_nonce() -> Result<Uint8Array, Refused> {
    let nonce = Uint8Array::new_with_length(NONCE_BYTES);
    web_sys::window().ok_or(Refused)?.crypto()?.get_random_values_with_array_buffer_view(&nonce)?;
    Ok(nonce)
}

fn gcm(nonce: &Uint8Array, name: &str) -> Object {
    let name = Uint8Array::from(name.as_bytes());
    object(&[("name", &"AES-GCM".into()), ("iv", nonce), ("additionalData", &name)])
}

fn object(fields: &[(&str, &JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // Fails for frozen objects only.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}
