//! What a reader can see: clips, backgrounds, colours and what is painted over.

use hayro_interpret::kurbo::{Point, Rect};

/// Red, green and blue, each 0..=1.
pub(super) type Rgb = [f32; 3];

/// Text under this size, in points, is not meant to be read.
const TINY_POINTS: f64 = 3.0;
/// Text this transparent is not seen.
const MIN_ALPHA: f32 = 0.05;
/// Contrast (WCAG ratio, 1 to 21) under which text melts into its background.
const MIN_CONTRAST: f32 = 1.12;
/// Backgrounds that are remembered on one page.
const MAX_FILLS: usize = 4_000;

/// Why a glyph is or is not part of what a reader sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Visibility {
    Visible,
    /// Not painted, or painted over by a page-wide image: the text layer of a scan.
    BehindScan,
    Hidden,
}

/// A filled area; `colour` is unknown for images and patterns.
struct Fill {
    area: Rect,
    colour: Option<Rgb>,
}

/// The page as painted so far.
pub(super) struct Canvas {
    page: Rect,
    clips: Vec<Rect>,
    opacities: Vec<f32>,
    fills: Vec<Fill>,
}

impl Canvas {
    /// A white page.
    pub(super) fn new(page: Rect) -> Self {
        Self { page, clips: Vec::new(), opacities: Vec::new(), fills: Vec::new() }
    }

    pub(super) fn push_clip(&mut self, area: Rect) {
        let current = self.clips.last().copied().unwrap_or(self.page);
        self.clips.push(current.intersect(area));
    }

    pub(super) fn pop_clip(&mut self) {
        self.clips.pop();
    }

    pub(super) fn push_opacity(&mut self, opacity: f32) {
        self.opacities.push(self.opacity() * opacity);
    }

    pub(super) fn pop_opacity(&mut self) {
        self.opacities.pop();
    }

    fn opacity(&self) -> f32 {
        self.opacities.last().copied().unwrap_or(1.0)
    }

    /// Remembers a filled area and returns the part of it that was painted.
    pub(super) fn fill(&mut self, area: Rect, colour: Option<Rgb>) -> Option<Rect> {
        let painted = area.intersect(self.clips.last().copied().unwrap_or(self.page));
        if painted.area() <= 0.0 || self.opacity() < 0.9 {
            return None;
        }
        if self.fills.len() < MAX_FILLS {
            self.fills.push(Fill { area: painted, colour });
        }
        Some(painted)
    }

    /// True when `area` is most of the page.
    pub(super) fn is_page_wide(&self, area: Rect) -> bool {
        area.area() > 0.5 * self.page.area()
    }

    /// Whether a glyph of `size` points around `center` is seen; `paint` is unknown for patterns.
    pub(super) fn visibility(&self, center: Point, size: f64, paint: Option<(Rgb, f32)>) -> Visibility {
        let clip = self.clips.last().copied().unwrap_or(self.page);
        let is_faint = |alpha: f32| alpha * self.opacity() < MIN_ALPHA;
        if size < TINY_POINTS || !clip.inflate(0.5, 0.5).contains(center) || !self.page.contains(center) {
            return Visibility::Hidden;
        }
        match paint {
            Some((_, alpha)) if is_faint(alpha) => Visibility::Hidden,
            Some((colour, _))
                if self.background(center).is_some_and(|b| contrast(colour, b) < MIN_CONTRAST) =>
            {
                Visibility::Hidden
            }
            _ => Visibility::Visible,
        }
    }

    /// The colour below a point; `None` when an image or pattern lies there.
    fn background(&self, point: Point) -> Option<Rgb> {
        match self.fills.iter().rev().find(|fill| fill.area.contains(point)) {
            Some(fill) => fill.colour,
            None => Some([1.0; 3]),
        }
    }
}

/// WCAG contrast ratio of two colours.
fn contrast(a: Rgb, b: Rgb) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(colour: Rgb) -> f32 {
    let linear = colour.map(|c| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLACK: Option<(Rgb, f32)> = Some(([0.0; 3], 1.0));
    const WHITE: Option<(Rgb, f32)> = Some(([1.0; 3], 1.0));

    fn page() -> Canvas {
        Canvas::new(Rect::new(0.0, 0.0, 600.0, 800.0))
    }

    #[test]
    fn white_text_is_hidden_on_white_and_seen_on_dark() {
        let mut canvas = page();
        let at = Point::new(50.0, 50.0);
        assert_eq!(canvas.visibility(at, 10.0, WHITE), Visibility::Hidden);
        canvas.fill(Rect::new(0.0, 0.0, 200.0, 800.0), Some([0.1, 0.2, 0.4]));
        assert_eq!(canvas.visibility(at, 10.0, WHITE), Visibility::Visible);
        assert_eq!(canvas.visibility(Point::new(300.0, 50.0), 10.0, WHITE), Visibility::Hidden);
    }

    #[test]
    fn tiny_clipped_faint_and_outside_text_is_hidden() {
        let mut canvas = page();
        let at = Point::new(50.0, 50.0);
        assert_eq!(canvas.visibility(at, 1.0, BLACK), Visibility::Hidden);
        assert_eq!(canvas.visibility(Point::new(-20.0, 50.0), 10.0, BLACK), Visibility::Hidden);
        assert_eq!(canvas.visibility(at, 10.0, Some(([0.0; 3], 0.01))), Visibility::Hidden);
        canvas.push_clip(Rect::new(100.0, 100.0, 200.0, 200.0));
        assert_eq!(canvas.visibility(at, 10.0, BLACK), Visibility::Hidden);
        canvas.pop_clip();
        assert_eq!(canvas.visibility(at, 10.0, BLACK), Visibility::Visible);
    }

    #[test]
    fn text_on_an_image_is_seen() {
        let mut canvas = page();
        canvas.fill(Rect::new(0.0, 0.0, 600.0, 100.0), None);
        assert_eq!(canvas.visibility(Point::new(50.0, 50.0), 10.0, WHITE), Visibility::Visible);
    }
}
