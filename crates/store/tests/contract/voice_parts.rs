//! What is kept of the sound of interviews.

use super::harness::{at, fresh, person, session};
use super::objects::object;
use greenroom_domain::ids::{JobId, SessionId, UserId, VoicePartId};
use greenroom_domain::job_queue::Job;
use greenroom_domain::object::ObjectKind;
use greenroom_domain::voice_part::{Said, VoiceFiles, VoicePart};
use greenroom_store::{Aged, Held, Store, StoreError};

fn part(user_id: UserId, session_id: SessionId, second: i64) -> VoicePart {
    VoicePart {
        id: VoicePartId(fresh()),
        session_id,
        user_id,
        line: "line".to_owned(),
        began_at: at(second),
        length_ms: 12_300,
        said: vec![Said { question_id: None, from_ms: 5, to_ms: 900 }],
        keeps_fillers: true,
        auto_gain: Some(false),
        files: VoiceFiles::default(),
    }
}

fn job() -> Job {
    let (kind, payload) = ("mix".to_owned(), "{}".to_owned());
    Job { id: JobId(fresh()), kind, payload, run_at: at(0), attempts: 0, trace: None }
}

pub async fn parts_are_kept_once_and_in_order(store: Store) {
    let (user, other) = (person(&store).await, person(&store).await);
    let id = session(&store, user, 0).await.id;
    let (late, early) = (part(user, id, 9), part(user, id, 3));
    let track = object(&store, user, ObjectKind::Recording, id.0).await;
    assert!(store.insert_voice_part(&late, std::slice::from_ref(&track), &[job()]).await.unwrap());
    assert!(store.insert_voice_part(&early, &[], &[]).await.unwrap());
    let again = object(&store, user, ObjectKind::Recording, id.0).await;
    assert!(!store.insert_voice_part(&late, std::slice::from_ref(&again), &[job()]).await.unwrap());
    assert_eq!(store.object(user, again.id).await.unwrap(), None);
    assert_eq!(store.claim_jobs(&["mix"], 9, at(10), at(1)).await.unwrap().len(), 1);
    assert_eq!(store.voice_parts(user, id).await.unwrap(), [early, late.clone()]);
    assert_eq!(store.voice_part(user, late.id).await.unwrap(), Some(late.clone()));
    assert_eq!(store.voice_parts(other, id).await.unwrap(), []);
    assert_eq!(store.voice_part(other, late.id).await.unwrap(), None);

    let nobodys = store.insert_voice_part(&part(user, SessionId(fresh()), 1), &[], &[]).await;
    assert!(matches!(nobodys, Err(StoreError::Orphan)), "{nobodys:?}");
    assert!(store.delete_session(user, id, at(20)).await.unwrap());
    assert_eq!(store.voice_part(user, late.id).await.unwrap(), None);
    assert_eq!(store.left_to_delete(9).await.unwrap()[0].object, Some(track.id));
}

pub async fn what_is_made_of_a_track_falls_with_it(store: Store) {
    let user = person(&store).await;
    let id = session(&store, user, 0).await.id;
    let track = object(&store, user, ObjectKind::Recording, id.0).await;
    let numbers = object(&store, user, ObjectKind::VoiceNumbers, id.0).await;
    let mut part = part(user, id, 1);
    store.insert_voice_part(&part, &[track.clone(), numbers.clone()], &[]).await.unwrap();
    let mix = object(&store, user, ObjectKind::Recording, id.0).await;
    part.files.mix = Some(mix.id);
    assert!(store.add_to_voice_part(&part, track.id, std::slice::from_ref(&mix)).await.unwrap());
    assert_eq!(store.voice_part(user, part.id).await.unwrap(), Some(part.clone()));

    let other = person(&store).await;
    let kind = ObjectKind::Recording;
    assert_eq!(store.delete_objects_of(other, kind, id.0, at(5)).await.unwrap(), 0);
    assert_eq!(store.delete_objects_of(user, kind, id.0, at(5)).await.unwrap(), 2);
    assert_eq!(store.delete_objects_of(user, kind, id.0, at(5)).await.unwrap(), 0);
    assert_eq!(store.all_objects_of(user).await.unwrap(), [numbers]);
    assert_eq!(store.objects_left().await.unwrap().count, 2);
    let late = object(&store, user, ObjectKind::Recording, id.0).await;
    assert!(!store.add_to_voice_part(&part, track.id, std::slice::from_ref(&late)).await.unwrap());
    assert_eq!(store.object(user, late.id).await.unwrap(), None);
}

pub async fn recordings_have_their_own_time(store: Store) {
    let user = person(&store).await;
    let id = session(&store, user, 0).await.id;
    let tracks = [
        object(&store, user, ObjectKind::Recording, id.0).await,
        object(&store, user, ObjectKind::Recording, id.0).await,
    ];
    store.insert_voice_part(&part(user, id, 1), &tracks, &[]).await.unwrap();
    let held = store.held(user, Aged::Recordings).await.unwrap();
    assert_eq!(held, Held { count: 1, oldest: Some(at(1)) }, "two files are one recording");
    assert_eq!(store.count_aged(Aged::Recordings, at(1)).await.unwrap(), 0);
    assert_eq!(store.count_aged(Aged::Recordings, at(2)).await.unwrap(), 2);
    let said = super::retention::said;
    assert_eq!(store.delete_aged(Aged::Recordings, at(2), 9, said).await.unwrap(), (2, Vec::new()));
    assert_eq!(store.all_objects_of(user).await.unwrap(), []);
    assert_eq!(store.objects_left().await.unwrap().count, 2, "they are deleted in the storage too");
    assert_eq!(store.voice_parts(user, id).await.unwrap().len(), 1, "the interview is there");

    // Files go with what they belong to, also by a rule.
    let numbers = object(&store, user, ObjectKind::VoiceNumbers, id.0).await;
    store.insert_object(&numbers).await.unwrap();
    store.delete_aged(Aged::Interviews, at(50), 9, said).await.unwrap();
    assert_eq!(store.object(user, numbers.id).await.unwrap(), None);
    assert_eq!(store.objects_left().await.unwrap().count, 3);
}
