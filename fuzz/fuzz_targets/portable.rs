//! The kernel [`kernels::Portable`] against num-bigint.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| sealed_pay_fuzz::one_number::<kernels::Portable>(input));
