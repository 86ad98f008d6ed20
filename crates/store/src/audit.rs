//! Who did what: only added to. Each entry carries the seal of the one before and its own, made with the master key,
//! so that nobody who can only write to the database changes the past unseen.

use crate::entities::audit::{ActiveModel, Column, Entity, Model};
use crate::error::Result;
use crate::page::{Page, Paged};
use crate::rows::{micros, timestamp};
use crate::{Store, dialect};
use greenroom_domain::audit::{Action, AuditEntry};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{AuditId, UserId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select,
};
use std::fmt;
use std::str::FromStr;

/// Entries that are checked at a time.
const AT_ONCE: u64 = 500;

/// Which entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Only actions that begin like this.
    pub action: Option<String>,
    /// Only what this person did.
    pub actor: Option<UserId>,
    /// Only what was done to this.
    pub subject: Option<String>,
    /// Only what this person did, and what was done to them.
    pub about: Option<UserId>,
    /// Only from this moment on.
    pub since: Option<Timestamp>,
    /// Only before this moment.
    pub until: Option<Timestamp>,
}

/// Where the log ended at some time. Noted elsewhere, it shows later whether the end was cut off or all was made anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditMark {
    /// Number of the entry, from 1.
    pub seq: u64,
    /// Its seal.
    pub seal: String,
}

impl fmt::Display for AuditMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.seq, self.seal)
    }
}

impl FromStr for AuditMark {
    type Err = &'static str;

    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        let parts = text.trim().split_once(':').and_then(|(seq, seal)| Some((seq.parse().ok()?, seal)));
        let (seq, seal) = parts.ok_or("a mark is a number, a colon and a seal")?;
        Ok(Self { seq, seal: seal.to_owned() })
    }
}

/// Whether the past is as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditCheck {
    /// Entries that were looked at.
    pub entries: u64,
    /// Where the log ends.
    pub last: Option<AuditMark>,
    /// Number of the first entry that is not right, with why; `None` when all are.
    pub fault: Option<(u64, &'static str)>,
    /// Entries that were sealed with a master key that is not here, and cannot be checked.
    pub unknown: u64,
}

impl Store {
    /// Adds an entry. Writers at all nodes take turns.
    pub async fn write_audit(&self, entry: &AuditEntry) -> Result<()> {
        let tx = self.begin().await?;
        self.add_audit(&tx, entry).await?;
        Ok(tx.commit().await?)
    }

    /// Adds an entry together with what else `tx` does.
    pub(crate) async fn add_audit(&self, tx: &DatabaseTransaction, entry: &AuditEntry) -> Result<()> {
        dialect::alone(self.engine, tx, "greenroom audit").await?;
        let last = Entity::find().order_by_desc(Column::Seq).one(tx).await?;
        let (seq, previous) = last.map_or((1, String::new()), |last| (last.seq + 1, last.seal));
        let mut row = Model {
            seq,
            id: entry.id.0,
            at: micros(entry.at),
            actor: entry.actor.map(|actor| actor.0),
            action: entry.action.clone(),
            subject: entry.subject.clone(),
            details: entry.details.clone(),
            previous,
            seal: String::new(),
        };
        row.seal = self.keys.sign(&content(&row));
        let row = ActiveModel {
            seq: Set(row.seq),
            id: Set(row.id),
            at: Set(row.at),
            actor: Set(row.actor),
            action: Set(row.action),
            subject: Set(row.subject),
            details: Set(row.details),
            previous: Set(row.previous),
            seal: Set(row.seal),
        };
        Entity::insert(row).exec_without_returning(tx).await?;
        Ok(())
    }

    /// Entries, the newest first.
    pub async fn audit(&self, filter: &AuditFilter, page: &Page) -> Result<Paged<AuditEntry>> {
        let query = page.newest_first(filtered(filter), Column::Seq, Column::Id)?;
        let (rows, next) = page.cut(query.all(&self.read).await?, |row| (row.seq, row.id));
        Ok(Paged { items: rows.into_iter().map(entry).collect(), next })
    }

    /// Where the log ends; `None` for an empty one.
    pub async fn audit_end(&self) -> Result<Option<AuditMark>> {
        let last = Entity::find().order_by_desc(Column::Seq).one(&self.read).await?;
        Ok(last.map(|row| AuditMark { seq: row.seq.unsigned_abs(), seal: row.seal }))
    }

    /// Looks at every entry; `noted` is where the log ended at some time before.
    pub async fn check_audit(&self, noted: Option<&AuditMark>) -> Result<AuditCheck> {
        let mut checking = Checking::default();
        loop {
            let after = checking.before.as_ref().map_or(0, |row| row.seq);
            let rows = Entity::find().filter(Column::Seq.gt(after)).order_by_asc(Column::Seq).limit(AT_ONCE);
            let rows = rows.all(&self.read).await?;
            if rows.is_empty() {
                return Ok(checking.done(noted));
            }
            for row in rows {
                let is_sealed = self.keys.verify(&content(&row), &row.seal);
                checking.look(row, is_sealed, noted);
            }
        }
    }

