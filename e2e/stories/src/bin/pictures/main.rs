//! Pictures of every page and state, on a narrow and a wide screen, light and dark; and what axe finds on each.
//!
//! `cargo xtask screenshots` builds the page and runs this. By hand: `SEALED_PAY_PAGE` names the built page,
//! `SEALED_PAY_PICTURES` the folder for the pictures, `SEALED_PAY_AXE` the file `axe.min.js`.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a tool of tests fails loudly"
)]

mod bad_days;
mod camera;
mod files;
mod first_screen;
mod organizing;
mod reporting;
mod states;

use camera::Camera;
use std::process::ExitCode;
use stories::World;

fn main() -> ExitCode {
    let camera = Camera::of_environment();
    let mut world = World::start();
    organizing::before(&world, &camera);
    let survey = organizing::survey(&world, &camera);
    let reporter = reporting::whole_way(&mut world, &camera, &survey);
    survey.end(&world, &camera);
    reporting::afterwards(&camera, &reporter, &survey.links);
    first_screen::weigh(&camera);
    bad_days::pages_that_stop(&world, &camera);
    bad_days::pages_without_workers(&camera);
    bad_days::servers_that_are_down(&mut world, &camera);
    let mut another = World::start();
    organizing::mended(&mut another, &camera);
    organizing::expired(&mut another, &camera);
    camera.report()
}
