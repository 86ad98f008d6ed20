//! What people agree to, each purpose on its own: before anything is collected for it, and until they withdraw.
//! What practice itself needs has no consent.

mod change;
mod texts;

pub use change::{give, given, has_agreed, withdraw};
pub use texts::{ConsentText, text, texts};
