//! Paillier encryption: secret half.
