//! A drawing device that keeps glyphs and their places instead of painting them.

use super::actual_text::Spans;
use super::hidden::{Canvas, Rgb, Visibility};
use hayro_interpret::font::{Glyph as FontGlyph, GlyphRun, PositionedGlyph};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::Dict;
use hayro_interpret::kurbo::{BezPath, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask,
};
use std::collections::HashSet;
use unicode_normalization::char::is_combining_mark;

/// Glyph space has this many units to the em.
const UNITS_PER_EM: f64 = 1000.0;
/// Visible glyphs that are kept of one page.
const MAX_GLYPHS: usize = 200_000;

/// The payload of the unwinding that stops an endless drawing: the interpreter has no other way out.
pub(super) struct OverBudget;

/// A glyph on the page, y downwards, in points.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub(super) text: String,
    /// Left end of the baseline.
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) advance: f64,
    pub(super) size: f64,
    /// Direction of the baseline in degrees, 0 for upright text.
    pub(super) angle: i32,
}

impl Glyph {
    fn center(&self) -> Point {
        let direction = f64::from(self.angle).to_radians();
        let (sin, cos) = direction.sin_cos();
        let (along, up) = (self.advance / 2.0, self.size * 0.3);
        Point::new(self.x + along * cos + up * sin, self.y + along * sin - up * cos)
    }

    fn key(&self) -> (i64, i64, &str) {
        #[expect(clippy::cast_possible_truncation, reason = "a place on the page, rounded to points")]
        (self.x.round() as i64, self.y.round() as i64, self.text.as_str())
    }
}

/// The text of one page.
pub(super) struct PageContent {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) has_hidden_text: bool,
    pub(super) has_ocr_layer: bool,
    /// Glyphs for which the file names no letter.
    pub(super) unreadable_glyphs: usize,
}

/// Collects the glyphs of one page.
pub(super) struct TextDevice {
    canvas: Canvas,
    glyphs: Vec<(Glyph, Visibility)>,
    unreadable_glyphs: usize,
    has_page_image: bool,
    spans: Spans,
    budget: u64,
}

impl TextDevice {
    /// A device for a page of the given area that gives up after `budget` operations.
    pub(super) fn new(page: Rect, budget: u64) -> Self {
        let canvas = Canvas::new(page);
        Self {
            canvas,
            glyphs: Vec::new(),
            unreadable_glyphs: 0,
            has_page_image: false,
            spans: Spans::default(),
            budget,
        }
    }

    /// Operations that are left for the next pages.
    pub(super) fn budget_left(&self) -> u64 {
        self.budget
    }

    /// Tells apart what is seen, the text layer of a scan and hidden text.
    pub(super) fn finish(self) -> PageContent {
        let count = |wanted| self.glyphs.iter().filter(|(_, seen)| *seen == wanted).count();
        let behind = count(Visibility::BehindScan);
        let has_ocr_layer = self.has_page_image && behind > 9 * count(Visibility::Visible);
        let is_kept = |seen: Visibility| {
            seen == Visibility::Visible || (has_ocr_layer && seen == Visibility::BehindScan)
        };
        let (kept, hidden): (Vec<_>, Vec<_>) = self.glyphs.into_iter().partition(|(_, seen)| is_kept(*seen));
        // Outlined text is filled and stroked: one of the two may be invisible, the letter is not.
        let seen: HashSet<_> = kept.iter().map(|(glyph, _)| glyph.key()).collect();
        let lost = hidden.iter().filter(|(g, _)| is_word(&g.text) && !seen.contains(&g.key())).count();
        let glyphs = kept.iter().map(|(glyph, _)| glyph.clone()).collect();
        PageContent {
            glyphs,
            has_hidden_text: lost >= 3,
            has_ocr_layer,
            unreadable_glyphs: self.unreadable_glyphs,
        }
    }

    fn spend(&mut self, operations: u64) {
        match self.budget.checked_sub(operations) {
            Some(left) => self.budget = left,
            None => std::panic::resume_unwind(Box::new(OverBudget)),
        }
    }

    fn cover(&mut self, area: Rect, with: Visibility) {
        for (glyph, seen) in &mut self.glyphs {
            if *seen == Visibility::Visible && area.contains(glyph.center()) {
                *seen = with;
            }
        }
    }

