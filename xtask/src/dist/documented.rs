//! Runs what DEPLOYING.md tells anybody to run who checks what is served, exactly as it stands there.

use super::CONFIGURATION;
use super::list::{LIST, sign, signing_key};
use crate::tree;
use std::path::Path;
use std::process::Command;

/// The commands of one sentence, between backticks, that begin so.
fn commands() -> Vec<String> {
    let text = std::fs::read_to_string(tree::root().join("docs/DEPLOYING.md")).unwrap();
    let sentence = text.lines().find(|line| line.starts_with("Anybody can check what is served")).unwrap();
    let quoted = sentence.split('`').skip(1).step_by(2);
    quoted.filter(|word| word.contains(' ')).map(str::to_owned).collect()
}

/// Whether every command succeeds in a folder; the name of the first that fails.
fn check(folder: &Path) -> Result<(), String> {
    for command in commands() {
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(&command).current_dir(folder);
        let output = shell.output().unwrap();
        if !output.status.success() {
            return Err(command);
        }
    }
    Ok(())
}

/// A build: files of two folders, copies, the configuration that is nobody's business here, and the signed list.
fn build(folder: &Path, secrets: &Path) {
    std::fs::create_dir(folder.join("snippets")).unwrap();
    for name in ["index.html", "index.html.gz", "start_bg.wasm", "snippets/a b.js", CONFIGURATION] {
        std::fs::write(folder.join(name), format!("what {name} holds")).unwrap();
    }
    sign(folder, &signing_key(&secrets.join("key")).unwrap()).unwrap();
}

/// Turns the lowest bit of one byte of a file round.
fn spoil(file: &Path, at: usize) {
    let mut bytes = std::fs::read(file).unwrap();
    bytes[at] ^= 1;
    std::fs::write(file, bytes).unwrap();
}

#[test]
fn the_documented_commands_accept_a_build_and_notice_one_changed_byte_anywhere() {
    assert_eq!(
        commands(),
        [
            "sha256sum -c SHA256SUMS",
            "openssl pkeyutl -verify -rawin -pubin -inkey SHA256SUMS.pem -sigfile SHA256SUMS.sig -in SHA256SUMS",
        ]
    );
    let (folder, secrets) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    build(folder.path(), secrets.path());
    assert_eq!(check(folder.path()), Ok(()));
    // Whoever serves the page writes its configuration anew.
    spoil(&folder.path().join(CONFIGURATION), 0);
    assert_eq!(check(folder.path()), Ok(()));
    let (list, signature) = (LIST.to_owned(), format!("{LIST}.sig"));
    for (file, noticed_by) in [
        ("index.html", "sha256sum"),
        ("start_bg.wasm", "sha256sum"),
        ("snippets/a b.js", "sha256sum"),
        // By one of the two: `sha256sum` may take a spoilt line for none of its own.
        (list.as_str(), ""),
        (signature.as_str(), "openssl"),
    ] {
        let file = folder.path().join(file);
        spoil(&file, 9);
        let failed = check(folder.path()).unwrap_err();
        assert!(failed.starts_with(noticed_by), "{}: {failed}", file.display());
        spoil(&file, 9);
    }
    assert_eq!(check(folder.path()), Ok(()));
}

#[test]
fn a_list_that_was_made_anew_for_changed_files_is_noticed_by_its_signature() {
    let (folder, secrets) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    build(folder.path(), secrets.path());
    let signature = std::fs::read(folder.path().join(format!("{LIST}.sig"))).unwrap();
    std::fs::write(folder.path().join("index.html"), "another program").unwrap();
    sign(folder.path(), &signing_key(&secrets.path().join("key")).unwrap()).unwrap();
    std::fs::write(folder.path().join(format!("{LIST}.sig")), signature).unwrap();
    assert!(check(folder.path()).unwrap_err().starts_with("openssl"));
}
