//! Numbers drawn from a printed seed, so that every run can be repeated.
//!
//! Deliberately a generator of its own (splitmix64), not the product's.

/// A stream of drawn numbers.
#[derive(Clone, Debug)]
pub struct Drawn(u64);

impl Drawn {
    /// The stream of a seed.
    #[must_use]
    pub const fn from_seed(seed: u64) -> Self {
        Self(seed)
    }

    /// The stream of the seed in the environment variable `name`, or of a fresh one; the seed is printed with
    /// the words that repeat the run.
    #[must_use]
    pub fn printed(name: &str) -> Self {
        let fresh = || u64::from(std::process::id()) ^ u64::from(crate::now().subsec_nanos()) << 20;
        let given = std::env::var(name).ok().map(|text| text.parse().expect("a seed is a number"));
        let seed = given.unwrap_or_else(fresh);
        println!("drawn from {name}={seed}");
        Self(seed)
    }

    /// 64 bits.
    pub fn bits(&mut self) -> u64 {
        // splitmix64: S. Vigna, https://prng.di.unimi.it/splitmix64.c (public domain).
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number of `min..=max`.
    pub fn between(&mut self, min: u64, max: u64) -> u64 {
        min + self.bits() % (max - min + 1)
    }

    /// One of several.
    pub fn one_of<'a, T>(&mut self, several: &'a [T]) -> &'a T {
        let at = self.between(0, several.len() as u64 - 1);
        &several[usize::try_from(at).expect("a position")]
    }

    /// Bytes.
    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.bits().to_le_bytes()[0]).collect()
    }
}
