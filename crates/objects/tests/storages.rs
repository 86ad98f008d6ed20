//! What a storage of files promises, on each kind of storage.

use bytes::Bytes;
use futures::{StreamExt, TryStreamExt, stream};
use greenroom_objects::{Name, ObjectError, Objects, Options};
use greenroom_testkit::StoragePeer;
use secrecy::SecretString;
use std::convert::Infallible;
use std::io;
use std::path::PathBuf;
use std::time::SystemTime;
use uuid::Uuid;

/// More than one part.
const LONG: usize = 20 * 1024 * 1024 + 7;
const MOST: u64 = 64 * 1024 * 1024;

fn fresh() -> Uuid {
    Uuid::from_u128(rand::random())
}

fn name(owner: Uuid) -> Name {
    Name { owner, id: fresh() }
}

/// Bytes of which no two places look alike.
fn content(length: usize) -> Bytes {
    (0..length).map(|at| (at * 31 + at / 251) as u8).collect()
}

#[expect(clippy::disallowed_methods, reason = "storages of others live in the present")]
fn now() -> SystemTime {
    SystemTime::now()
}

async fn put(objects: &Objects, name: Name, bytes: &Bytes) -> Result<greenroom_objects::Stored, ObjectError> {
    let chunks: Vec<_> =
        bytes.chunks(70_000).map(|chunk| Ok::<_, Infallible>(Bytes::copy_from_slice(chunk))).collect();
    objects.put(name, MOST, stream::iter(chunks)).await
}

async fn got(
    objects: &Objects,
    name: Name,
    range: std::ops::Range<u64>,
    whole: u64,
) -> Result<Vec<u8>, ObjectError> {
    let parts: Vec<Bytes> = objects.get(name, range, whole).await?.try_collect().await?;
    Ok(parts.concat())
}

async fn keeps_its_promises(objects: &Objects) {
    let ours = fresh();
    objects.claim(ours).await.expect("nobody had it");
    objects.claim(ours).await.expect("it is ours");
    assert!(matches!(objects.claim(fresh()).await, Err(ObjectError::NotOurs)));

    let (owner, other) = (fresh(), fresh());
    for length in [0, 5, LONG] {
        let (bytes, name) = (content(length), name(owner));
        let stored = put(objects, name, &bytes).await.expect("it is put");
        assert_eq!(stored.bytes, length as u64);
        let whole = length as u64;
        if length > 0 {
            assert!(
                got(objects, name, 0..whole, whole).await.expect("it is there") == bytes,
                "all {length} bytes"
            );
        }
        if length == LONG {
            let middle = got(objects, name, 8_388_000..8_389_000, whole).await.expect("a part is there");
            assert!(middle == bytes[8_388_000..8_389_000], "across the border of two parts");
            for pretended in [whole + 1, whole + 100_000] {
                let refused = got(objects, name, pretended - 1..pretended, pretended).await;
                let is_damaged = matches!(refused, Err(ObjectError::Damaged { found, .. }) if found == whole);
                assert!(is_damaged, "{:?}", refused.err());
            }
        }
    }
    let theirs = name(other);
    put(objects, theirs, &content(3)).await.expect("it is put");

    let listed: Vec<_> = objects.list().try_collect().await.expect("they are listed");
    assert_eq!(listed.iter().filter(|listed| listed.name.owner == owner).count(), 3);
    let one = listed.iter().find(|listed| listed.name == theirs).expect("it is listed");
    assert_eq!(one.bytes, 3);
    let age = now().duration_since(one.put_at).unwrap_or_default();
    assert!(age.as_secs() < 3600, "put a moment ago: {age:?}");

    let too_long = objects.put(name(owner), 9, stream::iter([Ok::<_, Infallible>(content(10))])).await;
    assert!(matches!(too_long, Err(ObjectError::TooLarge(9))));
    let broken = stream::iter([Ok(content(LONG)), Err(io::Error::other("the line broke"))]);
    let given_up = name(owner);
    assert!(matches!(objects.put(given_up, MOST, broken).await, Err(ObjectError::BrokeOff(_))));
    assert!(
        matches!(got(objects, given_up, 0..1, 1).await, Err(ObjectError::NotFound)),
        "nothing of it is there"
    );

    assert_eq!(objects.delete_all(owner).await.expect("they are deleted"), 3);
    assert_eq!(objects.delete_all(owner).await.expect("there is nothing left"), 0);
    assert!(got(objects, theirs, 0..3, 3).await.is_ok(), "somebody else's stays");
    objects.delete(theirs).await.expect("it is deleted");
    objects.delete(theirs).await.expect("twice does no harm");
    assert!(matches!(got(objects, theirs, 0..3, 3).await, Err(ObjectError::NotFound)));
    assert_eq!(objects.list().count().await, 0);
}

