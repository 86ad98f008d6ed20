//! The tables. Rows never leave this crate.

macro_rules! table {
    ($module:ident, $name:literal, { $($(#[$attr:meta])* $field:ident: $type:ty),* $(,)? }) => {
        pub(crate) mod $module {
            use sea_orm::entity::prelude::*;

            #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
            #[sea_orm(table_name = $name)]
            pub struct Model {
                $($(#[$attr])* pub $field: $type,)*
            }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}

            impl ActiveModelBehavior for ActiveModel {}
        }
    };
}

table!(users, "users", {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    email: Option<String>,
    password_hash: Option<String>,
    expires_at: Option<i64>,
    document: String,
    role: String,
    created_at: i64,
    words: String,
    locked_at: Option<i64>,
});

table!(profiles, "profiles", {
    #[sea_orm(primary_key, auto_increment = false)] user_id: Uuid,
    document: String,
    updated_at: i64,
});

table!(person_keys, "person_keys", {
    #[sea_orm(primary_key, auto_increment = false)] user_id: Uuid,
    key_id: String,
    master: String,
    wrapped: String,
});

table!(erasures, "erasures", {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    at: i64,
});

table!(refresh_tokens, "refresh_tokens", {
    #[sea_orm(primary_key, auto_increment = false)] hash: String,
    family: Uuid,
    user_id: Uuid,
    issued_at: i64,
    expires_at: i64,
    used: bool,
    used_at: Option<i64>,
});

table!(sign_ins, "sign_ins", {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    user_id: Uuid,
    device: String,
    address: String,
    created_at: i64,
    used_at: i64,
    expires_at: i64,
    ended_at: Option<i64>,
    ended_why: Option<String>,
});

table!(resumes, "resumes", {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    user_id: Uuid,
    created_at: i64,
    document: String,
});

table!(configs, "configs", {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    user_id: Uuid,
    created_at: i64,
    document: String,
});

table!(sessions, "sessions", {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    user_id: Uuid,
    config_id: Uuid,
    title: String,
    status: String,
    last_seq: i64,
    snapshot: String,
    created_at: i64,
    updated_at: i64,
});

table!(events, "events", {
    #[sea_orm(primary_key, auto_increment = false)] session_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)] seq: i64,
    at: i64,
    kind: String,
    payload: String,
});

table!(responses, "responses", {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    session_id: Uuid,
});

table!(evaluations, "evaluations", {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    user_id: Uuid,
    session_id: Option<Uuid>,
    created_at: i64,
    document: String,
});

table!(feedback, "feedback", {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    user_id: Uuid,
    session_id: Uuid,
    response_id: Uuid,
    created_at: i64,
    document: String,
});

table!(idempotency, "idempotency", {
    #[sea_orm(primary_key, auto_increment = false)] user_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)] key: String,
    request_hash: String,
    status: i32,
    body: String,
    at: i64,
});

table!(jobs, "jobs", {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    kind: String,
    payload: String,
    run_at: i64,
    lease_until: Option<i64>,
    attempts: i32,
    dead: bool,
    error: Option<String>,
    trace: Option<String>,
});

table!(judge_checks, "judge_checks", {
    #[sea_orm(primary_key, auto_increment = false)] engine: String,
    #[sea_orm(primary_key, auto_increment = false)] version: String,
    created_at: i64,
    document: String,
});

table!(model_providers, "model_providers", {
    #[sea_orm(primary_key, auto_increment = false)] name: String,
    position: i64,
    enabled: bool,
    sealed_key: Option<String>,
    updated_at: i64,
    deleted_at: Option<i64>,
    document: String,
});

table!(bank_questions, "bank_questions", {
    #[sea_orm(primary_key, auto_increment = false)] id: String,
    #[sea_orm(primary_key, auto_increment = false)] version: i64,
    current: bool,
    retired: bool,
    created_at: i64,
    document: String,
});

table!(question_calibrations, "question_calibrations", {
    #[sea_orm(primary_key, auto_increment = false)] id: String,
    created_at: i64,
    document: String,
});

table!(leases, "leases", {
    #[sea_orm(primary_key, auto_increment = false)] name: String,
    holder: Uuid,
    until: i64,
});

table!(schedules, "schedules", {
    #[sea_orm(primary_key, auto_increment = false)] kind: String,
    next_at: i64,
});

table!(attempts, "attempts", {
    #[sea_orm(primary_key, auto_increment = false)] key: String,
    thousandths: i64,
    at: i64,
    wait_until: i64,
});

table!(model_spending, "model_spending", {
    #[sea_orm(primary_key, auto_increment = false)] day: i64,
    #[sea_orm(primary_key, auto_increment = false)] provider: String,
    micros: i64,
    unpriced_calls: i64,
});

table!(clock_marks, "clock_marks", {
    #[sea_orm(primary_key, auto_increment = false)] name: String,
    at: i64,
});

table!(voice_turns, "voice_turns", {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    at: i64,
    engine: String,
    turn_end_ms: Option<i64>,
    transcript_final_ms: Option<i64>,
    first_token_ms: Option<i64>,
    first_audio_ms: Option<i64>,
    first_played_ms: Option<i64>,
});

table!(audit, "audit", {
    #[sea_orm(primary_key, auto_increment = false)] seq: i64,
    id: Uuid,
    at: i64,
    actor: Option<Uuid>,
    action: String,
    subject: String,
    details: String,
    previous: String,
    seal: String,
});

table!(identities, "identities", {
    #[sea_orm(primary_key, auto_increment = false)] issuer: String,
    #[sea_orm(primary_key, auto_increment = false)] subject: String,
    user_id: Uuid,
    address: Option<String>,
    linked_at: i64,
    last_used_at: i64,
});

table!(oauth_states, "oauth_states", {
    #[sea_orm(primary_key, auto_increment = false)] hash: String,
    expires_at: i64,
});

table!(objects, "objects", {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    user_id: Uuid,
    kind: String,
    retention: String,
    belongs_to: Uuid,
    content_type: String,
    bytes: i64,
    digest: String,
    seal: String,
    created_at: i64,
});

table!(object_deletions, "object_deletions", {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    owner: Uuid,
    object: Option<Uuid>,
    at: i64,
});

table!(installation, "installation", {
    #[sea_orm(primary_key, auto_increment = false)] name: String,
    id: Uuid,
});

table!(voice_parts, "voice_parts", {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    session_id: Uuid,
    user_id: Uuid,
    began_at: i64,
    document: String,
});
