//! One node at a time lets a model speak in an interview. A lease says which; a node that dies loses it within
//! seconds. What must never happen twice is refused by the positions of the log: a lease saves calls, no more.

use crate::{App, Result};
use greenroom_domain::ids::SessionId;
use std::time::Duration;
use tokio_util::task::AbortOnDropHandle;

/// How long a lease holds that is not renewed, ms. A node that died is replaced after that.
const LEASE_MS: i64 = 3000;
/// How often a lease is renewed.
const RENEW_EVERY: Duration = Duration::from_millis(1000);
/// How often a lease is asked for while another node has it.
const ASK_EVERY: Duration = Duration::from_millis(200);

/// What a lease is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    /// The interviewer's turn.
    Turn,
    /// The plan behind the interview.
    Plan,
}

/// A lease that this node has. It is renewed until it is ended or dropped; dropped, it runs out.
pub(super) struct Held {
    app: App,
    name: String,
    renewal: AbortOnDropHandle<()>,
}

impl Held {
    /// Ends the lease, for the next to take.
    pub(super) async fn end(self) {
        self.renewal.abort();
        if let Err(error) = self.app.store().release_lease(&self.name, self.app.node()).await {
            tracing::debug!(%error, "a lease could not be ended; it runs out");
        }
    }
}

/// Takes the lease of one part of an interview, after whoever has it. `None` when `is_wanted` says that there is
/// nothing left to do.
pub(super) async fn hold<F>(
    app: &App,
    id: SessionId,
    part: Part,
    is_wanted: impl Fn() -> F,
) -> Result<Option<Held>>
where
    F: Future<Output = Result<bool>>,
{
    let name = match part {
        Part::Turn => format!("turn:{id}"),
        Part::Plan => format!("plan:{id}"),
    };
    while !take(app, &name).await? {
        tokio::time::sleep(ASK_EVERY).await;
        if *app.tasks().has_left().await || !is_wanted().await? {
            return Ok(None);
        }
    }
    let renewing = renew(app.clone(), name.clone());
    let renewal = AbortOnDropHandle::new(app.tasks().spawn(renewing));
    Ok(Some(Held { app: app.clone(), name, renewal }))
}

async fn take(app: &App, name: &str) -> Result<bool> {
    let has_left = app.tasks().has_left().await;
    if *has_left {
        return Ok(false);
    }
    let now = app.now();
    Ok(app.store().take_lease(name, app.node(), now.plus_ms(LEASE_MS), now).await?)
}

async fn renew(app: App, name: String) {
    loop {
        tokio::time::sleep(RENEW_EVERY).await;
        match take(&app, &name).await {
            Ok(true) => {}
            Ok(false) if *app.tasks().has_left().await => return,
            Ok(false) => {
                return tracing::warn!("a lease was lost to another node; the log decides whose words count");
            }
            Err(error) => tracing::warn!(%error, "a lease could not be renewed"),
        }
    }
}
