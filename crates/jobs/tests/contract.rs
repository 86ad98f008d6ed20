//! What the runner promises, on both engines. Each test is one function over a database.

mod contract {
    pub mod harness;
    pub mod runner;
}

/// Runs each function on a fresh SQLite file and on a fresh PostgreSQL database.
macro_rules! on_both_engines {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $name() {
                crate::contract::runner::$name(greenroom_testkit::sqlite().await).await;
            })*
        }
        mod postgres {
            $(#[tokio::test]
            async fn $name() {
                crate::contract::runner::$name(greenroom_testkit::postgres().await).await;
            })*
        }
    };
}

on_both_engines!(
    two_runners_do_each_job_once,
    failed_work_is_tried_again_later_and_later,
    work_of_a_runner_that_died_is_taken_over,
    work_that_always_fails_is_given_up,
    work_that_kills_its_runner_is_given_up,
    a_stop_waits_for_what_has_begun,
    a_runner_that_is_woken_does_not_wait,
    work_that_never_ends_does_not_hold_the_others_up,
    long_work_keeps_its_claim,
    work_that_is_gone_is_broken_off,
    work_is_given_back_when_there_is_no_time_left,
    long_work_does_not_hold_new_work_up,
);
