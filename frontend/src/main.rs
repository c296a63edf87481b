//! The page on which organizers and reporters meet a survey.

mod app;

use app::App;

fn main() {
    console_error_panic_hook::set_once();
    yew::Renderer::<App>::new().render();
}
