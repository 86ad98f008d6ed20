//! A stage for stories: somebody speaks and is silent, a recogniser takes its time, replies sound, and what the machine
//! did is told line by line.

use crate::turn::{
    AnswerKind, Effect, EndedBy, FRAME_MS, Input, Notice, Options, Phase, Reassurance, ReplyId, TurnMachine,
};

/// What the recogniser takes, ms.
const RECOGNISER_MS: u64 = 150;
/// How long a reply sounds, ms a word.
const WORD_MS: u64 = 300;

/// What there is to hear of the candidate, in ms of audio received.
#[derive(Debug)]
struct Said {
    from_ms: u64,
    to_ms: u64,
    word: String,
}

/// Words on their way.
#[derive(Debug)]
struct Coming {
    at: u64,
    input: Input,
}

#[derive(Debug)]
struct Sounding {
    reply: ReplyId,
    played_ms: u64,
    is_sounding: bool,
}

/// The stage.
pub(super) struct Stage {
    machine: TurnMachine,
    now: u64,
    audio_ms: u64,
    said: Vec<Said>,
    coming: Vec<Coming>,
    sounding: Option<Sounding>,
    replies: u64,
    prepared: Vec<(String, AnswerKind, bool)>,
    think_ms: u64,
    recogniser_ms: u64,
    longest_ask_ms: u64,
    recogniser_fails: bool,
    is_lost: bool,
    log: Vec<String>,
}

impl Stage {
    /// A stage in English with the default patience; sound flows.
    pub fn new() -> Self {
        Self::with("en", Options::default())
    }

    pub fn with(language: &str, options: Options) -> Self {
        let mut stage = Self {
            machine: TurnMachine::new(options, language),
            now: 0,
            audio_ms: 0,
            said: Vec::new(),
            coming: Vec::new(),
            sounding: None,
            replies: 0,
            prepared: Vec::new(),
            think_ms: 300,
            recogniser_ms: RECOGNISER_MS,
            longest_ask_ms: 0,
            recogniser_fails: false,
            is_lost: false,
            log: Vec::new(),
        };
        stage.give(Input::Connected);
        stage
    }

    /// A stage on which the question has been heard.
    pub fn asked() -> Self {
        Self::asked_a(AnswerKind::Telling)
    }

    pub fn asked_a(kind: AnswerKind) -> Self {
        let mut stage = Self::new();
        stage.reply_of(kind, "What are you proud of?");
        stage.until_listening();
        stage.log.clear();
        stage
    }

    /// The interviewer says this now, 300 ms a word, a sentence a piece of sound.
    pub fn reply(&mut self, text: &str) -> &mut Self {
        self.reply_of(AnswerKind::Telling, text)
    }

    pub fn reply_of(&mut self, kind: AnswerKind, text: &str) -> &mut Self {
        self.say(text, kind, false);
        self
    }

    pub fn farewell(&mut self, text: &str) -> &mut Self {
        self.say(text, AnswerKind::Telling, true);
        self
    }

    /// What the interviewer will say after the next turn has ended.
    pub fn then_replies(&mut self, text: &str) -> &mut Self {
        self.prepared.push((text.to_owned(), AnswerKind::Telling, false));
        self
    }

    pub fn thinks_for(&mut self, ms: u64) -> &mut Self {
        self.think_ms = ms;
        self
    }

    pub fn recogniser_takes(&mut self, ms: u64) -> &mut Self {
        self.recogniser_ms = ms;
        self
    }

    pub fn recogniser_fails(&mut self, fails: bool) -> &mut Self {
        self.recogniser_fails = fails;
        self
    }

    /// The candidate says this, evenly over `ms`.
    pub fn says(&mut self, ms: u64, text: &str) -> &mut Self {
        let words: Vec<&str> = text.split(' ').collect();
        let each = ms / words.len() as u64;
        for (n, word) in words.iter().enumerate() {
            let from_ms = self.audio_ms + n as u64 * each;
            self.said.push(Said { from_ms, to_ms: from_ms + each, word: (*word).to_owned() });
        }
        self.frames(ms, true)
    }

    /// A sound that the detector takes for a voice, without words.
    pub fn noise(&mut self, ms: u64) -> &mut Self {
        self.frames(ms, true)
    }

    pub fn quiet(&mut self, ms: u64) -> &mut Self {
        self.frames(ms, false)
    }

    /// No frames come, only time.
    pub fn nothing_comes(&mut self, ms: u64) -> &mut Self {
        let until = self.now + ms;
        while self.now < until {
            self.now += 250.min(until - self.now);
            self.give(Input::Tick);
        }
        self
    }

    pub fn loses_the_line(&mut self) -> &mut Self {
        self.is_lost = true;
        self.give(Input::Lost);
        self
    }

    pub fn comes_back(&mut self) -> &mut Self {
        self.is_lost = false;
        self.give(Input::Back);
        self
    }

    pub fn does(&mut self, input: Input) -> &mut Self {
        self.give(input);
        self
    }

    pub fn until_listening(&mut self) -> &mut Self {
        for _ in 0..10_000 {
            if self.machine.phase() == Phase::Listening {
                return self;
            }
            self.frame(false);
        }
        panic!("nobody listens: {:#?}", self.log);
    }

    /// The longest sound whose words were asked for at once, ms.
    pub fn longest_ask_ms(&self) -> u64 {
        self.longest_ask_ms
    }

    /// What was done so far, and forgets it.
    pub fn told(&mut self) -> Vec<String> {
        std::mem::take(&mut self.log)
    }

