//! Accounts, papers, interviews, judgements and jobs.

use super::columns::*;
use sea_orm_migration::prelude::*;

pub(super) struct Base;

impl MigrationName for Base {
    fn name(&self) -> &str {
        "m0001_base"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Base {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables() {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn tables() -> Vec<TableCreateStatement> {
    let owned =
        |name, key: &[&'static str], columns| falls_with(table(name, key, columns), "user_id", "users");
    let document = || vec![id("id"), id("user_id"), number("created_at"), text("document")];
    let users = vec![
        id("id"),
        optional(text("email")),
        optional(text("password_hash")),
        optional(number("expires_at")),
        text("document"),
    ];
    vec![
        table("users", &["id"], users),
        owned("profiles", &["user_id"], vec![id("user_id"), text("document"), number("updated_at")]),
        owned(
            "refresh_tokens",
            &["hash"],
            vec![
                text("hash"),
                id("family"),
                id("user_id"),
                number("issued_at"),
                number("expires_at"),
                flag("used"),
            ],
        ),
        owned("resumes", &["id"], document()),
        owned("configs", &["id"], document()),
        owned(
            "sessions",
            &["id"],
            vec![
                id("id"),
                id("user_id"),
                id("config_id"),
                text("title"),
                text("status"),
                number("last_seq"),
                text("snapshot"),
                number("created_at"),
                number("updated_at"),
            ],
        ),
        falls_with(
            table(
                "events",
                &["session_id", "seq"],
                vec![id("session_id"), number("seq"), number("at"), text("kind"), text("payload")],
            ),
            "session_id",
            "sessions",
        ),
        falls_with(table("responses", &["id"], vec![id("id"), id("session_id")]), "session_id", "sessions"),
        falls_with(
            owned(
                "evaluations",
                &["id"],
                vec![
                    id("id"),
                    id("user_id"),
                    optional(id("session_id")),
                    number("created_at"),
                    text("document"),
                ],
            ),
            "session_id",
            "sessions",
        ),
        falls_with(
            owned(
                "feedback",
                &["id"],
                vec![
                    id("id"),
                    id("user_id"),
                    id("session_id"),
                    id("response_id"),
                    number("created_at"),
                    text("document"),
                ],
            ),
            "session_id",
            "sessions",
        ),
        owned(
            "idempotency",
            &["user_id", "key"],
            vec![
                id("user_id"),
                text("key"),
                text("request_hash"),
                ColumnDef::new(Alias::new("status")).integer().not_null().take(),
                text("body"),
                number("at"),
            ],
        ),
        table(
            "jobs",
            &["id"],
            vec![
                id("id"),
                text("kind"),
                text("payload"),
                number("run_at"),
                optional(number("lease_until")),
                ColumnDef::new(Alias::new("attempts")).integer().not_null().take(),
                flag("dead"),
                optional(text("error")),
            ],
        ),
    ]
}

fn indexes() -> Vec<IndexCreateStatement> {
    let index = |name: &'static str, table: &'static str, columns: &[&'static str]| {
        let mut index = Index::create();
        index.name(name).table(Alias::new(table));
        columns.iter().for_each(|column| {
            index.col(Alias::new(*column));
        });
        index.take()
    };
    vec![
        index("users_email", "users", &["email"]).unique().take(),
        index("users_expires_at", "users", &["expires_at"]),
        index("refresh_tokens_family", "refresh_tokens", &["family"]),
        index("refresh_tokens_user", "refresh_tokens", &["user_id"]),
        index("resumes_list", "resumes", &["user_id", "created_at", "id"]),
        index("configs_list", "configs", &["user_id", "created_at", "id"]),
        index("sessions_list", "sessions", &["user_id", "created_at", "id"]),
        index("sessions_stale", "sessions", &["status", "updated_at"]),
        index("responses_session", "responses", &["session_id"]),
        index("evaluations_session", "evaluations", &["session_id"]),
        index("evaluations_user", "evaluations", &["user_id"]),
        index("feedback_session", "feedback", &["session_id"]),
        index("feedback_user", "feedback", &["user_id"]),
        index("feedback_response", "feedback", &["response_id"]).unique().take(),
        index("idempotency_at", "idempotency", &["at"]),
        index("jobs_due", "jobs", &["dead", "run_at"]),
    ]
}
