//! Language models as administrators look after them: which are asked, in which order, by which key, and how they
//! did when they were tried.
//!
//! Those that are entered here are asked first, in their order; those of the configuration come behind them. One of
//! the same name in the configuration is left out. Every change is in force at once.

mod change;
mod input;
mod overview;
mod refresh;
mod sealed;
mod share_spending;
mod trial;
mod vendors;

pub use change::{add, change, delete, order, restore, wipe_deleted};
pub use input::{KeyChange, ProviderInput};
pub use overview::{Entry, KeyState, Overview, Source, Standing, overview};
pub use refresh::{line, refresh};
pub use sealed::seal_anew;
pub use share_spending::share_spending;
pub use trial::{TrialInput, try_out};
pub use vendors::{Finding, KnownProvider, ReadyProvider, Spending, TrialPart, Tried, Vendors};

pub(crate) use refresh::Built;
