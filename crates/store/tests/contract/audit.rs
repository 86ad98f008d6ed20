//! The audit log: only added to, and tampering shows.

use super::harness::{at, fresh};
use greenroom_domain::audit::AuditEntry;
use greenroom_domain::ids::{AuditId, UserId};
use greenroom_store::{AuditFilter, AuditMark, Page, Store};
use greenroom_testkit::Database;
use sea_orm::ConnectionTrait;

fn entry(seconds: i64, actor: Option<UserId>, action: &str) -> AuditEntry {
    let (action, details) = (action.to_owned(), "said \"so\"".to_owned());
    AuditEntry { id: AuditId(fresh()), at: at(seconds), actor, action, subject: "openai".to_owned(), details }
}

async fn subjects(store: &Store, filter: AuditFilter) -> usize {
    store.audit(&filter, &Page { limit: 100, after: None }).await.unwrap().items.len()
}

pub async fn many_write_at_once_and_each_is_found(database: Database) {
    let who = UserId(fresh());
    // Another process on the same database.
    let stores = [database.store.clone(), database.again().await];
    let writers = (0..24).map(|n| {
        let store = stores[n as usize % 2].clone();
        let actor = (n % 2 == 0).then_some(who);
        tokio::spawn(async move { store.write_audit(&entry(n, actor, "models.changed")).await })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap().unwrap();
    }
    let store = &database.store;
    store.write_audit(&entry(40, None, "keys.rotated")).await.unwrap();
    let check = store.check_audit(None).await.unwrap();
    assert_eq!((check.entries, check.fault, check.unknown), (25, None, 0));
    assert_eq!(check.last.map(|mark| mark.seq), Some(25));
    let by_who = AuditFilter { actor: Some(who), ..AuditFilter::default() };
    assert_eq!(subjects(store, by_who).await, 12);
    let of = |action: &str| AuditFilter { action: Some(action.to_owned()), ..AuditFilter::default() };
    assert_eq!(subjects(store, of("models.")).await, 24);
    assert_eq!(subjects(store, of("keys.rotated")).await, 1);
    let between = AuditFilter { since: Some(at(3)), until: Some(at(7)), ..AuditFilter::default() };
    assert_eq!(subjects(store, between).await, 4);
    let about = |subject: &str| AuditFilter { subject: Some(subject.to_owned()), ..AuditFilter::default() };
    assert_eq!(subjects(store, about("openai")).await, 25);
    assert_eq!(subjects(store, about("mistral")).await, 0);
    let done_to =
        AuditEntry { subject: who.to_string(), ..entry(41, Some(UserId(fresh())), "account.viewed") };
    store.write_audit(&done_to).await.unwrap();
    let of_them = AuditFilter { about: Some(who), ..AuditFilter::default() };
    assert_eq!(subjects(store, of_them).await, 13, "what they did and what was done to them");

    let mut page = Page { limit: 10, after: None };
    let mut seen = Vec::new();
    loop {
        let paged = store.audit(&AuditFilter::default(), &page).await.unwrap();
        seen.extend(paged.items.into_iter().map(|entry| entry.id));
        page.after = paged.next;
        if page.after.is_none() {
            break;
        }
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 26, "pages have no gaps and nothing twice");
}

pub async fn tampering_shows(database: Database) {
    let store = &database.store;
    for n in 0..9 {
        store.write_audit(&entry(n, Some(UserId(fresh())), "models.changed")).await.unwrap();
    }
    let db = sea_orm::Database::connect(database.url()).await.unwrap();
    let changed = "it was changed";
    let missing = "entries before it are missing";
    for (change, back, fault) in [
        (
            "UPDATE audit SET subject = 'x' WHERE seq = 5",
            "UPDATE audit SET subject = 'openai' WHERE seq = 5",
            (5, changed),
        ),
        (
            "UPDATE audit SET at = at + 1 WHERE seq = 2",
            "UPDATE audit SET at = at - 1 WHERE seq = 2",
            (2, changed),
        ),
        ("UPDATE audit SET seq = 99 WHERE seq = 7", "UPDATE audit SET seq = 7 WHERE seq = 99", (8, missing)),
    ] {
        db.execute_unprepared(change).await.unwrap();
        assert_eq!(store.check_audit(None).await.unwrap().fault, Some(fault), "{change}");
        db.execute_unprepared(back).await.unwrap();
        assert_eq!(store.check_audit(None).await.unwrap().fault, None, "{back}");
    }
    let mark = store.check_audit(None).await.unwrap().last.unwrap();
    assert_eq!(mark.to_string().parse::<AuditMark>(), Ok(mark.clone()));
    // Cut off at the end, then written anew: the seals are right, the mark is not.
    db.execute_unprepared("DELETE FROM audit WHERE seq = 9").await.unwrap();
    assert_eq!(store.check_audit(None).await.unwrap().fault, None, "the end alone cannot be told");
    let fault = store.check_audit(Some(&mark)).await.unwrap().fault;
    assert_eq!(fault, Some((9, "it was noted and is missing")));
    store.write_audit(&entry(9, None, "models.changed")).await.unwrap();
    let fault = store.check_audit(Some(&mark)).await.unwrap().fault;
    assert_eq!(fault, Some((9, "it is not the one that was noted")));
    db.execute_unprepared("DELETE FROM audit WHERE seq = 1").await.unwrap();
    assert_eq!(store.check_audit(None).await.unwrap().fault, Some((2, missing)));
}

pub async fn the_oldest_go_and_the_log_says_so(database: Database) {
    let store = &database.store;
    for n in 0..6 {
        store.write_audit(&entry(n, None, "a.b")).await.unwrap();
    }
    assert_eq!(store.count_old_audit(at(3)).await.unwrap(), 3);
    assert_eq!(store.prune_audit(at(3), entry(9, None, "audit.pruned")).await.unwrap(), 3);
    let check = store.check_audit(None).await.unwrap();
    assert_eq!((check.entries, check.fault), (4, None));
    let newest = store.audit(&AuditFilter::default(), &Page { limit: 1, after: None }).await.unwrap();
    assert_eq!((&*newest.items[0].action, &*newest.items[0].subject), ("audit.pruned", "3"));
    assert_eq!(store.prune_audit(at(3), entry(9, None, "audit.pruned")).await.unwrap(), 0, "nothing is old");
    assert_eq!(store.prune_audit(at(99), entry(100, None, "audit.pruned")).await.unwrap(), 4);
    assert_eq!(store.check_audit(None).await.unwrap().entries, 1);
    assert_eq!(store.check_audit(None).await.unwrap().fault, None);
    // Somebody else takes entries away without a word.
    store.write_audit(&entry(101, None, "a.b")).await.unwrap();
    let db = sea_orm::Database::connect(database.url()).await.unwrap();
    db.execute_unprepared("DELETE FROM audit WHERE seq = 8").await.unwrap();
    assert_eq!(store.check_audit(None).await.unwrap().fault, Some((9, "entries before it are missing")));
}
