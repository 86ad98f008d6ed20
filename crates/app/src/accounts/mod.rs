//! People: sign up, sign in, stay signed in, leave.

mod admin;
mod attempts;
pub mod by_provider;
pub(crate) mod caller;
mod erase;
mod export;
mod guest;
mod import;
mod known_passwords;
mod login;
mod me;
mod password;
mod password_rules;
mod profile;
mod register;
mod sign_ins;
mod tokens;
mod visit;

pub use admin::{add, all, reset_password, set_role};
pub use attempts::{forget_old_attempts, unlock};
pub use caller::{BELIEVED_MS, Caller};
pub(crate) use erase::Forgotten;
pub use erase::{erase, erase_expired_guests, forget_erased};
pub use export::{Export, ExportedSession, export};
pub use guest::start_guest;
pub use import::{Imported, import};
pub use login::{login, logout, refresh};
pub use me::{Changes, change, me};
pub use password_rules::{MAX_PASSWORD_CHARS, MIN_PASSWORD_CHARS};
pub use profile::{profile, save_profile};
pub use register::{ConsentGiven, Registration, register};
pub use sign_ins::{alerts, end_other_sign_ins, end_sign_in, forget_expired_sign_ins, sign_ins};
pub(crate) use tokens::unauthenticated;
pub use tokens::{Claims, IssuedTokens, TokenError, Tokens};
pub use visit::Visit;
