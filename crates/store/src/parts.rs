//! The log of events in parts by month, on PostgreSQL (ADR 23): each part holds the interviews that began in its month.
//! Ids of interviews grow with the time (UUID version 7), so a part is a range of them, and whoever looks up an
//! interview touches one part.

use crate::error::{Result, StoreError};
use crate::{Engine, Store};
use chrono::{DateTime, Datelike, Months, NaiveTime, Utc};
use greenroom_domain::clock::Timestamp;
use sea_orm::{ConnectionTrait, Statement, TransactionTrait};

/// Months for which parts are made ahead.
const AHEAD: u32 = 12;
/// The part that holds what was there before.
const BEFORE: &str = "events_before";
/// Holds what no other part does, so that nothing is ever refused.
const BEYOND: &str = "events_beyond";
/// How long the table may be waited for, and others with it.
const PATIENCE: &str = "SET LOCAL lock_timeout = '3s'";

/// The first moment of a month, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Month(DateTime<Utc>);

impl Month {
    fn of(at: Timestamp) -> Self {
        let at = at.as_datetime();
        Self(at.with_day(1).map_or(at, |first| first.with_time(NaiveTime::MIN).single().unwrap_or(first)))
    }

    fn later(self, months: u32) -> Self {
        Self(self.0 + Months::new(months))
    }

    /// The lowest id that is made in this month: 48 bits of milliseconds, then nothing.
    fn lowest_id(self) -> String {
        let ms = self.0.timestamp_millis().max(0);
        format!("{:08x}-{:04x}-0000-0000-000000000000", ms >> 16, ms & 0xffff)
    }

    fn part(self) -> String {
        format!("events_y{}m{:02}", self.0.year(), self.0.month())
    }

    /// Makes the part of this month, if it is not there.
    fn make(self) -> String {
        let (part, from, to) = (self.part(), self.lowest_id(), self.later(1).lowest_id());
        format!(
            "CREATE TABLE IF NOT EXISTS {part} PARTITION OF events FOR VALUES FROM ('{from}') TO ('{to}')"
        )
    }
}

impl Store {
    /// Cuts the log of events into parts by the month in which an interview began. What is there becomes the first part
    /// as it is: no row is moved. Reading and writing go on but for a moment at the end; when the table is not to be had
    /// for three seconds, this is refused as unavailable and may be tried again. False on SQLite, and when it was done
    /// before.
    pub async fn cut_log(&self, now: Timestamp) -> Result<bool> {
        if self.engine != Engine::Postgres || self.is_cut().await? {
            return Ok(false);
        }
        // This month and the next go on where they are: should this be broken off, there is time to do it again.
        let first = Month::of(now).later(2);
        let bound = first.lowest_id();
        let forget = format!("ALTER TABLE events DROP CONSTRAINT IF EXISTS {BEFORE}_ends");
        let expect = format!(
            "ALTER TABLE events ADD CONSTRAINT {BEFORE}_ends CHECK (session_id < '{bound}') NOT VALID"
        );
        self.alter(&[forget.clone(), expect]).await?;
        // Reads the whole table beside everybody else's work; with that known, the change itself reads nothing.
        let check = format!("ALTER TABLE events VALIDATE CONSTRAINT {BEFORE}_ends");
        let cut = match self.write.execute_unprepared(&check).await {
            Ok(_) => self.alter(&cutting(first)).await,
            Err(error) => Err(StoreError::from(error)),
        };
        if cut.is_err() {
            self.alter(&[forget]).await?;
        }
        cut.map(|()| true)
    }

    /// Makes the parts of the months to come that are missing, where the log is in parts.
    pub async fn make_parts(&self, now: Timestamp) -> Result<()> {
        if self.engine != Engine::Postgres || !self.is_cut().await? {
            return Ok(());
        }
        let last = Month::of(now).later(AHEAD);
        let known = "SELECT 1 FROM pg_class WHERE oid = to_regclass($1)";
        if self.finds(known, last.part()).await? {
            return Ok(());
        }
        let missing: Vec<String> = (2..=AHEAD).map(|months| Month::of(now).later(months).make()).collect();
        self.alter(&missing).await
    }

    async fn is_cut(&self) -> Result<bool> {
        self.finds(
            "SELECT 1 FROM pg_class WHERE oid = to_regclass($1) AND relkind = 'p'",
            "events".to_owned(),
        )
        .await
    }

    async fn finds(&self, sql: &str, name: String) -> Result<bool> {
        let backend = self.write.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, sql, [name.into()]);
        Ok(self.write.query_one_raw(statement).await?.is_some())
    }

    /// All of it or nothing, and not while others wait for long.
    async fn alter(&self, statements: &[String]) -> Result<()> {
        let tx = self.write.begin().await?;
        tx.execute_unprepared(PATIENCE).await?;
        for statement in statements {
            tx.execute_unprepared(statement).await?;
        }
        Ok(tx.commit().await?)
    }
}

/// What is there becomes the part before `first`; those of the months from then on are made.
fn cutting(first: Month) -> Vec<String> {
    let bound = first.lowest_id();
    let mut all = vec![
        // In the order in which those who write take them, so that nobody waits for each other.
        "LOCK TABLE sessions IN SHARE ROW EXCLUSIVE MODE".to_owned(),
        "LOCK TABLE events IN ACCESS EXCLUSIVE MODE".to_owned(),
        format!("ALTER TABLE events RENAME TO {BEFORE}"),
        format!("CREATE TABLE events (LIKE {BEFORE} INCLUDING DEFAULTS) PARTITION BY RANGE (session_id)"),
        "ALTER TABLE events ADD PRIMARY KEY (session_id, seq)".to_owned(),
        "ALTER TABLE events ADD FOREIGN KEY (session_id) REFERENCES sessions (id) ON DELETE CASCADE"
            .to_owned(),
        format!("ALTER TABLE events ATTACH PARTITION {BEFORE} FOR VALUES FROM (MINVALUE) TO ('{bound}')"),
        format!("ALTER TABLE {BEFORE} DROP CONSTRAINT {BEFORE}_ends"),
        format!("CREATE TABLE {BEYOND} PARTITION OF events DEFAULT"),
    ];
    all.extend((0..=AHEAD).map(|months| first.later(months).make()));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_begins_with_its_lowest_id() {
        let month = Month::of(Timestamp::new("2026-12-24T18:00:00Z".parse().expect("a moment")));
        assert_eq!(month.part(), "events_y2026m12");
        assert_eq!(month.later(2).part(), "events_y2027m02");
        let lowest: uuid::Uuid = month.lowest_id().parse().expect("an id");
        let ms = lowest.as_u128() >> 80;
        assert_eq!(
            DateTime::from_timestamp_millis(ms as i64).expect("a moment").to_rfc3339(),
            "2026-12-01T00:00:00+00:00"
        );
    }
}
