//! Files of people: sealed, read in parts, deleted with what they belong to, also when the storage is away.

use bytes::Bytes;
use futures::{TryStreamExt, stream};
use greenroom_app::objects::{self, NewObject};
use greenroom_app::{AppError, SystemClock, accounts};
use greenroom_domain::account::{Role, User};
use greenroom_domain::clock::Clock;
use greenroom_domain::ids::{IdSource, UserId};
use greenroom_domain::object::{ObjectKind, StoredObject};
use greenroom_testkit::{SequentialIds, TestApp, test_app};
use std::convert::Infallible;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// Bytes of a piece.
const PIECE: usize = 64 * 1024;
const WORDS: &[u8] = b"the zebrafish pipeline at Quuxworks ";

async fn person(test: &TestApp) -> UserId {
    let now = test.clock.now();
    let id = UserId(Uuid::from_u64_pair(SequentialIds::default().next().as_u64_pair().0, rand::random()));
    let user = User {
        id,
        email: Some(format!("{}@example.com", id.0.simple())),
        name: "Somebody".to_owned(),
        role: Role::JobSeeker,
        expires_at: None,
        consents: Vec::new(),
        created_at: now,
        updated_at: now,
    };
    test.app.store().create_user(&user, None).await.expect("somebody new");
    id
}

fn said(length: usize) -> Vec<u8> {
    WORDS
        .iter()
        .copied()
        .cycle()
        .take(length)
        .enumerate()
        .map(|(at, byte)| byte ^ (at / 997) as u8 & 3)
        .collect()
}

/// A recording of this length, put in chunks of an odd size and noted.
async fn record(test: &TestApp, user: UserId, length: usize) -> StoredObject {
    let new = NewObject {
        kind: ObjectKind::Recording,
        belongs_to: Uuid::from_u128(7),
        content_type: "audio/ogg",
        most: 64 * 1024 * 1024,
    };
    let chunks = said(length)
        .chunks(9_973)
        .map(|chunk| Ok::<_, Infallible>(Bytes::copy_from_slice(chunk)))
        .collect::<Vec<_>>();
    let object = objects::put(&test.app, user, new, stream::iter(chunks)).await.expect("it is put");
    test.app.store().insert_object(&object).await.expect("it is noted");
    object
}

async fn heard(test: &TestApp, object: &StoredObject, range: Range<u64>) -> Result<Vec<u8>, AppError> {
    let parts: Vec<Bytes> = objects::read(&test.app, object, range).await?.try_collect().await?;
    Ok(parts.concat())
}

fn file(test: &TestApp, object: &StoredObject) -> PathBuf {
    test.files().join(object.user_id.0.simple().to_string()).join(object.id.0.simple().to_string())
}

/// Files that lie there, without the mark of the installation.
fn files(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| {
            if entry.path().is_dir() {
                files(&entry.path())
            } else {
                usize::from(entry.file_name() != "installation")
            }
        })
        .sum()
}

#[tokio::test]
async fn any_part_of_a_recording_is_read_and_nothing_is_readable_on_the_disk() {
    let test = test_app().await;
    let user = person(&test).await;
    for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 100] {
        let object = record(&test, user, length).await;
        let (all, whole) = (said(length), length as u64);
        assert_eq!(object.bytes, whole);
        assert_eq!(heard(&test, &object, 0..whole).await.expect("all of it"), all);
        let piece = PIECE as u64;
        for range in [
            0..1,
            piece - 1..piece + 1,
            piece..2 * piece,
            whole.saturating_sub(3)..whole,
            5..5,
            whole..whole + 9,
        ] {
            let (start, end) = (range.start.min(whole) as usize, range.end.min(whole) as usize);
            assert_eq!(
                heard(&test, &object, range.clone()).await.expect("a part"),
                all[start..end.max(start)],
                "{range:?} of {length}"
            );
        }
        let on_disk = fs::read(file(&test, &object)).expect("it lies there");
        assert!(!on_disk.windows(9).any(|some| some == &WORDS[4..13]), "it is sealed");
        assert!(!object.seal.contains("zebra") && object.digest.len() == 64);
    }
}