    pub fn phase(&self) -> Phase {
        self.machine.phase()
    }

    fn say(&mut self, text: &str, kind: AnswerKind, is_last: bool) {
        self.replies += 1;
        let reply = ReplyId(self.replies);
        self.give(Input::Reply { reply, kind, is_last });
        for sentence in text.split_inclusive(['.', '?', '!']) {
            let ms = sentence.split_whitespace().count() as u64 * WORD_MS;
            self.give(Input::Sentence { reply, text: sentence.trim().to_owned(), ms });
        }
        self.give(Input::Whole { reply });
    }

    fn frames(&mut self, ms: u64, voiced: bool) -> &mut Self {
        let until = self.audio_ms + ms;
        while self.audio_ms < until {
            self.frame(voiced);
        }
        self
    }

    fn frame(&mut self, voiced: bool) {
        self.now += FRAME_MS;
        self.audio_ms += FRAME_MS;
        let (now, mut due) = (self.now, Vec::new());
        self.coming.retain(|coming| {
            coming.at > now || {
                due.push(coming.input.clone());
                false
            }
        });
        for input in due {
            match input {
                // A reply that was prepared for this moment.
                Input::Done if !self.prepared.is_empty() => {
                    let (text, kind, is_last) = self.prepared.remove(0);
                    self.say(&text, kind, is_last);
                }
                input => self.give(input),
            }
        }
        if let Some(sounding) = &mut self.sounding
            && sounding.is_sounding
        {
            sounding.played_ms += FRAME_MS;
            let input = Input::Played { reply: sounding.reply, ms: sounding.played_ms };
            self.give(input);
        }
        self.give(Input::Frame { voiced });
    }

    fn give(&mut self, input: Input) {
        for effect in self.machine.handle(input, self.now) {
            self.act(effect);
        }
    }

    fn act(&mut self, effect: Effect) {
        match &effect {
            Effect::Transcribe { stretch, from_ms, to_ms } => {
                self.longest_ask_ms = self.longest_ask_ms.max(to_ms - from_ms);
                let text = self.words_between(*from_ms, *to_ms);
                let input = if self.recogniser_fails {
                    Input::NoWords { stretch: *stretch }
                } else {
                    Input::Words { stretch: *stretch, text, is_final: true }
                };
                self.coming.push(Coming { at: self.now + self.recogniser_ms, input });
                return;
            }
            Effect::EndTurn { .. } if !self.prepared.is_empty() => {
                self.coming.push(Coming { at: self.now + self.think_ms, input: Input::Done });
            }
            Effect::Play { reply } => {
                self.sounding = Some(Sounding { reply: *reply, played_ms: 0, is_sounding: true });
            }
            Effect::Hush { .. } => self.sounding.iter_mut().for_each(|sounding| sounding.is_sounding = false),
            Effect::Resume { from_ms, .. } => {
                self.sounding.iter_mut().for_each(|sounding| {
                    sounding.is_sounding = true;
                    sounding.played_ms = *from_ms;
                });
            }
            Effect::Stop { .. } | Effect::Heard { .. } => self.sounding = None,
            _ => {}
        }
        if let Some(line) = line(&effect) {
            self.log.push(line);
        }
    }

    fn words_between(&self, from_ms: u64, to_ms: u64) -> String {
        let heard = |said: &&Said| {
            let middle = (said.from_ms + said.to_ms) / 2;
            (from_ms..to_ms).contains(&middle)
        };
        let words: Vec<&str> = self.said.iter().filter(heard).map(|said| said.word.as_str()).collect();
        words.join(" ")
    }
}

/// An effect in words. Phases are not told: they follow from the rest.
fn line(effect: &Effect) -> Option<String> {
    Some(match effect {
        Effect::EndTurn { text, by, is_partial, .. } => {
            let by = match by {
                EndedBy::Silence { ms } => format!("after {ms} ms"),
                EndedBy::Done => "by the key".to_owned(),
                EndedBy::Typed => "typed".to_owned(),
                EndedBy::Length => "for its length".to_owned(),
            };
            let gap = if *is_partial { ", in part" } else { "" };
            format!("turn ends {by}{gap}: {text}")
        }
        Effect::Amend { text, .. } => format!("adds: {text}"),
        Effect::Play { reply } => format!("plays {}", reply.0),
        Effect::Hush { reply } => format!("hushes {}", reply.0),
        Effect::Resume { reply, from_ms } => format!("resumes {} at {from_ms}", reply.0),
        Effect::Stop { reply } => format!("stops {}", reply.0),
        Effect::Heard { text, is_whole, .. } => {
            format!("{}: {text}", if *is_whole { "heard" } else { "heard in part" })
        }
        Effect::Reassure { how: Reassurance::TakeYourTime } => "take your time".to_owned(),
        Effect::Reassure { how: Reassurance::RepeatOrType } => "repeat or type?".to_owned(),
        Effect::Notice { notice } => match notice {
            Notice::NotUnderstood => "notice: not understood",
            Notice::OnlyNoise => "notice: only noise",
            Notice::LongAnswer => "notice: long answer",
            Notice::Muted => "notice: muted",
            Notice::StillThinking => "notice: still thinking",
            Notice::ReadInstead => "notice: read instead",
        }
        .to_owned(),
        Effect::Pause => "pauses the interview".to_owned(),
        Effect::Close => "closes".to_owned(),
        Effect::Entered { .. } | Effect::Transcribe { .. } => return None,
    })
}
