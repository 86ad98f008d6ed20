use super::circuit::{Circuit, CircuitOptions, Circuits};
use crate::error::Kind;
use crate::model::ModelName;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

const BUSY: Kind = Kind::Unavailable { retry_after: None };

fn circuit() -> Arc<Circuit> {
    Circuits::new(CircuitOptions::default())
        .of(&ModelName { provider: "vendor".to_owned(), model: "m".to_owned() })
}

fn fail(circuit: &Arc<Circuit>, times: u32, kind: Kind, now: Instant) {
    for _ in 0..times {
        circuit.admit(now).expect("the circuit is closed").failed(kind, now);
    }
}

fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

/// Fails the probe that is due at `now` and says when the next one is due, in seconds from then.
fn failed_probe(circuit: &Arc<Circuit>, now: Instant) -> u64 {
    circuit.admit(now).expect("a probe is due").failed(BUSY, now);
    (1..=400).find(|later| circuit.is_usable(now + seconds(*later))).expect("every wait ends")
}

#[test]
fn opens_at_the_fifth_failure_in_a_row() {
    let (circuit, now) = (circuit(), Instant::now());
    fail(&circuit, 4, BUSY, now);
    assert!(circuit.is_usable(now));
    fail(&circuit, 1, Kind::TimedOut, now);
    assert!(circuit.admit(now).is_none());
    assert!(!circuit.is_usable(now + seconds(29)));
    assert!(circuit.is_usable(now + seconds(30)));
}

#[test]
fn a_whole_reply_ends_the_row_but_its_first_text_does_not() {
    let (circuit, now) = (circuit(), Instant::now());
    fail(&circuit, 4, BUSY, now);
    let mut permit = circuit.admit(now).unwrap();
    permit.writing();
    permit.finished();
    fail(&circuit, 4, BUSY, now);
    assert!(circuit.is_usable(now));

    let mut permit = circuit.admit(now).unwrap();
    permit.writing();
    permit.failed(Kind::BrokenStream, now);
    assert!(!circuit.is_usable(now), "five replies in a row did not end");
}

#[test]
fn opens_at_once_when_the_vendor_turns_us_away() {
    for kind in [Kind::Unauthenticated, Kind::Forbidden, Kind::NotFound] {
        let (circuit, now) = (circuit(), Instant::now());
        fail(&circuit, 1, kind, now);
        assert!(!circuit.is_usable(now), "{kind:?}");
    }
}

#[test]
fn faults_of_the_request_never_open_it() {
    let (circuit, now) = (circuit(), Instant::now());
    for kind in [Kind::TooLong, Kind::Truncated, Kind::BadRequest, Kind::Refused, Kind::OverBudget] {
        fail(&circuit, 10, kind, now);
    }
    assert!(circuit.is_usable(now));
}

#[test]
fn one_probe_at_a_time() {
    let (circuit, now) = (circuit(), Instant::now());
    fail(&circuit, 5, BUSY, now);
    let later = now + seconds(30);
    let probe = circuit.admit(later).expect("a probe is due");
    assert!(circuit.admit(later).is_none());
    drop(probe);
    assert!(circuit.admit(later).is_some(), "a probe that was given up makes room for another");
}

#[test]
fn waits_double_up_to_five_minutes() {
    let (circuit, mut now) = (circuit(), Instant::now());
    fail(&circuit, 5, BUSY, now);
    now += seconds(30);
    let mut waits = Vec::new();
    for _ in 0..5 {
        let wait = failed_probe(&circuit, now);
        waits.push(wait);
        now += seconds(wait);
    }
    assert_eq!(waits, [60, 120, 240, 300, 300]);
}

#[test]
fn a_probe_that_begins_to_answer_closes_it_and_only_a_whole_reply_forgets() {
    let (circuit, now) = (circuit(), Instant::now());
    fail(&circuit, 1, Kind::Unauthenticated, now);
    let later = now + seconds(30);
    let mut probe = circuit.admit(later).unwrap();
    probe.writing();
    assert!(circuit.is_usable(later));
    probe.failed(Kind::BrokenStream, later);
    assert!(!circuit.is_usable(later + seconds(59)), "the wait has doubled");

    let later = later + seconds(60);
    let mut probe = circuit.admit(later).unwrap();
    probe.writing();
    probe.finished();
    fail(&circuit, 4, BUSY, later);
    assert!(circuit.is_usable(later));
    fail(&circuit, 1, BUSY, later);
    assert!(circuit.is_usable(later + seconds(30)), "the wait is the first one again");
}

#[test]
fn late_failures_do_not_prolong_the_wait() {
    let (circuit, now) = (circuit(), Instant::now());
    let late = circuit.admit(now).unwrap();
    fail(&circuit, 5, BUSY, now);
    late.failed(BUSY, now + seconds(20));
    assert!(circuit.is_usable(now + seconds(30)));
}

#[test]
fn a_vendor_that_says_when_to_come_back_is_left_alone_until_then() {
    let (circuit, now) = (circuit(), Instant::now());
    fail(&circuit, 5, Kind::RateLimited { retry_after: Some(seconds(90)) }, now);
    assert!(!circuit.is_usable(now + seconds(89)));
    assert!(circuit.is_usable(now + seconds(90)));
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
    let mut permit = circuit.admit(now).unwrap();
    permit.writing();
    drop(permit);
    fail(&circuit, 4, BUSY, now);
    assert!(circuit.is_usable(now));
}

#[test]
fn a_reply_from_before_the_trouble_does_not_close_it() {
    let (circuit, now) = (circuit(), Instant::now());
    let mut early = circuit.admit(now).unwrap();
    early.writing();
    fail(&circuit, 5, BUSY, now);
    early.finished();
    assert!(!circuit.is_usable(now));
}

#[test]
fn a_failed_probe_leaves_it_open_whatever_opened_it() {
    let (circuit, now) = (circuit(), Instant::now());
    fail(&circuit, 1, Kind::NotFound, now);
    assert_eq!(failed_probe(&circuit, now + seconds(30)), 60);
}

#[test]
fn a_probe_that_breaks_off_late_counts_like_any_other_call() {
    let (circuit, now) = (circuit(), Instant::now());
    fail(&circuit, 5, BUSY, now);
    let later = now + seconds(30);
    let mut probe = circuit.admit(later).unwrap();
    probe.writing();
    let mut other = circuit.admit(later).unwrap();
    other.writing();
    other.finished();
    probe.failed(Kind::BrokenStream, later);
    assert!(circuit.is_usable(later));
}
