//! How a run of text is set: whether a reader sees it, and how large it is.

use quick_xml::events::BytesStart;

/// Text under this size, in points, is not meant to be read.
const TINY_POINTS: f32 = 3.0;

/// Formatting that decides whether text is visible.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RunFormat {
    is_vanished: bool,
    is_white: bool,
    has_background: bool,
    /// Points; 0 when the run does not say.
    pub(super) size: f32,
}

impl RunFormat {
    /// Takes up one element of `w:rPr`.
    pub(super) fn read(&mut self, name: &str, element: &BytesStart<'_>) {
        let value = attribute(element, "val");
        let is_on = !matches!(value.as_deref(), Some("0" | "false" | "none"));
        match name {
            "vanish" | "specVanish" => self.is_vanished = is_on,
            "color" => self.is_white = value.is_some_and(|hex| is_near_white(&hex)),
            "highlight" => self.has_background = is_on,
            "shd" => self.has_background = has_dark_fill(element),
            "sz" => self.size = value.and_then(|v| v.parse::<f32>().ok()).map_or(0.0, |half| half / 2.0),
            _ => {}
        }
    }

    /// True when a reader cannot see the text; `on_background` when what lies below it is not white.
    pub(super) fn is_hidden(self, on_background: bool) -> bool {
        self.is_vanished
            || (self.is_white && !self.has_background && !on_background)
            || (self.size > 0.0 && self.size < TINY_POINTS)
    }
}

/// True for a `w:shd` whose fill is a colour that white text can be read on.
pub(super) fn has_dark_fill(element: &BytesStart<'_>) -> bool {
    attribute(element, "fill").is_some_and(|fill| fill != "auto" && !is_near_white(&fill))
}

/// An attribute's value by its local name.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element
        .attributes()
        .flatten()
        .find(|a| a.key.local_name().into_inner() == name)
        .map(|a| a.value.to_string())
}

fn is_near_white(hex: &str) -> bool {
    hex.len() == 6
        && [0, 2, 4].iter().all(|at| {
            hex.get(*at..at + 2).is_some_and(|c| u8::from_str_radix(c, 16).is_ok_and(|v| v >= 0xF5))
        })
}
