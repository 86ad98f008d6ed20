//! What the store promises, on both engines. Each test is one function over [`Store`].

mod contract {
    pub mod accounts;
    pub mod attempts;
    pub mod audit;
    pub mod bank_questions;
    pub mod cluster;
    pub mod copies;
    pub mod harness;
    pub mod identities;
    pub mod interviews;
    pub mod jobs;
    pub mod judge_checks;
    pub mod managed_users;
    pub mod migrating;
    pub mod model_providers;
    pub mod objects;
    pub mod outage;
    pub mod parts;
    pub mod question_calibrations;
    pub mod retention;
    pub mod sealing;
    pub mod sign_ins;
    pub mod spending;
    pub mod voice_parts;
    pub mod watching;
}

/// Runs each function on a fresh SQLite file and on a fresh PostgreSQL database.
macro_rules! on_both_engines {
    ($($module:ident::$name:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let database = greenroom_testkit::sqlite().await;
                crate::contract::$module::$name(database.store.clone()).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let database = greenroom_testkit::postgres().await;
                crate::contract::$module::$name(database.store.clone()).await;
            })*
        }
    };
}

on_both_engines!(
    managed_users::people_are_searched_filtered_and_paged,
    managed_users::who_is_locked_cannot_sign_in,
    managed_users::the_last_administrator_stays,
    objects::a_file_is_noted_with_its_resume_and_left_with_it,
    objects::files_of_who_is_erased_are_left_as_one,
    objects::a_recording_goes_with_its_interview,
    objects::files_are_looked_through_and_known,
    objects::an_installation_has_one_name,
    objects::a_seal_opens_as_long_as_its_person_is_there,
    accounts::an_address_is_taken_once,
    accounts::an_address_that_cannot_be_stored_is_nobodys,
    accounts::a_guest_becomes_one_account,
    accounts::who_registers_at_the_last_moment_is_not_erased,
    accounts::erasing_a_person_leaves_nothing,
    accounts::an_idempotency_key_is_reserved_once,
    accounts::an_abandoned_key_is_taken_over_once,
    accounts::nothing_is_stored_for_who_is_not_there,
    attempts::attempts_at_once_all_count,
    attempts::what_has_to_wait_counts_nothing_elsewhere,
    attempts::attempts_are_taken_back_and_forgotten,
    bank_questions::the_newest_version_counts,
    bank_questions::a_version_is_taken_once_and_nothing_beside_it,
    identities::an_identity_belongs_to_one_account,
    identities::a_taken_address_leaves_no_identity,
    identities::the_last_way_into_an_account_stays,
    identities::two_at_once_do_not_take_the_last_two_ways,
    identities::a_guest_becomes_an_account_by_an_identity_once,
    identities::a_state_comes_back_once,
    interviews::what_was_appended_is_read_back,
    interviews::two_writers_never_take_the_same_position,
    interviews::one_bad_request_does_not_spoil_its_batch,
    interviews::somebody_elses_interview_is_not_there,
    interviews::pages_have_no_gaps,
    interviews::feedback_asked_for_twice_at_once_is_kept_once,
    jobs::work_is_claimed_once,
    jobs::an_expired_lease_is_claimed_again,
    jobs::who_lost_the_lease_decides_nothing,
    jobs::failed_work_waits_and_dead_work_stays,
    jobs::a_claim_goes_on_while_it_is_renewed,
    jobs::work_that_is_given_back_is_taken_at_once,
    jobs::work_is_seen_where_it_stands,
    jobs::buried_work_is_tried_again_or_dropped,
    spending::what_nodes_spend_adds_up,
    watching::a_moment_takes_the_place_of_the_one_before,
    watching::a_server_has_a_clock_and_a_file_has_none,
    watching::turns_are_read_from_the_newest_on_and_forgotten,
    cluster::one_of_many_takes_a_lease,
    cluster::a_lease_goes_on_ends_and_is_taken_over,
    cluster::scheduled_work_is_queued_once_for_all,
    cluster::a_clock_that_was_set_back_holds_nothing_up,
    judge_checks::the_last_result_of_each_engine_is_kept,
    model_providers::what_was_entered_is_read_back_in_its_order,
    model_providers::a_name_is_taken_once,
    model_providers::only_a_whole_order_is_taken,
    model_providers::what_was_deleted_can_be_put_back_until_it_is_wiped,
    question_calibrations::what_was_found_last_takes_the_place_of_the_rest,
    question_calibrations::interviews_are_looked_at_from_the_newest_on,
    retention::what_is_old_goes_a_few_at_a_time,
    retention::nothing_else_goes,
    retention::resumes_judgements_repeats_and_costs_go_by_their_time,
    voice_parts::parts_are_kept_once_and_in_order,
    voice_parts::what_is_made_of_a_track_falls_with_it,
    voice_parts::recordings_have_their_own_time,
    sign_ins::a_refresh_token_is_used_once,
    sign_ins::two_tabs_that_renew_at_once_get_the_same_token,
    sign_ins::a_sign_in_ends_however_often_it_is_renewed,
    sign_ins::clocks_may_be_apart_a_little,
    sign_ins::a_sign_in_can_be_kept_when_the_others_end,
    sign_ins::somebody_elses_sign_in_is_not_there,
    sign_ins::sign_ins_that_expired_are_forgotten,
);

/// Like [`on_both_engines`], for tests that look into the database itself.
macro_rules! on_both_databases {
    ($($module:ident::$name:ident),* $(,)?) => {
        mod sqlite_inside {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                crate::contract::$module::$name(greenroom_testkit::sqlite().await).await;
            })*
        }
        mod postgres_inside {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                crate::contract::$module::$name(greenroom_testkit::postgres().await).await;
            })*
        }
    };
}

on_both_databases!(
    audit::many_write_at_once_and_each_is_found,
    audit::tampering_shows,
    audit::the_oldest_go_and_the_log_says_so,
    sealing::nothing_that_was_said_can_be_read,
    sealing::texts_from_before_are_read_and_sealed,
    sealing::who_is_erased_cannot_be_read_in_a_copy,
    sealing::the_master_key_is_changed_beside_readers,
    sealing::no_text_passes_for_another_one,
);
