//! What is spent, and what is refused before it is sent.

use crate::scripted::{Scripted, Step, USAGE, fail, ms, request, request_of, seconds, text};
use futures::StreamExt;
use futures::future::join_all;
use greenroom_llm::{
    Budget, Caps, Circuits, Fallback, FallbackOptions, Kind, LanguageModel, Metered, ModelName, Outcome,
    Price, Prices, Spent, Usage, complete, complete_recorded,
};
use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Dollars: 1 a million tokens read, 10 written. One of `request` may cost 2 000 micro-dollars and its input, and
/// costs `COST` by the usage of the scripted models.
const PRICE: Price = Price { input: 1_000_000, cached: 100_000, output: 10_000_000 };
const COST: u64 = 100 + 20 * 10;
/// 42 bytes of text, three a token, and eight tokens for each of two messages.
const INPUT: u64 = 14 + 16;
const MOST: u64 = INPUT + 200 * 10;
const NO_CAPS: Caps = Caps { interview: None, day: None, unpriced: false };

struct Desk {
    budget: Arc<Budget>,
    day: Arc<AtomicI64>,
}

fn desk(caps: Caps) -> Desk {
    let day = Arc::new(AtomicI64::new(20_000));
    let mut prices = Prices::default();
    prices.set(ModelName { provider: "dear".to_owned(), model: "m".to_owned() }, PRICE);
    prices.set(ModelName { provider: "free".to_owned(), model: "m".to_owned() }, Price::FREE);
    let calendar = Arc::clone(&day);
    let budget = Budget::new(caps, prices, move || calendar.load(Ordering::SeqCst));
    Desk { budget: Arc::new(budget), day }
}

impl Desk {
    fn metered(&self, model: &Arc<Scripted>) -> Metered {
        Metered::new(Arc::clone(model) as _, Arc::clone(&self.budget))
    }

    /// A call of `model` that `interview` pays.
    async fn ask(&self, model: &Arc<Scripted>, interview: &str) -> Result<(), Kind> {
        kind_of(&self.metered(model), interview).await
    }

    fn spent(&self, interview: &str) -> (u64, u64) {
        (self.budget.spent_by(interview).micros, self.budget.spent_today().micros)
    }
}

async fn kind_of(model: &dyn LanguageModel, interview: &str) -> Result<(), Kind> {
    complete(model, &request_of(interview)).await.map(drop).map_err(|error| error.kind)
}

