//! Languages beside English whose answers are taken apart by their own rules: small words, endings, negations. Their
//! words are compared by letters alone, by the weights that know no meanings.

use crate::features::Neighbours;
use crate::text::{Form, Word};
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use serde::Deserialize;
use std::ops::Range;
use std::sync::{Arc, LazyLock};
use unicode_segmentation::UnicodeSegmentation;

/// A language beside English.
#[derive(Debug)]
pub struct Language {
    /// ISO 639-1 code.
    pub code: &'static str,
    lists: Lists,
    stem: Option<Algorithm>,
    neighbours: Option<Neighbours>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    /// Words that carry little meaning.
    #[serde(default)]
    stop: HashSet<String>,
    /// Words that deny; where words are pairs of characters, characters.
    negations: HashSet<String>,
    /// Ways to say that one does not know.
    unknown: Vec<String>,
    /// What an apostrophe ties to the next word.
    #[serde(default)]
    elided: HashSet<String>,
    /// Endings taken off where no algorithm is there, the longest first.
    #[serde(default)]
    endings: Vec<String>,
    /// Characters that carry little meaning, where words are pairs of characters.
    #[serde(default)]
    small: String,
}

/// Characters in a Chinese word, in the mean of running text (Sproat, Emerson, First Chinese Word Segmentation Bakeoff,
/// 2003: 1.6 to 1.7).
const CHARACTERS_IN_WORD: f64 = 1.6;
/// Letters that must be left when an ending is taken off.
const LEAST_STEM: usize = 2;

static LANGUAGES: LazyLock<HashMap<&str, Language>> = LazyLock::new(|| {
    let all = [
        ("de", include_str!("../data/languages/de.toml"), include_str!("../data/languages/de.tsv")),
        ("es", include_str!("../data/languages/es.toml"), include_str!("../data/languages/es.tsv")),
        ("fr", include_str!("../data/languages/fr.toml"), include_str!("../data/languages/fr.tsv")),
        ("hi", include_str!("../data/languages/hi.toml"), include_str!("../data/languages/hi.tsv")),
        ("zh", include_str!("../data/languages/zh.toml"), ""),
    ];
    all.into_iter()
        .map(|(code, lists, pairs)| {
            let lists = toml::from_str(lists).expect("the shipped lists are valid; a test reads them");
            let stem = match code {
                "de" => Some(Algorithm::German),
                "es" => Some(Algorithm::Spanish),
                "fr" => Some(Algorithm::French),
                _ => None,
            };
            (code, Language { code, lists, stem, neighbours: Neighbours::read(pairs) })
        })
        .collect()
});

impl Language {
    /// The language with this code, when it is one of those.
    pub fn of(code: &str) -> Option<&'static Self> {
        LANGUAGES.get(code)
    }

    /// Whether `text` says that something is not known. `spaced` is the text as [`crate::text::Text`] keeps it for phrases.
    pub(crate) fn says_unknown(&self, raw: &str, has: impl Fn(&[String]) -> bool) -> bool {
        match self.is_unspaced() {
            true => self.lists.unknown.iter().any(|phrase| raw.contains(phrase.as_str())),
            false => has(&self.lists.unknown),
        }
    }

    /// How usual it is that one small word follows another; `None` where nobody counted.
    pub(crate) fn neighbours(&self) -> Option<&Neighbours> {
        self.neighbours.as_ref()
    }

    /// How many words `said` of [`Language::words`] are.
    pub(crate) fn whole_words(&self, said: usize) -> usize {
        if self.is_unspaced() { (said as f64 / CHARACTERS_IN_WORD).round() as usize } else { said }
    }

    /// Share of characters that carry little meaning, 0..=1; `None` where words are parted by spaces.
    pub(crate) fn small_characters(&self, raw: &str) -> Option<f64> {
        let characters = || raw.chars().filter(|c| is_unspaced(*c));
        let small = characters().filter(|c| self.lists.small.contains(*c)).count();
        self.is_unspaced().then(|| small as f64 / characters().count().max(1) as f64)
    }

    /// Whether words are not parted by spaces.
    pub(crate) fn is_unspaced(&self) -> bool {
        !self.lists.small.is_empty()
    }

    /// The words of `raw` in order; where words are not parted by spaces, every two neighbouring characters.
    pub(crate) fn words(&self, raw: &str) -> Vec<Word> {
        let stemmer = self.stem.map(Stemmer::create);
        let mut words = Vec::new();
        let mut run: Vec<(usize, &str)> = Vec::new();
        for (at, word) in raw.unicode_word_indices() {
            if self.is_unspaced() && word.chars().all(is_unspaced) {
                if run.last().is_some_and(|(before, last)| before + last.len() != at) {
                    self.pairs(&std::mem::take(&mut run), &mut words);
                }
                run.push((at, word));
                continue;
            }
            self.pairs(&std::mem::take(&mut run), &mut words);
            let (elided, rest) = self.parted(word);
            words.extend(elided.map(|part| self.word(part, at..at + part.len(), stemmer.as_ref())));
            let from = at + word.len() - rest.len();
            words.push(self.word(rest, from..at + word.len(), stemmer.as_ref()));
        }
        self.pairs(&run, &mut words);
        words
    }

    /// The part before an apostrophe, when it is tied to the rest, and the rest.
    fn parted<'w>(&self, word: &'w str) -> (Option<&'w str>, &'w str) {
        let parts = word.split_once(['\'', '’']);
        let tied = parts.filter(|(part, rest)| {
            !rest.is_empty() && self.lists.elided.contains(part.to_lowercase().as_str())
        });
        tied.map_or((None, word), |(part, rest)| (Some(part), rest))
    }

    fn word(&self, written: &str, at: Range<usize>, stemmer: Option<&Stemmer>) -> Word {
        let lower = written.to_lowercase().replace('’', "'");
        let stem = match stemmer {
            Some(stemmer) => stemmer.stem(&lower).into_owned(),
            None => self.without_ending(&lower).to_owned(),
        };
        let stop = self.lists.stop.contains(&lower);
        let negation = self.lists.negations.contains(&lower);
        Word { form: Arc::new(Form::new(lower, stem, negation)), at, stop, filler: false }
    }

    fn without_ending<'w>(&self, word: &'w str) -> &'w str {
        let stems = self.lists.endings.iter().filter_map(|ending| word.strip_suffix(ending.as_str()));
        stems.into_iter().find(|stem| stem.chars().count() >= LEAST_STEM).unwrap_or(word)
    }

    /// Every two neighbours of a run of characters; a character that is alone.
    fn pairs(&self, run: &[(usize, &str)], words: &mut Vec<Word>) {
        let is_small = |character: &str| self.lists.small.contains(character);
        let mut push = |parts: &[(usize, &str)]| {
            let (Some((start, _)), Some((last, end))) = (parts.first(), parts.last()) else { return };
            let lower: String = parts.iter().map(|(_, part)| *part).collect();
            let negation = parts.first().is_some_and(|(_, part)| self.lists.negations.contains(*part));
            words.push(Word {
                form: Arc::new(Form::new(lower.clone(), lower, negation)),
                at: *start..last + end.len(),
                stop: parts.iter().all(|(_, part)| is_small(part)),
                filler: false,
            });
        };
        match run {
            [_] => push(run),
            _ => run.windows(2).for_each(push),
        }
    }
}

