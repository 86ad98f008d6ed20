//! Reading order: columns are found by the gutters between them, and read one after the other.

use super::layout::Fragment;
use crate::document::Line;
use crate::headings;

/// Rows on each side that make a gutter between columns rather than a gap in a line.
const MIN_COLUMN_ROWS: usize = 3;
/// A gutter is at least this wide, in points.
const MIN_GUTTER: f64 = 8.0;
/// Baselines closer than this, in points, are one row.
const SAME_ROW: f64 = 1.5;
/// Pages with more rows than this are not searched for columns: the search is quadratic.
const MAX_ROWS: usize = 600;
/// Columns within columns, at most.
const MAX_DEPTH: usize = 3;

/// The text of a page in reading order.
pub(super) struct Ordered {
    pub(super) lines: Vec<Line>,
    pub(super) has_columns: bool,
}

/// One row of fragments, left to right.
type Row = Vec<Fragment>;

/// Part of a page that a gutter divides: rows `from..to`, free between `left` and `right`.
#[derive(Clone, Copy, Debug)]
struct Region {
    from: usize,
    to: usize,
    left: f64,
    right: f64,
}

/// Puts the fragments of a page into reading order.
pub(super) fn order(fragments: Vec<Fragment>) -> Ordered {
    let mut out = Ordered { lines: Vec::new(), has_columns: false };
    order_into(rows(fragments), MAX_DEPTH, &mut out);
    out
}

fn order_into(rows: Vec<Row>, depth: usize, out: &mut Ordered) {
    let region = if depth > 0 && rows.len() <= MAX_ROWS { find_region(&rows) } else { None };
    let Some(region) = region else {
        out.lines.extend(lines(&rows));
        return;
    };
    out.has_columns = true;
    let mut above = rows;
    let mut columns = above.split_off(region.from);
    let below = columns.split_off(region.to - region.from);
    let (left, right) = split(&columns, region.left);
    if !above.is_empty() {
        order_into(above, depth - 1, out);
        out.lines.push(Line::default());
    }
    order_into(left, depth - 1, out);
    out.lines.push(Line::default());
    order_into(right, depth - 1, out);
    if !below.is_empty() {
        out.lines.push(Line::default());
        order_into(below, depth - 1, out);
    }
}

