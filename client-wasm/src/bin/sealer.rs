//! The program of one Web Worker.

fn main() {
    client_wasm::serve(None);
}
