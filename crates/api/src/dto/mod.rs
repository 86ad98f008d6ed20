//! What travels. Shapes of `contract/openapi.json`; unlike the domain's they change only by contract.

mod audit;
mod bank;
mod calibration;
mod evaluation;
mod identity;
mod judge_check;
mod managed_user;
mod model;
mod question;
mod queued_job;
mod report;
mod retention;
mod session;
mod setup;
mod sign_in;
mod status;
mod user;

pub use audit::*;
pub use bank::*;
pub use calibration::*;
pub use evaluation::*;
pub use identity::*;
pub use judge_check::*;
pub use managed_user::*;
pub use model::*;
pub use question::*;
pub use queued_job::*;
pub use report::*;
pub use retention::*;
pub use session::*;
pub use setup::*;
pub use sign_in::*;
pub use status::*;
pub use user::*;
