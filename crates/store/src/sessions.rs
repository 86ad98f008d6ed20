//! Interviews: the list, and the log.

use crate::Store;
use crate::dialect;
use crate::entities::{events, responses, sessions};
use crate::erasures::remember;
use crate::error::Result;
use crate::objects;
use crate::page::{Page, Paged};
use crate::rows::{micros, timestamp};
use crate::sealing::{Opener, Place};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{ConfigId, ResponseId, SessionId, UserId};
use greenroom_domain::interview::{Logged, SessionRecord};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::fmt;
use uuid::Uuid;

/// Interviews whose positions are asked for in one statement.
const POSITIONS_AT_ONCE: usize = 500;

/// Which interviews to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionFilter {
    /// Only those with this status.
    pub status: Option<String>,
}

impl Store {
    /// This person's interview.
    pub async fn session(&self, user: UserId, id: SessionId) -> Result<Option<SessionRecord>> {
        let row = sessions::Entity::find_by_id(id.0)
            .filter(sessions::Column::UserId.eq(user.0))
            .one(&self.read)
            .await?;
        let opener = self.opener(user).await?;
        row.map(|row| read(&opener, row)).transpose()
    }

    /// An interview, whosever it is: for work in the background only.
    pub async fn anybodys_session(&self, id: SessionId) -> Result<Option<SessionRecord>> {
        let row = sessions::Entity::find_by_id(id.0).one(&self.read).await?;
        let opener = self.opener_of(id).await?;
        row.map(|row| read(&opener, row)).transpose()
    }

    /// This person's interviews, newest first.
    pub async fn sessions(
        &self,
        user: UserId,
        filter: &SessionFilter,
        page: &Page,
    ) -> Result<Paged<SessionRecord>> {
        use sessions::Column;
        let mut query = sessions::Entity::find().filter(Column::UserId.eq(user.0));
        if let Some(status) = &filter.status {
            query = query.filter(Column::Status.eq(status.as_str()));
        }
        let query = page.newest_first(query, Column::CreatedAt, Column::Id)?;
        let (rows, next) = page.cut(query.all(&self.read).await?, |row| (row.created_at, row.id));
        let opener = self.opener(user).await?;
        Ok(Paged { items: rows.into_iter().map(|row| read(&opener, row)).collect::<Result<_>>()?, next })
    }

    /// Deletes this person's interview; log, judgements and feedback fall with it. False when it is not there.
    pub async fn delete_session(&self, user: UserId, id: SessionId, at: Timestamp) -> Result<bool> {
        let tx = self.begin().await?;
        let deleted = sessions::Entity::delete_many()
            .filter(sessions::Column::Id.eq(id.0))
            .filter(sessions::Column::UserId.eq(user.0))
            .exec(&tx)
            .await?;
        if deleted.rows_affected == 0 {
            return Ok(false);
        }
        remember(&tx, vec![id.0], at).await?;
        objects::leave_what_belongs_to(&tx, &[id.0], at).await?;
        tx.commit().await?;
        dialect::forget_log(self.engine, &self.write).await?;
        Ok(true)
    }

    /// The log after position `after`, at most `limit` events.
    pub async fn log(&self, id: SessionId, after: u64, limit: u64) -> Result<Vec<Logged>> {
        let rows = events::Entity::find()
            .filter(events::Column::SessionId.eq(id.0))
            .filter(events::Column::Seq.gt(after.min(i64::MAX as u64) as i64))
            .order_by_asc(events::Column::Seq)
            .limit(limit.min(i64::MAX as u64))
            .all(&self.read)
            .await?;
        let opener = self.opener_of(id).await?;
        rows.into_iter()
            .map(|row| {
                let event = opener.value(event_place(id, row.seq), row.payload)?;
                Ok(Logged { seq: row.seq as u64, at: timestamp(row.at), event })
            })
            .collect()
    }

    /// The position of the last event of each of these interviews that is there.
    pub async fn positions(&self, ids: &[SessionId]) -> Result<Vec<(SessionId, u64)>> {
        use sessions::Column;
        let mut positions = Vec::with_capacity(ids.len());
        for some in ids.chunks(POSITIONS_AT_ONCE) {
            // Each length is a statement of its own, which every connection remembers: few lengths, then.
            let asked = some.iter().chain(std::iter::repeat(&some[0])).take(some.len().next_power_of_two());
            let query = sessions::Entity::find().filter(Column::Id.is_in(asked.map(|id| id.0)));
            let query = query.select_only().column(Column::Id).column(Column::LastSeq);
            let rows: Vec<(Uuid, i64)> = query.into_tuple().all(&self.read).await?;
            positions.extend(rows.into_iter().map(|(id, last)| (SessionId(id), last as u64)));
        }
        Ok(positions)
    }

    /// The interview that this person's answer belongs to.
    pub async fn session_of_response(&self, user: UserId, id: ResponseId) -> Result<Option<SessionId>> {
        let Some(response) = responses::Entity::find_by_id(id.0).one(&self.read).await? else {
            return Ok(None);
        };
        let session = SessionId(response.session_id);
        Ok(self.session(user, session).await?.map(|session| session.id))
    }

    /// Interviews under way or paused that nothing has happened in since `before`, at most `limit`, each with the
    /// position of its last event.
    pub async fn stale_sessions(&self, before: Timestamp, limit: u64) -> Result<Vec<(SessionId, u64)>> {
        let rows = sessions::Entity::find()
            .filter(sessions::Column::Status.is_in(["active", "paused"]))
            .filter(sessions::Column::UpdatedAt.lt(micros(before)))
            .order_by_asc(sessions::Column::UpdatedAt)
            .limit(limit)
            .all(&self.read)
            .await?;
        Ok(rows.into_iter().map(|row| (SessionId(row.id), row.last_seq as u64)).collect())
    }
}

fn read(opener: &Opener, row: sessions::Model) -> Result<SessionRecord> {
    Ok(SessionRecord {
        id: SessionId(row.id),
        user_id: UserId(row.user_id),
        config_id: ConfigId(row.config_id),
        title: opener.text(title_place(row.id), row.title)?,
        snapshot: opener.value(snapshot_place(row.id), row.snapshot)?,
        created_at: timestamp(row.created_at),
        updated_at: timestamp(row.updated_at),
    })
}

pub(crate) fn title_place(id: Uuid) -> Place<Uuid> {
    Place { column: "sessions.title", row: id }
}

pub(crate) fn snapshot_place(id: Uuid) -> Place<Uuid> {
    Place { column: "sessions.snapshot", row: id }
}

/// Where an event lies: its interview and its position there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EventRow(SessionId, i64);

impl fmt::Display for EventRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.0, self.1)
    }
}

pub(crate) fn event_place(session: SessionId, seq: i64) -> Place<EventRow> {
    Place { column: "events.payload", row: EventRow(session, seq) }
}
