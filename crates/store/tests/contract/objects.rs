//! What is known of files: noted with what they belong to, left to be deleted with it.

use super::harness::{at, fresh, person, session};
use greenroom_domain::ids::{ObjectId, ResumeId, UserId};
use greenroom_domain::object::{ObjectKind, StoredObject};
use greenroom_domain::resume::{Resume, ResumeRecord};
use greenroom_store::{LeftToDelete, Store, StoreError};
use uuid::Uuid;

pub async fn object(store: &Store, user: UserId, kind: ObjectKind, belongs_to: Uuid) -> StoredObject {
    let id = ObjectId(fresh());
    let seal = store.new_object_seal(user, id, kind).await.unwrap();
    StoredObject {
        id,
        user_id: user,
        kind,
        belongs_to,
        content_type: "application/pdf".to_owned(),
        bytes: 5_000_000_000,
        digest: "ab".repeat(32),
        seal: seal.text().to_owned(),
        created_at: at(1),
    }
}

async fn resume(store: &Store, user: UserId) -> (ResumeId, StoredObject) {
    let id = ResumeId(fresh());
    let original = object(store, user, ObjectKind::ResumeOriginal, id.0).await;
    let record = ResumeRecord {
        id,
        user_id: user,
        file_name: Some("cv.pdf".to_owned()),
        resume: Resume::default(),
        created_at: at(1),
        updated_at: at(1),
    };
    store.insert_resume(&record, Some(&original)).await.unwrap();
    (id, original)
}

pub async fn a_file_is_noted_with_its_resume_and_left_with_it(store: Store) {
    let (user, other) = (person(&store).await, person(&store).await);
    let (id, original) = resume(&store, user).await;
    let of = async |user| store.objects_of(user, ObjectKind::ResumeOriginal, [id.0]).await.unwrap();
    assert_eq!(of(user).await, std::slice::from_ref(&original));
    assert_eq!(of(other).await, []);
    assert_eq!(store.object(user, original.id).await.unwrap().as_ref(), Some(&original));
    assert_eq!(store.object(other, original.id).await.unwrap(), None);
    assert_eq!(store.objects_of(user, ObjectKind::Recording, [id.0]).await.unwrap(), []);

    assert!(!store.delete_resume(other, id, at(2)).await.unwrap(), "somebody else's is not there");
    assert_eq!(store.objects_left().await.unwrap().count, 0);
    assert!(store.delete_resume(user, id, at(2)).await.unwrap());
    assert_eq!(of(user).await, []);
    let left = LeftToDelete { owner: user.0, object: Some(original.id), since: at(2) };
    assert_eq!(store.left_to_delete(9).await.unwrap(), [left]);
    assert_eq!(store.objects_left().await.unwrap().oldest, Some(at(2)));
    store.deleted_in_storage(&left).await.unwrap();
    assert_eq!(store.objects_left().await.unwrap().count, 0);
}

pub async fn files_of_who_is_erased_are_left_as_one(store: Store) {
    let (leaving, staying) = (person(&store).await, person(&store).await);
    for user in [leaving, leaving, staying] {
        resume(&store, user).await;
    }
    let nobody = object(&store, leaving, ObjectKind::Recording, fresh()).await;
    store.delete_user(leaving, at(3)).await.unwrap();
    let left = LeftToDelete { owner: leaving.0, object: None, since: at(3) };
    assert_eq!(store.left_to_delete(9).await.unwrap(), [left]);
    assert_eq!(store.all_objects_of(staying).await.unwrap().len(), 1);
    let refused = store.insert_object(&nobody).await;
    assert!(matches!(refused, Err(StoreError::Orphan)), "{refused:?}");
    // Without files there is nothing to do.
    store.deleted_in_storage(&left).await.unwrap();
    let bare = person(&store).await;
    store.delete_user(bare, at(4)).await.unwrap();
    assert_eq!(store.objects_left().await.unwrap().count, 0);
    // A copy of before is put back: its files are left once more.
    store.erase_again(&[staying.0], at(5)).await.unwrap();
    assert_eq!(
        store.left_to_delete(9).await.unwrap(),
        [LeftToDelete { owner: staying.0, object: None, since: at(5) }]
    );
}

pub async fn a_recording_goes_with_its_interview(store: Store) {
    let user = person(&store).await;
    let state = session(&store, user, 0).await;
    let recording = object(&store, user, ObjectKind::Recording, state.id.0).await;
    store.insert_object(&recording).await.unwrap();
    assert!(store.delete_session(user, state.id, at(9)).await.unwrap());
    assert_eq!(store.object(user, recording.id).await.unwrap(), None);
    assert_eq!(store.left_to_delete(9).await.unwrap()[0].object, Some(recording.id));
}

pub async fn files_are_looked_through_and_known(store: Store) {
    let user = person(&store).await;
    let mut ids = Vec::new();
    for _ in 0..5 {
        ids.push(resume(&store, user).await.1.id);
    }
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = store.objects_after(after, 2).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        seen.extend(page.into_iter().map(|object| object.id));
    }
    ids.sort();
    assert_eq!(seen, ids);
    let strange = fresh();
    let known = store.known_objects(&[ids[0].0, strange]).await.unwrap();
    assert!(known.contains(&ids[0].0) && !known.contains(&strange));
    assert!(store.delete_object(user, ids[0], at(2)).await.unwrap());
    assert!(!store.delete_object(user, ids[0], at(2)).await.unwrap());
}

pub async fn an_installation_has_one_name(store: Store) {
    let (one, other) = (fresh(), fresh());
    let (first, second) = tokio::join!(store.installation(one), store.installation(other));
    let name = first.unwrap();
    assert_eq!(second.unwrap(), name);
    assert_eq!(store.installation(fresh()).await.unwrap(), name);
}

pub async fn a_seal_opens_as_long_as_its_person_is_there(store: Store) {
    let user = person(&store).await;
    let (_, original) = resume(&store, user).await;
    let sealed = store.object_seal(&original).await.unwrap().seal(0, true, b"said");
    assert_eq!(store.object_seal(&original).await.unwrap().open(0, true, sealed), Ok(b"said".to_vec()));
    store.delete_user(user, at(2)).await.unwrap();
    let refused = store.object_seal(&original).await;
    assert!(matches!(refused, Err(StoreError::Sealed { .. })), "{refused:?}");
}
