//! Reads a query string, where everything is a word, and says of what does not fit where it stands.

use crate::json_body::Misfit;
use serde::de::value::MapDeserializer;
use serde::de::{self, DeserializeOwned, Deserializer, IntoDeserializer, Visitor};

/// What is needed, from the pairs of a query string.
pub(crate) fn read<T: DeserializeOwned>(pairs: Vec<(String, String)>) -> Result<T, Misfit> {
    let pairs = pairs.into_iter().map(|(key, word)| (key.clone(), Word { key, word }));
    T::deserialize(MapDeserializer::new(pairs))
}

/// A word with the name it stands behind.
struct Word {
    key: String,
    word: String,
}

impl<'de> IntoDeserializer<'de, Misfit> for Word {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl Word {
    fn number(&self) -> Result<u64, Misfit> {
        self.word.parse().map_err(|_| self.misfit("Send a whole number here."))
    }

    fn misfit(&self, reason: &str) -> Misfit {
        Misfit::new(reason).inside(self.key.as_str())
    }
}

impl<'de> Deserializer<'de> for Word {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_string::<Misfit>(self.word).map_err(|misfit| misfit.inside(self.key))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        let word: de::value::StringDeserializer<Misfit> = self.word.into_deserializer();
        visitor.visit_enum(word).map_err(|misfit| misfit.inside(self.key))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.word.as_str() {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => Err(self.misfit("Choose one of: true, false.")),
        }
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_u64::<Misfit>(self.number()?).map_err(|misfit| misfit.inside(self.key))
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use serde::Deserialize;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Asked {
        limit: Option<u64>,
        small: Option<u32>,
        level: Option<Level>,
        whole: Option<bool>,
        q: String,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "snake_case")]
    enum Level {
        Low,
        High,
    }

    fn asked(pairs: &[(&str, &str)]) -> Result<Asked, (String, String)> {
        let pairs = pairs.iter().map(|(key, word)| ((*key).to_owned(), (*word).to_owned())).collect();
        read(pairs).map_err(|misfit| (misfit.place(), misfit.reason))
    }

    #[test]
    fn words_become_what_they_stand_for() {
        let read = asked(&[("limit", "7"), ("other", "x"), ("level", "high"), ("whole", "true"), ("q", "7")]);
        let (level, whole) = (Some(Level::High), Some(true));
        let expected = Asked { limit: Some(7), small: None, level, whole, q: "7".to_owned() };
        assert_eq!(read, Ok(expected));
    }

    #[test]
    fn what_does_not_fit_is_told_with_its_place() {
        let cases = [
            (vec![("limit", "-1")], "limit", "Send a whole number here."),
            (vec![("limit", "18446744073709551616")], "limit", "Send a whole number here."),
            (vec![("small", "4294967296")], "small", "This number is out of range."),
            (vec![("level", "top")], "level", "Choose one of: low, high."),
            (vec![("whole", "1")], "whole", "Choose one of: true, false."),
            (vec![("q", "a"), ("q", "b")], "q", "Give this once."),
            (vec![], "q", "This is needed."),
        ];
        for (pairs, place, reason) in cases {
            assert_eq!(asked(&pairs), Err((place.to_owned(), reason.to_owned())), "{pairs:?}");
        }
    }
}
