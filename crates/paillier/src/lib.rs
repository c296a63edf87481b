//! Paillier encryption: public half.
