//! Lists, a page at a time. The cursor is the last row's place, so that new rows shift nothing.

use crate::error::{Result, StoreError};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

/// Which page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Rows, 1..=100.
    pub limit: u64,
    /// The cursor of the page before; `None` for the first.
    pub after: Option<String>,
}

impl Default for Page {
    fn default() -> Self {
        Self { limit: 20, after: None }
    }
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paged<T> {
    /// The rows.
    pub items: Vec<T>,
    /// The cursor of the next page; `None` at the end.
    pub next: Option<String>,
}

impl<T> Paged<T> {
    /// The same page of other things.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Paged<U> {
        Paged { items: self.items.into_iter().map(f).collect(), next: self.next }
    }
}

impl Page {
    /// `query` newest first, from the cursor on. One row more than asked for tells whether another page follows.
    pub(crate) fn newest_first<E: EntityTrait>(
        &self,
        mut query: Select<E>,
        created_at: E::Column,
        id: E::Column,
    ) -> Result<Select<E>> {
        if let Some((time, last)) = self.cursor()? {
            let same_time = Condition::all().add(created_at.eq(time)).add(id.lt(last));
            query = query.filter(Condition::any().add(created_at.lt(time)).add(same_time));
        }
        Ok(query.order_by_desc(created_at).order_by_desc(id).limit(self.limit.clamp(1, 100) + 1))
    }

    /// The row to begin after: its time in microseconds and its id.
    fn cursor(&self) -> Result<Option<(i64, Uuid)>> {
        let Some(text) = &self.after else { return Ok(None) };
        let parsed = text
            .split_once('.')
            .and_then(|(time, id)| Some((i64::from_str_radix(time, 36).ok()?, Uuid::try_parse(id).ok()?)));
        parsed.map(Some).ok_or(StoreError::BadCursor)
    }

    /// Cuts the extra row off; `place` tells where a row stands.
    pub(crate) fn cut<R>(
        &self,
        mut rows: Vec<R>,
        place: impl Fn(&R) -> (i64, Uuid),
    ) -> (Vec<R>, Option<String>) {
        let limit = self.limit.clamp(1, 100) as usize;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|row| {
            let (time, id) = place(row);
            format!("{}.{}", base36(time), id.simple())
        });
        (rows, next)
    }
}

fn base36(value: i64) -> String {
    let mut left = value.unsigned_abs();
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit((left % 36) as u32, 36).unwrap_or('0'));
        left /= 36;
        if left == 0 {
            break;
        }
    }
    if value < 0 {
        digits.push('-');
    }
    digits.into_iter().rev().collect()
}
