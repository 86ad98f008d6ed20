//! Judges on trial: whatever a judge does, the result says it.

use async_trait::async_trait;
use greenroom_app::judge_checks::{Progress, Trial, last, rehearse, run};
use greenroom_domain::evaluation::{
    CriterionResult, Engine, EngineKind, Judgement, NotAssessed, Outcome, Quote,
};
use greenroom_domain::ladder::Measure;
use greenroom_domain::rubric::{Rubric, overall};
use greenroom_providers::builtin::BuiltinJudge;
use greenroom_providers::{Judge, Judged, Subject};
use greenroom_scoring::ladder::{Ladder, NAMES};
use greenroom_testkit::test_app;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::sync::Barrier;

/// Judges by `part`, which is given the answer and its number, and says a mark or none and who gave it.
struct Scripted<F> {
    part: F,
    asked: AtomicUsize,
}

fn scripted<F: Fn(&str, usize) -> (Option<f64>, Engine) + Send + Sync>(part: F) -> Scripted<F> {
    Scripted { part, asked: AtomicUsize::new(0) }
}

#[async_trait]
impl<F: Fn(&str, usize) -> (Option<f64>, Engine) + Send + Sync> Judge for Scripted<F> {
    async fn judge(&self, subject: Subject<'_>, rubric: &Rubric) -> Judged {
        let (mark, engine) = (self.part)(subject.answer, self.asked.fetch_add(1, Ordering::SeqCst));
        judgement(subject.answer, mark, engine, rubric).into()
    }
}

fn judgement(answer: &str, mark: Option<f64>, engine: Engine, rubric: &Rubric) -> Judgement {
    let outcome = match mark {
        Some(score) => {
            let quotes = vec![Quote { text: answer.to_owned(), start: 0, end: answer.chars().count() }];
            Outcome::Assessed { score, range: None, reason: "It fits.".into(), quotes }
        }
        None => Outcome::NotAssessed { cause: NotAssessed::NoEvidence, reason: "Nothing.".into() },
    };
    let result = |key: &str, weight| CriterionResult { key: key.into(), weight, outcome: outcome.clone() };
    let criteria: Vec<CriterionResult> = rubric.criteria.iter().map(|c| result(&c.key, c.weight)).collect();
    Judgement {
        engine,
        rubric: rubric.reference(),
        overall: overall(&criteria),
        criteria,
        key_points: Vec::new(),
        strengths: Vec::new(),
        areas_for_improvement: Vec::new(),
    }
}

fn model(name: &str) -> Engine {
    Engine { kind: EngineKind::Llm, name: name.into(), version: "judge-v1".into() }
}

fn built_in() -> Engine {
    greenroom_scoring::judge::engine()
}

/// The mark that the answer deserves, whatever stands around it.
fn deserved(answer: &str) -> Option<f64> {
    let ladder = Ladder::shipped().expect("the shipped ladder is valid");
    let of = |marks: fn(&greenroom_scoring::ladder::Question) -> [&String; 6]| {
        ladder
            .questions()
            .iter()
            .find_map(|question| marks(question).iter().position(|text| answer.contains(*text)))
    };
    let at = of(|q| [&q.strong, &q.plain, &q.learner, &q.middling, &q.weak, &q.off_topic])?;
    Some([9.0, 9.0, 9.0, 6.0, 3.0, 1.0][at])
}

fn trial(judge: &dyn Judge, kind: EngineKind, questions: usize) -> Trial<'_> {
    Trial { judge, kind, questions: Some(questions) }
}

#[tokio::test]
async fn who_gives_each_answer_what_it_deserves_passes() {
    let test = test_app().await;
    let judge = scripted(|answer, _| (deserved(answer), model("lab/m1")));
    let told = Mutex::new(Vec::new());
    let note = |progress| told.lock().unwrap().push(progress);
    let result = run(&test.app, trial(&judge, EngineKind::Llm, 3), &note).await.unwrap();
    assert!(result.passed(), "{:?}", result.figures);
    assert_eq!((&result.engine, result.questions, result.at), (&model("lab/m1"), 3, test.app.now()));
    assert!(result.of >= 4);
    let of = 3 * Ladder::ANSWERS;
    let expected: Vec<Progress> = (1..=of).map(|done| Progress { done, of }).collect();
    assert_eq!(*told.lock().unwrap(), expected);
    assert_eq!(last(&test.app, &model("lab/m1")).await.unwrap(), Some(result));
    assert_eq!(last(&test.app, &built_in()).await.unwrap(), None, "nobody tried it here");
}

#[tokio::test]
async fn who_looks_at_the_name_fails_by_it_alone() {
    let test = test_app().await;
    let judge = scripted(|answer, _| {
        let liked = if answer.contains(NAMES[0]) { 0.2 } else { 0.0 };
        (deserved(answer).map(|mark| mark + liked), model("lab/m1"))
    });
    let result = run(&test.app, trial(&judge, EngineKind::Llm, 2), &|_| ()).await.unwrap();
    let failed: Vec<Measure> = result.failed().map(|figure| figure.measure).collect();
    assert_eq!(failed, [Measure::NameGap]);
}

