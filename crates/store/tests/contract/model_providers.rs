use super::harness::at;
use greenroom_domain::model_provider::{ModelJson, ModelProtocol, ModelProvider};
use greenroom_store::{Constraint, Store, StoreError, StoredProvider};

fn provider(name: &str, seconds: i64) -> StoredProvider {
    StoredProvider {
        provider: ModelProvider {
            name: name.to_owned(),
            protocol: ModelProtocol::Openai,
            base_url: "http://127.0.0.1:11434/v1".to_owned(),
            model: "llama3.1".to_owned(),
            context: Some(16_384),
            json: ModelJson::Schema,
        },
        sealed_key: Some(format!("sealed for {name}")),
        enabled: true,
        updated_at: at(seconds),
    }
}

async fn add(store: &Store, names: &[&str]) {
    for name in names {
        store.add_model_provider(&provider(name, 0)).await.expect("a new provider is stored");
    }
}

async fn names(store: &Store) -> Vec<String> {
    let all = store.model_providers().await.expect("providers");
    all.into_iter().map(|stored| stored.provider.name).collect()
}

pub async fn what_was_entered_is_read_back_in_its_order(store: Store) {
    add(&store, &["zebra", "ant"]).await;
    let mut changed = provider("zebra", 5);
    changed.provider.model = "another".to_owned();
    changed.provider.context = None;
    changed.sealed_key = None;
    changed.enabled = false;
    assert!(store.change_model_provider(&changed).await.unwrap());
    assert_eq!(store.model_providers().await.unwrap(), [changed, provider("ant", 0)]);
    assert!(!store.change_model_provider(&provider("nobody", 5)).await.unwrap());
    assert_eq!(names(&store).await, ["zebra", "ant"]);
}

pub async fn a_name_is_taken_once(store: Store) {
    add(&store, &["lab"]).await;
    let again = store.add_model_provider(&provider("lab", 1)).await;
    assert!(matches!(again, Err(StoreError::Conflict(Constraint::Other))), "{again:?}");
    assert_eq!(store.model_providers().await.unwrap(), [provider("lab", 0)]);
}

pub async fn only_a_whole_order_is_taken(store: Store) {
    add(&store, &["a", "b", "c"]).await;
    let order = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
    for wrong in [&["c", "b"][..], &["c", "b", "a", "a"], &["c", "b", "x"], &[]] {
        assert!(!store.order_model_providers(&order(wrong), at(1)).await.unwrap(), "{wrong:?}");
    }
    assert_eq!(names(&store).await, ["a", "b", "c"]);
    assert!(store.order_model_providers(&order(&["c", "a", "b"]), at(1)).await.unwrap());
    assert_eq!(names(&store).await, ["c", "a", "b"]);
    add(&store, &["aa"]).await;
    assert_eq!(names(&store).await, ["c", "a", "b", "aa"], "a new one is asked last");
}

pub async fn what_was_deleted_can_be_put_back_until_it_is_wiped(store: Store) {
    add(&store, &["a", "b"]).await;
    assert!(store.delete_model_provider("a", at(10)).await.unwrap());
    assert!(!store.delete_model_provider("a", at(11)).await.unwrap());
    assert!(!store.change_model_provider(&provider("a", 12)).await.unwrap());
    assert_eq!(names(&store).await, ["b"]);
    assert!(store.order_model_providers(&["b".to_owned()], at(13)).await.unwrap());
    assert!(store.restore_model_provider("a", at(14)).await.unwrap());
    assert!(!store.restore_model_provider("a", at(15)).await.unwrap());
    let restored = store.model_providers().await.unwrap();
    assert_eq!(restored.iter().find(|stored| stored.provider.name == "a"), Some(&provider("a", 14)));

    store.delete_model_provider("a", at(20)).await.unwrap();
    assert_eq!(store.wipe_model_providers(at(20)).await.unwrap(), 0);
    assert_eq!(store.wipe_model_providers(at(21)).await.unwrap(), 1);
    assert!(!store.restore_model_provider("a", at(22)).await.unwrap());

    // A name whose provider was deleted is free; the old key does not come back with it.
    store.delete_model_provider("b", at(23)).await.unwrap();
    let new = StoredProvider { sealed_key: None, ..provider("b", 24) };
    store.add_model_provider(&new).await.unwrap();
    assert!(!store.restore_model_provider("b", at(25)).await.unwrap());
    assert_eq!(store.model_providers().await.unwrap(), [new]);
}
