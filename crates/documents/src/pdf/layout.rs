//! Glyphs to fragments: pieces of a line with no wide gap in them.

use super::device::Glyph;
use crate::document::clean;

/// Glyphs whose baselines differ by less than this share of the font size stand on one line.
const SAME_LINE: f64 = 0.35;
/// A gap wider than this, in font sizes, ends a fragment.
const FRAGMENT_GAP: f64 = 0.75;
/// A gap wider than this, in font sizes, is a space between words.
const WORD_GAP: f64 = 0.15;

/// A piece of a line.
#[derive(Clone, Debug)]
pub(super) struct Fragment {
    pub(super) x0: f64,
    pub(super) x1: f64,
    /// Baseline, y downwards.
    pub(super) y: f64,
    pub(super) size: f64,
    pub(super) text: String,
}

/// Fragments of upright text first, then those of each other direction.
pub(super) fn fragments(glyphs: Vec<Glyph>) -> Vec<Vec<Fragment>> {
    let mut angles: Vec<i32> = glyphs.iter().map(|g| g.angle).collect();
    angles.sort_unstable_by_key(|angle| (angle.abs(), *angle));
    angles.dedup();
    // Scattered angles are decoration.
    angles.truncate(8);
    let mut groups = Vec::new();
    for angle in angles {
        let (sin, cos) = (-f64::from(angle).to_radians()).sin_cos();
        let group = glyphs.iter().filter(|g| g.angle == angle).map(|g| {
            let (x, y) = (g.x * cos - g.y * sin, g.x * sin + g.y * cos);
            Glyph { x, y, ..g.clone() }
        });
        groups.push(lines(group.collect()).into_iter().flat_map(split_line).collect());
    }
    groups
}

/// Glyphs by baseline, top to bottom, each line left to right.
fn lines(mut glyphs: Vec<Glyph>) -> Vec<Vec<Glyph>> {
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut lines: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        match lines.last_mut() {
            Some(line) if glyph.y - line[0].y < SAME_LINE * line[0].size.max(glyph.size) => line.push(glyph),
            _ => lines.push(vec![glyph]),
        }
    }
    for line in &mut lines {
        line.sort_by(|a, b| a.x.total_cmp(&b.x));
    }
    lines
}

fn split_line(line: Vec<Glyph>) -> Vec<Fragment> {
    let tracking = tracking(&line);
    let mut fragments = Vec::new();
    let mut current: Vec<(Glyph, bool)> = Vec::new();
    let mut after_space = false;
    for glyph in line {
        if glyph.text.trim().is_empty() {
            after_space = true;
            continue;
        }
        let gap = match current.last() {
            Some((last, _)) => {
                let is_repeat = last.text == glyph.text && (glyph.x - last.x).abs() < 0.2 * glyph.size;
                if is_repeat {
                    continue;
                }
                (glyph.x - last.x - last.advance) / glyph.size.max(last.size)
            }
            None => 0.0,
        };
        if gap > FRAGMENT_GAP + tracking {
            fragments.push(fragment(std::mem::take(&mut current)));
        }
        let is_word_start = !current.is_empty()
            && (gap > WORD_GAP + tracking || (after_space && gap > 0.05))
            && !(gap < 0.5 && is_wide(&glyph.text) && current.last().is_some_and(|(g, _)| is_wide(&g.text)));
        current.push((glyph, is_word_start));
        after_space = false;
    }
    if !current.is_empty() {
        fragments.push(fragment(current));
    }
    fragments
}

/// Extra space between all letters of the line, in font sizes: "S K I L L S".
fn tracking(line: &[Glyph]) -> f64 {
    let letters: Vec<&Glyph> = line.iter().filter(|g| !g.text.trim().is_empty()).collect();
    let mut gaps: Vec<f64> = letters
        .windows(2)
        .map(|pair| (pair[1].x - pair[0].x - pair[0].advance) / pair[1].size)
        .filter(|gap| *gap < FRAGMENT_GAP)
        .collect();
    if gaps.len() < 4 {
        return 0.0;
    }
    gaps.sort_by(f64::total_cmp);
    gaps[gaps.len() / 2].clamp(0.0, 0.6)
}

