//! Arithmetic modulo one secret prime p and its square.
//!
//! Fixed-size, constant-time numbers of crypto-bigint: `P` words for p, `SQ` = 2·P for p²,
//! and as n has as many bits as p², `SQ` for n too. The one long power of decryption is
//! taken by the public half's kernel, in base p. What these numbers leave on the stack is swept.

use alloc::vec;
use alloc::vec::Vec;

use crypto_bigint::modular::{FixedMontyForm, FixedMontyParams};
use crypto_bigint::{Limb, NonZero, Odd, Uint};
use kernels::swept;
use paillier::secret_square::SecretSquare;
use zeroize::{Zeroize, Zeroizing};

/// What one prime contributes to decryption and to the key proof; wiped when dropped.
pub(crate) struct PrimeHalf<const P: usize, const SQ: usize> {
    p: NonZero<Uint<P>>,
    modulo_p: FixedMontyParams<P>,
    square: NonZero<Uint<SQ>>,
    modulo_square: FixedMontyParams<SQ>,
    powers: SecretSquare,
    /// p − 1: the exponent of decryption.
    order: Uint<P>,
    /// n mod p².
    n: Uint<SQ>,
    /// h_p = L_p(g^(p−1) mod p²)⁻¹ mod p.
    scale: Uint<P>,
    /// n⁻¹ mod p − 1: the exponent of n-th roots.
    root_exponent: Uint<P>,
}

impl<const P: usize, const SQ: usize> PrimeHalf<P, SQ> {
    /// Prepares the prime p of n = p·q; `None` if the two cannot be a key's.
    pub(crate) fn new(p: &Uint<P>, q: &Uint<P>, n: &Uint<SQ>) -> Option<Self> {
        let wide: Uint<SQ> = p.resize();
        let square = wide.wrapping_mul(&wide);
        let order = p.wrapping_sub(&Uint::ONE);
        let p_nonzero = some(NonZero::new(*p))?;
        let square_nonzero = some(NonZero::new(square))?;
        let order_nonzero = some(NonZero::new(order))?;
        let modulo_p = FixedMontyParams::new(some(Odd::new(*p))?);
        // g = n + 1: g^(p−1) = 1 + (p−1)·n mod p², so L_p of it is (p−1)·q = −q mod p.
        let minus_q = p.wrapping_sub(&q.rem(&p_nonzero));
        let scale = some(FixedMontyForm::new(&minus_q, &modulo_p).invert())?.retrieve();
        let root_exponent = some(n.rem(&order_nonzero).invert_mod(&order_nonzero))?;
        let modulo_square = FixedMontyParams::new(some(Odd::new(square))?);
        // R = 2^(bits of p) is itself below p².
        let r = Uint::<SQ>::ONE.shl(Uint::<P>::BITS);
        let r_squared = FixedMontyForm::new(&r, &modulo_square).square().retrieve();
        let powers = SecretSquare::new(&words(p), &pair(&r, &p_nonzero), &pair(&r_squared, &p_nonzero))?;
        Some(Self {
            p: p_nonzero,
            modulo_p,
            square: square_nonzero,
            modulo_square,
            powers,
            order,
            n: n.rem(&square_nonzero),
            scale,
            root_exponent,
        })
    }

    /// m mod p of the ciphertext c0 + c1·n:
    /// L_p(c^(p−1) mod p²)·h_p mod p with L_p(u) = (u − 1)/p     [Paillier 1999, §7]
    pub(crate) fn decrypt(&self, c0: &Uint<SQ>, c1: &Uint<SQ>) -> Uint<P> {
        let form = |x: &Uint<SQ>| FixedMontyForm::new(&x.rem(&self.square), &self.modulo_square);
        let c = Zeroizing::new(form(c0).add(&form(c1).mul(&form(&self.n))).retrieve());
        // In base p the power is the pair (1, L_p).
        let power = self.powers.power(&pair(&c, &self.p), &words(&self.order));
        let quotient = power.get(power.len() / 2..).unwrap_or_default();
        self.multiply(&Zeroizing::new(number(quotient)), &self.scale)
    }

    /// The n-th root of a number modulo p.
    pub(crate) fn root(&self, x: &Uint<SQ>) -> Uint<P> {
        FixedMontyForm::new(&x.rem(&self.p), &self.modulo_p).pow(&self.root_exponent).retrieve()
    }

    /// a·b mod p, for a and b below p.
    fn multiply(&self, a: &Uint<P>, b: &Uint<P>) -> Uint<P> {
        FixedMontyForm::new(a, &self.modulo_p).mul(&FixedMontyForm::new(b, &self.modulo_p)).retrieve()
    }
}

/// Both primes together.
pub(crate) struct Halves<const P: usize, const SQ: usize> {
    p: PrimeHalf<P, SQ>,
    q: PrimeHalf<P, SQ>,
    /// p⁻¹ mod q.
    p_inverse: Uint<P>,
}

