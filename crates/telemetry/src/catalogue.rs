//! Everything that is measured, once.

/// How a measure behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Only grows.
    Counter,
    /// Goes up and down.
    Gauge,
    /// Counts of values in ranges, with sum and count.
    Histogram,
}

/// One measure.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// Its name in the exposition; the unit is part of it.
    pub name: &'static str,
    /// How it behaves.
    pub kind: Kind,
    /// Names of its labels.
    pub labels: &'static [&'static str],
    /// What it says.
    pub help: &'static str,
}

const fn counter(name: &'static str, labels: &'static [&'static str], help: &'static str) -> Measure {
    Measure { name, kind: Kind::Counter, labels, help }
}

const fn gauge(name: &'static str, labels: &'static [&'static str], help: &'static str) -> Measure {
    Measure { name, kind: Kind::Gauge, labels, help }
}

const fn histogram(name: &'static str, labels: &'static [&'static str], help: &'static str) -> Measure {
    Measure { name, kind: Kind::Histogram, labels, help }
}

pub(crate) const HTTP_SECONDS: &str = "greenroom_http_request_seconds";
pub(crate) const HTTP_IN_FLIGHT: &str = "greenroom_http_in_flight";
pub(crate) const HTTP_ERRORS: &str = "greenroom_http_errors_total";
pub(crate) const LIVE_LISTENERS: &str = "greenroom_live_listeners";
pub(crate) const INTERVIEWS_STARTED: &str = "greenroom_interviews_started_total";
pub(crate) const INTERVIEWS_ENDED: &str = "greenroom_interviews_ended_total";
pub(crate) const ANSWER_SECONDS: &str = "greenroom_answer_stored_seconds";
pub(crate) const JUDGEMENT_SECONDS: &str = "greenroom_judgement_seconds";
pub(crate) const SCORER_SECONDS: &str = "greenroom_scorer_seconds";
pub(crate) const BUILTIN_INSTEAD: &str = "greenroom_builtin_instead_total";
pub(crate) const MODEL_TRIES: &str = "greenroom_model_tries_total";
pub(crate) const MODEL_SECONDS: &str = "greenroom_model_first_text_seconds";
pub(crate) const MODEL_TOKENS: &str = "greenroom_model_tokens_total";
pub(crate) const MODEL_COST: &str = "greenroom_model_cost_microdollars_total";
pub(crate) const MODEL_UNPRICED: &str = "greenroom_model_unpriced_calls_total";
pub(crate) const MODEL_FALLBACKS: &str = "greenroom_model_fallbacks_total";
pub(crate) const SPENT_TODAY: &str = "greenroom_model_spent_today_microdollars";
pub(crate) const SPENDING_CAP: &str = "greenroom_model_spending_cap_microdollars";
pub(crate) const SPEECH_TRIES: &str = "greenroom_speech_tries_total";
pub(crate) const SPEECH_SECONDS: &str = "greenroom_speech_first_seconds";
pub(crate) const SPEECH_SOUND: &str = "greenroom_speech_sound_milliseconds_total";
pub(crate) const SPEECH_COST: &str = "greenroom_speech_cost_microdollars_total";
pub(crate) const SPEECH_UNPRICED: &str = "greenroom_speech_unpriced_calls_total";
pub(crate) const SPEECH_FALLBACKS: &str = "greenroom_speech_fallbacks_total";
pub(crate) const SPEECH_DOUBTS: &str = "greenroom_speech_doubts_total";
pub(crate) const VOICE_LINES: &str = "greenroom_voice_lines";
pub(crate) const VOICE_ENDED: &str = "greenroom_voice_conversations_total";
pub(crate) const VOICE_TURNS: &str = "greenroom_voice_turns_total";
pub(crate) const VOICE_STAGES: &str = "greenroom_voice_stage_seconds";
pub(crate) const CACHE: &str = "greenroom_cache_lookups_total";
pub(crate) const JOBS: &str = "greenroom_jobs_total";
pub(crate) const JOB_SECONDS: &str = "greenroom_job_seconds";
pub(crate) const JOBS_WAITING: &str = "greenroom_jobs_waiting";
pub(crate) const JOBS_OLDEST: &str = "greenroom_jobs_oldest_due_seconds";
pub(crate) const JOBS_DEAD: &str = "greenroom_jobs_dead";
pub(crate) const STATEMENT_SECONDS: &str = "greenroom_db_statement_seconds";
pub(crate) const STATEMENT_ERRORS: &str = "greenroom_db_statement_errors_total";
pub(crate) const CONNECTIONS: &str = "greenroom_db_connections";
pub(crate) const CONNECTIONS_MAX: &str = "greenroom_db_connections_max";
pub(crate) const COMMIT_SECONDS: &str = "greenroom_log_commit_seconds";
pub(crate) const COMMIT_APPENDS: &str = "greenroom_log_appends_per_commit";
pub(crate) const DEPENDENCY_UP: &str = "greenroom_dependency_up";
pub(crate) const DEPENDENCY_SECONDS: &str = "greenroom_dependency_check_seconds";
pub(crate) const OBJECT_SECONDS: &str = "greenroom_object_seconds";
pub(crate) const OBJECT_BYTES: &str = "greenroom_object_bytes_total";
pub(crate) const OBJECTS_LEFT: &str = "greenroom_objects_left_to_delete";
pub(crate) const OBJECTS_LEFT_OLDEST: &str = "greenroom_objects_left_to_delete_oldest_seconds";
pub(crate) const OBJECTS_MISSING: &str = "greenroom_objects_missing";
pub(crate) const DISK_FREE: &str = "greenroom_disk_free_bytes";
pub(crate) const DISK_TOTAL: &str = "greenroom_disk_size_bytes";
pub(crate) const BUILD: &str = "greenroom_build_info";
pub(crate) const CPUS: &str = "greenroom_cpus";
pub(crate) const MEMORY_LIMIT: &str = "greenroom_memory_limit_bytes";
pub(crate) const PROCESS_MEMORY: &str = "process_resident_memory_bytes";
pub(crate) const PROCESS_CPU: &str = "process_cpu_seconds_total";
pub(crate) const PROCESS_FDS: &str = "process_open_fds";
pub(crate) const PROCESS_MAX_FDS: &str = "process_max_fds";
pub(crate) const PROCESS_THREADS: &str = "process_threads";
pub(crate) const PROCESS_START: &str = "process_start_time_seconds";

/// Everything that is measured.
pub const CATALOGUE: &[Measure] = &[
    histogram(
        HTTP_SECONDS,
        &["method", "route", "status"],
        "Time of a request until its answer begins, by the route that matched; `unmatched` for every other address",
    ),
    gauge(HTTP_IN_FLIGHT, &[], "Requests that are being answered"),
    counter(HTTP_ERRORS, &["error", "status"], "Answers with an error, by its stable name"),
    gauge(LIVE_LISTENERS, &[], "Open live lines (WebSocket)"),
    counter(INTERVIEWS_STARTED, &["channel"], "Interviews that began"),
    counter(
        INTERVIEWS_ENDED,
        &["outcome"],
        "Interviews that ended: `finished`, `time_up`, `ended_early` by the candidate, `conduct`, `abandoned`",
    ),
    histogram(
        ANSWER_SECONDS,
        &[],
        "Time until an answer is on the disk, which is when it may be acknowledged",
    ),
    histogram(
        JUDGEMENT_SECONDS,
        &["engine"],
        "Time of judging one answer, by the kind of engine that judged: `builtin` or `llm`",
    ),
    histogram(SCORER_SECONDS, &[], "Time of the built-in scorer for one answer"),
    counter(
        BUILTIN_INSTEAD,
        &["purpose"],
        "Times that a built-in engine acted because no language model did: `judge`, `interview`",
    ),
    counter(
        MODEL_TRIES,
        &["provider", "outcome"],
        "Tries at a model: `answered`, `cached`, `skipped` while it is left alone, or the kind of failure",
    ),
    histogram(MODEL_SECONDS, &["provider"], "Time until a model's first text"),
    counter(
        MODEL_TOKENS,
        &["provider", "kind"],
        "Tokens that vendors counted: `input`, `cached` (a part of input), `output`",
    ),
    counter(MODEL_COST, &["provider"], "Cost of calls to models, micro-dollars"),
    counter(MODEL_UNPRICED, &["provider"], "Calls whose price is not known; their cost is not in the sum"),
    counter(MODEL_FALLBACKS, &["provider"], "Replies by this provider because one before it did not answer"),
    gauge(SPENT_TODAY, &[], "Spent on models today (UTC), micro-dollars"),
    gauge(SPENDING_CAP, &[], "What may be spent on models in a day, micro-dollars; absent without a cap"),
    counter(
        SPEECH_TRIES,
        &["task", "engine", "outcome"],
        "Tries at an engine of speech (`to_text`, `to_speech`, `realtime`): `answered`, or the kind of failure",
    ),
    histogram(
        SPEECH_SECONDS,
        &["task", "engine"],
        "Time until the words of an utterance after its end, or until a voice's first sound",
    ),
    counter(SPEECH_SOUND, &["task", "engine"], "Sound that was heard or spoken, milliseconds"),
    counter(SPEECH_COST, &["task", "engine"], "Cost of calls to engines of speech, micro-dollars"),
    counter(
        SPEECH_UNPRICED,
        &["task", "engine"],
        "Calls to engines of speech whose price is not known; their cost is not in the sum",
    ),
    counter(
        SPEECH_FALLBACKS,
        &["task", "engine"],
        "Utterances and sentences by this engine because one before it failed",
    ),
    counter(
        SPEECH_DOUBTS,
        &["engine", "reason"],
        "Transcripts from which words were left out that the engine had made up",
    ),
    gauge(VOICE_LINES, &[], "Conversations by voice at this moment"),
    counter(
        VOICE_ENDED,
        &["reason"],
        "Conversations by voice that ended: `over`, `taken_over`, `left`, `restart`, `broken`",
    ),
    counter(VOICE_TURNS, &["by"], "Spoken answers by what ended them: `silence`, `done`, `length`"),
    histogram(
        VOICE_STAGES,
        &["stage"],
        "From the end of the candidate's voice to `turn_end`, `transcript_final`, `first_token`, `first_audio`, `first_played`",
    ),
    counter(
        CACHE,
        &["cache", "result"],
        "Look-ups: `interview_states`, `model_replies`, `spoken_sentences`; `hit` or `miss`",
    ),
    counter(JOBS, &["kind", "outcome"], "Attempts at background work: `done`, `retried`, `buried`"),
    histogram(JOB_SECONDS, &["kind"], "Time of one attempt at background work"),
    gauge(JOBS_WAITING, &["kind"], "Background work in the queue, all nodes together"),
    gauge(JOBS_OLDEST, &["kind"], "How long the oldest work that is due has been waiting"),
    gauge(JOBS_DEAD, &["kind"], "Background work that was given up and not yet looked at"),
    histogram(
        STATEMENT_SECONDS,
        &["statement"],
        "Time of a statement in the database: `select`, `insert`, `update`, `delete`, `other`",
    ),
    counter(STATEMENT_ERRORS, &["statement"], "Statements that the database refused or did not answer"),
    gauge(
        CONNECTIONS,
        &["pool", "state"],
        "Connections to the database: `busy` or `idle`; on SQLite reading and writing have pools of their own",
    ),
    gauge(CONNECTIONS_MAX, &["pool"], "Most connections that a pool may open"),
    histogram(COMMIT_SECONDS, &[], "Time of one commit of interviews' logs"),
    histogram(COMMIT_APPENDS, &[], "Appends to interviews' logs that one commit wrote"),
    gauge(DEPENDENCY_UP, &["dependency"], "1 when what the program needs answers, as on `/readyz`"),
    gauge(DEPENDENCY_SECONDS, &["dependency"], "How long its last check took"),
    histogram(
        OBJECT_SECONDS,
        &["operation", "outcome"],
        "Time of asking the storage of files: `put`, `get`, `delete`, `claim`; `ok`, `not_found`, `refused`, `full`, `unavailable`, `damaged`, `given_up`",
    ),
    counter(OBJECT_BYTES, &["direction"], "Bytes of files `written` to the storage and `read` from it"),
    gauge(
        OBJECTS_LEFT,
        &[],
        "Files that were deleted and still lie in the storage, because it did not answer",
    ),
    gauge(OBJECTS_LEFT_OLDEST, &[], "For how long the oldest of these should have been gone"),
    gauge(
        OBJECTS_MISSING,
        &[],
        "Files that the database knows and the storage does not have, as of the daily look",
    ),
    gauge(DISK_FREE, &[], "Space left on the disk of the data directory"),
    gauge(DISK_TOTAL, &[], "Size of the disk of the data directory"),
    gauge(BUILD, &["version"], "1, with the version of the program"),
    gauge(CPUS, &[], "Processors that the process may use"),
    gauge(
        MEMORY_LIMIT,
        &[],
        "Memory that the process may use: its group's limit, else the machine's (Linux)",
    ),
    gauge(PROCESS_MEMORY, &[], "Resident memory (Linux)"),
    counter(PROCESS_CPU, &[], "Time on processors (Linux)"),
    gauge(PROCESS_FDS, &[], "Open files (Linux)"),
    gauge(PROCESS_MAX_FDS, &[], "Files that may be open (Linux)"),
    gauge(PROCESS_THREADS, &[], "Threads (Linux)"),
    gauge(PROCESS_START, &[], "When the process began, seconds since 1970 (Linux)"),
];

/// The catalogue as a Markdown table, for `docs/operating.md`.
pub fn table() -> String {
    let mut rows =
        vec!["| measure | kind | labels | what it says |".to_owned(), "|---|---|---|---|".to_owned()];
    for Measure { name, kind, labels, help } in CATALOGUE {
        let kind = match kind {
            Kind::Counter => "counter",
            Kind::Gauge => "gauge",
            Kind::Histogram => "histogram",
        };
        let labels: Vec<String> = labels.iter().map(|label| format!("`{label}`")).collect();
        rows.push(format!("| `{name}` | {kind} | {} | {help} |", labels.join(", ")));
    }
    rows.join("\n") + "\n"
}
