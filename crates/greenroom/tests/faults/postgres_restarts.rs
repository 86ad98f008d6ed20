//! PostgreSQL stops in the middle of it all and comes back.

use crate::load::Load;
use crate::postgres::Postgres;
use crate::serve;
use std::time::{Duration, Instant};

/// How long it is away.
const AWAY: Duration = Duration::from_secs(8);
/// How soon answers must be acknowledged again.
const SOON: Duration = Duration::from_secs(10);

#[test]
#[ignore = "a fault run: scripts/faults postgres"]
fn postgres_restarts() {
    let postgres = Postgres::start();
    let home = tempfile::tempdir().expect("a temporary directory");
    let server = serve(home.path(), Some(&postgres.url()));
    let load = Load::start(&[&server]);
    for mode in ["fast", "immediate"] {
        load.go_on(Duration::from_secs(2));
        let away = Instant::now();
        postgres.stop(mode);
        let (name, after) = load.until_refused_after(away);
        println!(
            "PostgreSQL stopped ({mode}): the first person is told {name} after {} ms",
            after.as_millis()
        );
        load.go_on(AWAY.saturating_sub(away.elapsed()));
        postgres.start_again();
        let back = Instant::now();
        let recovered = load.until_acknowledged_after(back);
        println!(
            "PostgreSQL back ({mode}): the first answer is acknowledged after {} ms",
            recovered.as_millis()
        );
        assert!(recovered < SOON, "{recovered:?}");
        load.go_on(Duration::from_secs(2));
        let late = load.seen().refused.iter().filter(|(at, ..)| *at > back + SOON).count();
        assert_eq!(late, 0, "nobody is refused any more");
    }
    let refusals = load.refusals();
    load.end("PostgreSQL restarted twice");
    let odd: Vec<_> =
        refusals.keys().filter(|(status, name)| *status != 503 || name != "storage_unavailable").collect();
    assert!(odd.is_empty(), "people are told what happened: {odd:?}");
}