/// [`Halves`] of whatever size, over big-endian bytes as long as n.
pub(crate) trait Decrypt: Send + Sync {
    /// m of the ciphertext c0 + c1·n, both below n.
    fn decrypt(&self, c0: &[u8], c1: &[u8]) -> Zeroizing<Vec<u8>>;
    /// The n-th root of x < n modulo n.
    fn root(&self, x: &[u8]) -> Zeroizing<Vec<u8>>;
}

impl<const P: usize, const SQ: usize> Halves<P, SQ> {
    /// Takes p and q as big-endian bytes; `None` if the two cannot be a key's.
    pub(crate) fn new(p: &[u8], q: &[u8]) -> Option<Self> {
        let (p, q) = (Zeroizing::new(read::<P>(p)), Zeroizing::new(read::<P>(q)));
        let n = p.resize::<SQ>().wrapping_mul(&q.resize::<SQ>());
        let halves = (PrimeHalf::new(&p, &q, &n)?, PrimeHalf::new(&q, &p, &n)?);
        let p_inverse =
            some(FixedMontyForm::new(&p.rem(&halves.1.p), &halves.1.modulo_p).invert())?.retrieve();
        Some(Self { p: halves.0, q: halves.1, p_inverse })
    }

    /// The x < n with x ≡ x_p modulo p and x ≡ x_q modulo q:
    /// x = x_p + p·((x_q − x_p)·p⁻¹ mod q)                       [Garner 1959]
    fn join(&self, x_p: &Uint<P>, x_q: &Uint<P>) -> Zeroizing<Vec<u8>> {
        let form = |x: &Uint<P>| FixedMontyForm::new(x, &self.q.modulo_p);
        let difference = form(x_q).sub(&form(&x_p.rem(&self.q.p)));
        let t = Zeroizing::new(difference.mul(&form(&self.p_inverse)).retrieve());
        let p: Zeroizing<Uint<SQ>> = Zeroizing::new(self.p.p.get().resize());
        let x = Zeroizing::new(p.wrapping_mul(&t.resize::<SQ>()).wrapping_add(&x_p.resize::<SQ>()));
        Zeroizing::new(x.to_be_bytes().as_ref().to_vec())
    }
}

impl<const P: usize, const SQ: usize> Decrypt for Halves<P, SQ> {
    fn decrypt(&self, c0: &[u8], c1: &[u8]) -> Zeroizing<Vec<u8>> {
        let (c0, c1) = (read(c0), read(c1));
        swept(|| {
            let m_p = Zeroizing::new(self.p.decrypt(&c0, &c1));
            self.join(&m_p, &Zeroizing::new(self.q.decrypt(&c0, &c1)))
        })
    }

    fn root(&self, x: &[u8]) -> Zeroizing<Vec<u8>> {
        let x = read(x);
        swept(|| {
            let x_p = Zeroizing::new(self.p.root(&x));
            self.join(&x_p, &Zeroizing::new(self.q.root(&x)))
        })
    }
}

impl<const P: usize, const SQ: usize> Drop for PrimeHalf<P, SQ> {
    fn drop(&mut self) {
        self.p.zeroize();
        self.modulo_p.zeroize();
        self.square.zeroize();
        self.modulo_square.zeroize();
        self.order.zeroize();
        self.n.zeroize();
        self.scale.zeroize();
        self.root_exponent.zeroize();
    }
}

impl<const P: usize, const SQ: usize> Drop for Halves<P, SQ> {
    fn drop(&mut self) {
        self.p_inverse.zeroize();
    }
}

/// Reads big-endian bytes; those beyond the number's size, of which there are none, are cut off.
fn read<const N: usize>(bytes: &[u8]) -> Uint<N> {
    let size = N * Limb::BYTES;
    let mut padded = Zeroizing::new(vec![0; size]);
    padded.iter_mut().rev().zip(bytes.iter().rev()).for_each(|(to, from)| *to = *from);
    Uint::from_be_slice(&padded)
}

/// Little-endian 64-bit words.
fn words<const N: usize>(x: &Uint<N>) -> Zeroizing<Vec<u64>> {
    let bytes = Zeroizing::new(x.to_be_bytes());
    let word = |chunk: &[u8]| chunk.iter().fold(0u64, |word, &byte| word << 8 | u64::from(byte));
    Zeroizing::new(bytes.as_ref().rchunks(8).map(word).collect())
}

/// The number of little-endian 64-bit words.
fn number<const N: usize>(words: &[u64]) -> Uint<N> {
    let bytes: Zeroizing<Vec<u8>> =
        Zeroizing::new(words.iter().rev().flat_map(|word| word.to_be_bytes()).collect());
    read(&bytes)
}

/// The pair of x in base p, for x < p².
fn pair<const P: usize, const SQ: usize>(x: &Uint<SQ>, p: &NonZero<Uint<P>>) -> Zeroizing<Vec<u64>> {
    let (high, low) = x.div_rem(p);
    let mut pair = Zeroizing::new(Vec::with_capacity(2 * P));
    pair.extend_from_slice(&words(&low));
    pair.extend_from_slice(&words(&high.resize::<P>()));
    pair
}

fn some<T>(value: crypto_bigint::CtOption<T>) -> Option<T> {
    value.into()
}
