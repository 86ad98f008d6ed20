//! Numbers in a CSV file, which may be compressed with gzip.

use super::Failure;
use std::io::Read;
use std::path::Path;

/// Most bytes of text that are read.
const LARGEST: u64 = 1 << 30;
/// What the first column is called when it names the rows.
const ROW_NAMES: [&str; 8] = ["", "id", "index", "name", "item", "person", "person_id", "examinee"];

/// A rectangle of numbers. A cell that is empty, `NA` or `NaN` is missing.
#[derive(Debug)]
pub struct Table {
    /// The file, for messages.
    file: String,
    /// Names of the columns, when the first line has them. A column that names the rows is not among them.
    pub names: Option<Vec<String>>,
    /// Number of columns, at least 1.
    pub columns: usize,
    /// Line of the file on which each row stands.
    lines: Vec<u64>,
    /// Row after row; a missing cell is NaN.
    cells: Vec<f64>,
}

impl Table {
    /// Reads a file.
    pub fn read(file: &Path) -> Result<Self, Failure> {
        let name = file.display().to_string();
        let bad = |why: &dyn std::fmt::Display| Failure::BadInput(format!("{name} cannot be read: {why}"));
        let bytes = std::fs::read(file).map_err(|error| bad(&error))?;
        let mut text = Vec::new();
        let size = if bytes.starts_with(&[0x1f, 0x8b]) {
            flate2::read::MultiGzDecoder::new(&bytes[..]).take(LARGEST + 1).read_to_end(&mut text)
        } else {
            (&bytes[..]).take(LARGEST + 1).read_to_end(&mut text)
        };
        if size.map_err(|error| bad(&error))? as u64 > LARGEST {
            return Err(bad(&"it holds more than 1 GiB"));
        }
        Self::parse(name, &text)
    }

    fn parse(file: String, text: &[u8]) -> Result<Self, Failure> {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).trim(csv::Trim::All).from_reader(without_mark(text));
        let mut table = Self { file, names: None, columns: 0, lines: Vec::new(), cells: Vec::new() };
        let (mut width, mut skip) = (0, 0);
        for record in reader.records() {
            let record = record.map_err(|error| Failure::BadInput(format!("{}: {error}", table.file)))?;
            let line = record.position().map_or(0, csv::Position::line);
            if width == 0 {
                width = record.len();
                let names: Vec<&str> = record.iter().collect();
                if is_header(&names) {
                    skip = usize::from(width > 1 && ROW_NAMES.contains(&names[0].to_lowercase().as_str()));
                    table.names = Some(names[skip..].iter().map(|name| (*name).to_owned()).collect());
                }
                table.columns = width - skip;
                if table.names.is_some() {
                    continue;
                }
            }
            for (place, cell) in record.iter().enumerate().skip(skip) {
                let Some(number) = number(cell) else {
                    return Err(table.wrong(line, place + 1, &format!("{cell:?} is not a number")));
                };
                table.cells.push(number);
            }
            table.lines.push(line);
        }
        if table.lines.is_empty() {
            return Err(Failure::BadInput(format!("{} has no rows of numbers", table.file)));
        }
        Ok(table)
    }

    /// Number of rows, at least 1.
    pub fn rows(&self) -> usize {
        self.lines.len()
    }

    /// One row; a missing cell is NaN.
    pub fn row(&self, row: usize) -> &[f64] {
        &self.cells[row * self.columns..(row + 1) * self.columns]
    }

    /// All cells, row after row.
    pub fn into_cells(self) -> Vec<f64> {
        self.cells
    }

    /// The place of the column of this name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.names.as_ref()?.iter().position(|known| known.eq_ignore_ascii_case(name))
    }

    /// The number of a column that must be there; `what` says for what.
    pub fn required(&self, name: &str, what: &str) -> Result<usize, Failure> {
        self.column(name)
            .ok_or_else(|| Failure::BadInput(format!("{} has no column {name:?} ({what})", self.file)))
    }

    /// What is wrong with a row.
    pub fn wrong_row(&self, row: usize, why: &dyn std::fmt::Display) -> Failure {
        Failure::BadInput(format!("{}, line {}: {why}", self.file, self.lines[row]))
    }

    /// Checks every cell; `why` says what a cell must be.
    pub fn check(&self, why: &str, good: impl Fn(f64) -> bool) -> Result<(), Failure> {
        match self.cells.iter().position(|cell| !good(*cell)) {
            None => Ok(()),
            Some(place) => {
                let cell = if self.cells[place].is_nan() {
                    "nothing".to_owned()
                } else {
                    self.cells[place].to_string()
                };
                let (line, column) = (self.lines[place / self.columns], place % self.columns + 1);
                Err(self.wrong(line, column, &format!("{cell} stands there; {why}")))
            }
        }
    }

    fn wrong(&self, line: u64, column: usize, why: &str) -> Failure {
        Failure::BadInput(format!("{}, line {line}, column {column}: {why}", self.file))
    }
}

