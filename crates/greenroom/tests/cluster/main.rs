//! Several real processes on one PostgreSQL and one Redis: any of them serves any request, and what one of them
//! had begun another one goes on with.

#![expect(clippy::print_stderr, reason = "a run says how long things took")]

#[path = "../server/mod.rs"]
mod server;

mod apart;
mod death;
mod farewell;
mod line;
mod redis;
mod site;

/// Long enough to be judged.
const WORDS: &str = "I read the query plan, added an index, and measured it every night until it stayed under ninety milliseconds.";