/// Whether a character is of a script that parts no words by spaces (Han).
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    fn of(code: &str) -> &'static Language {
        Language::of(code).expect("a language")
    }

    #[test]
    fn the_lists_of_every_language_are_there() {
        for code in ["de", "es", "fr", "hi", "zh"] {
            let lists = &of(code).lists;
            assert!(!lists.negations.is_empty() && !lists.unknown.is_empty(), "{code}");
            assert!(lists.stop.len() > 100 || lists.small.chars().count() > 80, "{code}");
        }
        assert!(Language::of("en").is_none() && Language::of("is").is_none());
    }

    #[test]
    fn words_are_led_back_to_their_stems_and_stand_where_they_stand() {
        for (code, one, other) in [
            ("de", "Die Berichte wurden geprüft.", "Ich prüfte den Bericht."),
            ("es", "Revisamos los informes.", "Revisé el informe."),
            ("fr", "L’équipe a vérifié.", "Je vérifie avec les équipes."),
            ("hi", "मैंने रिपोर्टों को जाँचा।", "रिपोर्ट की जाँच की।"),
        ] {
            let (one, other) = (Text::of(one, code), Text::of(other, code));
            let shared = one.content_set().intersection(&other.content_set()).count();
            assert!(shared >= 1, "{code}: {:?} {:?}", one.content_set(), other.content_set());
            let stands =
                |word: &Word| one.raw[word.at.clone()].to_lowercase().replace('’', "'") == word.lower;
            assert!(one.words.iter().all(stands), "{code}");
        }
    }

    #[test]
    fn characters_are_taken_two_by_two_within_a_run() {
        let text = Text::of("我用API导出，再核对。", "zh");
        let words: Vec<&str> = text.words.iter().map(|word| word.lower.as_str()).collect();
        assert_eq!(words, ["我用", "api", "导出", "再核", "核对"]);
        assert_eq!(text.sentences.len(), 1);
        assert!(Text::of("我没有导出。", "zh").words.iter().any(|word| word.negation));
    }

    fn is_unknown(said: &str, code: &str) -> bool {
        crate::assess::says_unknown(&Text::of(said, code))
    }

    #[test]
    fn what_is_not_known_is_heard() {
        for (code, said) in [
            ("de", "Das weiß ich nicht."),
            ("es", "No lo sé."),
            ("fr", "Aucune idée, désolé."),
            ("hi", "मुझे नहीं पता।"),
            ("zh", "这个我不太清楚。"),
        ] {
            assert!(is_unknown(said, code), "{code}");
        }
        let known = "我先核对库存，不知道缺货原因的时候就打电话给供应商，然后把结果写进表格，再告诉客户什么时候能到货。";
        assert!(!is_unknown(known, "zh"));
    }

    #[test]
    fn a_row_of_terms_is_no_sentence() {
        use crate::features::is_keyword_salad;
        assert!(is_keyword_salad(&Text::of("库存周转率采购预算供应商评估物流成本订单交付质量", "zh")));
        assert!(!is_keyword_salad(&Text::of("我先看库存，再跟供应商谈价格，最后把结果告诉客户。", "zh")));
        let german =
            "Ich habe zuerst den Bestand geprüft und dann mit dem Lieferanten über den Preis gesprochen.";
        assert!(!is_keyword_salad(&Text::of(german, "de")));
    }
}
