//! The kernel [`kernels::Vector`] against num-bigint; only on machines with AVX512-IFMA.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| sealed_pay_fuzz::eight_numbers(input));
