//! Language models as administrators look after them.

use greenroom_app::models::{
    self, Entry, KeyChange, KeyState, ProviderInput, Source, Standing, TrialInput, TrialPart,
};
use greenroom_app::{App, AppError};
use greenroom_domain::ids::UserId;
use greenroom_domain::model_provider::{ModelJson, ModelProtocol};
use greenroom_testkit::{TestApp, test_app};
use secrecy::SecretString;
use uuid::Uuid;

const ADMIN: UserId = UserId(Uuid::nil());
const RIGHT_KEY: &str = "sk-the-right-key";

fn input(name: &str) -> ProviderInput {
    ProviderInput {
        name: name.to_owned(),
        protocol: ModelProtocol::Openai,
        base_url: "https://lab.example/v1/".to_owned(),
        model: " m1 ".to_owned(),
        context: None,
        json: ModelJson::Schema,
        enabled: true,
        key: KeyChange::Set(SecretString::from(RIGHT_KEY)),
    }
}

fn kept(name: &str) -> ProviderInput {
    ProviderInput { key: KeyChange::Keep, ..input(name) }
}

async fn with(names: &[&str]) -> TestApp {
    let test = test_app().await;
    for name in names {
        models::add(&test.app, ADMIN, input(name)).await.expect("a new provider");
    }
    test
}

/// Who is asked at this moment.
fn asked(app: &App) -> Vec<String> {
    app.engines().outside.iter().map(|outside| outside.provider.clone()).collect()
}

async fn entry(app: &App, name: &str) -> Entry {
    let all = models::overview(app).await.expect("an overview").providers;
    all.into_iter().find(|entry| entry.provider.name == name).expect("the provider is listed")
}

fn field(error: &AppError) -> Vec<&str> {
    error.fields.keys().map(String::as_str).collect()
}

#[tokio::test]
async fn each_change_is_in_force_at_once() {
    let test = with(&["a", "b"]).await;
    let app = &test.app;
    assert_eq!(asked(app), ["a", "b", "configured"], "those of the configuration come last");
    models::order(app, ADMIN, &["b".to_owned(), "a".to_owned()]).await.expect("a new order");
    assert_eq!(asked(app), ["b", "a", "configured"]);
    let off = ProviderInput { enabled: false, ..kept("b") };
    models::change(app, ADMIN, off).await.expect("it is switched off");
    assert_eq!(asked(app), ["a", "configured"]);
    assert_eq!(entry(app, "b").await.standing, Standing::Off);
    models::delete(app, ADMIN, "a").await.expect("it is deleted");
    assert_eq!(asked(app), ["configured"]);
    models::restore(app, ADMIN, "a").await.expect("it is put back");
    assert_eq!(asked(app), ["a", "configured"]);
    let named_alike =
        models::add(app, ADMIN, input("configured")).await.expect("a name of the configuration");
    assert_eq!((named_alike.source, named_alike.standing), (Source::Database, Standing::Asked));
    assert_eq!(asked(app), ["a", "configured"]);
    let all = models::overview(app).await.expect("an overview").providers;
    assert_eq!(all.last().map(|entry| entry.standing), Some(Standing::Replaced));
}

#[tokio::test]
async fn what_another_node_changes_is_taken_up_once() {
    let test = with(&["a"]).await;
    let mut stored = test.app.store().model_providers().await.expect("providers").remove(0);
    stored.provider.model = "m2".to_owned();
    test.app.store().change_model_provider(&stored).await.expect("another node's change");
    assert_eq!(test.app.engines().outside[0].model, "m1");
    assert!(models::refresh(&test.app).await.expect("a look"));
    assert_eq!(test.app.engines().outside[0].model, "m2");
    assert!(!models::refresh(&test.app).await.expect("a look"), "nothing changed since");
}

#[tokio::test]
async fn a_key_goes_to_the_address_that_it_was_entered_for_and_nowhere_else() {
    let test = with(&["a"]).await;
    let app = &test.app;
    let mut elsewhere = kept("a");
    elsewhere.base_url = "https://evil.example/v1".to_owned();
    let refused = models::change(app, ADMIN, elsewhere.clone()).await.expect_err("the key does not go along");
    assert_eq!(field(&refused), ["api_key"]);
    let tried = models::try_out(app, ADMIN, TrialInput::Entered(elsewhere.clone()), TrialPart::Answer).await;
    assert_eq!(field(&tried.expect_err("nor in a trial")), ["api_key"]);

    let stays = ProviderInput { model: "m2".to_owned(), ..kept("a") };
    let changed = models::change(app, ADMIN, stays).await.expect("a change");
    assert_eq!(changed.key, KeyState::Set(Some("-key".to_owned())));
    elsewhere.key = KeyChange::Remove;
    let moved = models::change(app, ADMIN, elsewhere).await.expect("without its key it may move");
    assert_eq!(moved.key, KeyState::Missing);
}

