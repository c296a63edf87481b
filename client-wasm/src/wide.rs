//! The module with wide arithmetic, beside the worker's own program: loaded where the browser says that it takes
//! such modules, believed by nobody until [`paillier::machine::Proven`] has tried it out.

use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Object, Reflect, Uint8Array, WebAssembly};
use paillier::machine::{Machine, SetUp};
use std::pin::pin;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Response, WorkerGlobalScope};
use zeroize::Zeroizing;

/// The module's file, beside the worker's script.
const FILE: &str = "wide.wasm";
/// Without it the worker does its own work; nobody waits for it longer.
const PATIENCE_MS: u32 = 5000;

/// The shortest module that multiplies two numbers of 64 bits to 128 and adds two numbers of 128 bits: the
/// file is asked for only where this one is accepted.
const PROBE: &[u8] = &[
    0, b'a', b's', b'm', 1, 0, 0, 0, // a module
    1, 8, 1, 0x60, 2, 0x7e, 0x7e, 2, 0x7e, 0x7e, // one type: (i64, i64) → (i64, i64)
    3, 2, 1, 0, // one function of it
    0x0a, 0x10, 1, 0x0e, 0, // its body
    0x20, 0, 0x20, 1, 0xfc, 0x16, // i64.mul_wide_u
    0x20, 0, 0x20, 1, 0xfc, 0x13, // i64.add128
    0x0b,
];

/// An instance of the module.
pub(crate) struct WideModule {
    /// The part of its memory through which numbers come and go.
    desk: Uint8Array,
    set_up: Function,
    multiply: Function,
    power: Function,
    /// Bytes of a pair, once it is set up.
    pair_bytes: u32,
}

/// Words on the desk: n and three pairs, of the longest n.
const DESK_BYTES: u32 = 8 * 7 * 64;

impl WideModule {
    /// Loads it in a worker, from a folder's address; nothing if the browser does not take it, or it is not there
    /// in time.
    pub(crate) async fn load(folder: &str) -> Option<Self> {
        if !accepts(&Uint8Array::from(PROBE)) {
            return None;
        }
        let fetched = pin!(fetch(folder));
        match select(fetched, TimeoutFuture::new(PATIENCE_MS)).await {
            Either::Left((bytes, _)) => Self::start(&bytes?).ok(),
            Either::Right(_) => None,
        }
    }

    /// Makes an instance from the module's bytes.
    pub(crate) fn start(bytes: &Uint8Array) -> Result<Self, JsValue> {
        let module = WebAssembly::Module::new(bytes)?;
        let exports = WebAssembly::Instance::new(&module, &Object::new())?.exports();
        let function = |name: &str| Reflect::get(&exports, &name.into())?.dyn_into::<Function>();
        let memory = Reflect::get(&exports, &"memory".into())?.dyn_into::<WebAssembly::Memory>()?;
        let at = function("desk")?.call0(&JsValue::UNDEFINED)?.as_f64().ok_or(JsValue::UNDEFINED)?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "an address in the module"
        )]
        // The module's memory never grows, so this stays the same memory.
        let desk = Uint8Array::new_with_byte_offset_and_length(&memory.buffer(), at as u32, DESK_BYTES);
        let (set_up, multiply, power) = (function("set_up")?, function("multiply")?, function("power")?);
        Ok(Self { desk, set_up, multiply, power, pair_bytes: 0 })
    }

    /// Writes words on the desk from a byte on; returns the byte after them.
    fn put(&self, at: u32, words: &[u64]) -> Option<u32> {
        let bytes: Zeroizing<Vec<u8>> =
            Zeroizing::new(words.iter().flat_map(|word| word.to_le_bytes()).collect());
        let end = at.checked_add(u32::try_from(bytes.len()).ok()?).filter(|end| *end <= DESK_BYTES)?;
        self.desk.subarray(at, end).copy_from(&bytes);
        Some(end)
    }

    /// Reads the pair at the desk's beginning.
    fn pair(&self) -> Zeroizing<Vec<u64>> {
        let bytes = Zeroizing::new(self.desk.subarray(0, self.pair_bytes).to_vec());
        Zeroizing::new(bytes.as_chunks().0.iter().map(|word| u64::from_le_bytes(*word)).collect())
    }
}

/// Calls a function of the module; says whether it did its work.
fn succeeds(called: Result<JsValue, JsValue>) -> Option<()> {
    (called.ok()?.as_f64() == Some(1.0)).then_some(())
}

impl Machine for WideModule {
    fn set_up(&mut self, numbers: &SetUp<'_>) -> Option<()> {
        let words = u32::try_from(numbers.n.len()).ok()?;
        let mut at = 0;
        for part in [numbers.n, numbers.one, numbers.base, numbers.exit] {
            at = self.put(at, part)?;
        }
        succeeds(self.set_up.call1(&JsValue::UNDEFINED, &words.into()))?;
        self.pair_bytes = 16 * words;
        Some(())
    }

    fn multiply(&mut self, a: &[u64], b: &[u64]) -> Option<Vec<u64>> {
        let at = self.put(0, a)?;
        self.put(at, b)?;
        succeeds(self.multiply.call0(&JsValue::UNDEFINED))?;
        Some(self.pair().to_vec())
    }

