//! Both servers, introduced to each other.

use super::{ServerProcess, Which, computation_flags, data_flags, insecure_keys, prepare_computation};
use crate::wire::Proxy;
use paillier_keys::SecretKey;
use std::sync::{Arc, Mutex, Weak};

/// Both real servers, introduced to each other.
#[derive(Debug)]
pub struct Pair {
    /// The data server.
    pub data: ServerProcess,
    /// The computation server.
    pub computation: ServerProcess,
    /// The proxy on the way from the data server to the computation server.
    pub between: Proxy,
}

impl Pair {
    /// Starts both, with a pool of `keys` keys.
    #[must_use]
    pub fn start(keys: usize) -> Self {
        Self::start_with(keys, &[], &[])
    }

    /// Starts both with further flags.
    #[must_use]
    pub fn start_with(keys: usize, data_flags_more: &[&str], computation_flags_more: &[&str]) -> Self {
        Self::start_with_keys(insecure_keys(keys), data_flags_more, computation_flags_more)
    }

    /// Starts both with these keys in the pool and further flags.
    #[must_use]
    pub fn start_with_keys(
        keys: Vec<SecretKey>,
        data_flags_more: &[&str],
        computation_flags_more: &[&str],
    ) -> Self {
        let operators = [Which::Data, Which::Computation].map(Which::operator);
        Self::run_by(operators, keys, data_flags_more, computation_flags_more)
    }

    /// The same, with these operators' names.
    #[must_use]
    pub fn run_by(
        operators: [&str; 2],
        keys: Vec<SecretKey>,
        data_flags_more: &[&str],
        computation_flags_more: &[&str],
    ) -> Self {
        let (mut data, mut computation) =
            (ServerProcess::new(Which::Data), ServerProcess::new(Which::Computation));
        [data.operator, computation.operator] = operators.map(str::to_owned);
        let data_identity = data.identity();
        let peer = data_identity.verifying_key().expect("a key");
        let computation_identity = prepare_computation(&computation, peer, keys);
        computation.more = computation_flags(&data_identity);
        computation.more.extend(computation_flags_more.iter().map(|flag| (*flag).to_owned()));
        let between = Proxy::start(computation.listen);
        data.more = data_flags(&data, &computation_identity, &between.url(), &computation.front.url());
        data.more.extend(data_flags_more.iter().map(|flag| (*flag).to_owned()));
        computation.start();
        data.start();
        Self { data, computation, between }
    }

    /// One of the two.
    pub const fn server(&mut self, which: Which) -> &mut ServerProcess {
        match which {
            Which::Data => &mut self.data,
            Which::Computation => &mut self.computation,
        }
    }

    /// The pair that all tests of one program share while any of them runs.
    #[must_use]
    pub fn shared() -> Arc<Self> {
        static SHARED: Mutex<Weak<Pair>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        shared.upgrade().unwrap_or_else(|| {
            let pair = Arc::new(Self::start(20));
            *shared = Arc::downgrade(&pair);
            pair
        })
    }
}
