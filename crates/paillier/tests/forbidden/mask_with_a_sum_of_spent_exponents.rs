//! A sum of spent exponents may be one spent exponent: nothing masks with it, and no number takes it in but as bytes.

use paillier::{ExponentSum, Masker, Natural, Plaintext, SpentExponent};

fn again(masker: &Masker, spent: &SpentExponent) {
    let mut sum = ExponentSum::zero(2048);
    sum.add_exponent(spent);
    let _ = masker.mask(&Plaintext::from_u64(2), &sum);
}

fn as_a_number(masker: &Masker, spent: &SpentExponent) {
    let mut number = Natural::zero(2048);
    number.add_exponent(spent);
    let _ = masker.mask(&Plaintext::from_u64(2), &number);
}

fn added(sum: &ExponentSum) -> Natural {
    let mut number = Natural::zero(2048);
    number.add_multiple(sum, 1);
    number
}

fn taken_out(sum: ExponentSum) -> Natural {
    sum.0
}

fn turned(sum: ExponentSum) -> Natural {
    sum.into()
}

fn main() {}
