//! Powers and products that another program calculated (`vectors/noise.py`), on every kernel by itself; natively, and
//! in a browser.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests want to fail loudly")]

mod common;

use common::{number, pair_of, words_of};
use kernels::{Kernel, Modulus, comb};
use num_bigint::BigUint;
use num_traits::One;
use serde_json::Value;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);

fn hex(text: &Value) -> BigUint {
    BigUint::parse_bytes(text.as_str().unwrap().as_bytes(), 16).unwrap()
}

/// c = c0 + c1·n of c0 ‖ c1.
fn ciphertext(text: &Value, n: &BigUint) -> BigUint {
    let (low, high) = text.as_str().unwrap().split_at(text.as_str().unwrap().len() / 2);
    let [low, high] = [low, high].map(|half| BigUint::parse_bytes(half.as_bytes(), 16).unwrap());
    low + high * n
}

/// c = (1 + m·n)·h_s^a mod n².
fn encryptions<K: Kernel>() {
    let file: Value = serde_json::from_str(include_str!("../../../vectors/noise.json")).unwrap();
    let cases = file["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 3);
    for case in cases {
        let n = hex(&case["n"]);
        let words = n.to_u64_digits().len();
        let (modulus, square) = (Modulus::new(&words_of(&n, words)).unwrap(), &n * &n);
        let form = |x: &BigUint| pair_of(&((x << K::radix_bits(words)) % &square), &n, words);
        let (one, columns) = (form(&BigUint::one()), comb::columns(32 * words));
        let mut table = vec![0; comb::table_words(words)];
        comb::build::<K>(&modulus, &one, &form(&hex(&case["h_s"])), columns, &mut table);
        let known = case["encryptions"].as_array().unwrap();
        assert_eq!(known.len(), 9);
        for known in known {
            let exponent = words_of(&hex(&known["a"]), words / 2);
            let mut c = vec![0; 2 * words];
            comb::power::<K>(&modulus, &one, &table, &exponent, columns, &mut c);
            let plain = pair_of(&(hex(&known["m"]) * &n + 1u8), &n, words);
            K::multiply(&modulus, &mut c, &plain);
            assert_eq!(number(&c, &n), ciphertext(&known["c"], &n));
        }
    }
}

/// The same for every kernel, natively and in browsers.
macro_rules! on {
    ($($name:ident $kernel:ty)*) => {
        $(
            #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
            #[cfg_attr(not(target_arch = "wasm32"), test)]
            fn $name() {
                encryptions::<$kernel>();
            }
        )*
    };
}

on!(portable kernels::Portable wide kernels::Wide narrow kernels::Narrow);