    fn power(&mut self, exponent: &[u64]) -> Option<Zeroizing<Vec<u64>>> {
        self.put(0, exponent)?;
        let done = succeeds(self.power.call0(&JsValue::UNDEFINED));
        let power = self.pair();
        self.desk.fill(0, 0, DESK_BYTES);
        done.map(|()| power)
    }
}

fn accepts(module: &Uint8Array) -> bool {
    WebAssembly::validate(module).unwrap_or(false)
}

/// The file's bytes.
async fn fetch(folder: &str) -> Option<Uint8Array> {
    let scope = js_sys::global().dyn_into::<WorkerGlobalScope>().ok()?;
    let address = format!("{}/{FILE}", folder.trim_end_matches('/'));
    let response = JsFuture::from(scope.fetch_with_str(&address)).await.ok()?;
    let response = response.dyn_into::<Response>().ok().filter(Response::ok)?;
    let bytes = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Some(Uint8Array::new(&bytes)).filter(accepts)
}

/// With the real module, where the browser takes it.
#[cfg(all(test, target_arch = "wasm32"))]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use paillier::machine::Proven;
    use paillier::{Encryptor, Exponent, Plaintext, PublicKey};
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;
    use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_dedicated_worker);

    /// The keys of the known answers, of every size.
    fn keys() -> Vec<PublicKey> {
        let file = include_str!("../../vectors/noise.json");
        let file: serde_json::Value = serde_json::from_str(file).unwrap();
        let n = |case: &serde_json::Value| hex::decode(case["n"].as_str().unwrap()).unwrap();
        file["cases"].as_array().unwrap().iter().map(|case| PublicKey::admit(&n(case)).unwrap()).collect()
    }

    /// The module, where the browser takes it; `cargo xtask test` counts the tests that say it does not.
    async fn module(test: &str) -> Option<WideModule> {
        let origin = js_sys::eval("location.origin").unwrap().as_string().unwrap();
        let scope = js_sys::global().dyn_into::<WorkerGlobalScope>().unwrap();
        let response = scope.fetch_with_str(&format!("{origin}/tests/workers/{FILE}"));
        let response = JsFuture::from(response).await.unwrap().dyn_into::<Response>().unwrap();
        assert!(response.ok(), "cargo xtask test builds the module");
        let bytes = Uint8Array::new(&JsFuture::from(response.array_buffer().unwrap()).await.unwrap());
        assert_eq!(accepts(&bytes), accepts(&Uint8Array::from(PROBE)), "the probe stands for the module");
        if !accepts(&bytes) {
            console_log!("not run here: {test}: this browser does not do wide arithmetic");
            return None;
        }
        Some(WideModule::start(&bytes).unwrap())
    }

    #[wasm_bindgen_test]
    async fn the_module_gets_right_what_is_known_under_every_size_of_key() {
        let mut sizes = Vec::new();
        for key in keys() {
            let Some(module) = module("known_answers_of_every_size").await else { return };
            let mut proven = Proven::try_out(&key, &[7; 32], module).unwrap();
            let noise = proven.make_noise(&mut ChaCha20Rng::seed_from_u64(9)).unwrap();
            let exponent = Exponent::sample(key.bits(), &mut ChaCha20Rng::seed_from_u64(9));
            let plaintext = Plaintext::from_u64(5);
            let expected = Encryptor::new(&key, &[7; 32]).encrypt_with(&plaintext, exponent);
            assert!(noise.hide(&plaintext) == expected);
            sizes.push(key.bits().bits());
        }
        assert_eq!(sizes, [2048, 3072, 4096]);
    }

    #[wasm_bindgen_test]
    async fn what_a_module_holds_of_secrets_is_gone_from_its_desk() {
        let Some(module) = module("an_empty_desk").await else { return };
        let desk = module.desk.clone();
        let mut proven = Proven::try_out(&keys()[0], &[7; 32], module).unwrap();
        proven.make_noise(&mut ChaCha20Rng::seed_from_u64(9)).unwrap();
        assert!(desk.to_vec().iter().all(|byte| *byte == 0));
    }

    #[wasm_bindgen_test]
    async fn nothing_anywhere_in_a_module_depends_on_an_exponent_that_it_worked_with() {
        let Some(module) = module("a_clean_memory").await else { return };
        let desk = module.desk.clone();
        let mut proven = Proven::try_out(&keys()[0], &[7; 32], module).unwrap();
        // The stack and everything else, not the desk alone.
        let memory_after = |seed| {
            proven.make_noise(&mut ChaCha20Rng::seed_from_u64(seed)).unwrap();
            Uint8Array::new(&desk.buffer()).to_vec()
        };
        let [one, other] = [9, 10].map(memory_after);
        assert!(one.iter().filter(|byte| **byte != 0).count() > 100_000, "the tables are in it");
        let differences = one.iter().zip(&other).filter(|(one, other)| one != other).count();
        assert_eq!((differences, one.len()), (0, other.len()));
    }
}