/// Without the mark that some programs put before UTF-8.
fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text)
}

/// The number in a cell, NaN for a missing one, `None` for what is neither. Infinity is not a number here.
fn number(cell: &str) -> Option<f64> {
    if cell.is_empty() || cell.eq_ignore_ascii_case("na") {
        return Some(f64::NAN);
    }
    cell.parse().ok().filter(|number: &f64| !number.is_infinite())
}

/// Whether a first line names columns: a cell is not a number, or they count up from 0 or 1, as programs
/// number columns that have no name.
fn is_header(cells: &[&str]) -> bool {
    let counts_from = |first: usize, cells: &[&str]| {
        cells.iter().enumerate().all(|(place, cell)| cell.parse() == Ok(place + first))
    };
    let named = if cells.first().is_some_and(|cell| cell.is_empty()) { &cells[1..] } else { cells };
    cells.iter().any(|cell| number(cell).is_none())
        || (named.len() >= 3 && (counts_from(0, named) || counts_from(1, named)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        Table::parse("t.csv".to_owned(), text.as_bytes())
            .unwrap_or_else(|failure| panic!("{}", said(failure)))
    }

    fn said(failure: Failure) -> String {
        match failure {
            Failure::BadInput(message) => message,
            Failure::Failed(error) => panic!("{error}"),
        }
    }

    #[test]
    fn headers_and_names_of_rows_are_told_from_numbers() {
        let plain = table("0.5,1\n2,3\n");
        assert_eq!((plain.rows(), plain.columns, plain.names.is_none()), (2, 2, true));
        let named = table("\u{feff}a,b\n1,2\n");
        assert_eq!((named.rows(), named.column("B")), (1, Some(1)));
        let counted = table(",0,1,2\n0,.1,.2,.3\n1,.4,.5,.6\n");
        assert_eq!((counted.rows(), counted.columns, counted.row(1)), (2, 3, &[0.4, 0.5, 0.6][..]));
        let people = table("person,q1,\"q,2\"\nann,1,0\n");
        assert_eq!(people.names.as_deref(), Some(&["q1".to_owned(), "q,2".to_owned()][..]));
        assert_eq!(people.row(0), [1.0, 0.0]);
    }

    #[test]
    fn missing_cells_are_no_numbers_and_other_words_are_refused() {
        let gaps = table("q1,q2,q3,q4\n1,,NA,nan\n");
        assert_eq!(
            gaps.row(0).iter().map(|cell| cell.is_nan()).collect::<Vec<_>>(),
            [false, true, true, true]
        );
        for (text, why) in [
            ("a,b\n1,x\n", "line 2, column 2: \"x\" is not a number"),
            ("1,inf\n", "no rows"),
            ("a,b\n1\n", "found record with 1 fields"),
            ("a,b\n", "no rows"),
            ("", "no rows"),
        ] {
            let message = said(Table::parse("t.csv".to_owned(), text.as_bytes()).unwrap_err());
            assert!(message.contains(why), "{text:?}: {message}");
        }
    }
}
