//! A changed folder of migrations makes a new program.
fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
