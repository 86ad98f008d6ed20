//! Deletes what is older than its rule says.

use super::rules::{Kind, Rule, rules};
use crate::accounts::erase_expired_guests;
use crate::{App, Result, audit, objects};
use greenroom_domain::audit::Action;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{SessionId, UserId};
use greenroom_store::Aged;

/// Rows that are deleted in one transaction.
const BATCH: u64 = 200;

/// What a rule would delete now, or has deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The rule.
    pub rule: Rule,
    /// How many.
    pub count: u64,
}

/// What one person has of a kind, and when it begins to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mine {
    /// The rule.
    pub rule: Rule,
    /// How many they have.
    pub count: u64,
    /// When the first of them is deleted if nothing happens; `None` when there is none.
    pub first_goes_at: Option<Timestamp>,
}

/// What a run would delete now; nothing is.
pub async fn due(app: &App) -> Result<Vec<Due>> {
    let (store, now) = (app.store(), app.now());
    let mut all = Vec::new();
    for rule in rules(app) {
        let before = rule.before(now);
        let count = match rule.of {
            Kind::Guests => store.count_expired_guests(now).await?,
            Kind::Aged(what) => store.count_aged(what, before).await?,
            Kind::Audit => store.count_old_audit(before).await?,
        };
        all.push(Due { rule, count });
    }
    Ok(all)
}

/// Deletes what is older than its rule says, a few at a time. Each deletion is in the audit log. May run at several
/// nodes, and again after it was interrupted. Returns what was deleted.
pub async fn run(app: &App) -> Result<Vec<Due>> {
    let mut done = Vec::new();
    for rule in rules(app) {
        let count = delete(app, &rule).await?;
        if count > 0 {
            done.push(Due { rule, count });
        }
    }
    Ok(done)
}

/// What this person has, and when it goes.
pub async fn mine(app: &App, user: UserId) -> Result<Vec<Mine>> {
    let me = crate::accounts::me(app, user).await?;
    let mut all = Vec::new();
    for rule in rules(app).into_iter().filter(|rule| rule.is_personal) {
        let Kind::Aged(what) = rule.of else { continue };
        if what == Aged::Repeats {
            continue;
        }
        let held = app.store().held(user, what).await?;
        let goes_at = held.oldest.map(|oldest| oldest.plus_ms(rule.kept_ms));
        // With a guest everything goes.
        let first_goes_at = goes_at.map(|at| me.expires_at.map_or(at, |end| end.min(at)));
        all.push(Mine { rule, count: held.count, first_goes_at });
    }
    Ok(all)
}

async fn delete(app: &App, rule: &Rule) -> Result<u64> {
    let what = match rule.of {
        Kind::Guests => return Ok(erase_expired_guests(app).await? as u64),
        Kind::Audit => {
            let said = audit::entry(app, None, Action::AuditPruned, String::new(), String::new());
            return Ok(app.store().prune_audit(rule.before(app.now()), said).await?);
        }
        Kind::Aged(what) => what,
    };
    let said = |count: u64| {
        let details = format!("{count} by the rule: {}", rule.words);
        audit::entry(app, None, Action::RetentionDeleted, rule.kind.to_owned(), details)
    };
    let mut all = 0;
    loop {
        let (count, interviews) = app.store().delete_aged(what, rule.before(app.now()), BATCH, said).await?;
        if count > 0 && matches!(what, Aged::Resumes | Aged::Interviews | Aged::Recordings) {
            objects::clear_soon(app);
        }
        if !interviews.is_empty() {
            interviews.into_iter().for_each(|id| app.states().forget(SessionId(id)));
            app.parts().relay.changed();
        }
        all += count;
        if count < BATCH {
            return Ok(all);
        }
    }
}