    fn add(&mut self, positioned: &PositionedGlyph<'_>, props: &DrawProps<'_>, mode: &DrawMode) {
        let transform = props.transform * positioned.transform();
        let [a, b, c, d, x, y] = transform.as_coeffs();
        let size = c.hypot(d) * UNITS_PER_EM;
        if ![x, y, size].iter().all(|v| v.is_finite()) || self.glyphs.len() >= MAX_GLYPHS {
            return;
        }
        let text = match positioned.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            // A cluster whose letters are told apart from its glyphs needs a glyph to stand at.
            None if self.spans.is_open() => char::REPLACEMENT_CHARACTER.to_string(),
            None => {
                self.unreadable_glyphs += 1;
                return;
            }
        };
        let width = match &**positioned {
            FontGlyph::Outline(glyph) => glyph.advance_width(),
            FontGlyph::Type3(glyph) => glyph.advance_width(),
        };
        let scaled = f64::from(width.unwrap_or(0.0)) * a.hypot(b);
        // Marks above and below letters take no room of their own.
        let is_mark = self.spans.is_open() || text.chars().all(is_combining_mark);
        let advance = match scaled {
            scaled if scaled > 0.0 && scaled < 3.0 * size => scaled,
            _ if is_mark && width.is_some() => 0.0,
            _ => size / 2.0,
        };
        #[expect(clippy::cast_possible_truncation, reason = "degrees, -180..=180")]
        let angle = b.atan2(a).to_degrees().round() as i32;
        let glyph = Glyph { text, x, y, advance, size, angle };
        let paint = match &props.paint {
            Paint::Color(colour) => {
                let [r, g, b, alpha] = colour.to_rgba().components();
                Some(([r, g, b], alpha))
            }
            Paint::Pattern(_) => None,
        };
        let paint = if matches!(mode, DrawMode::Invisible) { None } else { paint };
        let seen = match self.canvas.visibility(glyph.center(), size, paint) {
            Visibility::Visible if matches!(mode, DrawMode::Invisible) => Visibility::BehindScan,
            seen => seen,
        };
        self.glyphs.push((glyph, seen));
    }

    fn fill_area(&mut self, area: Rect, props: &DrawProps<'_>) {
        let (colour, alpha): (Option<Rgb>, f32) = match &props.paint {
            Paint::Color(colour) => {
                let [r, g, b, alpha] = colour.to_rgba().components();
                (Some([r, g, b]), alpha)
            }
            Paint::Pattern(_) => (None, 1.0),
        };
        if alpha < 0.9 || props.blend_mode != BlendMode::Normal || props.soft_mask.is_some() {
            return;
        }
        if let Some(painted) = self.canvas.fill(area, colour) {
            self.cover(painted, Visibility::Hidden);
        }
    }
}

fn is_word(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

impl<'a> Device<'a> for TextDevice {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.spend(1 + path.elements().len() as u64);
        if !matches!(mode, DrawMode::Fill(_) | DrawMode::FillAndStroke(..)) {
            return;
        }
        let path = props.transform * path.clone();
        let area = path.bounding_box();
        // Only what is nearly a rectangle hides or carries text as a whole.
        if area.area() > 4.0 && path.area().abs() > 0.9 * area.area() {
            self.fill_area(area, &props);
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.spend(1 + clip.path.elements().len() as u64);
        self.canvas.push_clip(clip.path.bounding_box());
    }

    fn push_transparency_group(&mut self, opacity: f32, _mask: Option<SoftMask<'a>>, _blend: BlendMode) {
        self.spend(1);
        self.canvas.push_opacity(opacity);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.spend(1 + run.glyphs().len() as u64);
        for glyph in run.glyphs() {
            self.add(glyph, &props, mode);
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.spend(1);
        let size = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let Some(painted) = self.canvas.fill(props.transform.transform_rect_bbox(size), None) else { return };
        let is_opaque = props.soft_mask.is_none()
            && match &image {
                Image::Raster(raster) => !raster.stream().dict().contains_key(&b"SMask"[..]),
                Image::Stencil(_) => false,
            };
        if self.canvas.is_page_wide(painted) {
            self.has_page_image = true;
            if is_opaque {
                self.cover(painted, Visibility::BehindScan);
            }
        }
    }

    fn begin_marked_content(&mut self, _tag: &[u8], properties: Option<&Dict<'_>>) {
        self.spend(1);
        self.spans.begin(properties, self.glyphs.len());
    }

    fn end_marked_content(&mut self) {
        if let Some(span) = self.spans.end() {
            let cluster = self.glyphs.split_off(span.first_glyph.min(self.glyphs.len()));
            let (kept, unread) = span.apply(cluster);
            self.glyphs.extend(kept);
            self.unreadable_glyphs += unread;
        }
    }

    fn pop_clip(&mut self) {
        self.canvas.pop_clip();
    }

    fn pop_transparency_group(&mut self) {
        self.canvas.pop_opacity();
    }
}
