//! Spending caps: what a call may cost is held before it is sent, and settled with what it did cost.

use crate::error::LlmError;
use crate::model::{Format, ModelName, Request, Usage};
use crate::prices::{Price, Prices};
use greenroom_upstream::Kind;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Bytes of a token when nobody has counted: fewer than in most languages, so that too much is held, not too
/// little.
const BYTES_PER_TOKEN: u64 = 3;
/// Tokens that a vendor adds to a message, generously.
const TOKENS_PER_MESSAGE: u64 = 8;

/// Says what day it is.
pub trait Calendar: Send + Sync {
    /// Whole days since 1970-01-01, UTC.
    fn day(&self) -> i64;
}

impl<F: Fn() -> i64 + Send + Sync> Calendar for F {
    fn day(&self) -> i64 {
        self()
    }
}

/// What may be spent, in micro-dollars; `None` is no cap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Caps {
    /// For one interview.
    pub interview: Option<u64>,
    /// For one day, UTC.
    pub day: Option<u64>,
    /// Whether models without a known price may be asked although a cap is set. Default: no, since nobody could
    /// say when the cap is reached.
    pub unpriced: bool,
}

/// What was spent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// Micro-dollars of all calls that have ended.
    pub micros: u64,
    /// Calls that have ended and whose price is not known: `micros` does not hold them.
    pub unpriced_calls: u64,
}

impl Spent {
    fn plus(self, other: Self) -> Self {
        Self {
            micros: self.micros.saturating_add(other.micros),
            unpriced_calls: self.unpriced_calls.saturating_add(other.unpriced_calls),
        }
    }

    fn minus(self, other: Self) -> Self {
        Self {
            micros: self.micros.saturating_sub(other.micros),
            unpriced_calls: self.unpriced_calls.saturating_sub(other.unpriced_calls),
        }
    }
}

/// The books of all interviews, in memory. An interview without a call for a whole day (UTC) is forgotten, and all are
/// with the process: whoever knows better says so with [`Budget::remember`].
pub struct Budget {
    caps: Caps,
    prices: Prices,
    calendar: Box<dyn Calendar>,
    books: Mutex<Books>,
}

#[derive(Default)]
struct Books {
    day: i64,
    today: Account,
    /// What others have spent on this day, and this process before it was started.
    elsewhere: Spent,
    /// What this process has stored of this day.
    stored: Spent,
    unstored: BTreeMap<(i64, String), Spent>,
    interviews: HashMap<Arc<str>, Account>,
}

#[derive(Clone, Copy, Default)]
struct Account {
    spent: Spent,
    held: u64,
    last_day: i64,
}

impl Account {
    /// Whether `more` fits under the cap beside what is spent and what is under way.
    fn has_room(&self, cap: Option<u64>, more: u64) -> bool {
        let due = self.spent.micros.saturating_add(self.held).saturating_add(more);
        cap.is_none_or(|cap| due <= cap)
    }

    fn settle(&mut self, held: u64, cost: Option<u64>) {
        self.held = self.held.saturating_sub(held);
        self.spent.micros = self.spent.micros.saturating_add(cost.unwrap_or(0));
        self.spent.unpriced_calls += u64::from(cost.is_none());
    }
}

impl Books {
    /// Begins a new day when it has come. A clock that is set back does not bring an old one again.
    fn turn_to(&mut self, day: i64) {
        if day > self.day {
            self.day = day;
            self.today = Account::default();
            (self.elsewhere, self.stored) = (Spent::default(), Spent::default());
            self.interviews.retain(|_, account| account.held > 0 || account.last_day >= day - 1);
        }
    }

    fn interview(&mut self, name: &Arc<str>) -> &mut Account {
        let day = self.day;
        let account = self.interviews.entry(Arc::clone(name)).or_default();
        account.last_day = day;
        account
    }
}

impl Budget {
    /// Empty books.
    pub fn new(caps: Caps, prices: Prices, calendar: impl Calendar + 'static) -> Self {
        Self { caps, prices, calendar: Box::new(calendar), books: Mutex::default() }
    }

    /// The caps.
    pub fn caps(&self) -> Caps {
        self.caps
    }

    /// The price of a model, if it is known.
    pub fn price(&self, model: &ModelName) -> Option<Price> {
        self.prices.of(model)
    }

    /// Whether a model may be asked at all: with a cap, one without a known price is not.
    pub fn asks(&self, model: &ModelName) -> bool {
        let capped = self.caps.day.is_some() || self.caps.interview.is_some();
        self.caps.unpriced || !capped || self.prices.of(model).is_some()
    }

    /// What this day (UTC) has cost so far, with what others have spent ([`Budget::learn`]).
    pub fn spent_today(&self) -> Spent {
        let books = self.books();
        books.today.spent.plus(books.elsewhere)
    }

    /// What was spent and is not stored yet, by day and provider. Say [`Budget::stored`] when it is.
    pub fn unstored(&self) -> Vec<(i64, String, Spent)> {
        let books = self.books();
        books.unstored.iter().map(|((day, provider), spent)| (*day, provider.clone(), *spent)).collect()
    }

    /// These were stored, as [`Budget::unstored`] gave them.
    pub fn stored(&self, sums: &[(i64, String, Spent)]) {
        let mut books = self.books();
        for (day, provider, spent) in sums {
            let key = (*day, provider.clone());
            let left = books.unstored.get(&key).map(|all| all.minus(*spent)).unwrap_or_default();
            match left == Spent::default() {
                true => books.unstored.remove(&key),
                false => books.unstored.insert(key, left),
            };
            if *day == books.day {
                books.stored = books.stored.plus(*spent);
            }
        }
    }

