//! Backups, copies and dumps: what they bring back, and what they open.

use std::fs;
use std::path::Path;

use computation_server::store::{SqliteStore, Store};
use protocol::peer::{OpeningAnswer, SignatureDocument};
use protocol::{Problem, Signed, routes};

use crate::survey::Survey;
use crate::world::World;

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

#[tokio::test]
async fn restored_backup_opens_again() {
    let mut world = World::start().await;
    let backups = tempfile::tempdir().unwrap();
    let backup = backups.path().join("backup");
    let survey = Survey::open(&world, 4).await;
    let versions = survey.declare_all(&world, 4).await;
    survey.close(&world).await;
    let agreement = survey.agree(&world, &versions).await;
    world.restart_after(|data, _| copy(data, &backup)).await;
    let path = survey.at(routes::peer::OPENING);
    let first = survey.opening(&world, &agreement.agreed, &versions);
    let answer = world.peer(&path, &first).await;
    assert!(matches!(answer.json(), OpeningAnswer::Release { .. }));
    let restore = |data: &Path, _: &Path| {
        fs::remove_dir_all(data).unwrap();
        copy(&backup, data);
    };
    world.restart_after(restore).await;
    let other = survey.opening(&world, &agreement.agreed, &versions[1..]);
    assert_eq!(world.peer(&path, &other).await.problem(), Problem::OpeningBegun);
    assert_eq!(world.peer(&path, &first).await.body, answer.body, "the same bytes get the same answer");
    world
        .restart_after(|data, marks| {
            restore(data, marks);
            fs::remove_dir_all(marks).unwrap();
        })
        .await;
    assert_eq!(
        world.peer(&path, &first).await.problem(),
        Problem::OpeningBegun,
        "a missing mark means begun"
    );
}

#[tokio::test]
async fn database_dumps_after_release_open_no_commitment() {
    let world = World::start().await;
    let survey = Survey::open(&world, 3).await;
    let versions = survey.declare_all(&world, 3).await;
    survey.close(&world).await;
    let agreement = survey.agree(&world, &versions).await;
    let before = dump(&world.data());
    let kept = sealed_secrets(&before, survey.id()).await;
    assert_eq!(kept.len(), 4, "a key and three shares");
    assert!(kept.iter().all(|secret| contains(&before, secret)));
    for version in &versions {
        assert!(version.secrets().iter().all(|share| !contains(&before, share)), "a share lies open");
    }
    let opening = survey.opening(&world, &agreement.agreed, &versions);
    let OpeningAnswer::Release { release } =
        world.peer(&survey.at(routes::peer::OPENING), &opening).await.json()
    else {
        panic!("it ended")
    };
    let signature = Signed::sign(release.body, &world.data_server).signature;
    let path = survey.at(routes::peer::COUNTERSIGNATURE);
    assert_eq!(world.peer(&path, &SignatureDocument { signature }).await.status, 204);
    let after = dump(&world.data());
    assert!(kept.iter().all(|secret| !contains(&after, secret)), "a sealed secret is still on disk");
}

/// All bytes of the database and its log, as a copy has them.
fn dump(data: &Path) -> Vec<(String, Vec<u8>)> {
    let files = fs::read_dir(data).unwrap().map(Result::unwrap);
    let database = files.filter(|file| file.file_name().to_string_lossy().contains("sqlite"));
    database.map(|f| (f.file_name().into_string().unwrap(), fs::read(f.path()).unwrap())).collect()
}

fn contains(dump: &[(String, Vec<u8>)], secret: &[u8]) -> bool {
    dump.iter().any(|(_, bytes)| bytes.windows(secret.len()).any(|window| window == secret))
}

/// The sealed key and shares of a dump, read through a store of its own.
async fn sealed_secrets(dump: &[(String, Vec<u8>)], survey: protocol::Hex<32>) -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in dump.iter().filter(|(name, _)| !name.ends_with(".lock") && !name.ends_with("-shm")) {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let store = SqliteStore::open(&folder.path().join("computation-server.sqlite")).await.unwrap();
    let material = store.opening_material(survey).await.unwrap().unwrap();
    store.close().await.unwrap();
    let shares = material.sealed_shares.into_iter().map(|(_, _, share)| share);
    material.sealed_key.into_iter().chain(shares).collect()
}
