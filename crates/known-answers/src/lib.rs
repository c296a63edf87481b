//! Checks files of known answers; holds the raw decryption no server may name.