fn rows(mut fragments: Vec<Fragment>) -> Vec<Row> {
    fragments.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut rows: Vec<Row> = Vec::new();
    for fragment in fragments {
        match rows.last_mut() {
            Some(row) if fragment.y - row[0].y < SAME_ROW => row.push(fragment),
            _ => rows.push(vec![fragment]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    }
    rows
}

/// The longest run of rows with a common gutter that divides real columns.
fn find_region(rows: &[Row]) -> Option<Region> {
    let mut best: Option<Region> = None;
    for from in 0..rows.len() {
        let mut covered: Vec<(f64, f64)> = Vec::new();
        let mut widest: Option<Region> = None;
        for (at, row) in rows.iter().enumerate().skip(from) {
            row.iter().for_each(|f| cover(&mut covered, f.x0, f.x1));
            // One long line leaves one interval: no gutter can come back.
            if covered.len() == 1 && at > from && rows[from..=at].iter().any(|r| r.len() > 1) {
                break;
            }
            for pair in covered.windows(2) {
                let region = Region { from, to: at + 1, left: pair[0].1, right: pair[1].0 };
                if is_gutter(rows, region) {
                    widest = Some(region);
                }
            }
        }
        if let Some(region) = widest
            && best.is_none_or(|b| region.to - region.from > b.to - b.from)
            && let Some(region) = trim(rows, region)
            && best.is_none_or(|b| region.to - region.from > b.to - b.from)
        {
            best = Some(region);
        }
    }
    best
}

/// Adds an interval to a sorted list of disjoint ones; gaps under the minimum are closed.
fn cover(covered: &mut Vec<(f64, f64)>, x0: f64, x1: f64) {
    let (mut x0, mut x1) = (x0, x1.max(x0));
    covered.retain(|(a, b)| {
        let touches = *a < x1 + MIN_GUTTER && *b > x0 - MIN_GUTTER;
        if touches {
            x0 = x0.min(*a);
            x1 = x1.max(*b);
        }
        !touches
    });
    let at = covered.partition_point(|(a, _)| *a < x0);
    covered.insert(at, (x0, x1));
}

/// Leaves out rows at the ends of a region that lie on one side only and far from the other.
fn trim(rows: &[Row], region: Region) -> Option<Region> {
    let both = |row: &Row| row.iter().any(|f| f.x1 <= region.left + 0.1);
    let other = |row: &Row| row.iter().any(|f| f.x0 >= region.right - 0.1);
    let range = &rows[region.from..region.to];
    let first = range.iter().position(both)?.min(range.iter().position(other)?);
    let last = range.iter().rposition(both)?.max(range.iter().rposition(other)?);
    Some(Region { from: region.from + first, to: region.from + last + 1, ..region })
}

fn split(rows: &[Row], left_end: f64) -> (Vec<Row>, Vec<Row>) {
    let side = |is_left: bool| {
        let rows = rows.iter().map(|row| -> Row {
            row.iter().filter(|f| (f.x1 <= left_end + 0.1) == is_left).cloned().collect()
        });
        rows.filter(|row| !row.is_empty()).collect()
    };
    (side(true), side(false))
}

/// Tells columns from a gap within lines, such as dates set at the right margin or labels at the left.
fn is_gutter(rows: &[Row], region: Region) -> bool {
    let (left, right) = split(&rows[region.from..region.to], region.left);
    if left.len() < MIN_COLUMN_ROWS || right.len() < MIN_COLUMN_ROWS {
        return false;
    }
    let (few, many) = if left.len() < right.len() { (&left, &right) } else { (&right, &left) };
    let dated = few.iter().filter(|row| is_short_with_digits(row)).count();
    if dated * 10 >= few.len() * 6 {
        return false;
    }
    if has_dates_beside_rows(rows, region) {
        return false;
    }
    if has_heading(&left) && has_heading(&right) {
        return true;
    }
    let matched =
        few.iter().filter(|row| many.iter().any(|other| (other[0].y - row[0].y).abs() < SAME_ROW)).count();
    if matched * 10 < few.len() * 6 {
        return true;
    }
    few.len() >= 8 && mean_words(few) >= 4.0 && mean_words(many) >= 4.0
}

/// True when most rows of the page that stand on both sides of a gutter hold a date on one of them: a table of
/// dates and what was done. The whole page is asked, since a part of such a table may look like columns.
fn has_dates_beside_rows(rows: &[Row], region: Region) -> bool {
    let text = |row: &Row| row.iter().map(|f| f.text.as_str()).collect::<Vec<_>>().join(" ");
    let (mut all, mut dated) = (0, [0, 0]);
    for row in rows {
        let left: Row = row.iter().filter(|f| f.x1 < region.right).cloned().collect();
        let right: Row = row.iter().filter(|f| f.x0 >= region.right - 0.1).cloned().collect();
        if !left.is_empty() && !right.is_empty() {
            all += 1;
            dated[0] += usize::from(crate::resume::is_date(&text(&left)));
            dated[1] += usize::from(crate::resume::is_date(&text(&right)));
        }
    }
    dated.into_iter().any(|dated| dated >= 2 && dated * 10 >= all * 6)
}

fn has_heading(rows: &[Row]) -> bool {
    rows.iter().any(|row| row.len() == 1 && headings::section_of(&row[0].text).is_some())
}

fn is_short_with_digits(row: &Row) -> bool {
    let text: String = row.iter().map(|f| f.text.as_str()).collect();
    text.chars().filter(char::is_ascii_digit).count() >= 4
        && text.chars().count() <= 30
        && !text.contains(['@', '+'])
}

fn mean_words(rows: &[Row]) -> f64 {
    let words: usize = rows.iter().flatten().map(|f| f.text.split_whitespace().count()).sum();
    words as f64 / rows.len().max(1) as f64
}

/// Rows as lines; a blank line where there is more than the usual space between two.
fn lines(rows: &[Row]) -> Vec<Line> {
    let size_of = |row: &Row| row.iter().map(|f| f.size).fold(0.0, f64::max);
    let usual = usual_pitch(rows);
    let margin = rows.iter().filter_map(|row| row.last()).map(|f| f.x1).fold(0.0, f64::max);
    let mut lines = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let size = size_of(row);
        if let Some(last) = index.checked_sub(1).map(|before| &rows[before]) {
            let pitch = row[0].y - last[0].y;
            if pitch > (1.9 * size_of(last).max(size)).max(1.4 * usual) {
                lines.push(Line::default());
            }
        }
        let has_room = rows.get(index + 1).is_some_and(|next| has_room(row, next, margin));
        #[expect(clippy::cast_possible_truncation, reason = "a font size in points")]
        lines.push(Line { text: joined(row, rows), size: size as f32, has_room, ..Line::default() });
    }
    lines
}

/// True when the first word of `next` would have fitted behind `row`.
fn has_room(row: &Row, next: &Row, margin: f64) -> bool {
    let (Some(end), Some(first)) = (row.last(), next.first()) else { return false };
    let letters = first.text.chars().count().max(1);
    let word = first.text.split(' ').next().unwrap_or_default().chars().count();
    let width = (first.x1 - first.x0) * word as f64 / letters as f64;
    end.x1 + width + 0.5 * end.size < margin
}

/// The middle distance between neighbouring baselines, in points.
fn usual_pitch(rows: &[Row]) -> f64 {
    let mut pitches: Vec<f64> = rows.windows(2).map(|pair| pair[1][0].y - pair[0][0].y).collect();
    pitches.sort_by(f64::total_cmp);
    pitches.get(pitches.len() / 2).copied().unwrap_or(0.0)
}

/// The fragments of a row: spaces between words set apart, tabs between cells.
fn joined(row: &Row, rows: &[Row]) -> String {
    let mut text = String::new();
    for (index, fragment) in row.iter().enumerate() {
        if index > 0 {
            let gap = (fragment.x0 - row[index - 1].x1) / fragment.size;
            // Several small gaps are justified text; one where other rows begin too is a cell.
            let is_word = gap < 2.0 && row.len() > 3 || gap < 1.2 && !begins_cells(fragment.x0, rows);
            text.push(if is_word { ' ' } else { '\t' });
        }
        text.push_str(&fragment.text);
    }
    text
}

/// True when fragments of at least three rows begin at `x`.
fn begins_cells(x: f64, rows: &[Row]) -> bool {
    rows.iter().filter(|row| row.iter().any(|f| (f.x0 - x).abs() < 1.0)).take(3).count() == 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fragment(x: f64, y: f64, text: &str) -> Fragment {
        Fragment { x0: x, x1: x + 5.0 * text.len() as f64, y, size: 10.0, text: text.to_owned() }
    }

    fn read(fragments: Vec<Fragment>) -> (Vec<String>, bool) {
        let page = order(fragments);
        (page.lines.into_iter().map(|l| l.text).filter(|t| !t.is_empty()).collect(), page.has_columns)
    }

    #[test]
    fn a_sidebar_is_read_before_the_main_column() {
        let mut all = vec![fragment(
            50.0,
            40.0,
            "Ada Lovelace, who wrote the first program of all, in London and far away",
        )];
        for (index, text) in ["Skills", "Rust", "Go", "SQL"].into_iter().enumerate() {
            all.push(fragment(50.0, 80.0 + 15.0 * index as f64, text));
        }
        for (index, text) in
            ["Experience", "Engineer at Example", "Built a thing", "Ran it"].into_iter().enumerate()
        {
            all.push(fragment(200.0, 80.0 + 13.0 * index as f64, text));
        }
        let (lines, has_columns) = read(all);
        assert!(has_columns);
        assert_eq!(lines[1..5], ["Skills", "Rust", "Go", "SQL"]);
        assert_eq!(lines[5], "Experience");
    }

    #[test]
    fn dates_at_the_margin_stay_with_their_line() {
        let mut all = Vec::new();
        for (index, year) in
            ["2019 - 2021", "2017 - 2019", "2015 - 2017", "2012 - 2015"].into_iter().enumerate()
        {
            let y = 50.0 + 30.0 * index as f64;
            all.push(fragment(50.0, y, "Engineer, Example"));
            all.push(fragment(50.0, y + 13.0, "Built a thing"));
            all.push(fragment(450.0, y, year));
        }
        let (lines, has_columns) = read(all);
        assert!(!has_columns);
        assert_eq!(lines[0], "Engineer, Example\t2019 - 2021");
    }

    #[test]
    fn dates_at_the_left_stay_with_their_line_whatever_comes_below() {
        let mut all = Vec::new();
        for (index, year) in ["2019 - 2021", "2017 - 2019"].into_iter().enumerate() {
            let y = 50.0 + 40.0 * index as f64;
            all.push(fragment(50.0, y, year));
            all.push(fragment(200.0, y, "Engineer"));
            all.push(fragment(200.0, y + 13.0, "Example"));
            all.push(fragment(200.0, y + 26.0, "Built a thing"));
        }
        for (index, text) in ["Skills", "Rust", "Go", "Languages", "English"].into_iter().enumerate() {
            all.push(fragment(50.0, 140.0 + 13.0 * index as f64, text));
        }
        let (lines, has_columns) = read(all);
        assert!(!has_columns);
        assert_eq!(lines[..2], ["2019 - 2021\tEngineer", "Example"]);
    }

    #[test]
    fn labels_at_the_left_stay_with_their_row() {
        let rows =
            [("Languages", "Rust, Go"), ("Tools", "Docker, Linux"), ("Data", "SQL"), ("Spoken", "English")];
        let all = rows.iter().enumerate().flat_map(|(index, (label, text))| {
            let y = 50.0 + 13.0 * index as f64;
            [fragment(50.0, y, label), fragment(150.0, y, text)]
        });
        let (lines, has_columns) = read(all.collect());
        assert!(!has_columns);
        assert_eq!(lines[0], "Languages\tRust, Go");
    }
}