#[tokio::test]
async fn judgements_of_a_stand_in_are_counted_and_a_later_result_takes_the_place() {
    let test = test_app().await;
    // What is refused before the model is asked has no mark, and is nobody's fault.
    let judge = scripted(|answer, number| match deserved(answer) {
        None => (None, built_in()),
        Some(mark) if number % 10 == 9 => (Some(mark), built_in()),
        Some(mark) => (Some(mark), model("lab/m1")),
    });
    let result = run(&test.app, trial(&judge, EngineKind::Llm, 4), &|_| ()).await.unwrap();
    assert_eq!(result.engine, model("lab/m1"));
    let stand_ins = result.figure(Measure::StandIns).unwrap();
    assert!(stand_ins.value > 0.05 && stand_ins.value < 0.15 && !stand_ins.passed, "{stand_ins:?}");
    let sound = scripted(|answer, _| (deserved(answer), model("lab/m1")));
    let again = run(&test.app, trial(&sound, EngineKind::Llm, 2), &|_| ()).await.unwrap();
    assert_eq!(last(&test.app, &model("lab/m1")).await.unwrap(), Some(again));
}

#[tokio::test]
async fn a_model_that_never_judged_has_no_result() {
    let test = test_app().await;
    let judge = scripted(|answer, _| (deserved(answer), built_in()));
    let refused = run(&test.app, trial(&judge, EngineKind::Llm, 1), &|_| ()).await.unwrap_err();
    assert_eq!(refused.error, "model_did_not_judge");
    assert_eq!(last(&test.app, &built_in()).await.unwrap(), None, "its stand-in was not on trial");
}

/// Lets answers go in fours.
struct InFours {
    barrier: Barrier,
    here: AtomicUsize,
    most: AtomicUsize,
}

#[async_trait]
impl Judge for InFours {
    async fn judge(&self, subject: Subject<'_>, rubric: &Rubric) -> Judged {
        let here = self.here.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(here, Ordering::SeqCst);
        self.barrier.wait().await;
        self.here.fetch_sub(1, Ordering::SeqCst);
        judgement(subject.answer, deserved(subject.answer), model("lab/m1"), rubric).into()
    }
}

#[tokio::test]
async fn four_answers_are_judged_at_a_time() {
    assert_eq!(4 * Ladder::ANSWERS % 4, 0);
    let judge = InFours { barrier: Barrier::new(4), here: AtomicUsize::new(0), most: AtomicUsize::new(0) };
    rehearse(&judge, Some(4)).await.unwrap();
    assert_eq!(judge.most.load(Ordering::SeqCst), 4);
}

/// Judges ten answers and then none any more.
struct Stuck {
    asked: AtomicUsize,
    stuck: tokio::sync::Notify,
}

#[async_trait]
impl Judge for Stuck {
    async fn judge(&self, subject: Subject<'_>, rubric: &Rubric) -> Judged {
        if self.asked.fetch_add(1, Ordering::SeqCst) >= 10 {
            self.stuck.notify_one();
            std::future::pending::<()>().await;
        }
        judgement(subject.answer, deserved(subject.answer), model("lab/m1"), rubric).into()
    }
}

#[tokio::test]
async fn who_drops_a_run_ends_it() {
    let test = test_app().await;
    let judge = Arc::new(Stuck { asked: AtomicUsize::new(0), stuck: tokio::sync::Notify::new() });
    let (app, on_trial) = (test.app.clone(), judge.clone());
    let running =
        tokio::spawn(async move { run(&app, trial(&*on_trial, EngineKind::Llm, 2), &|_| ()).await });
    judge.stuck.notified().await;
    running.abort();
    assert!(running.await.unwrap_err().is_cancelled());
    assert!(judge.asked.load(Ordering::SeqCst) <= 14);
    assert_eq!(Arc::strong_count(&judge), 1, "nobody goes on with it");
    assert_eq!(last(&test.app, &model("lab/m1")).await.unwrap(), None);
}

#[tokio::test]
async fn the_built_in_scorer_climbs_all_of_it() {
    let test = test_app().await;
    let all = Trial { judge: &BuiltinJudge, kind: EngineKind::Builtin, questions: None };
    let result = run(&test.app, all, &|_| ()).await.unwrap();
    assert_eq!((&result.engine, result.questions), (&built_in(), result.of));
    assert_eq!(result.figures.len(), Measure::ALL.len());
    assert_eq!(result.figure(Measure::StandIns).unwrap().value, 0.0);
    // What holds without any tuning; `docs/scoring.md` has the figures.
    let correlation = result.figure(Measure::RankCorrelation).unwrap();
    assert!(correlation.value > 0.8, "{correlation:?}");
}
