//! Set-up, run, test and the laws of the tree.
fn main() {}
