//! What calls cost: prices as data, amounts in whole micro-dollars.

use crate::model::{ModelName, Usage};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

const MILLION: u128 = 1_000_000;

/// What a model costs, in micro-dollars per million tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// Tokens read.
    pub input: u64,
    /// Tokens read that the vendor had cached.
    pub cached: u64,
    /// Tokens written.
    pub output: u64,
}

impl Price {
    /// Nothing, for models on machines of one's own.
    pub const FREE: Self = Self { input: 0, cached: 0, output: 0 };

    /// What a call cost, micro-dollars, rounded up.
    pub fn cost(self, usage: Usage) -> u64 {
        let cached = usage.cached.min(usage.input);
        let part = |tokens: u64, price: u64| u128::from(tokens) * u128::from(price);
        let total = part(usage.input - cached, self.input)
            .saturating_add(part(cached, self.cached))
            .saturating_add(part(usage.output, self.output));
        u64::try_from(total.div_ceil(MILLION)).unwrap_or(u64::MAX)
    }
}

/// Prices by provider and model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prices {
    local: BTreeSet<String>,
    by_provider: BTreeMap<String, BTreeMap<String, Price>>,
}

/// Why a table of prices cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PricesError {
    /// Not the form of a table of prices.
    #[error("the prices cannot be read: {0}")]
    Form(#[from] toml::de::Error),
    /// A price that is negative, not a number or absurdly high.
    #[error("the price of {provider}/{model} is not an amount of dollars")]
    Amount {
        /// The provider.
        provider: String,
        /// The model.
        model: String,
    },
}

#[derive(Deserialize)]
struct Table {
    #[serde(default)]
    local: BTreeSet<String>,
    #[serde(flatten)]
    by_provider: BTreeMap<String, BTreeMap<String, Row>>,
}

/// Dollars per million tokens.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    input: f64,
    cached: Option<f64>,
    output: f64,
}

impl Row {
    fn price(&self) -> Option<Price> {
        Some(Price {
            input: micro_dollars(self.input)?,
            cached: micro_dollars(self.cached.unwrap_or(self.input))?,
            output: micro_dollars(self.output)?,
        })
    }
}

impl Prices {
    /// The prices of well-known models that this version ships with (`data/prices.toml`).
    pub fn known() -> Self {
        Self::parse(include_str!("../data/prices.toml")).expect("the shipped table is read by a test")
    }

    /// Reads a table of the form of `data/prices.toml`.
    pub fn parse(text: &str) -> Result<Self, PricesError> {
        let table: Table = toml::from_str(text)?;
        let mut prices = Self { local: table.local, by_provider: BTreeMap::new() };
        for (provider, rows) in table.by_provider {
            for (model, row) in rows {
                let Some(price) = row.price() else {
                    return Err(PricesError::Amount { provider, model });
                };
                prices.set(ModelName { provider: provider.clone(), model }, price);
            }
        }
        Ok(prices)
    }

    /// Sets the price of a model, which goes before what was known.
    pub fn set(&mut self, model: ModelName, price: Price) {
        self.by_provider.entry(model.provider).or_default().insert(model.model, price);
    }

    /// The price of a model or of the model that it is a dated version of. `None` when it is not known: never 0. A
    /// provider whose name ends in a number (`openai-2`) has the prices of the one without, unless it is listed itself.
    pub fn of(&self, model: &ModelName) -> Option<Price> {
        let provider = without_number(&model.provider);
        let listed =
            self.by_provider.get(&model.provider).or_else(|| self.by_provider.get(provider)).and_then(
                |rows| {
                    let undated = || without_date(&model.model).and_then(|name| rows.get(name));
                    rows.get(&model.model).or_else(undated)
                },
            );
        listed.copied().or_else(|| self.local.contains(provider).then_some(Price::FREE))
    }
}

/// Whole micro-dollars; `None` for what is negative, not a number or over a million dollars.
pub fn micro_dollars(dollars: f64) -> Option<u64> {
    (0.0..=1e6).contains(&dollars).then(|| (dollars * 1e6).round() as u64)
}

/// `openai-2` without its number.
fn without_number(provider: &str) -> &str {
    match provider.rsplit_once('-') {
        Some((name, number)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            name
        }
        _ => provider,
    }
}

