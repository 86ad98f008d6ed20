//! How the built-in scorer tells answers to the bank's core questions apart, language by language. Nobody graded these
//! answers: it shows whether what is known to be better gets more, and what says nothing gets nothing.

use greenroom_domain::bank::{BankQuestion, SoundsLike};
use greenroom_providers::bank::Bank;
use greenroom_scoring::score::{ScoreRequest, score};
use greenroom_scoring::text::Text;
use rand::seq::SliceRandom;
use rand::{SeedableRng, rngs::SmallRng};

/// Share of full marks above which what says nothing has fooled the scorer.
const FOOLED: f64 = 0.4;
const COLUMNS: [&str; 8] = [
    "reference",
    "sounds like 9",
    "sounds like 5",
    "sounds like 1",
    "same type",
    "shuffled",
    "question",
    "unknown",
];

/// Marks of one kind of answer; what is not assessed has none.
#[derive(Default)]
struct Marks(Vec<Option<f64>>);

impl Marks {
    fn mean(&self) -> f64 {
        self.0.iter().map(|mark| mark.unwrap_or(0.0)).sum::<f64>() / self.0.len().max(1) as f64
    }

    fn share(&self, is: impl Fn(f64) -> bool) -> f64 {
        let met = self.0.iter().filter(|mark| is(mark.unwrap_or(0.0))).count();
        100.0 * met as f64 / self.0.len().max(1) as f64
    }

    fn refused(&self) -> f64 {
        100.0 * self.0.iter().filter(|mark| mark.is_none()).count() as f64 / self.0.len().max(1) as f64
    }
}

/// Prints a row a language.
pub fn print() -> anyhow::Result<()> {
    let bank = Bank::shipped()?;
    println!("| language | questions | {} | 9 over 5 over 1 |", COLUMNS.join(" | "));
    println!("|---|---|{}---|", "---|".repeat(COLUMNS.len()));
    let others = bank.translations().iter().map(|translation| translation.language.as_str());
    for language in std::iter::once("en").chain(others) {
        let core = bank.core().iter().filter_map(|id| match language {
            "en" => bank.question(id),
            _ => bank.question_in(language, id),
        });
        row(language, &core.collect::<Vec<_>>());
    }
    println!(
        "\nMeans of the share of full marks; in brackets the percentage above {FOOLED} (for the reference, below .9) and not assessed."
    );
    Ok(())
}

fn row(language: &str, questions: &[&BankQuestion]) {
    let mut columns: [Marks; COLUMNS.len()] = Default::default();
    let mut ordered = 0;
    let mut rng = SmallRng::seed_from_u64(1);
    for (at, question) in questions.iter().enumerate() {
        let mark = |answer: &str| marked(language, question, answer);
        let SoundsLike { low, middle, high } = question.sounds_like.clone().unwrap_or(SoundsLike {
            low: String::new(),
            middle: String::new(),
            high: String::new(),
        });
        // The next question of its type: what a candidate might have prepared.
        let other =
            questions[at + 1..].iter().chain(&questions[..at]).find(|other| other.kind == question.kind);
        let answers = [
            question.reference.clone(),
            high,
            middle,
            low,
            other.map_or(String::new(), |other| other.reference.clone()),
            shuffled(language, &question.reference, &mut rng),
            question.text.clone(),
            unknown(language).to_owned(),
        ];
        let marks = answers.map(|answer| mark(&answer));
        let [nine, five, one] = [1, 2, 3].map(|at| marks[at].unwrap_or(0.0));
        ordered += usize::from(nine > five && five > one);
        for (column, mark) in columns.iter_mut().zip(marks) {
            column.0.push(mark);
        }
    }
    let cells = columns.iter().enumerate().map(|(at, column)| {
        let striking =
            if at == 0 { column.share(|mark| mark < 0.9) } else { column.share(|mark| mark > FOOLED) };
        format!("{:.2} ({striking:.0}, {:.0})", column.mean(), column.refused())
    });
    let cells: Vec<String> = cells.collect();
    let ordered = 100 * ordered / questions.len().max(1);
    println!("| {language} | {} | {} | {ordered} % |", questions.len(), cells.join(" | "));
}

fn marked(language: &str, question: &BankQuestion, answer: &str) -> Option<f64> {
    score(&ScoreRequest {
        id: question.id.clone(),
        question: question.text.clone(),
        answer: answer.to_owned(),
        reference: Some(question.reference.clone()),
        key_points: Some(question.key_points.iter().map(|point| point.says.as_str().to_owned()).collect()),
        language: Some(language.to_owned()),
    })
    .score
}

/// The words in another order; where words are not parted by spaces, the characters.
fn shuffled(language: &str, text: &str, rng: &mut SmallRng) -> String {
    if language == "zh" {
        let mut characters: Vec<char> = text.chars().collect();
        characters.shuffle(rng);
        return characters.into_iter().collect();
    }
    let text = Text::of(text, language);
    let mut words: Vec<&str> = text.words.iter().map(|word| &text.raw[word.at.clone()]).collect();
    words.shuffle(rng);
    words.join(" ")
}

fn unknown(language: &str) -> &'static str {
    match language {
        "de" => "Das weiß ich leider nicht.",
        "es" => "La verdad es que no lo sé.",
        "fr" => "Je ne sais pas, désolé.",
        "hi" => "माफ़ कीजिए, मुझे नहीं पता।",
        "zh" => "不好意思，这个我不知道。",
        _ => "I'm afraid I don't know.",
    }
}
