use super::harness::at;
use greenroom_domain::evaluation::{Engine, EngineKind};
use greenroom_domain::ladder::{Figure, LadderResult, Measure};
use greenroom_store::Store;

fn engine(name: &str, version: &str) -> Engine {
    Engine { kind: EngineKind::Llm, name: name.into(), version: version.into() }
}

fn result(engine: &Engine, seconds: i64, correlation: f64) -> LadderResult {
    let figures = vec![Figure::new(Measure::RankCorrelation, correlation)];
    LadderResult { engine: engine.clone(), at: at(seconds), questions: 4, of: 40, figures }
}

pub async fn the_last_result_of_each_engine_is_kept(store: Store) {
    let (first, newer, other) = (engine("lab/m1", "v1"), engine("lab/m1", "v2"), engine("lab/m2", "v1"));
    assert_eq!(store.judge_check(&first).await.unwrap(), None);
    let stored = [result(&first, 1, 0.5), result(&newer, 2, 0.8), result(&other, 3, 0.95)];
    for result in &stored {
        store.save_judge_check(result).await.unwrap();
    }
    let again = result(&first, 4, 0.97);
    store.save_judge_check(&again).await.unwrap();
    let [_, by_newer, by_other] = stored;
    let newest_first = [again.clone(), by_other.clone(), by_newer.clone()];
    assert_eq!(store.judge_checks().await.unwrap(), newest_first);
    for (engine, expected) in [(first, again), (newer, by_newer), (other, by_other)] {
        assert_eq!(store.judge_check(&engine).await.unwrap(), Some(expected), "{engine:?}");
    }
    assert_eq!(store.judge_check(&engine("m1", "v1")).await.unwrap(), None);
}