#[tokio::test]
async fn what_was_damaged_in_the_storage_is_told_and_never_handed_out() {
    let test = test_app().await;
    let user = person(&test).await;
    let object = record(&test, user, 3 * PIECE + 100).await;
    let (path, other) = (file(&test, &object), record(&test, user, 3 * PIECE + 100).await);
    let whole = fs::read(&path).expect("it lies there");
    let sealed = PIECE + 16;
    let swapped = [&whole[sealed..2 * sealed], &whole[..sealed], &whole[2 * sealed..]].concat();
    let mut flipped = whole.clone();
    flipped[10] ^= 1;
    let cases = [
        ("cut short", whole[..whole.len() - 1].to_vec()),
        ("without its last piece", whole[..3 * sealed].to_vec()),
        ("longer", [&whole[..], b"x"].concat()),
        ("pieces exchanged", swapped),
        ("a bit flipped", flipped),
        ("another file of the same person", fs::read(file(&test, &other)).expect("it lies there")),
    ];
    for (what, bytes) in cases {
        fs::write(&path, bytes).expect("it is changed");
        let refused = heard(&test, &object, 0..object.bytes).await.expect_err(what);
        assert_eq!(refused.error, "file_damaged", "{what}");
    }
    fs::remove_file(&path).expect("it is removed");
    assert_eq!(heard(&test, &object, 0..9).await.expect_err("gone").error, "file_missing");
    fs::write(&path, whole).expect("it is put back");
    assert!(heard(&test, &object, 0..object.bytes).await.is_ok());
}

#[tokio::test]
async fn files_go_with_their_person_also_when_the_storage_was_away() {
    let test = test_app().await;
    let (leaving, staying) = (person(&test).await, person(&test).await);
    for user in [leaving, leaving, staying] {
        record(&test, user, 100).await;
    }
    assert_eq!(files(test.files()), 3);
    // The storage is away: where its folder was is something else.
    let away = test.files().with_extension("away");
    fs::rename(test.files(), &away).expect("it is moved");
    fs::write(test.files(), "no folder").expect("something else");
    let refused = objects::put(
        &test.app,
        staying,
        NewObject {
            kind: ObjectKind::Recording,
            belongs_to: Uuid::nil(),
            content_type: "audio/ogg",
            most: 99,
        },
        stream::iter([Ok::<_, Infallible>(Bytes::from_static(b"x"))]),
    );
    assert_eq!(refused.await.expect_err("it is away").error, "file_storage_unavailable");
    accounts::erase(&test.app, leaving).await.expect("erasing does not wait for the storage");
    assert_eq!(objects::clear(&test.app).await.expect("it is looked up"), 0, "it is still away");
    assert_eq!(test.app.store().objects_left().await.expect("counted").count, 1);

    fs::remove_file(test.files()).expect("it is removed");
    fs::rename(&away, test.files()).expect("it is back");
    test.scheduler.look().await.expect("chores are queued");
    test.work().await;
    assert_eq!(files(test.files()), 1, "only who stays has a file");
    assert_eq!(test.app.store().objects_left().await.expect("counted").count, 0);
}

#[tokio::test]
async fn files_that_nobody_knows_go_after_a_day_and_missing_ones_are_counted() {
    let test = test_app().await;
    let user = person(&test).await;
    let (kept, lost) = (record(&test, user, 100).await, record(&test, user, 100).await);
    let new = NewObject {
        kind: ObjectKind::Recording,
        belongs_to: Uuid::nil(),
        content_type: "audio/ogg",
        most: 99,
    };
    let body = stream::iter([Ok::<_, Infallible>(Bytes::from_static(b"never noted"))]);
    let orphan = objects::put(&test.app, user, new, body).await.expect("it is put");
    fs::remove_file(file(&test, &lost)).expect("it is removed");
    // The storage lives in the present.
    let present = SystemClock.now().ms_since(test.clock.now());
    test.clock.advance(i64::try_from(present).expect("not so long"));
    let swept = objects::sweep(&test.app).await.expect("it is swept");
    assert_eq!(
        (swept.orphans, swept.missing),
        (0, 1),
        "an orphan of today may be on its way into the database"
    );
    test.clock.advance(25 * 3_600_000);
    let swept = objects::sweep(&test.app).await.expect("it is swept");
    assert_eq!((swept.orphans, swept.missing), (1, 1));
    assert!(!file(&test, &orphan).exists() && file(&test, &kept).exists());

    // In another installation's storage all files look like that.
    fs::write(test.files().join("installation"), Uuid::nil().to_string()).expect("it is written");
    test.app.store().delete_object(user, kept.id, test.clock.now()).await.expect("it is forgotten");
    let swept = objects::sweep(&test.app).await.expect("it is looked at");
    assert_eq!((swept.orphans, swept.missing), (0, 0));
    assert!(file(&test, &kept).exists());
}
