//! Who has a line, so that a page that was gone finds its own again.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::beside::{self, Beside};
use super::core::{Ended, LinkCore, WAITING_FROM_PAGE, WAITING_TO_PAGE};
use super::{Link, LinkId, LinkOptions};

/// How long a transport has to let go of a link.
const HANDOVER: Duration = Duration::from_secs(2);

/// Why there is no line.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum LinkError {
    /// As many as are allowed are open. Later may work.
    #[error("the server carries as many spoken interviews as it can")]
    Full,
    /// The page wants to come back to a link that is over, or that is not its own. It may open a new one.
    #[error("the line to come back to is gone")]
    Gone,
    /// What the page sent first was no greeting, or it came too late.
    #[error("the page did not introduce itself")]
    NoHello,
    /// The page speaks another version: it wants to be loaded anew.
    #[error("the page speaks another version of the agreement")]
    Version,
}

/// A line that was opened.
#[derive(Debug)]
pub struct Opened {
    /// Its name.
    pub id: LinkId,
    /// The end for whom holds the conversation; `None` when a page came back to the link that it had, and which
    /// somebody holds already.
    pub link: Option<Link>,
}

/// All lines of this process. Clones share them.
#[derive(Clone)]
pub struct Links {
    shared: Arc<Shared>,
}

struct Shared {
    options: LinkOptions,
    ids: Box<dyn Fn() -> String + Send + Sync>,
    entries: Mutex<HashMap<LinkId, Entry>>,
    tasks: TaskTracker,
    shutdown: CancellationToken,
}

struct Entry {
    owner: String,
    takeover: mpsc::Sender<oneshot::Sender<Box<LinkCore>>>,
    beside: Beside,
    superseded: CancellationToken,
}

impl Links {
    /// No lines yet. `ids` makes names that nobody guesses: 128 random bits or more.
    pub fn new(options: LinkOptions, ids: impl Fn() -> String + Send + Sync + 'static) -> Self {
        let shared = Shared {
            options,
            ids: Box::new(ids),
            entries: Mutex::default(),
            tasks: TaskTracker::new(),
            shutdown: CancellationToken::new(),
        };
        Self { shared: Arc::new(shared) }
    }

    /// How many there are, those that wait for their page included.
    pub fn count(&self) -> usize {
        self.entries().len()
    }

    /// Ends all lines, and waits until they have ended.
    pub async fn shut_down(&self) {
        self.shared.shutdown.cancel();
        self.shared.tasks.close();
        self.shared.tasks.wait().await;
    }

    pub(crate) fn options(&self) -> &LinkOptions {
        &self.shared.options
    }

    pub(crate) fn shutdown(&self) -> &CancellationToken {
        &self.shared.shutdown
    }

    /// A link that was not there before. Other links of the same owner end: an interview is held in one place.
    pub(crate) fn open(&self, owner: &str) -> Result<(Box<LinkCore>, Link), LinkError> {
        let mut entries = self.entries();
        for entry in entries.values().filter(|entry| entry.owner == owner) {
            entry.superseded.cancel();
        }
        if entries.len() >= self.shared.options.max_links || self.shared.shutdown.is_cancelled() {
            return Err(LinkError::Full);
        }
        let id = LinkId((self.shared.ids)());
        let (from_page, incoming) = mpsc::channel(WAITING_FROM_PAGE);
        let (outgoing, to_page) = mpsc::channel(WAITING_TO_PAGE);
        let (takeover, taken) = mpsc::channel(1);
        let (line, more) = mpsc::channel(beside::WAITING);
        let superseded = self.shared.shutdown.child_token();
        let beside = Beside { line, superseded: superseded.child_token() };
        let core = LinkCore::new(id.clone(), from_page, to_page, taken, more, superseded.clone());
        entries.insert(id.clone(), Entry { owner: owner.to_owned(), takeover, beside, superseded });
        let opened = core.opened;
        Ok((Box::new(core), Link { id, opened, incoming, outgoing }))
    }

    /// Takes a link from the transport that carries it, or from where it waits.
    pub(crate) async fn take_over(&self, owner: &str, id: &LinkId) -> Result<Box<LinkCore>, LinkError> {
        let takeover =
            self.entries().get(id).filter(|entry| entry.owner == owner).map(|entry| entry.takeover.clone());
        let (sender, receiver) = oneshot::channel();
        takeover.ok_or(LinkError::Gone)?.try_send(sender).map_err(|_| LinkError::Gone)?;
        let core = tokio::time::timeout(HANDOVER, receiver).await;
        core.map_err(|_| LinkError::Gone)?.map_err(|_| LinkError::Gone)
    }

    /// Where a new second connection of a link belongs; the one before it ends.
    pub(super) fn beside(&self, owner: &str, id: &LinkId) -> Result<Beside, LinkError> {
        let mut entries = self.entries();
        let entry = entries.get_mut(id).filter(|entry| entry.owner == owner).ok_or(LinkError::Gone)?;
        let next = Beside { superseded: entry.superseded.child_token(), ..entry.beside.clone() };
        std::mem::replace(&mut entry.beside, next.clone()).superseded.cancel();
        Ok(next)
    }

    /// Whether a link is there, and this owner's.
    pub(crate) fn has(&self, owner: &str, id: &LinkId) -> bool {
        self.entries().get(id).is_some_and(|entry| entry.owner == owner)
    }

    /// Runs something of a line until it ends or the server does.
    pub(crate) fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) {
        self.shared.tasks.spawn(self.shared.shutdown.clone().run_until_cancelled_owned(future));
    }

    /// Runs a transport of a link, and after it whatever waits for the next one.
    pub(crate) fn carry<Run>(&self, id: LinkId, transport: Run)
    where
        Run: Future<Output = (Box<LinkCore>, Ended)> + Send + 'static,
    {
        // Also when the transport breaks, its link must not stay in the books.
        let entry = Booked { links: self.clone(), id, is_kept: false };
        let grace = Duration::from_millis(self.options().grace_ms.clamp(1_000, 60_000));
        self.shared.tasks.spawn(async move {
            let mut entry = entry;
            let (mut core, mut ended) = transport.await;
            if matches!(ended, Ended::Lost) {
                ended = match core.lose() {
                    Ok(()) => core.wait(grace).await,
                    Err(_) => Ended::Over,
                };
            }
            if let Ended::Taken(taker) = ended {
                // Should whoever asked have gone meanwhile, the link ends with this task.
                entry.is_kept = taker.send(core).is_ok();
            }
        });
    }

    fn entries(&self) -> MutexGuard<'_, HashMap<LinkId, Entry>> {
        self.shared.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Booked {
    links: Links,
    id: LinkId,
    is_kept: bool,
}

impl Drop for Booked {
    fn drop(&mut self) {
        if !self.is_kept {
            self.links.entries().remove(&self.id);
        }
    }
}