fn no_folder() -> PathBuf {
    PathBuf::from("/nowhere")
}

fn s3(peer: &StoragePeer, prefix: &str) -> Options {
    Options {
        url: Some(format!("s3://rooms/{prefix}")),
        endpoint: Some(peer.address.clone()),
        allow_http: true,
        access_key_id: Some(peer.account.clone()),
        secret_access_key: Some(SecretString::from(peer.key.clone())),
        ..Options::default()
    }
}

#[tokio::test]
async fn a_folder() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("files");
    let objects = Objects::open(&Options::default(), folder.clone()).expect("it is made");
    keeps_its_promises(&objects).await;
    // Folders of those who are gone go too, and nothing is left half written.
    let left: Vec<_> =
        std::fs::read_dir(&folder).expect("it is there").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left, ["installation"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&folder).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o700, "nobody else looks into it");
    }
}

#[tokio::test]
async fn memory() {
    keeps_its_promises(&Objects::in_memory()).await;
}

#[tokio::test]
async fn s3_and_what_it_refuses() {
    let peer = StoragePeer::s3();
    let objects = Objects::open(&s3(&peer, "a/b"), no_folder()).expect("settings");
    keeps_its_promises(&objects).await;
    let elsewhere = Objects::open(&s3(&peer, "c"), no_folder()).expect("settings");
    elsewhere.claim(fresh()).await.expect("another prefix is another storage");

    let wrong_key = Options { secret_access_key: Some(SecretString::from("wrong")), ..s3(&peer, "") };
    let nobody = Options { access_key_id: Some("AKIANOBODY".to_owned()), ..s3(&peer, "") };
    let no_bucket = Options { url: Some("s3://no-such-bucket".to_owned()), ..s3(&peer, "") };
    for refused in [wrong_key, nobody, no_bucket] {
        let objects = Objects::open(&refused, no_folder()).expect("settings");
        let said = objects.claim(fresh()).await;
        assert!(matches!(said, Err(ObjectError::Refused(_))), "{said:?}");
    }

    drop(peer);
    let put = put(&objects, name(fresh()), &content(5)).await;
    assert!(matches!(put, Err(ObjectError::Unavailable(_))), "{put:?}");
    assert!(matches!(objects.delete(name(fresh())).await, Err(ObjectError::Unavailable(_))));
}

#[tokio::test]
async fn google() {
    let peer = StoragePeer::google();
    let key = PathBuf::from(&peer.key);
    let options = |file: PathBuf| Options {
        url: Some("gs://rooms/below".to_owned()),
        endpoint: Some(peer.address.clone()),
        allow_http: true,
        service_account_file: Some(file),
        ..Options::default()
    };
    let stranger = options(key.with_file_name("stranger.json"));
    keeps_its_promises(&Objects::open(&options(key), no_folder()).expect("settings")).await;
    let said = Objects::open(&stranger, no_folder()).expect("settings").claim(fresh()).await;
    assert!(matches!(said, Err(ObjectError::Refused(_))), "{said:?}");
    let no_bucket =
        Options { url: Some("gs://no-such-bucket".to_owned()), ..options(PathBuf::from(&peer.key)) };
    let said = Objects::open(&no_bucket, no_folder()).expect("settings").claim(fresh()).await;
    assert!(matches!(said, Err(ObjectError::Refused(_))), "{said:?}");
}

#[tokio::test]
async fn azure() {
    let peer = StoragePeer::azure();
    let options = Options {
        url: Some("az://rooms/below".to_owned()),
        endpoint: Some(peer.address.clone()),
        allow_http: true,
        account: Some(peer.account.clone()),
        account_key: Some(SecretString::from(peer.key.clone())),
        ..Options::default()
    };
    keeps_its_promises(&Objects::open(&options, no_folder()).expect("settings")).await;
    let wrong = Options { account_key: Some(SecretString::from("d3Jvbmc=")), ..options };
    let said = Objects::open(&wrong, no_folder()).expect("settings").claim(fresh()).await;
    assert!(matches!(said, Err(ObjectError::Refused(_))), "{said:?}");
}
