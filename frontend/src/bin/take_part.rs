//! What a reporter does.

fn main() {
    console_error_panic_hook::set_once();
    frontend::take_part();
}
