//! How each personality speaks: wording from a data file, chosen in turn.

use greenroom_domain::interview::{Personality, Phase};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manners {
    supportive: Manner,
    professional: Manner,
    challenging: Manner,
    direct: Manner,
}

/// The wording of one personality.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manner {
    greeting: Vec<String>,
    acknowledge: Vec<String>,
    follow_up: Vec<String>,
    beyond: Vec<String>,
    easier: Vec<String>,
    turn_to: HashMap<Phase, String>,
}

static MANNERS: LazyLock<Manners> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/manner.toml"))
        .expect("the shipped wording is valid; a test reads it")
});

/// The wording of `personality`.
pub fn of(personality: Personality) -> &'static Manner {
    match personality {
        Personality::Supportive => &MANNERS.supportive,
        Personality::Professional => &MANNERS.professional,
        Personality::Challenging => &MANNERS.challenging,
        Personality::Direct => &MANNERS.direct,
    }
}

impl Manner {
    /// The first words of an interview.
    pub fn greeting(&self, name: Option<&str>, turn: usize) -> String {
        let name = name.map(|name| format!(", {name}")).unwrap_or_default();
        pick(&self.greeting, turn).replace("{name}", &name)
    }

    /// What is said between an answer and the next planned question.
    pub fn transition(&self, from: Phase, to: Phase, turn: usize) -> String {
        let thanks = pick(&self.acknowledge, turn);
        match self.turn_to.get(&to).filter(|_| from != to) {
            Some(line) => format!("{thanks} {line}"),
            None => thanks.to_owned(),
        }
    }

    /// What is said before an easier question, after two that went badly.
    pub fn easier(&self, turn: usize) -> &str {
        pick(&self.easier, turn)
    }

    /// A follow-up that names what was just said, and asks about it.
    pub fn follow_up(&self, said: &str, question: &str, turn: usize) -> String {
        filled(pick(&self.follow_up, turn), said, question)
    }

    /// A follow-up that names what was just said, and asks for what was not.
    pub fn beyond(&self, said: &str, question: &str, turn: usize) -> String {
        filled(pick(&self.beyond, turn), said, question)
    }
}

fn filled(template: &str, said: &str, question: &str) -> String {
    // The candidate's words go in last, so that nothing they say is taken for a placeholder.
    let parts: Vec<String> =
        template.split("{said}").map(|part| part.replace("{question}", question)).collect();
    parts.join(said)
}

fn pick(lines: &[String], turn: usize) -> &str {
    lines.get(turn % lines.len().max(1)).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_personality_has_words_for_every_turn() {
        for personality in [
            Personality::Supportive,
            Personality::Professional,
            Personality::Challenging,
            Personality::Direct,
        ] {
            let manner = of(personality);
            for phase in Phase::ALL.into_iter().skip(1) {
                assert!(manner.turn_to.contains_key(&phase), "{personality:?} has no words for {phase:?}");
            }
            assert!(!manner.greeting(Some("Ada"), 0).contains('{'));
            assert!(!manner.easier(0).is_empty() && !manner.easier(1).contains('{'));
            assert!(!manner.transition(Phase::Technical, Phase::Technical, 3).is_empty());
        }
    }

    #[test]
    fn words_of_the_candidate_are_never_taken_for_placeholders() {
        let line = of(Personality::Direct).follow_up("the {question} and {said}", "How many?", 0);
        assert_eq!(line, "“the {question} and {said}”: How many?");
        let line = of(Personality::Direct).beyond("the {question} and {said}", "How many?", 0);
        assert_eq!(line, "“the {question} and {said}”: understood. One thing is open. How many?");
    }
}
