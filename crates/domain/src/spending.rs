//! What language models cost.

/// What one provider cost on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DaySpending {
    /// Whole days since 1970-01-01, UTC.
    pub day: i64,
    /// Name of the provider in the settings.
    pub provider: String,
    /// Micro-dollars of calls whose price is known.
    pub micros: u64,
    /// Calls whose price is not known.
    pub unpriced_calls: u64,
}
