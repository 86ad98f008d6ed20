//! The tables' history: one list, additive. A shipped migration is never edited.

use sea_orm_migration::prelude::*;

pub(crate) struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(Base),
            Box::new(JudgeChecks),
            Box::new(ModelProviders),
            Box::new(BankQuestions),
            Box::new(QuestionCalibrations),
        ]
    }
}

struct Base;

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

/// What each judge showed on the ladder.
struct JudgeChecks;

impl MigrationName for JudgeChecks {
    fn name(&self) -> &str {
        "m0002_judge_checks"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for JudgeChecks {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![text("engine"), text("version"), number("created_at"), text("document")];
        manager.create_table(table("judge_checks", &["engine", "version"], columns)).await
    }
}

/// Language models that administrators entered.
struct ModelProviders;

impl MigrationName for ModelProviders {
    fn name(&self) -> &str {
        "m0003_model_providers"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for ModelProviders {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![
            text("name"),
            number("position"),
            flag("enabled"),
            optional(text("sealed_key")),
            number("updated_at"),
            optional(number("deleted_at")),
            text("document"),
        ];
        manager.create_table(table("model_providers", &["name"], columns)).await
    }
}

/// Questions that the operator added: a row a version.
struct BankQuestions;

impl MigrationName for BankQuestions {
    fn name(&self) -> &str {
        "m0004_bank_questions"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for BankQuestions {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![
            text("id"),
            number("version"),
            flag("current"),
            flag("retired"),
            number("created_at"),
            text("document"),
        ];
        manager.create_table(table("bank_questions", &["id", "version"], columns)).await
    }
}

/// What answers have taught of questions: a row a question, nothing of persons.
struct QuestionCalibrations;

impl MigrationName for QuestionCalibrations {
    fn name(&self) -> &str {
        "m0005_question_calibrations"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for QuestionCalibrations {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![text("id"), number("created_at"), text("document")];
        manager.create_table(table("question_calibrations", &["id"], columns)).await
    }
}

fn id(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).uuid().not_null().take()
}

fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).text().not_null().take()
}

/// Times are microseconds since 1970.
fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).big_integer().not_null().take()
}

fn flag(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).boolean().not_null().take()
}

fn optional(column: ColumnDef) -> ColumnDef {
    let mut column = column;
    column.null().take()
}

fn table(name: &'static str, key: &[&'static str], columns: Vec<ColumnDef>) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(Alias::new(name));
    for mut column in columns {
        table.col(&mut column);
    }
    let mut primary = Index::create();
    key.iter().for_each(|column| {
        primary.col(Alias::new(*column));
    });
    table.primary_key(&mut primary).take()
}

/// Rows of `table` fall with the row of `parent` that they belong to.
fn falls_with(
    mut table: TableCreateStatement,
    column: &'static str,
    parent: &'static str,
) -> TableCreateStatement {
    let name = table.get_table_name().cloned();
    let mut key = ForeignKey::create();
    if let Some(TableRef::Table(from, _)) = name {
        key.from_tbl(from.1);
    }
    key.from_col(Alias::new(column))
        .to(Alias::new(parent), Alias::new("id"))
        .on_delete(ForeignKeyAction::Cascade);
    table.foreign_key(&mut key).take()
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
