//! The log of an interview as a feed: first what is there, then what comes, nothing twice, nothing left out.

use greenroom_app::{App, Draft, Result, Watch, interviews};
use greenroom_domain::ids::{SessionId, UserId};
use greenroom_domain::interview::Logged;
use tokio::sync::watch;

/// Events read at once.
const CHUNK: u64 = 200;

/// A feed of one interview's events for one listener.
#[derive(Debug)]
pub struct Feed {
    user: UserId,
    session: SessionId,
    after: u64,
    /// Whether there may be events that were not given yet.
    is_behind: bool,
    watch: Watch,
}

/// Why a feed woke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Woken {
    /// There may be more events.
    Log,
    /// The interviewer's draft changed.
    Draft(Draft),
}

impl Feed {
    /// A feed that begins after position `after`, at the end of the log when that lies beyond it.
    /// Somebody else's interview is not found.
    pub async fn open(app: &App, user: UserId, session: SessionId, after: u64) -> Result<Self> {
        // Listening begins before the first read, so nothing falls between the two.
        let mut watch = app.listeners().watch(session);
        if watch.draft.borrow().at_work {
            watch.draft.mark_changed();
        }
        interviews::look_out(app);
        let record = interviews::get(app, user, session).await?;
        interviews::pick_up(app, &record);
        let last = record.snapshot.last_seq;
        Ok(Self { user, session, after: after.min(last), is_behind: true, watch })
    }

    /// Events that are there and were not given yet; empty when the listener has caught up.
    pub async fn ready(&mut self, app: &App) -> Result<Vec<Logged>> {
        if !self.is_behind {
            return Ok(Vec::new());
        }
        let events = interviews::follow(app, self.user, self.session, self.after, CHUNK).await?;
        self.is_behind = events.len() as u64 == CHUNK;
        if let Some(last) = events.last() {
            self.after = last.seq;
        }
        Ok(events)
    }

    /// Position of the last event given.
    pub fn position(&self) -> u64 {
        self.after
    }

    /// Waits until there is something new. A draft that grows faster than the listener hears is skipped ahead.
    pub async fn wait(&mut self) -> Woken {
        loop {
            tokio::select! {
                biased;
                () = told(&mut self.watch.grown) => {
                    // What was read since is old news.
                    self.is_behind = *self.watch.grown.borrow_and_update() > self.after;
                    if self.is_behind {
                        return Woken::Log;
                    }
                }
                () = told(&mut self.watch.draft) => {
                    return Woken::Draft(self.watch.draft.borrow_and_update().clone());
                }
            }
        }
    }
}

/// A closed channel means that nobody tells us any more.
async fn told<T>(channel: &mut watch::Receiver<T>) {
    if channel.changed().await.is_err() {
        std::future::pending::<()>().await;
    }
}
