//! Presets rehearsed with drawn employees, against a program in another language that adds up in the clear.

#![allow(clippy::unwrap_used, reason = "a test fails loudly")]

use std::process::Command;

fn agrees(presets: &[&str]) {
    let Ok(version) = Command::new("python3").arg("--version").output() else {
        println!("skipped: no python3 here to check presets in another language");
        return;
    };
    assert!(version.status.success());
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/check_rehearsed_presets.py");
    let mut python = Command::new("python3");
    let output = python.args([program, env!("CARGO_BIN_EXE_sealedpay")]).args(presets).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(presets.iter().all(|preset| said.contains(&format!("{preset}: "))), "{said}");
}

#[test]
fn the_figures_of_women_and_men() {
    agrees(&["simple", "uk-gender-pay-gap"]);
}

#[test]
fn article_nine_by_categories_of_workers() {
    agrees(&["eu-2023-970"]);
}

#[test]
fn boston_and_its_many_cells() {
    agrees(&["boston", "eeo-1-component-2"]);
}