#[tokio::test(start_paused = true)]
async fn calls_settle_with_what_the_vendor_counted() {
    let desk = desk(NO_CAPS);
    let model = Scripted::new("dear", [text()]);
    for interview in ["one", "one", "two"] {
        assert_eq!(desk.ask(&model, interview).await, Ok(()));
    }
    assert_eq!(desk.spent("one"), (2 * COST, 3 * COST));
    assert_eq!(desk.spent("two"), (COST, 3 * COST));
    let cached = Scripted::with_usage("dear", [text()], Usage { cached: 50, ..USAGE });
    assert_eq!(desk.ask(&cached, "three").await, Ok(()));
    assert_eq!(desk.budget.spent_by("three").micros, 50 + 5 + 200);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_could_exceed_a_cap_is_not_sent() {
    for caps in [Caps { interview: Some(MOST - 1), ..NO_CAPS }, Caps { day: Some(MOST - 1), ..NO_CAPS }] {
        let (desk, model) = (desk(caps), Scripted::new("dear", [text()]));
        assert_eq!(desk.ask(&model, "one").await, Err(Kind::OverBudget));
        assert!(model.asked().is_empty());
    }
    let (desk, model) = (desk(Caps { interview: Some(MOST), ..NO_CAPS }), Scripted::new("dear", [text()]));
    assert_eq!(desk.ask(&model, "one").await, Ok(()));
    assert_eq!(desk.ask(&model, "one").await, Err(Kind::OverBudget), "{COST} are spent");
    assert_eq!(desk.ask(&model, "two").await, Ok(()), "another interview has its own cap");
}

#[tokio::test(start_paused = true)]
async fn a_new_day_has_its_own_cap_but_an_interview_goes_on() {
    let desk = desk(Caps { day: Some(MOST), interview: Some(MOST + COST), unpriced: false });
    let model = Scripted::new("dear", [text()]);
    assert_eq!(desk.ask(&model, "one").await, Ok(()));
    assert_eq!(desk.ask(&model, "one").await, Err(Kind::OverBudget));
    desk.day.fetch_add(1, Ordering::SeqCst);
    assert_eq!(desk.ask(&model, "one").await, Ok(()));
    assert_eq!(desk.spent("one"), (2 * COST, COST));
    desk.day.fetch_sub(1, Ordering::SeqCst);
    assert_eq!(desk.ask(&model, "two").await, Err(Kind::OverBudget), "a clock set back brings no fresh day");
    desk.day.fetch_add(3, Ordering::SeqCst);
    assert_eq!(desk.spent("one"), (0, 0), "forgotten after a day without a call");
}

#[tokio::test(start_paused = true)]
async fn a_call_over_midnight_belongs_to_the_day_on_which_it_began() {
    let desk = desk(NO_CAPS);
    let stream = desk.metered(&Scripted::new("dear", [text()])).stream(&request_of("one")).await.unwrap();
    desk.day.fetch_add(1, Ordering::SeqCst);
    assert_eq!(stream.pieces.count().await, 4);
    assert_eq!(desk.spent("one"), (COST, 0));
}

#[tokio::test(start_paused = true)]
async fn calls_at_once_stay_under_the_cap_together() {
    let desk = desk(Caps { day: Some(10 * MOST), ..NO_CAPS });
    let model = Scripted::new("dear", [Step::Text { after: ms(500), pieces: 3 }]);
    let call = |number: usize| {
        let metered = desk.metered(&model);
        async move { kind_of(&metered, &number.to_string()).await }
    };
    let results = join_all((0..200).map(call)).await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 10, "as many as fit while under way");
    assert_eq!(model.asked().len(), 10);
    assert_eq!(desk.budget.spent_today().micros, 10 * COST);
    assert_eq!(call(0).await, Ok(()), "what was held and not spent is free again");
}

#[tokio::test(start_paused = true)]
async fn a_model_without_a_price_is_refused_under_a_cap_only() {
    let model = Scripted::new("unknown", [text()]);
    let day = Some(1_000_000);
    let capped = desk(Caps { day, ..NO_CAPS });
    assert_eq!(capped.ask(&model, "one").await, Err(Kind::OverBudget));
    for caps in [NO_CAPS, Caps { day, unpriced: true, ..NO_CAPS }] {
        let desk = desk(caps);
        assert_eq!(desk.ask(&model, "one").await, Ok(()));
        assert_eq!(desk.budget.spent_by("one"), Spent { micros: 0, unpriced_calls: 1 });
    }
}

