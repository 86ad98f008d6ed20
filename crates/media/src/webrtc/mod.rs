//! The line over WebRTC: Opus over UDP, messages over a data channel. It ends in this process; no other server is
//! needed.
//!
//! All pages share one UDP port. A task of its own reads the port and hands each datagram to the task of the page that
//! it belongs to: one task for all would fill a core at a hundred pages and lose what comes then.

mod hub;
mod offer;
mod options;
mod pace;
mod peer;
mod switch;

pub use hub::{Answered, Hub, HubStats, OfferError};
pub use offer::inspect_offer;
pub(crate) use offer::{Identity, agree};
pub use options::{IceServer, IceServerOptions, WebRtcOptions};
pub use switch::addressee;
