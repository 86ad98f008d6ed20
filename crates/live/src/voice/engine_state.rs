//! Whose the engines of speech are and how they do.

use super::service::VoiceRooms;
use greenroom_app::operations::Checked;
use greenroom_speech::{RealtimeEngine, SttEngine, Task, TtsEngine};
use greenroom_telemetry::database;
use greenroom_telemetry::speech::{Health, health};
use std::time::Duration;

/// An engine of another company, which hears or speaks for people who agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutsideEngine {
    /// What it does.
    pub task: Task,
    /// Its name in the settings.
    pub engine: String,
    /// The model, as its vendor names it.
    pub model: String,
}

/// How one engine does at this node.
#[derive(Clone, Debug)]
pub struct EngineState {
    /// What it does.
    pub task: Task,
    /// Its name in the settings.
    pub name: String,
    /// Whether it failed so often that it is asked only when nobody else is there, until it answers a probe.
    pub is_left_alone: bool,
    /// How it did since the process began; `None` when it was not asked.
    pub health: Option<Health>,
}

impl VoiceRooms {
    /// Engines of other companies.
    pub fn outside(&self) -> &[OutsideEngine] {
        &self.names.outside
    }

    /// Whether the sound of those who agree goes to another company.
    pub fn sound_leaves(&self) -> bool {
        self.ears.leave() || self.talkers.leave()
    }

    /// Whether what the interviewer says goes to another company, for those who agree.
    pub fn words_leave(&self) -> bool {
        self.mouth.leave() || self.talkers.leave()
    }

    /// Whether those who do not agree are heard, by an engine of the operator's own.
    pub fn hears_at_home(&self) -> bool {
        self.ears.own.is_some()
    }

    /// All engines, in the order in which they are asked.
    pub fn engines(&self) -> Vec<EngineState> {
        let state = |task: Task, name: &String| EngineState {
            task,
            name: name.clone(),
            is_left_alone: !self.circuits.of(&(task, name.clone())).is_usable(),
            health: health(task.as_str(), name),
        };
        let hearing = self.names.to_text.iter().map(|name| state(Task::ToText, name));
        let speaking = self.names.to_speech.iter().map(|name| state(Task::ToSpeech, name));
        let both = self.names.realtime.iter().map(|name| state(Task::Realtime, name));
        hearing.chain(speaking).chain(both).collect()
    }

    /// Whether somebody hears and somebody speaks, where that is set up. No engine is asked: it is known from what
    /// people said and heard.
    pub fn check(&self) -> Vec<Checked> {
        let engines = self.engines();
        let tasks = [
            (Task::ToText, "hearing", "answers are typed until one is back"),
            (Task::ToSpeech, "speaking", "questions are read until one is back"),
            (Task::Realtime, "realtime", "the other engines hear and speak until one is back"),
        ];
        let checked = tasks.into_iter().filter_map(|(task, name, then)| {
            let engines: Vec<_> = engines.iter().filter(|engine| engine.task == task).collect();
            if engines.is_empty() {
                return None;
            }
            let are_gone = engines.iter().all(|engine| engine.is_left_alone);
            let problem = are_gone.then(|| format!("{}; {then}", failures(&engines)));
            database::dependency(name, problem.is_none(), Duration::ZERO);
            Some(Checked { name, is_vital: false, took: Duration::ZERO, problem })
        });
        checked.collect()
    }
}

/// `openai fails (unauthenticated), groq fails (timed_out)`.
fn failures(engines: &[&EngineState]) -> String {
    let each = engines.iter().map(|engine| match engine.health {
        Some(health) => format!("{} fails ({})", engine.name, health.last),
        None => format!("{} fails", engine.name),
    });
    each.collect::<Vec<_>>().join(", ")
}

/// Those that are not the operator's own.
pub(super) fn outside(
    recognisers: &[SttEngine],
    voices: &[TtsEngine],
    talkers: &[RealtimeEngine],
) -> Vec<OutsideEngine> {
    let named = |task, engine: &String, model: &String| OutsideEngine {
        task,
        engine: engine.clone(),
        model: model.clone(),
    };
    let hearing = recognisers.iter().filter(|one| !one.private);
    let speaking = voices.iter().filter(|one| !one.private);
    let both = talkers.iter().filter(|one| !one.private);
    hearing
        .map(|one| named(Task::ToText, &one.name, &one.model))
        .chain(speaking.map(|one| named(Task::ToSpeech, &one.name, &one.model)))
        .chain(both.map(|one| named(Task::Realtime, &one.name, &one.model)))
        .collect()
}
