//! Questions as a file.

use super::list::all;
use crate::{App, Result};
use greenroom_domain::bank::BankEntry;
use greenroom_providers::bank::exchange::Format;

/// All questions that are asked, those of one role or of all, as a file.
pub async fn export(app: &App, format: Format, role: Option<&str>) -> Result<String> {
    let all = all(app).await?.into_iter();
    let asked = all.filter(|listed| listed.own.as_ref().is_none_or(|own| !own.retired));
    let wanted = asked.filter(|listed| role.is_none_or(|role| listed.entry.role == role));
    let entries: Vec<BankEntry> = wanted.map(|listed| listed.entry).collect();
    Ok(format.write(&entries))
}
