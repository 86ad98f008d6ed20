use greenroom_domain::clock::Timestamp;
use greenroom_domain::interview::Stages;
use greenroom_domain::voice_turn::VoiceTurn;
use greenroom_store::{ClockMark, Engine, Store};
use uuid::Uuid;

fn at(ms: i64) -> Timestamp {
    Timestamp::new("2026-01-01T00:00:00Z".parse().unwrap()).plus_ms(ms)
}

pub async fn a_moment_takes_the_place_of_the_one_before(store: Store) {
    assert_eq!(store.clock_mark(ClockMark::Seen).await.unwrap(), None);
    store.set_clock_mark(ClockMark::Seen, at(1)).await.unwrap();
    store.set_clock_mark(ClockMark::Confirmed, at(2)).await.unwrap();
    store.set_clock_mark(ClockMark::Seen, at(3)).await.unwrap();
    assert_eq!(store.clock_mark(ClockMark::Seen).await.unwrap(), Some(at(3)));
    assert_eq!(store.clock_mark(ClockMark::Confirmed).await.unwrap(), Some(at(2)));
}

pub async fn a_server_has_a_clock_and_a_file_has_none(store: Store) {
    let now = store.database_now().await.unwrap();
    assert_eq!(now.is_some(), store.engine() == Engine::Postgres);
    assert!(now.is_none_or(|now| now > at(0)));
}

pub async fn turns_are_read_from_the_newest_on_and_forgotten(store: Store) {
    let turn = |ms: i64| VoiceTurn {
        at: at(ms),
        engine: "lab".to_owned(),
        stages: Stages { first_audio_ms: Some(ms as u64), ..Stages::default() },
    };
    for (n, ms) in [10, 30, 20].into_iter().enumerate() {
        store.add_voice_turn(Uuid::from_u128(n as u128 + 1), &turn(ms)).await.unwrap();
    }
    assert_eq!(store.voice_turns(at(15), 10).await.unwrap(), [turn(30), turn(20)]);
    assert_eq!(store.voice_turns(at(0), 1).await.unwrap(), [turn(30)]);
    assert_eq!(store.prune_voice_turns(at(20)).await.unwrap(), 1);
    assert_eq!(store.voice_turns(at(0), 10).await.unwrap(), [turn(30), turn(20)]);
}
