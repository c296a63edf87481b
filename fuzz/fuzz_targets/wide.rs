//! The kernel [`kernels::Wide`] against num-bigint.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| sealed_pay_fuzz::one_number::<kernels::Wide>(input));
