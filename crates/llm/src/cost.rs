//! What a whole interview costs with a model.

use crate::budget::Budget;
use crate::model::{ModelName, Usage};
use crate::prices::Price;
use crate::probe::Finding;

/// Tokens of an interview of 20 minutes with the model planning, conversing and judging each answer once, nothing of it
/// cached: 18 calls when they were counted (`cargo test -p greenroom --test cost_of_interview`, 2026-11-21: 35 273 read
/// at four characters a token, and 7 840 written as models usually write).
pub const INTERVIEW: Usage = Usage { input: 35_000, cached: 0, output: 8_000, micros: None };

/// What an interview of 20 minutes costs with this model, and whether the caps of `budget` let it.
pub fn cost_of_interview(budget: &Budget, model: &ModelName) -> Finding {
    const WHAT: &str = "Cost of 20 minutes";
    let Some(price) = budget.price(model) else {
        let unknown = format!("no price is known for {} of {}", model.model, model.provider);
        return if budget.asks(model) {
            Finding::pass(WHAT, format!("{unknown}; see the vendor's price list"))
        } else {
            let what_to_do =
                "so it is not asked while a spending cap is set: take another model, or lift the cap";
            Finding::fail(WHAT, format!("{unknown}, {what_to_do}"))
        };
    };
    if price == Price::FREE {
        return Finding::pass(WHAT, "nothing: it runs on your own machine");
    }
    let micros = price.cost(INTERVIEW);
    let words = format!("about {}, when each answer is judged once", dollars(micros));
    let caps = budget.caps();
    let over = [("one interview", caps.interview), ("one day", caps.day)];
    match over.into_iter().find(|(_, cap)| cap.is_some_and(|cap| cap < micros)) {
        Some((what, Some(cap))) => Finding::fail(
            WHAT,
            format!(
                "{words}, more than {what} may cost ({}); the built-in engine would take over",
                dollars(cap)
            ),
        ),
        _ => Finding::pass(WHAT, words),
    }
}

/// `$0.0432`, `$1.20`: two digits that say something.
fn dollars(micros: u64) -> String {
    let amount = micros as f64 / 1e6;
    let digits = if micros >= 1_000_000 {
        2
    } else if micros >= 10_000 {
        3
    } else {
        4
    };
    format!("${amount:.digits$}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::Caps;
    use crate::prices::Prices;

    fn finding(provider: &str, model: &str, caps: Caps) -> Finding {
        let model = ModelName { provider: provider.to_owned(), model: model.to_owned() };
        cost_of_interview(&Budget::new(caps, Prices::known(), || 0), &model)
    }

    #[test]
    fn a_known_price_is_counted() {
        let found = finding("openai", "gpt-4.1-mini", Caps::default());
        let expected = (INTERVIEW.input * 4 + INTERVIEW.output * 16).div_ceil(10);
        assert_eq!(
            (found.passed, found.words),
            (true, format!("about {}, when each answer is judged once", dollars(expected)))
        );
    }

    #[test]
    fn ones_own_machine_costs_nothing_and_an_unknown_price_is_not_nothing() {
        assert!(finding("ollama", "any", Caps::default()).words.contains("nothing"));
        let unknown = finding("lab", "any", Caps::default());
        assert!(unknown.passed && unknown.words.contains("no price is known"), "{unknown:?}");
        let capped = finding("lab", "any", Caps { day: Some(1), ..Caps::default() });
        assert!(
            !capped.passed && capped.words.contains("not asked while a spending cap is set"),
            "{capped:?}"
        );
    }

    #[test]
    fn a_cap_that_is_too_low_is_told() {
        let found = finding("openai", "gpt-4.1", Caps { interview: Some(1_000), ..Caps::default() });
        assert!(!found.passed && found.words.contains("one interview may cost ($0.0010)"), "{found:?}");
    }

    #[test]
    fn amounts_show_what_says_something() {
        assert_eq!([dollars(432), dollars(43_210), dollars(1_234_567)], ["$0.0004", "$0.043", "$1.23"]);
    }
}
