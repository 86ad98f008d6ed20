//! What the program writes about itself: readable on a terminal, JSON elsewhere, and to files where that is wanted. No
//! personal data.

mod files;

use anyhow::Context;
use files::Files;
use greenroom_app::SystemClock;
use greenroom_telemetry::trace::Exporting;
use schemars::JsonSchema;
use serde::Deserialize;
use std::any::Any;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

/// What the program writes about itself.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LogOptions {
    /// What is written: a level (`error`, `warn`, `info`, `debug`, `trace`), or levels by part of the program
    /// (`info,greenroom_llm=debug`). `RUST_LOG` goes before it. Default `info`.
    pub level: String,
    /// How it is written. Default: text on a terminal, JSON elsewhere.
    pub format: LogFormat,
    /// Folder for files in place of standard error: `greenroom.log`, which is put aside at 10 MB, and kept for 30
    /// days. Default: none.
    pub dir: Option<PathBuf>,
}

impl Default for LogOptions {
    fn default() -> Self {
        Self { level: "info".to_owned(), format: LogFormat::Auto, dir: None }
    }
}

/// How lines are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// Text on a terminal, JSON elsewhere.
    #[default]
    Auto,
    /// For people.
    Text,
    /// For programs: one object a line, with the fields of the request or the work around it in `span`.
    Json,
}

/// Starts logging, and traces when the environment asks for them. Not inside of a runtime.
pub fn start(options: &LogOptions) -> anyhow::Result<Option<Exporting>> {
    let filter = match std::env::var("RUST_LOG") {
        Ok(rules) if !rules.is_empty() => EnvFilter::try_new(rules).context("RUST_LOG cannot be used")?,
        _ => EnvFilter::try_new(&options.level).context("logs.level cannot be used")?,
    };
    let lines = match &options.dir {
        Some(dir) => {
            let files = Files::open(dir.clone(), Arc::new(SystemClock))
                .with_context(|| format!("logs cannot be written to {} (logs.dir)", dir.display()))?;
            written(options.format == LogFormat::Text, false, files)
        }
        None => {
            let is_text = match options.format {
                LogFormat::Auto => std::io::stderr().is_terminal(),
                format => format == LogFormat::Text,
            };
            written(is_text, std::io::stderr().is_terminal(), std::io::stderr)
        }
    };
    let exporting =
        Exporting::from_environment().context("traces cannot be sent (OTEL_EXPORTER_OTLP_ENDPOINT)")?;
    let spans = exporting.as_ref().map(Exporting::layer);
    panics_are_lines();
    // A second start in one process changes nothing.
    let _ = tracing_subscriber::registry().with(spans).with(lines.with_filter(filter)).try_init();
    Ok(exporting)
}

/// What breaks down says where, as a line like others.
fn panics_are_lines() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        let backtrace = Backtrace::capture();
        let backtrace = (backtrace.status() == BacktraceStatus::Captured).then(|| backtrace.to_string());
        let message = fixed(panic.payload());
        tracing::error!(panic.place = place, panic.message = message, panic.backtrace = backtrace, "a panic");
    }));
}

/// The message of a panic, if it stands in the program. One that was made at run time may quote what somebody said.
fn fixed(payload: &(dyn Any + Send)) -> Option<&'static str> {
    payload.downcast_ref::<&'static str>().copied()
}

/// Lines as text, in colours or not, or as JSON.
fn written<S, W>(is_text: bool, in_colours: bool, writer: W) -> Box<dyn Layer<S> + Send + Sync>
where
    S: tracing::Subscriber + for<'a> LookupSpan<'a>,
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let lines = tracing_subscriber::fmt::layer().with_writer(writer);
    if is_text { lines.with_ansi(in_colours).boxed() } else { lines.json().boxed() }
}

#[cfg(test)]
mod tests {
    use super::fixed;
    use std::hint::black_box;
    use std::panic::catch_unwind;

    #[test]
    fn a_panic_repeats_no_word_of_anybody() {
        let said = |panicking: fn()| fixed(&*catch_unwind(panicking).expect_err("it panics"));
        assert_eq!(said(|| panic!("the plan has no question")), Some("the plan has no question"));
        assert_eq!(said(|| panic!("{} is not a name", black_box("Zoë").to_owned())), None);
        assert_eq!(said(|| drop(black_box("Zoë")[3..].to_owned())), None, "this one quotes the text");
    }
}
