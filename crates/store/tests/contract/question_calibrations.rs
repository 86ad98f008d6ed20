use super::harness::{at, person, session};
use greenroom_domain::ability::ItemEstimate;
use greenroom_domain::bank::QuestionCalibration;
use greenroom_domain::interview::Difficulty;
use greenroom_store::Store;

fn found(id: &str, seconds: i64, difficulty: f64) -> QuestionCalibration {
    QuestionCalibration {
        question_id: id.to_owned(),
        level: Difficulty::Intermediate,
        estimate: ItemEstimate { discrimination: 1.1, thresholds: vec![-1.5, -0.25, 0.75, 1.5], answers: 40 },
        authored: 0.0,
        difficulty,
        difficulty_error: 0.125,
        discrimination_error: 0.25,
        flagged: difficulty > 0.5,
        exposure: 0.2,
        at: at(seconds),
    }
}

pub async fn what_was_found_last_takes_the_place_of_the_rest(store: Store) {
    assert_eq!(store.question_calibrations().await.unwrap(), []);
    assert_eq!(store.questions_calibrated_at().await.unwrap(), None);
    store.replace_question_calibrations(&[found("b", 1, 0.75), found("a", 1, 0.1)]).await.unwrap();
    assert_eq!(store.question_calibrations().await.unwrap(), [found("a", 1, 0.1), found("b", 1, 0.75)]);
    let many: Vec<_> = (0..450).map(|n| found(&format!("q{n:03}"), 5, 0.0)).collect();
    store.replace_question_calibrations(&many).await.unwrap();
    assert_eq!(store.question_calibrations().await.unwrap(), many);
    assert_eq!(store.questions_calibrated_at().await.unwrap(), Some(at(5)));
    store.replace_question_calibrations(&[]).await.unwrap();
    assert_eq!(store.question_calibrations().await.unwrap(), []);
}

pub async fn interviews_are_looked_at_from_the_newest_on(store: Store) {
    let (one, other) = (person(&store).await, person(&store).await);
    let mut begun = Vec::new();
    for (user, seconds) in [(one, 0), (other, 1), (one, 2)] {
        begun.push((session(&store, user, seconds).await.id, user));
    }
    begun.reverse();
    let first = store.interviews_before(None, 2).await.unwrap();
    assert_eq!(first, begun[..2]);
    assert_eq!(store.interviews_before(Some(first[1].0), 2).await.unwrap(), begun[2..]);
    assert_eq!(store.open_jobs("calibrate_bank").await.unwrap(), 0);
}