fn fragment(glyphs: Vec<(Glyph, bool)>) -> Fragment {
    let (first, last) = (&glyphs[0].0, &glyphs[glyphs.len() - 1].0);
    let (x0, x1) = (first.x, last.x + last.advance);
    let main = glyphs.iter().map(|(g, _)| g).max_by(|a, b| a.size.total_cmp(&b.size)).unwrap_or(first);
    let (y, size) = (main.y, main.size);
    let words: Vec<(String, bool)> = glyphs.into_iter().map(|(g, starts)| (g.text, starts)).collect();
    Fragment { x0, x1, y, size, text: clean(&reading_order(words)) }
}

/// Joins glyphs; those of right-to-left scripts come in visual order and are turned round.
fn reading_order(mut glyphs: Vec<(String, bool)>) -> String {
    let is_rtl =
        |text: &str| text.chars().any(|c| matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FEFC}'));
    if glyphs.iter().filter(|(text, _)| is_rtl(text)).count() * 2 > glyphs.len() {
        // The space before a glyph becomes the space before its right neighbour.
        let starts: Vec<bool> = glyphs.iter().map(|(_, starts)| *starts).collect();
        for (index, glyph) in glyphs.iter_mut().enumerate() {
            glyph.1 = starts.get(index + 1).copied().unwrap_or(false);
        }
        glyphs.reverse();
        let mut from = 0;
        while from < glyphs.len() {
            let length = glyphs[from..].iter().take_while(|(text, _)| !is_rtl(text)).count();
            let first_starts = glyphs.get(from).is_some_and(|g| g.1);
            let run = &mut glyphs[from..from + length];
            if length > 1 {
                run.reverse();
                for at in (1..length).rev() {
                    run[at].1 = run[at - 1].1;
                }
                run[0].1 = first_starts;
            }
            from += length.max(1);
        }
    }
    let mut text = String::new();
    for (glyph, starts_word) in glyphs {
        if starts_word && !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&glyph);
    }
    text
}

/// Chinese, Japanese and Korean letters, which are not separated by spaces.
fn is_wide(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyphs(text: &str, x: f64, y: f64, pitch: f64) -> Vec<Glyph> {
        let place = |(index, c): (usize, char)| Glyph {
            text: c.to_string(),
            x: x + pitch * index as f64,
            y,
            advance: 5.0,
            size: 10.0,
            angle: 0,
        };
        text.chars().enumerate().map(place).collect()
    }

    fn texts(glyphs: Vec<Glyph>) -> Vec<String> {
        fragments(glyphs).into_iter().flatten().map(|f| f.text).collect()
    }

    #[test]
    fn wide_gaps_split_and_spaces_join() {
        let mut all = glyphs("Lead engineer", 50.0, 100.0, 5.0);
        all.extend(glyphs("2019", 300.0, 100.0, 5.0));
        assert_eq!(texts(all), ["Lead engineer", "2019"]);
    }

    #[test]
    fn letters_set_apart_stay_one_word() {
        assert_eq!(texts(glyphs("SKILLS", 50.0, 100.0, 8.0)), ["SKILLS"]);
    }

    #[test]
    fn text_painted_twice_is_read_once() {
        let mut all = glyphs("Ada", 50.0, 100.0, 5.0);
        all.extend(glyphs("Ada", 50.3, 100.0, 5.0));
        assert_eq!(texts(all), ["Ada"]);
    }

    #[test]
    fn hebrew_is_read_from_right_to_left() {
        assert_eq!(texts(glyphs("C++ םולש", 50.0, 100.0, 5.0)), ["שלום C++"]);
    }
}