#[tokio::test]
async fn a_key_that_cannot_be_opened_is_told_and_breaks_nothing() {
    let test = with(&["a", "b"]).await;
    let app = &test.app;
    let mut stored = app.store().model_providers().await.expect("providers").remove(0);
    stored.sealed_key = Some("1.c2VhbGVkIGJ5IHNvbWVib2R5IGVsc2UgYW5kIGxvbmc".to_owned());
    app.store().change_model_provider(&stored).await.expect("a row of another server");
    models::refresh(app).await.expect("a look");
    assert_eq!(asked(app), ["b", "configured"]);
    let broken = entry(app, "a").await;
    assert_eq!((broken.standing, broken.key), (Standing::KeyUnreadable, KeyState::Unreadable));
    let tried = models::try_out(app, ADMIN, TrialInput::Saved("a".to_owned()), TrialPart::Answer).await;
    assert!(tried.expect_err("it cannot be tried").message.contains("Enter it again"));
    models::change(app, ADMIN, input("a")).await.expect("the key is entered again");
    assert_eq!(asked(app), ["a", "b", "configured"]);
}

#[tokio::test]
async fn a_trial_takes_the_saved_key_or_the_entered_one() {
    let test = with(&["a"]).await;
    let app = &test.app;
    let wrong = ProviderInput { key: KeyChange::Set(SecretString::from("wrong")), ..input("a") };
    let none = ProviderInput { key: KeyChange::Remove, ..input("new") };
    for (input, passes) in [
        (TrialInput::Saved("a".to_owned()), true),
        (TrialInput::Entered(kept("a")), true),
        (TrialInput::Entered(wrong), false),
        (TrialInput::Entered(none), false),
        (TrialInput::Entered(input("not-saved")), true),
    ] {
        let words = format!("{input:?}");
        assert!(!words.contains(RIGHT_KEY), "keys do not show themselves");
        let tried = models::try_out(app, ADMIN, input, TrialPart::Answer).await.expect("a trial");
        assert_eq!(tried.findings[0].passed, passes, "{words}");
    }
    let configured = TrialInput::Saved("configured".to_owned());
    assert!(models::try_out(app, ADMIN, configured, TrialPart::Cost).await.is_ok());
    let nobody = TrialInput::Saved("nobody".to_owned());
    let refused = models::try_out(app, ADMIN, nobody, TrialPart::Cost).await.expect_err("nobody");
    assert_eq!(refused.error, "model_not_found");
}

#[tokio::test]
async fn what_is_wrong_is_told_by_field_and_changes_nothing() {
    let test = with(&["a"]).await;
    let app = &test.app;
    let wrong = ProviderInput {
        name: "Upper".to_owned(),
        base_url: "lab.example".to_owned(),
        model: " ".to_owned(),
        context: Some(100),
        key: KeyChange::Set(SecretString::from("two words")),
        ..input("a")
    };
    let refused = models::add(app, ADMIN, wrong).await.expect_err("all of it is wrong");
    assert_eq!(field(&refused), ["api_key", "base_url", "context", "model", "name"]);
    let taken = models::add(app, ADMIN, input("a")).await.expect_err("the name is taken");
    assert_eq!((taken.error, field(&taken)), ("name_taken", vec!["name"]));
    let stale = models::order(app, ADMIN, &["a".to_owned(), "b".to_owned()]).await.expect_err("no b");
    assert_eq!(stale.error, "order_is_stale");
    for refused in [
        models::change(app, ADMIN, input("b")).await.map(drop),
        models::delete(app, ADMIN, "b").await,
        models::restore(app, ADMIN, "a").await.map(drop),
    ] {
        assert_eq!(refused.expect_err("there is none").error, "model_not_found");
    }
    assert_eq!(asked(app), ["a", "configured"]);
}

#[tokio::test]
async fn a_deleted_one_is_wiped_after_ten_minutes() {
    let test = with(&["a"]).await;
    models::delete(&test.app, ADMIN, "a").await.expect("it is deleted");
    test.clock.advance(9 * 60_000);
    assert_eq!(models::wipe_deleted(&test.app).await.expect("a sweep"), 0);
    test.clock.advance(2 * 60_000);
    assert_eq!(models::wipe_deleted(&test.app).await.expect("a sweep"), 1);
    assert!(models::restore(&test.app, ADMIN, "a").await.is_err());
}
