//! Work that blocks and costs much, a limited number at a time.

use crate::{AppError, Result};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Places for work that blocks. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Seats(Arc<Semaphore>);

impl Seats {
    /// Room for `count` at a time, at least one.
    pub(crate) fn new(count: usize) -> Self {
        Self(Arc::new(Semaphore::new(count.max(1))))
    }

    /// Waits for a seat and does the work off the async threads. The seat is taken until the work has ended,
    /// also when the one who asked for it has gone: it cannot be stopped.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let seat = self.0.clone().acquire_owned().await.map_err(AppError::internal)?;
        let working = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(seat);
            done
        });
        working.await.map_err(AppError::internal)
    }
}

#[cfg(test)]
mod tests {
    use super::Seats;
    use std::sync::mpsc;

    #[tokio::test]
    async fn who_hangs_up_gives_no_seat_free_before_the_work_has_ended() {
        let seats = Seats::new(1);
        let (started, has_started) = tokio::sync::oneshot::channel();
        let (go_on, may_go_on) = mpsc::channel::<()>();
        let work = move || {
            started.send(()).expect("the test waits");
            may_go_on.recv().expect("the test says when");
        };
        tokio::select! {
            biased;
            done = has_started => done.expect("the work starts"),
            _ = seats.run(work) => panic!("it ends before it may"),
        }
        let mut next = std::pin::pin!(seats.run(|| 7));
        tokio::select! {
            biased;
            _ = next.as_mut() => panic!("the seat is taken"),
            () = tokio::task::yield_now() => {}
        }
        go_on.send(()).expect("the work waits");
        assert_eq!(next.await.expect("it is done"), 7);
    }
}
