//! Keys whose primes everybody knows. Nothing real may ever be encrypted under them.

use std::sync::LazyLock;

use paillier::KeyBits;
use paillier_keys::SecretKey;

/// A key of this size, restored once per process.
pub fn insecure_secret_key(size: KeyBits) -> &'static SecretKey {
    static KEYS: [LazyLock<SecretKey>; 3] = [
        LazyLock::new(|| restore(INSECURE_P_2048, INSECURE_Q_2048)),
        LazyLock::new(|| restore(INSECURE_P_3072, INSECURE_Q_3072)),
        LazyLock::new(|| restore(INSECURE_P_4096, INSECURE_Q_4096)),
    ];
    let [b2048, b3072, b4096] = &KEYS;
    match size {
        KeyBits::B2048 => b2048,
        KeyBits::B3072 => b3072,
        KeyBits::B4096 => b4096,
    }
}

/// The same key once more, for whoever must own it.
pub fn own_insecure_secret_key(size: KeyBits) -> SecretKey {
    match size {
        KeyBits::B2048 => restore(INSECURE_P_2048, INSECURE_Q_2048),
        KeyBits::B3072 => restore(INSECURE_P_3072, INSECURE_Q_3072),
        KeyBits::B4096 => restore(INSECURE_P_4096, INSECURE_Q_4096),
    }
}

fn restore(p: &str, q: &str) -> SecretKey {
    let bytes = |text| hex::decode(text).expect("committed digits");
    SecretKey::from_primes(&bytes(p), &bytes(q)).expect("committed safe primes")
}

const INSECURE_P_2048: &str = "\
     c647a24521941ff7490bae3ec762dfab1a16c129270aa297e6a51fb36164cd81e1546e98227c83801cbd1a971b1f9e03\
     ab67e5c43128ec2c2154a4328d4801059dd889b68a31c26370bfea5b86105ca32c12dd7f9022bcffe33c5c8f39eff93b\
     fcc80b0516b0dbb082d3c351ffe224950d5d77142efe56b939ebe9f7fb5ff81b";
const INSECURE_Q_2048: &str = "\
     de41717f18c353fcab5200d2aff3b143ae66a435256da94dfb0c5c0d79c045386bbefa50847b6ba7018a70e6c5be05e5\
     62c15de71e5c7fd721782df80a157db13737d5d11b75975feeb9cc097bf702156f5848230ffed7e46ac1c2fa3f985b3d\
     48ea70ceba8c0a21b8b5e39f4323589edcb03ea39cf00cdccf0ac14782e21813";
const INSECURE_P_3072: &str = "\
     c647a24521941ff7490bae3ec762dfab1a16c129270aa297e6a51fb36164cd81e1546e98227c83801cbd1a971b1f9e03\
     ab67e5c43128ec2c2154a4328d4801059dd889b68a31c26370bfea5b86105ca32c12dd7f9022bcffe33c5c8f39eff93b\
     fcc80b0516b0dbb082d3c351ffe224950d5d77142efe56b939ebe9f7fb5d92395e41717f18c353fcab5200d2aff3b143\
     ae66a435256da94dfb0c5c0d79c045386bbefa50847b6ba7018a70e6c5be05e562c15de71e5c7fd721782df80a201a3b";
const INSECURE_Q_3072: &str = "\
     d846296a2f2c0330ff97ae5d2a156a7c3ed5b553a25c4c43357a58bfdcfebc797457186f6bb4d07ff7923acceabd893d\
     e3bd69122eacd652b6e40731e08f8696c9b04e4c77ca6db3ce89615d8aefcac1e2c5d7020ad277869df5e8ec3cf957f2\
     66b9ec6e6e6f5ed27df6062e3ce257831498cb19bf8d0d3096d889de5bcb4d98cee51ba5ecf4115ec4caba3ff98a2522\
     3639f6165f72e5056826c8dd56a59cbeec8122098820eb0c265efefbad07836fe76ce67d58720f1c27bec90bcb8cab37";
const INSECURE_P_4096: &str = "\
     c647a24521941ff7490bae3ec762dfab1a16c129270aa297e6a51fb36164cd81e1546e98227c83801cbd1a971b1f9e03\
     ab67e5c43128ec2c2154a4328d4801059dd889b68a31c26370bfea5b86105ca32c12dd7f9022bcffe33c5c8f39eff93b\
     fcc80b0516b0dbb082d3c351ffe224950d5d77142efe56b939ebe9f7fb5d92395e41717f18c353fcab5200d2aff3b143\
     ae66a435256da94dfb0c5c0d79c045386bbefa50847b6ba7018a70e6c5be05e562c15de71e5c7fd721782df80a157db1\
     3737d5d11b75975feeb9cc097bf702156f5848230ffed7e46ac1c2fa3f985b3d48ea70ceba8c0a21b8b5e39f4323589e\
     dcb03ea39cf00cdccf0ac14782dfd09b";
const INSECURE_Q_4096: &str = "\
     feb6ba7b4b10221cf17c79bc93168187d18b9d7175f9233d2e5bb330266cb0bfa3c478ead4ca4aa015029538666f15a6\
     64a49fd262370dc8ab22d31916e78fd2161ee8186fb13e700bd12106c273fce0060e855befa57fc6f3dc3c60bdce3e32\
     594ad65cd1966210dd086e41978ce44e01498903658a41412bd0fb33bee90794c7ec599197eb872ea72e92fa10c0b5a0\
     f5538f2ea03c758d4fb6a8fffb61e74f7544a298dec99b535c808a4f599e8a52ac2820d882c1a47c5c4b82bb9451841c\
     70c00a6360dae35e31a872c5d9e7a661c6b0c61ace367b473a7319c363deb279a16588afd495c039a34eeeab1d1f96fd\
     2db7941bf8ee0355255367bab380fc37";
