use crate::SEPARATOR;
use greenroom_scoring::score::{ScoreRequest, score};

/// Any answer to any question: scored or not assessed, between 0 and 1, twice the same, and quotes are its own words.
/// Question, answer, reference, language and key points, separated.
pub fn answer(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let mut texts = text.split(SEPARATOR);
    let mut next = || texts.next().map(str::to_owned);
    let (question, answer, reference) = (next().unwrap_or_default(), next().unwrap_or_default(), next());
    let language = next().filter(|language| !language.is_empty());
    let key_points: Vec<String> = texts.take(8).map(str::to_owned).collect();
    let key_points = (!key_points.is_empty()).then_some(key_points);
    let request = ScoreRequest { id: "1".to_owned(), question, answer, reference, language, key_points };
    let result = score(&request);
    assert!(result.score.is_none_or(|score| (0.0..=1.0).contains(&score)), "{:?}", result.score);
    for quote in result.key_points.iter().filter_map(|point| point.quote.as_deref()) {
        assert!(request.answer.contains(quote), "no words of the answer: {quote:?}");
    }
    assert_eq!(score(&request), result, "the same answer, judged twice");
}