#[tokio::test(start_paused = true)]
async fn broken_calls_pay_for_what_may_be_billed() {
    let cases = [
        (fail(Kind::Unauthenticated), 0),
        (fail(Kind::RateLimited { retry_after: None }), 0),
        (fail(Kind::TimedOut), INPUT),
        // "dear:0 dear:1 " are 14 bytes: 5 tokens.
        (Step::Cut { pieces: 2 }, INPUT + 50),
        (Step::FailInside { pieces: 2, kind: Kind::BrokenStream }, INPUT + 50),
    ];
    for (step, due) in cases {
        let desk = desk(NO_CAPS);
        assert!(desk.ask(&Scripted::new("dear", [step.clone()]), "one").await.is_err());
        assert_eq!(desk.spent("one"), (due, due), "{step:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn whoever_leaves_pays_until_then() {
    let desk = desk(NO_CAPS);
    let hanging = desk.metered(&Scripted::new("dear", [Step::Hang]));
    assert!(tokio::time::timeout(seconds(1), hanging.stream(&request_of("one"))).await.is_err());
    assert_eq!(desk.spent("one"), (INPUT, INPUT));
    let mut stream = desk.metered(&Scripted::new("dear", [text()])).stream(&request_of("two")).await.unwrap();
    assert!(stream.pieces.next().await.is_some());
    drop(stream);
    assert_eq!(desk.budget.spent_by("two").micros, INPUT + 30, "7 bytes are 3 tokens");
}

#[tokio::test(start_paused = true)]
async fn what_the_vendor_did_not_count_is_estimated() {
    let desk = desk(NO_CAPS);
    assert_eq!(desk.ask(&Scripted::with_usage("dear", [text()], Usage::default()), "one").await, Ok(()));
    assert_eq!(desk.budget.spent_by("one").micros, INPUT + 70, "21 bytes are 7 tokens");
}

#[tokio::test(start_paused = true)]
async fn a_line_over_budget_goes_on_to_what_costs_nothing() {
    let desk = desk(Caps { interview: Some(MOST), ..NO_CAPS });
    let (dear, free) = (Scripted::new("dear", [text()]), Scripted::new("free", [text()]));
    let members: Vec<Arc<dyn LanguageModel>> =
        [&dear, &free].map(|model| Arc::new(desk.metered(model)) as Arc<dyn LanguageModel>).into();
    let random = StdRng::seed_from_u64(1);
    let line = Fallback::new(members, FallbackOptions::default(), &Circuits::default(), random).unwrap();
    let mut writers = Vec::new();
    for _ in 0..3 {
        writers.push(complete(&line, &request_of("one")).await.unwrap().model.provider);
    }
    assert_eq!(writers, ["dear", "free", "free"]);
    assert_eq!((dear.asked().len(), desk.spent("one").0), (1, COST));
}

#[tokio::test(start_paused = true)]
async fn a_metered_line_pays_the_price_of_who_answered_and_keeps_its_attempts() {
    let desk = desk(NO_CAPS);
    let line = crate::scripted::line(&[
        Scripted::new("free", [fail(Kind::Refused)]),
        Scripted::new("dear", [text()]),
    ]);
    let metered = Metered::new(Arc::new(line), Arc::clone(&desk.budget));
    let recorded = complete_recorded(&metered, &request()).await;
    assert!(recorded.result.is_ok());
    let outcomes: Vec<Outcome> = recorded.attempts.iter().map(|attempt| attempt.outcome).collect();
    assert_eq!(outcomes, [Outcome::Failed(Kind::Refused), Outcome::Answered]);
    assert_eq!(desk.budget.spent_today(), Spent { micros: COST, unpriced_calls: 0 });
}

#[tokio::test(start_paused = true)]
async fn an_answer_of_a_model_without_a_price_costs_what_was_held() {
    let desk = desk(NO_CAPS);
    let line = crate::scripted::line(&[
        Scripted::new("dear", [fail(Kind::Refused)]),
        Scripted::new("unknown", [text()]),
    ]);
    let metered = Metered::new(Arc::new(line), Arc::clone(&desk.budget));
    assert!(complete(&metered, &request()).await.is_ok());
    assert_eq!(desk.budget.spent_today(), Spent { micros: MOST, unpriced_calls: 0 });
}

#[tokio::test(start_paused = true)]
async fn the_end_of_a_reply_says_what_it_cost() {
    let desk = desk(NO_CAPS);
    let cost = async |name: &str, usage: Usage| {
        let metered = desk.metered(&Scripted::with_usage(name, [text()], usage));
        complete(&metered, &request()).await.unwrap().end.usage
    };
    assert_eq!(cost("dear", USAGE).await, Usage { micros: Some(COST), ..USAGE });
    assert_eq!(cost("free", USAGE).await.micros, Some(0));
    assert_eq!(cost("unknown", USAGE).await.micros, None);
    let uncounted = cost("dear", Usage::default()).await;
    assert_eq!(
        uncounted,
        Usage { micros: Some(INPUT + 70), ..Usage::default() },
        "estimated, and not as counted"
    );
    assert_eq!(desk.budget.spent_today(), Spent { micros: COST + INPUT + 70, unpriced_calls: 1 });
    let written = |usage: Usage| serde_json::to_string(&usage).unwrap();
    assert_eq!(written(USAGE), r#"{"input":100,"cached":0,"output":20}"#);
    assert_eq!(written(cost("free", USAGE).await), r#"{"input":100,"cached":0,"output":20,"micros":0}"#);
}

#[tokio::test(start_paused = true)]
async fn what_an_interview_cost_before_a_restart_is_remembered() {
    let desk = desk(Caps { interview: Some(MOST + COST), ..NO_CAPS });
    let model = Scripted::new("dear", [text()]);
    desk.budget.remember("one", COST + 1);
    assert_eq!(desk.spent("one"), (COST + 1, 0));
    assert_eq!(desk.ask(&model, "one").await, Err(Kind::OverBudget));
    desk.budget.remember("two", COST);
    assert_eq!(desk.ask(&model, "two").await, Ok(()));
    desk.budget.remember("two", COST);
    assert_eq!(desk.spent("two"), (2 * COST, COST), "less than is known changes nothing");
}

#[tokio::test(start_paused = true)]
async fn what_costs_nothing_is_never_refused() {
    let desk = desk(Caps { interview: Some(MOST), day: Some(MOST), unpriced: false });
    let talkative = Scripted::with_usage("dear", [text()], Usage { output: 5_000, ..USAGE });
    assert_eq!(desk.ask(&talkative, "one").await, Ok(()), "vendors may count more than was held");
    assert!(desk.spent("one").0 > MOST);
    assert_eq!(desk.ask(&talkative, "one").await, Err(Kind::OverBudget));
    assert_eq!(desk.ask(&Scripted::new("free", [text()]), "one").await, Ok(()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// As long as vendors count no more than was held, no cap is ever exceeded, whatever runs at once.
    #[test]
    fn no_cap_is_exceeded(
        calls in proptest::collection::vec((0_usize..3, 0_u64..5, 0_u8..4), 1..40),
        interview_cap in 0_u64..5 * MOST,
        day_cap in 0_u64..9 * MOST,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let desk = desk(Caps { interview: Some(interview_cap), day: Some(day_cap), unpriced: false });
            let names = ["one", "two", "three"];
            let call = |(interview, after, how): (usize, u64, u8)| {
                let step = match how {
                    0 => Step::Cut { pieces: 2 },
                    1 => Step::Fail { after: seconds(after), kind: Kind::TimedOut },
                    _ => Step::Text { after: seconds(after), pieces: 3 },
                };
                let usage = Usage { input: INPUT, cached: 0, output: 200, micros: None };
                let metered = desk.metered(&Scripted::with_usage("dear", [step], usage));
                async move {
                    tokio::time::sleep(ms(after * 700)).await;
                    kind_of(&metered, names[interview]).await
                }
            };
            join_all(calls.iter().copied().map(call)).await;
            let by_interview: Vec<u64> = names.iter().map(|name| desk.budget.spent_by(name).micros).collect();
            assert!(by_interview.iter().all(|spent| *spent <= interview_cap), "{by_interview:?}");
            assert!(desk.budget.spent_today().micros <= day_cap);
            assert_eq!(by_interview.iter().sum::<u64>(), desk.budget.spent_today().micros);
        });
    }
}

#[tokio::test(start_paused = true)]
async fn the_cap_of_a_day_holds_for_all_who_share_it() {
    let caps = Caps { day: Some(MOST + COST - 1), ..NO_CAPS };
    let (one, other) = (desk(caps), desk(caps));
    let model = Scripted::new("dear", [text()]);
    assert_eq!(one.ask(&model, "one").await, Ok(()));
    let sums = one.budget.unstored();
    assert_eq!(sums, [(20_000, "dear".to_owned(), Spent { micros: COST, unpriced_calls: 0 })]);
    let all = Spent { micros: COST, unpriced_calls: 0 };
    one.budget.stored(&sums);
    one.budget.learn(20_000, all);
    assert!(one.budget.unstored().is_empty());
    assert_eq!(one.budget.spent_today(), all, "its own is not counted twice");
    other.budget.learn(20_000, all);
    assert_eq!(other.budget.spent_today(), all);
    assert_eq!(other.ask(&model, "two").await, Err(Kind::OverBudget));
    other.day.fetch_add(1, Ordering::SeqCst);
    other.budget.learn(20_000, all);
    assert_eq!(other.ask(&model, "two").await, Ok(()), "a new day, and late news of the old one");
}
