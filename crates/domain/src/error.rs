//! What can go wrong, by what the caller can do about it.

/// The closed set of reasons for a failure. One table turns it into HTTP and WebSocket codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// The thing is not there, or belongs to somebody else.
    NotFound,
    /// It contradicts what already is: a duplicate, a wrong transition, a lost race.
    Conflict,
    /// The input is wrong; the message says where and how.
    Invalid,
    /// Larger than the stated limit.
    TooLarge,
    /// A kind of content that is not accepted here.
    Unsupported,
    /// Nobody is signed in, or the token is not valid.
    Unauthenticated,
    /// Signed in, but not allowed.
    Forbidden,
    /// Too many requests; try again later.
    TooMany,
    /// It took longer than its deadline.
    Timeout,
    /// A service outside failed.
    UpstreamFailed,
    /// Not possible right now; try again.
    Unavailable,
    /// A defect on our side.
    Internal,
}
