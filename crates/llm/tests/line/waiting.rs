//! How long a line waits, and for whom.

use crate::scripted::{BUSY, Scripted, Step, fail, line, line_with, ms, request, seconds, text};
use greenroom_llm::{Circuits, FallbackOptions, Kind, LanguageModel, Recorded, complete};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// The timer of the runtime counts in milliseconds and rounds up.
const TICK: Duration = Duration::from_millis(2);

fn limited(retry_after: Duration) -> Step {
    fail(Kind::RateLimited { retry_after: Some(retry_after) })
}

fn gaps(model: &Scripted) -> Vec<Duration> {
    model.asked().windows(2).map(|pair| pair[1] - pair[0]).collect()
}

#[tokio::test(start_paused = true)]
async fn waits_grow_and_stay_under_their_bounds() {
    let options = FallbackOptions { attempts: 9, deadline: seconds(600), ..FallbackOptions::default() };
    let circuits = Circuits::new(greenroom_llm::CircuitOptions { failures: 100, ..Default::default() });
    let bounds = [250, 500, 1000, 2000, 4000, 8000, 8000, 8000].map(ms);
    let mut longest = [Duration::ZERO; 8];
    let line = |model: &Arc<Scripted>| line_with(std::slice::from_ref(model), options, &circuits);
    let model = Scripted::new("a", [fail(BUSY)]);
    let one = line(&model);
    for round in 1..=11 {
        assert!(one.stream(&request()).await.is_err());
        let asked = model.asked();
        for (turn, pair) in asked[(round - 1) * 9..].windows(2).enumerate() {
            longest[turn] = longest[turn].max(pair[1] - pair[0]);
        }
    }
    for (turn, bound) in bounds.into_iter().enumerate() {
        assert!(longest[turn] <= bound + TICK, "wait {turn}: {:?} of {bound:?}", longest[turn]);
        assert!(longest[turn] > bound / 3, "wait {turn} of eleven draws: {:?} of {bound:?}", longest[turn]);
    }
}

#[tokio::test(start_paused = true)]
async fn the_same_seed_gives_the_same_waits() {
    let (one, other) = (Scripted::new("a", [fail(BUSY)]), Scripted::new("a", [fail(BUSY)]));
    assert!(line(std::slice::from_ref(&one)).stream(&request()).await.is_err());
    assert!(line(std::slice::from_ref(&other)).stream(&request()).await.is_err());
    assert_eq!(gaps(&one), gaps(&other));
}

#[tokio::test(start_paused = true)]
async fn comes_back_when_the_vendor_said() {
    let model = Scripted::new("a", [limited(seconds(3)), text()]);
    assert!(complete(&line(std::slice::from_ref(&model)), &request()).await.is_ok());
    let gap = gaps(&model)[0];
    assert!(gap >= seconds(3) && gap <= seconds(3) + ms(250) + TICK, "{gap:?}");
}

#[tokio::test(start_paused = true)]
async fn goes_on_at_once_when_the_vendor_asks_for_more_time_than_there_is() {
    for retry_after in [seconds(21), Duration::MAX] {
        let (first, second) = (Scripted::new("a", [limited(retry_after)]), Scripted::new("b", [text()]));
        let began = Instant::now();
        let reply = complete(&line(&[first, second]), &request()).await.unwrap();
        assert_eq!((reply.model.provider.as_str(), began.elapsed()), ("b", Duration::ZERO));
    }
}

#[tokio::test(start_paused = true)]
async fn a_try_ends_without_a_first_text_in_time() {
    for step in [Step::Hang, Step::Silent, Step::Text { after: seconds(9), pieces: 1 }] {
        let models = [Scripted::new("a", [step]), Scripted::new("b", [text()])];
        let options = FallbackOptions { attempts: 1, ..FallbackOptions::default() };
        let began = Instant::now();
        let reply = complete(&line_with(&models, options, &Circuits::default()), &request()).await.unwrap();
        assert_eq!(reply.model.provider, "b");
        assert!(
            began.elapsed() >= seconds(8) && began.elapsed() <= seconds(8) + TICK,
            "{:?}",
            began.elapsed()
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_slow_reply_is_not_cut_off_once_it_has_begun() {
    let model = Scripted::new("a", [Step::Text { after: ms(7_900), pieces: 50 }]);
    let reply = complete(&line(&[model]), &request()).await.unwrap();
    assert_eq!(reply.text, Scripted::whole("a", 50));
}

#[tokio::test(start_paused = true)]
async fn the_whole_call_ends_at_its_deadline() {
    let models = ["a", "b", "c", "d"].map(|name| Scripted::new(name, [Step::Hang]));
    let began = Instant::now();
    let Recorded { result, attempts } = line(&models).stream_recorded(&request()).await;
    assert_eq!(result.err().unwrap().kind, Kind::TimedOut);
    assert!(began.elapsed() >= seconds(20) && began.elapsed() <= seconds(20) + TICK, "{:?}", began.elapsed());
    assert_eq!(attempts.len(), 3, "8 + 8 + 4 seconds");
}

#[tokio::test(start_paused = true)]
async fn tries_again_leave_time_for_the_models_behind() {
    let (first, second) =
        (Scripted::new("a", [Step::Hang]), Scripted::new("b", [Step::Text { after: seconds(7), pieces: 1 }]));
    let began = Instant::now();
    let reply = complete(&line(&[first.clone(), second]), &request()).await.unwrap();
    assert_eq!(reply.model.provider, "b");
    assert_eq!(first.asked().len(), 2, "there was time for one more short try");
    assert!(began.elapsed() <= seconds(19) + TICK);
}

#[tokio::test(start_paused = true)]
async fn dropping_the_call_ends_it() {
    let model = Scripted::new("a", [Step::Hang]);
    let line = line(std::slice::from_ref(&model));
    assert!(tokio::time::timeout(seconds(1), line.stream(&request())).await.is_err());
    tokio::time::advance(seconds(60)).await;
    assert_eq!(model.asked().len(), 1);
}
