//! People: sign up, sign in, stay signed in, leave.

mod admin;
mod erase;
mod export;
mod guest;
mod login;
mod me;
mod password;
mod profile;
mod register;
mod tokens;

pub use admin::{add, administrator, curator, reset_password};
pub(crate) use erase::Forgotten;
pub use erase::{erase, erase_expired_guests, forget_erased};
pub use export::{Export, ExportedSession, export};
pub use guest::start_guest;
pub use login::{login, logout, refresh};
pub use me::{Changes, change, me};
pub use password::{MAX_PASSWORD_CHARS, MIN_PASSWORD_CHARS};
pub use profile::{profile, save_profile};
pub use register::{ConsentGiven, Registration, register};
pub use tokens::{Claims, IssuedTokens, TokenError, Tokens};
