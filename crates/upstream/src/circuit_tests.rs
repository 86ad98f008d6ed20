use super::circuit::{Circuit, CircuitOptions, Circuits};
use super::watch::Watch;
use crate::kind::Kind;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

const BUSY: Kind = Kind::Unavailable { retry_after: None };

fn circuit() -> Arc<Circuit> {
    Circuits::new(CircuitOptions::default()).of(&"service")
}

fn fail(circuit: &Arc<Circuit>, times: u32, kind: Kind, now: Instant) {
    for _ in 0..times {
        circuit.admit().expect("the circuit is closed").failed(kind, now);
    }
}

fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

/// When the next probe is due, in seconds from `now`; `None` while the circuit is closed.
fn due(circuit: &Arc<Circuit>, now: Instant) -> Option<u64> {
    let due = Watch::begin(circuit)?.due().expect("it is open");
    Some(due.duration_since(now).as_secs())
}

#[test]
fn opens_at_the_fifth_failure_in_a_row() {
    let (circuit, now) = (circuit(), Instant::now());
    fail(&circuit, 4, BUSY, now);
    assert!(circuit.is_usable());
    assert_eq!(due(&circuit, now), None);
    fail(&circuit, 1, Kind::TimedOut, now);
    assert!(circuit.admit().is_none());
    assert!(!circuit.is_usable());
    assert_eq!(due(&circuit, now), Some(30));
}

#[test]
fn a_whole_reply_ends_the_row_but_its_first_text_does_not() {
    let (circuit, now) = (circuit(), Instant::now());
    fail(&circuit, 4, BUSY, now);
    let mut permit = circuit.admit().unwrap();
    permit.writing();
    permit.finished();
    fail(&circuit, 4, BUSY, now);
    assert!(circuit.is_usable());

    let mut permit = circuit.admit().unwrap();
    permit.writing();
    permit.failed(Kind::BrokenStream, now);
    assert!(!circuit.is_usable(), "five replies in a row did not end");
}

#[test]
fn opens_at_once_when_the_vendor_turns_us_away() {
    for kind in [Kind::Unauthenticated, Kind::Forbidden, Kind::NotFound] {
        let (circuit, now) = (circuit(), Instant::now());
        fail(&circuit, 1, kind, now);
        assert!(!circuit.is_usable(), "{kind:?}");
    }
}

#[test]
fn faults_of_the_request_never_open_it() {
    let (circuit, now) = (circuit(), Instant::now());
    for kind in [Kind::TooLong, Kind::Truncated, Kind::BadRequest, Kind::Refused, Kind::OverBudget] {
        fail(&circuit, 10, kind, now);
    }
    assert!(circuit.is_usable());
}

#[test]
fn one_watches_at_a_time_and_only_while_it_is_open() {
    let (circuit, now) = (circuit(), Instant::now());
    assert!(Watch::begin(&circuit).is_none());
    fail(&circuit, 5, BUSY, now);
    let mut watch = Watch::begin(&circuit).expect("it is open");
    assert!(Watch::begin(&circuit).is_none());
    circuit.probed(Ok(()), now);
    assert_eq!(watch.due(), None);
    fail(&circuit, 1, BUSY, now);
    let other = Watch::begin(&circuit).expect("the first one is over");
    drop(watch);
    assert!(Watch::begin(&circuit).is_none(), "a watch that is over does not end another");
    drop(other);
    assert!(Watch::begin(&circuit).is_some(), "a watch that was given up makes room for another");
}

#[test]
fn waits_double_up_to_five_minutes() {
    let (circuit, now) = (circuit(), Instant::now());
    fail(&circuit, 5, BUSY, now);
    let mut waits = Vec::new();
    for _ in 0..5 {
        circuit.probed(Err(BUSY), now);
        waits.push(due(&circuit, now).unwrap());
    }
    assert_eq!(waits, [60, 120, 240, 300, 300]);
}

#[test]
fn a_probe_that_succeeds_closes_it_and_only_a_whole_reply_forgets() {
    let (circuit, now) = (circuit(), Instant::now());
    fail(&circuit, 1, Kind::Unauthenticated, now);
    circuit.probed(Ok(()), now);
    assert!(circuit.is_usable());
    fail(&circuit, 1, BUSY, now);
    assert_eq!(due(&circuit, now), Some(60), "one failure was enough, and the wait has doubled");

    circuit.probed(Ok(()), now);
    let mut permit = circuit.admit().unwrap();
    permit.writing();
    permit.finished();
    fail(&circuit, 4, BUSY, now);
    assert!(circuit.is_usable());
    fail(&circuit, 1, BUSY, now);
    assert_eq!(due(&circuit, now), Some(30), "the wait is the first one again");
}

#[test]
fn a_probe_that_does_not_suit_shows_that_somebody_is_there() {
    for kind in [Kind::TooLong, Kind::Truncated, Kind::BadRequest, Kind::Refused] {
        let (circuit, now) = (circuit(), Instant::now());
        fail(&circuit, 5, BUSY, now);
        circuit.probed(Err(kind), now);
        assert!(circuit.is_usable(), "{kind:?}");
    }
}

#[test]
fn a_probe_over_budget_says_nothing() {
    let (circuit, now) = (circuit(), Instant::now());
    fail(&circuit, 5, BUSY, now);
    for _ in 0..3 {
        circuit.probed(Err(Kind::OverBudget), now + seconds(30));
        assert_eq!(due(&circuit, now), Some(60), "later, and never longer");
    }
}

#[test]
fn late_failures_do_not_prolong_the_wait() {
    let (circuit, now) = (circuit(), Instant::now());
    let late = circuit.admit().unwrap();
    fail(&circuit, 5, BUSY, now);
    late.failed(BUSY, now + seconds(20));
    assert_eq!(due(&circuit, now), Some(30));
}

#[test]
fn a_vendor_that_says_when_to_come_back_is_left_alone_until_then() {
    let (circuit, now) = (circuit(), Instant::now());
    fail(&circuit, 5, Kind::RateLimited { retry_after: Some(seconds(90)) }, now);
    assert_eq!(due(&circuit, now), Some(90));
}

#[test]
fn the_rejected_are_worse_than_the_busy_and_then_the_later_ones() {
    let now = Instant::now();
    let [busy, later, rejected] = [circuit(), circuit(), circuit()];
    fail(&busy, 5, BUSY, now);
    fail(&later, 5, BUSY, now + seconds(10));
    fail(&rejected, 1, Kind::Forbidden, now - seconds(10));
    assert!(busy.badness() < later.badness());
    assert!(later.badness() < rejected.badness());
}

#[test]
fn a_listener_who_leaves_after_the_first_text_counts_as_a_whole_reply() {
    let (circuit, now) = (circuit(), Instant::now());
    fail(&circuit, 4, BUSY, now);
    let mut permit = circuit.admit().unwrap();
    permit.writing();
    drop(permit);
    fail(&circuit, 4, BUSY, now);
    assert!(circuit.is_usable());
}

#[test]
fn a_reply_from_before_the_trouble_does_not_close_it() {
    let (circuit, now) = (circuit(), Instant::now());
    let mut early = circuit.admit().unwrap();
    early.writing();
    fail(&circuit, 5, BUSY, now);
    early.finished();
    assert!(!circuit.is_usable());
}

#[test]
fn a_failed_probe_leaves_it_open_whatever_opened_it() {
    let (circuit, now) = (circuit(), Instant::now());
    fail(&circuit, 1, Kind::NotFound, now);
    circuit.probed(Err(BUSY), now);
    assert_eq!(due(&circuit, now), Some(60));
}
