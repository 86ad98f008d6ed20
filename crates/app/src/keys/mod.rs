//! What people said is encrypted: looking after the keys. See docs/privacy.md.

use crate::{App, Result, audit, models};
use greenroom_domain::audit::Action;
use greenroom_store::{KeysOf, SealingAt, Unsealed};

/// How things stand with the keys.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Id of the present master key.
    pub master: String,
    /// Which master keys wrap how many people's keys.
    pub people: Vec<KeysOf>,
    /// Texts from before they were encrypted.
    pub unsealed: Vec<Unsealed>,
}

/// How things stand. Looks at every row.
pub async fn standing(app: &App) -> Result<Standing> {
    let store = app.store();
    Ok(Standing {
        master: store.keyring().current(),
        people: store.keys_of_people().await?,
        unsealed: store.unsealed().await?,
    })
}

/// Wraps everything with the present master key that another one wraps. Returns how many people's keys and how many
/// vendors' keys that were. May run beside everything else, at several nodes, and again after it was interrupted.
pub async fn take_up_master(app: &App) -> Result<(u64, u64)> {
    app.store().keyring().refresh();
    let mut people = 0;
    loop {
        let some = app.store().rewrap_some().await?;
        people += some;
        if some == 0 {
            break;
        }
    }
    let vendors = models::seal_anew(app).await?;
    if (people, vendors) != (0, 0) {
        let details = format!("{people} people's keys and {vendors} vendors' keys");
        audit::record(app, None, Action::KeysRotated, app.store().keyring().current(), details).await;
    }
    Ok((people, vendors))
}

/// Encrypts texts from before they were encrypted, a few at a time. Returns how many.
pub async fn seal_old_texts(app: &App) -> Result<u64> {
    let mut at = SealingAt::default();
    while let Some(next) = app.store().seal_some(at).await? {
        at = next;
    }
    Ok(at.sealed)
}