    /// How many entries are from before `before`.
    pub async fn count_old_audit(&self, before: Timestamp) -> Result<u64> {
        Ok(Entity::find().filter(Column::At.lt(micros(before))).count(&self.read).await?)
    }

    /// Deletes the entries that are older than all from `before` on, and says so in the log itself, at once: `said` is
    /// the entry that does, without its subject and details. Returns how many.
    pub async fn prune_audit(&self, before: Timestamp, said: AuditEntry) -> Result<u64> {
        let tx = self.begin().await?;
        dialect::alone(self.engine, &tx, "greenroom audit").await?;
        let young = Entity::find().filter(Column::At.gte(micros(before))).order_by_asc(Column::Seq);
        let through = match young.one(&tx).await? {
            Some(row) => row.seq - 1,
            None => Entity::find().order_by_desc(Column::Seq).one(&tx).await?.map_or(0, |row| row.seq),
        };
        let count = Entity::find().filter(Column::Seq.lte(through)).count(&tx).await?;
        if count == 0 {
            return Ok(0);
        }
        let (subject, details) = (through.to_string(), format!("{count} entries up to this one"));
        self.add_audit(&tx, &AuditEntry { subject, details, ..said }).await?;
        Entity::delete_many().filter(Column::Seq.lte(through)).exec(&tx).await?;
        tx.commit().await?;
        Ok(count)
    }
}

/// A look at entry after entry.
#[derive(Default)]
struct Checking {
    check: AuditCheck,
    before: Option<Model>,
    first: Option<i64>,
    pruned: Option<i64>,
    met: bool,
}

impl Checking {
    fn look(&mut self, row: Model, is_sealed: Option<bool>, noted: Option<&AuditMark>) {
        self.first = self.first.or(Some(row.seq));
        let seq = row.seq.unsigned_abs();
        self.check.entries += 1;
        self.check.unknown += u64::from(is_sealed.is_none());
        if row.action == Action::AuditPruned.key() && is_sealed == Some(true) {
            self.pruned = row.subject.parse().ok();
        }
        let is_noted = noted.is_some_and(|noted| noted.seq == seq);
        let fault = match &self.before {
            _ if is_sealed == Some(false) => Some("it was changed"),
            _ if is_noted && noted.is_some_and(|noted| noted.seal != row.seal) => {
                Some("it is not the one that was noted")
            }
            Some(before) if before.seq + 1 != row.seq => Some("entries before it are missing"),
            Some(before) if before.seal != row.previous => Some("it does not follow the one before"),
            _ => None,
        };
        self.met |= is_noted;
        self.check.fault = self.check.fault.or(fault.map(|why| (seq, why)));
        self.check.last = Some(AuditMark { seq, seal: row.seal.clone() });
        self.before = Some(row);
    }

    fn done(mut self, noted: Option<&AuditMark>) -> AuditCheck {
        // Only a run of retention may take the oldest away, and it says so.
        let first = self.first.unwrap_or(1);
        if first > 1 && self.pruned != Some(first - 1) {
            self.check.fault = Some((first.unsigned_abs(), "entries before it are missing"));
        }
        if let Some(noted) = noted.filter(|noted| !self.met && noted.seq >= first.unsigned_abs()) {
            self.check.fault = self.check.fault.or(Some((noted.seq, "it was noted and is missing")));
        }
        self.check
    }
}

fn filtered(filter: &AuditFilter) -> Select<Entity> {
    let mut query = Entity::find();
    if let Some(action) = &filter.action {
        query = query.filter(Column::Action.starts_with(action));
    }
    if let Some(actor) = filter.actor {
        query = query.filter(Column::Actor.eq(actor.0));
    }
    if let Some(subject) = &filter.subject {
        query = query.filter(Column::Subject.eq(subject));
    }
    if let Some(about) = filter.about {
        let (by, to) = (Column::Actor.eq(about.0), Column::Subject.eq(about.to_string()));
        query = query.filter(Condition::any().add(by).add(to));
    }
    if let Some(since) = filter.since {
        query = query.filter(Column::At.gte(micros(since)));
    }
    if let Some(until) = filter.until {
        query = query.filter(Column::At.lt(micros(until)));
    }
    query
}

/// What the seal is over.
fn content(row: &Model) -> String {
    let actor = row.actor.map(|actor| actor.to_string()).unwrap_or_default();
    let (seq, at, id) = (row.seq.to_string(), row.at.to_string(), row.id.to_string());
    let fields = [&row.previous, &seq, &id, &at, &actor, &row.action, &row.subject, &row.details];
    // Lengths keep one field from running into the next.
    fields.map(|field| format!("{}:{field}", field.len())).concat()
}

fn entry(row: Model) -> AuditEntry {
    AuditEntry {
        id: AuditId(row.id),
        at: timestamp(row.at),
        actor: row.actor.map(UserId),
        action: row.action,
        subject: row.subject,
        details: row.details,
    }
}
