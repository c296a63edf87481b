//! What an organizer does.

fn main() {
    console_error_panic_hook::set_once();
    frontend::organize();
}
