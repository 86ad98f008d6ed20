//! Reads JSON as JSON Schema means it: `28.0` is an integer, an array is no object, and what does not fit is
//! told with its place.

use serde::de::value::StrDeserializer;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, Expected, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, Visitor,
};
use serde_json::{Map, Number, Value};
use std::fmt;

/// Largest whole number that a float holds exactly.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

/// Why a body cannot be used.
#[derive(Debug)]
pub(crate) enum Unreadable {
    /// There is none.
    Empty,
    /// It is not UTF-8.
    Encoding,
    /// It is not JSON.
    Syntax(serde_json::Error),
    /// It is JSON of another form than expected.
    Form(Misfit),
}

/// What does not fit, and where.
#[derive(Debug)]
pub(crate) struct Misfit {
    /// Keys and positions from the outside in; empty for the whole body.
    path: Vec<String>,
    /// For people.
    pub(crate) reason: String,
}

impl Misfit {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self { path: Vec::new(), reason: reason.into() }
    }

    /// The place, for example `posting.skills.0.name`.
    pub(crate) fn place(&self) -> String {
        self.path.join(".")
    }

    pub(crate) fn inside(mut self, step: impl Into<String>) -> Self {
        self.path.insert(0, step.into());
        self
    }
}

pub(crate) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|_| Unreadable::Encoding)?;
    // Some programs put a byte order mark before UTF-8.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(Unreadable::Empty);
    }
    let value: Value = serde_json::from_str(text).map_err(Unreadable::Syntax)?;
    T::deserialize(Strict(value)).map_err(Unreadable::Form)
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Misfit {}

impl de::Error for Misfit {
    fn custom<T: fmt::Display>(message: T) -> Self {
        let message = message.to_string();
        let reason = if message.starts_with("UUID parsing failed") {
            "This is not an id.".to_owned()
        } else {
            format!("This cannot be used: {message}.")
        };
        Self { path: Vec::new(), reason }
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let reason = format!("Send {} here, not {}.", wanted(&expected.to_string()), given(found));
        Self { path: Vec::new(), reason }
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        match found {
            Unexpected::Signed(_) | Unexpected::Unsigned(_) => {
                Self { path: Vec::new(), reason: "This number is out of range.".to_owned() }
            }
            _ => Self::invalid_type(found, expected),
        }
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self { path: Vec::new(), reason: format!("Choose one of: {}.", expected.join(", ")) }
    }

    fn missing_field(field: &'static str) -> Self {
        Self { path: vec![field.to_owned()], reason: "This is needed.".to_owned() }
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self { path: vec![field.to_owned()], reason: "Give this once.".to_owned() }
    }
}

/// What was expected, for people.
fn wanted(expected: &str) -> &str {
    match expected {
        "a string" => "text",
        "a boolean" => "true or false",
        "a sequence" => "a list",
        "f32" | "f64" => "a number",
        "u8" | "u16" | "u32" | "u64" | "usize" | "i8" | "i16" | "i32" | "i64" => "a whole number",
        other => other,
    }
}

/// What was found, for people.
fn given(found: Unexpected<'_>) -> &'static str {
    match found {
        Unexpected::Bool(_) => "true or false",
        Unexpected::Signed(_) | Unexpected::Unsigned(_) => "a number",
        Unexpected::Float(_) => "a fraction",
        Unexpected::Char(_) | Unexpected::Str(_) | Unexpected::Bytes(_) => "text",
        Unexpected::Unit | Unexpected::Option => "null",
        Unexpected::Seq => "a list",
        _ => "an object",
    }
}

struct Strict(Value);

fn unexpected(value: &Value) -> Unexpected<'_> {
    match value {
        Value::Null => Unexpected::Unit,
        Value::Bool(given) => Unexpected::Bool(*given),
        Value::Number(number) => Unexpected::Float(number.as_f64().unwrap_or(f64::NAN)),
        Value::String(text) => Unexpected::Str(text),
        Value::Array(_) => Unexpected::Seq,
        Value::Object(_) => Unexpected::Map,
    }
}

fn number<'de, V: Visitor<'de>>(number: &Number, visitor: V) -> Result<V::Value, Misfit> {
    if let Some(whole) = number.as_u64() {
        return visitor.visit_u64(whole);
    }
    if let Some(whole) = number.as_i64() {
        return visitor.visit_i64(whole);
    }
    let float = number.as_f64().unwrap_or(f64::NAN);
    if float.fract() != 0.0 || float.abs() >= MAX_EXACT {
        return visitor.visit_f64(float);
    }
    if float < 0.0 { visitor.visit_i64(float as i64) } else { visitor.visit_u64(float as u64) }
}

impl<'de> Deserializer<'de> for Strict {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(given) => visitor.visit_bool(given),
            Value::Number(given) => number(&given, visitor),
            Value::String(text) => visitor.visit_string(text),
            Value::Array(items) => visitor.visit_seq(Items { left: items.into_iter().enumerate() }),
            Value::Object(entries) => visitor.visit_map(Entries::new(entries)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match self.0 {
            Value::Object(entries) => visitor.visit_map(Entries::new(entries)),
            other => Err(de::Error::invalid_type(unexpected(&other), &"an object")),
        }
    }

    /// Choices are plain words; none of the bodies has one with data.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match &self.0 {
            Value::String(text) => {
                let word: StrDeserializer<'_, Misfit> = text.as_str().into_deserializer();
                visitor.visit_enum(word)
            }
            other => Err(de::Error::invalid_type(unexpected(other), &"a string")),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map identifier ignored_any
    }
}

struct Items {
    left: std::iter::Enumerate<std::vec::IntoIter<Value>>,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Misfit> {
        let Some((position, value)) = self.left.next() else { return Ok(None) };
        seed.deserialize(Strict(value)).map(Some).map_err(|misfit| misfit.inside(position.to_string()))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left.len())
    }
}

struct Entries {
    left: serde_json::map::IntoIter,
    value: Option<(String, Value)>,
}

impl Entries {
    fn new(entries: Map<String, Value>) -> Self {
        Self { left: entries.into_iter(), value: None }
    }
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Misfit> {
        let Some((key, value)) = self.left.next() else { return Ok(None) };
        let read = seed.deserialize(StrDeserializer::new(&key))?;
        self.value = Some((key, value));
        Ok(Some(read))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misfit> {
        let (key, value) =
            self.value.take().ok_or_else(|| de::Error::custom("a value was asked for before its key"))?;
        seed.deserialize(Strict(value)).map_err(|misfit| misfit.inside(key))
    }
}

#[cfg(test)]
mod tests;
