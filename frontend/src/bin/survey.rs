//! What reporters and organizers do in a survey.

fn main() {
    console_error_panic_hook::set_once();
    frontend::survey();
}