    /// What all have stored of `day`, this process too: the cap of the day holds for all together.
    pub fn learn(&self, day: i64, stored_by_all: Spent) {
        let mut books = self.books();
        if day == books.day {
            books.elsewhere = stored_by_all.minus(books.stored);
        }
    }

    /// What an interview has cost so far.
    pub fn spent_by(&self, interview: &str) -> Spent {
        self.books().interviews.get(interview).map(|account| account.spent).unwrap_or_default()
    }

    /// Raises what an interview has cost to at least `micros`: for a caller that has kept the costs of its calls over
    /// a restart. What the day has cost stays as it is.
    pub fn remember(&self, interview: &str, micros: u64) {
        let mut books = self.books();
        let spent = &mut books.interview(&interview.into()).spent;
        spent.micros = spent.micros.max(micros);
    }

    /// Holds what a call may cost at most, as far as that can be told before. [`Kind::OverBudget`] when it does
    /// not fit under a cap; calls that cost nothing always do.
    pub(crate) fn hold(self: &Arc<Self>, model: &ModelName, request: &Request) -> Result<Held, LlmError> {
        let interview = request.account.as_ref();
        let input = input_tokens(request);
        let most = Usage { input, output: u64::from(request.max_tokens), ..Usage::default() };
        let amount = match self.prices.of(model) {
            Some(price) => price.cost(most),
            None if self.caps.unpriced || !self.has_cap(interview) => 0,
            None => return Err(refusal(model, "no price is known for it; set one, or allow models without")),
        };
        let mut books = self.books();
        let elsewhere = books.elsewhere.micros;
        if amount > 0 && !books.today.has_room(self.caps.day, amount.saturating_add(elsewhere)) {
            return Err(refusal(model, "the call could exceed what may be spent on one day (UTC)"));
        }
        if let Some(name) = interview {
            let account = books.interview(name);
            if amount > 0 && !account.has_room(self.caps.interview, amount) {
                return Err(refusal(model, "the call could exceed what may be spent on one interview"));
            }
            account.held += amount;
        }
        books.today.held += amount;
        let (day, interview) = (books.day, interview.cloned());
        Ok(Held { budget: Arc::clone(self), interview, day, amount, input })
    }

    fn has_cap(&self, interview: Option<&Arc<str>>) -> bool {
        self.caps.day.is_some() || (interview.is_some() && self.caps.interview.is_some())
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        let mut books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        books.turn_to(self.calendar.day());
        books
    }
}

/// What is held for one call, until it is settled or released.
#[must_use]
pub(crate) struct Held {
    budget: Arc<Budget>,
    interview: Option<Arc<str>>,
    day: i64,
    amount: u64,
    input: u64,
}

impl Held {
    /// Settles with what the vendor counted; what it did not count is estimated from the request and from the
    /// bytes of text that came. Gives what was booked, micro-dollars; `None` when the price is not known.
    pub(crate) fn settle(self, model: &ModelName, counted: Usage, bytes: u64) -> Option<u64> {
        let usage = Usage {
            input: if counted.input == 0 { self.input } else { counted.input },
            cached: counted.cached,
            output: if counted.output == 0 { tokens(bytes) } else { counted.output },
            micros: None,
        };
        let price = self.budget.prices.of(model);
        // A line may answer with a model whose price is not known: then what was held is the best guess.
        let cost = price.map(|price| price.cost(usage)).or((self.amount > 0).then_some(self.amount));
        self.book(&model.provider, cost);
        self.close(cost);
        cost
    }

    /// The call cost nothing.
    pub(crate) fn release(self) {
        self.close(Some(0));
    }

    /// For those who share the day's cap.
    fn book(&self, provider: &str, cost: Option<u64>) {
        let more = Spent { micros: cost.unwrap_or(0), unpriced_calls: u64::from(cost.is_none()) };
        if more == Spent::default() {
            return;
        }
        let mut books = self.budget.books();
        let sum = books.unstored.entry((self.day, provider.to_owned())).or_default();
        *sum = sum.plus(more);
    }

    fn close(&self, cost: Option<u64>) {
        let mut books = self.budget.books();
        // A call belongs to the day on which it began.
        if books.day == self.day {
            books.today.settle(self.amount, cost);
        }
        if let Some(name) = &self.interview {
            books.interview(name).settle(self.amount, cost);
        }
    }
}

/// Tokens of a request, rather too many than too few.
fn input_tokens(request: &Request) -> u64 {
    let schema = match &request.format {
        Format::Text => 0,
        Format::Json { schema, .. } => schema.to_string().len(),
    };
    let texts: usize = request.messages.iter().map(|message| message.text.len()).sum();
    let messages = request.messages.len() as u64 + 1;
    tokens((request.system.len() + texts + schema) as u64) + messages * TOKENS_PER_MESSAGE
}

fn tokens(bytes: u64) -> u64 {
    bytes.div_ceil(BYTES_PER_TOKEN)
}

fn refusal(model: &ModelName, reason: &str) -> LlmError {
    LlmError {
        provider: model.provider.clone(),
        kind: Kind::OverBudget,
        message: format!("{} was not asked: {reason}", model.model),
    }
}