/// `gpt-4o-2024-08-06` and `claude-sonnet-4-5-20250929` without their dates.
fn without_date(model: &str) -> Option<&str> {
    ["-dddd-dd-dd", "-dddddddd"].into_iter().find_map(|form| {
        let (name, date) = model.split_at_checked(model.len().checked_sub(form.len())?)?;
        let fits = |(is, due): (u8, u8)| if due == b'd' { is.is_ascii_digit() } else { is == due };
        (!name.is_empty() && date.bytes().zip(form.bytes()).all(fits)).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(provider: &str, model: &str) -> Option<Price> {
        Prices::known().of(&ModelName { provider: provider.to_owned(), model: model.to_owned() })
    }

    #[test]
    fn a_call_costs_what_the_table_says() {
        let usage = Usage { input: 10_000, cached: 4_000, output: 1_000, micros: None };
        // 6 000 x $0.40, 4 000 x $0.10 and 1 000 x $1.60 for a million each.
        assert_eq!(of("openai", "gpt-4.1-mini").unwrap().cost(usage), 2_400 + 400 + 1_600);
        assert_eq!(of("openai", "gpt-4.1-mini").unwrap().cost(Usage { output: 1, ..Usage::default() }), 2);
    }

    #[test]
    fn dated_versions_cost_what_their_model_costs_unless_they_are_listed() {
        assert_eq!(of("openai", "gpt-4o-2024-08-06"), of("openai", "gpt-4o"));
        assert_eq!(of("anthropic", "claude-sonnet-4-5-20250929"), of("anthropic", "claude-sonnet-4-5"));
        assert_eq!(of("openai", "gpt-4o-2024-05-13").unwrap().input, 5_000_000);
    }

    #[test]
    fn what_is_not_known_has_no_price() {
        for (provider, model) in [
            ("openai", "gpt-4o-audio-preview"),
            ("openai", "gpt-99"),
            ("openai", "-2024-08-06"),
            ("openai", ""),
            ("openai", "gpt-4oé2024-08-06"),
            ("anthropic", "gpt-4o"),
            ("somebody", "gpt-4o"),
        ] {
            assert_eq!(of(provider, model), None, "{provider}/{model}");
        }
    }

    #[test]
    fn a_second_provider_of_a_vendor_has_its_prices() {
        assert_eq!(of("openai-2", "gpt-4o"), of("openai", "gpt-4o"));
        assert_eq!(of("ollama-12", "whatever:8b"), Some(Price::FREE));
        for other in ["openai-", "openai-b", "ollama-cloud", "-2"] {
            assert_eq!(of(other, "gpt-4o"), None, "{other}");
        }
    }

    #[test]
    fn local_models_cost_nothing() {
        assert_eq!(of("ollama", "whatever:8b"), Some(Price::FREE));
        assert_eq!(Price::FREE.cost(Usage { input: u64::MAX, cached: 0, output: u64::MAX, micros: None }), 0);
    }

    #[test]
    fn input_without_a_price_for_cached_costs_the_same_cached() {
        let price = of("groq", "qwen/qwen3.8-27b").unwrap();
        assert_eq!(price.cached, price.input);
    }

    #[test]
    fn every_shipped_price_is_plausible() {
        for (provider, rows) in &Prices::known().by_provider {
            for (model, price) in rows {
                let in_order = price.cached <= price.input && price.input <= price.output;
                assert!(in_order && price.cached > 0, "{provider}/{model}: {price:?}");
                assert!(price.output <= 100_000_000, "{provider}/{model}: {price:?}");
            }
        }
    }

    #[test]
    fn an_operator_may_set_a_price() {
        let model = ModelName { provider: "ollama".to_owned(), model: "rented".to_owned() };
        let price = Price { input: 1, cached: 1, output: 2 };
        let mut prices = Prices::known();
        prices.set(model.clone(), price);
        assert_eq!(prices.of(&model), Some(price));
    }

    #[test]
    fn amounts_that_are_none_are_refused() {
        for amount in ["-1.0", "nan", "inf", "1e9"] {
            let table = format!("[a]\nm = {{ input = {amount}, output = 1.0 }}");
            assert!(matches!(Prices::parse(&table), Err(PricesError::Amount { .. })), "{amount}");
        }
        assert!(matches!(Prices::parse("[a]\nm = 3"), Err(PricesError::Form(_))));
    }

    #[test]
    fn no_amount_overflows() {
        let price = Price { input: u64::MAX, cached: u64::MAX, output: u64::MAX };
        assert_eq!(
            price.cost(Usage { input: u64::MAX, cached: 0, output: u64::MAX, micros: None }),
            u64::MAX
        );
    }
}
