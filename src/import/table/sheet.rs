//! Spreadsheets: XLSX (ECMA-376) and ODS (OASIS `OpenDocument` 1.2), read by calamine.

use std::borrow::Cow;
use std::io::Cursor;

use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Ods, Reader, SheetType, SheetVisible, Xlsx};

use super::super::error::ImportError;
use super::super::limits::most_text;
use super::archive::{MOST_CELLS, MOST_COLUMNS, broken, guard, others, too_large};
use super::cell::{Cell, Kind, Row};
use crate::document::MAX_EVENTS;
use crate::progress::Progress;
use crate::sorting;

/// A sheet of a spreadsheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    /// The rows that are not empty.
    pub rows: Vec<Row<'static>>,
    /// The names of all sheets, with whether they are hidden.
    pub sheets: Vec<(String, bool)>,
    /// Which of them it is.
    pub index: usize,
    /// The rows of cells with errors of formulas, with the errors.
    pub errors: Vec<(usize, String)>,
    /// The rows of values that no cell can hold, with what they are and their words.
    pub unread: Vec<(usize, &'static str, String)>,
    /// The title of all of it, if the file has one.
    pub title: Option<String>,
    /// Number of cells.
    cells: usize,
    /// Length of the texts of all cells, in bytes.
    length: usize,
    /// Maximum length of the texts of all cells: texts that are shared by cells are in a file once.
    most_length: usize,
}

impl Sheet {
    /// Creates a sheet of a file that unpacks to so many bytes.
    fn of(unpacked: usize) -> Self {
        Self { most_length: most_text(unpacked), ..Self::default() }
    }

    /// Returns the names of the other sheets, with whether they are hidden.
    pub fn others(&self) -> impl Iterator<Item = &(String, bool)> {
        self.sheets.iter().enumerate().filter(|(at, _)| *at != self.index).map(|(_, sheet)| sheet)
    }

    /// Adds a cell. Cells come row by row.
    fn add(&mut self, row: usize, column: usize, mut cell: Cell<'static>) -> Result<(), ImportError> {
        let is_cut = cell.cut();
        if cell.text.trim().is_empty() {
            return Ok(());
        }
        let number = row + 1;
        if self.rows.last().is_none_or(|last| last.number != number) {
            self.rows.push(Row { number, ..Row::default() });
        }
        // A row may be the header.
        if self.rows.len() > MAX_EVENTS + 1 {
            return Err(ImportError::too_many());
        }
        self.length += cell.text.len();
        if self.length > self.most_length {
            return Err(ImportError::too_long());
        }
        let Some(last) = self.rows.last_mut() else { return Ok(()) };
        last.cut += usize::from(is_cut);
        self.cells += (column + 1).saturating_sub(last.cells.len());
        if self.cells > MOST_CELLS || column >= MOST_COLUMNS {
            return Err(too_large());
        }
        if last.cells.len() <= column {
            last.cells.resize(column + 1, Cell::default());
        }
        if let Some(place) = last.cells.get_mut(column) {
            *place = cell;
        }
        Ok(())
    }

    /// Repeats the value of a merged cell in each of its rows: a lane that is written once stands beside all its events.
    fn fill(&mut self, merged: &[Dimensions]) -> Result<(), ImportError> {
        sorting::by_key(&mut self.rows, |row| row.number);
        for Dimensions { start, end } in merged {
            let (first, last, column) = (start.0 as usize + 1, end.0 as usize + 1, start.1 as usize);
            let from = self.rows.partition_point(|row| row.number < first);
            let Some(top) = self.rows.get(from).filter(|row| row.number == first) else { continue };
            let Some(cell) = top.cells.get(column).filter(|cell| !cell.text.is_empty()).cloned() else { continue };
            for row in self.rows.iter_mut().skip(from + 1).take_while(|row| row.number <= last) {
                self.cells += (column + 1).saturating_sub(row.cells.len()) + 1;
                self.length += cell.text.len();
                if self.cells > MOST_CELLS {
                    return Err(too_large());
                }
                if self.length > self.most_length {
                    return Err(ImportError::too_long());
                }
                if row.cells.len() <= column {
                    row.cells.resize(column + 1, Cell::default());
                }
                if let Some(place) = row.cells.get_mut(column).filter(|place| place.text.is_empty()) {
                    *place = cell.clone();
                }
            }
        }
        Ok(())
    }
}

/// Reads a sheet of an XLSX file: the one that is `wanted` by name or number, else the first that is not hidden and not
/// empty.
pub(super) fn xlsx(bytes: &[u8], wanted: Option<&str>, progress: &Progress) -> Result<Sheet, ImportError> {
    let unpacked = guard(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let names = names(book.sheets_metadata());
    for index in order(&names, wanted)? {
        let Some((name, _)) = names.get(index) else { continue };
        // A part that a sheet lacks leaves nothing merged.
        let merged = book.merge_cells_by_sheet_name(name).unwrap_or_default();
        let mut sheet = Sheet::of(unpacked);
        let mut cells = book.worksheet_cells_reader(name).map_err(|error| broken(&error))?;
        while let Some(cell) = cells.next_cell().map_err(|error| broken(&error))? {
            let (row, column) = cell.get_position();
            let (row, column) = (row as usize, column as usize);
            if let DataRef::Error(error) = cell.get_value() {
                sheet.errors.push((row + 1, error.to_string()));
            }
            sheet.add(row, column, excel(cell.get_value()))?;
            if sheet.cells.is_multiple_of(4096) && progress.is_cancelled() {
                return Err(ImportError::cancelled());
            }
        }
        sheet.fill(&merged)?;
        if !sheet.rows.is_empty() || wanted.is_some() {
            (sheet.sheets, sheet.index) = (names, index);
            sheet.unread.extend(others(bytes).into_iter().map(|(what, name)| (0, what, name)));
            return Ok(sheet);
        }
    }
    Ok(Sheet::default())
}

/// Reads a sheet of an ODS file, as [`xlsx`] does.
pub(super) fn ods(bytes: &[u8], wanted: Option<&str>) -> Result<Sheet, ImportError> {
    let unpacked = guard(bytes)?;
    let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let names = names(book.sheets_metadata());
    for index in order(&names, wanted)? {
        let Some((name, _)) = names.get(index) else { continue };
        let range = book.worksheet_range(name).map_err(|error| broken(&error))?;
        let (top, left) = range.start().unwrap_or_default();
        let mut sheet = Sheet::of(unpacked);
        for (row, column, value) in range.used_cells() {
            let (row, column) = (row + top as usize, column + left as usize);
            if let Data::Error(error) = value {
                sheet.errors.push((row + 1, error.to_string()));
            }
            sheet.add(row, column, open_document(value))?;
        }
        if !sheet.rows.is_empty() || wanted.is_some() {
            (sheet.sheets, sheet.index) = (names, index);
            sheet.unread.extend(others(bytes).into_iter().map(|(what, name)| (0, what, name)));
            return Ok(sheet);
        }
    }
    Ok(Sheet::default())
}

/// Returns the names of the sheets that hold cells, with whether they are hidden.
fn names(sheets: &[calamine::Sheet]) -> Vec<(String, bool)> {
    let has_cells = |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet;
    sheets.iter().filter(has_cells).map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible)).collect()
}

/// Returns the sheets to try, in their order.
fn order(names: &[(String, bool)], wanted: Option<&str>) -> Result<Vec<usize>, ImportError> {
    let Some(wanted) = wanted else {
        let hidden = |hide: bool| (0..names.len()).filter(move |at| names.get(*at).is_some_and(|name| name.1 == hide));
        return Ok(hidden(false).chain(hidden(true)).collect());
    };
    let same = |name: &str| name.trim().to_lowercase() == wanted.trim().to_lowercase();
    let by_name = names.iter().position(|(name, _)| same(name));
    let number = || wanted.parse::<usize>().ok()?.checked_sub(1).filter(|number| *number < names.len());
    by_name.or_else(number).map(|index| vec![index]).ok_or_else(|| {
        let known: Vec<String> = names.iter().map(|(name, _)| format!("“{name}”")).collect();
        ImportError::new(format!("there is no sheet “{wanted}”")).hint(format!("there are {}", known.join(", ")))
    })
}

fn cell(text: impl Into<String>, kind: Kind) -> Cell<'static> {
    Cell { text: Cow::Owned(text.into()), kind }
}

/// Returns a number without decimals if it has none.
fn number(value: f64) -> Cell<'static> {
    if value.is_finite() { cell(value.to_string(), Kind::Number) } else { Cell::default() }
}

fn excel(value: &DataRef<'_>) -> Cell<'static> {
    match value {
        DataRef::String(text) => cell(text.as_str(), Kind::Text),
        DataRef::SharedString(text) => cell(*text, Kind::Text),
        DataRef::Int(value) => cell(value.to_string(), Kind::Number),
        DataRef::Float(value) => number(*value),
        DataRef::Bool(value) => cell(if *value { "true" } else { "false" }, Kind::Text),
        DataRef::DateTime(time) => excel_time(*time),
        DataRef::DateTimeIso(text) => iso_time(text),
        DataRef::DurationIso(text) => duration(text),
        DataRef::Error(_) | DataRef::Empty => Cell::default(),
    }
}

fn open_document(value: &Data) -> Cell<'static> {
    match value {
        Data::String(text) => cell(text.as_str(), Kind::Text),
        Data::Int(value) => cell(value.to_string(), Kind::Number),
        Data::Float(value) => number(*value),
        Data::Bool(value) => cell(if *value { "true" } else { "false" }, Kind::Text),
        Data::DateTime(time) => excel_time(*time),
        Data::DateTimeIso(text) => iso_time(text),
        Data::DurationIso(text) => duration(text),
        Data::Error(_) | Data::Empty => Cell::default(),
    }
}

/// Returns a date of Excel, which counts days from 1900 or 1904. A value of less than a day is a time of day.
fn excel_time(time: ExcelDateTime) -> Cell<'static> {
    let value = time.as_f64();
    if time.is_duration() {
        return seconds((value * 86_400.0).round());
    }
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    if (0.0..1.0).contains(&value) {
        return cell(clock(u32::from(hour), u32::from(minute), u32::from(second)), Kind::Time);
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) {
        return cell(date, Kind::Date);
    }
    let clock = clock(u32::from(hour), u32::from(minute), u32::from(second));
    cell(format!("{date}T{clock}"), Kind::Date)
}

/// Returns a time of day, without seconds if there are none.
fn clock(hour: u32, minute: u32, second: u32) -> String {
    if second == 0 { format!("{hour:02}:{minute:02}") } else { format!("{hour:02}:{minute:02}:{second:02}") }
}

/// Returns a number of seconds as hours, minutes and seconds. Less than a day may be a time of day.
fn seconds(seconds: f64) -> Cell<'static> {
    if !(0.0..1e12).contains(&seconds) {
        return number(seconds);
    }
    let seconds = seconds as u64;
    let text = format!("{:02}:{:02}", seconds / 3_600, seconds / 60 % 60);
    let text = if seconds.is_multiple_of(60) { text } else { format!("{text}:{:02}", seconds % 60) };
    cell(text, if seconds < 86_400 { Kind::Time } else { Kind::Text })
}

/// Returns a date in ISO 8601, without a time of day if that is midnight, and without seconds if there are none.
fn iso_time(text: &str) -> Cell<'static> {
    let text = text.trim();
    let short = match text.split_once('T') {
        Some((date, "00:00:00" | "00:00")) => date.to_owned(),
        Some((date, time)) => format!("{date}T{}", time.strip_suffix(":00").filter(|t| t.len() == 5).unwrap_or(time)),
        None => text.to_owned(),
    };
    cell(short, Kind::Date)
}

/// Returns a duration in ISO 8601, `PT14H30M00S`, which `OpenDocument` also has for times of day.
fn duration(text: &str) -> Cell<'static> {
    let mut total = 0.0;
    let mut number = String::new();
    for c in text.trim().trim_start_matches("PT").chars() {
        let unit = match c {
            'H' => 3_600.0,
            'M' => 60.0,
            'S' => 1.0,
            _ => {
                number.push(if c == ',' { '.' } else { c });
                continue;
            }
        };
        let Ok(value) = std::mem::take(&mut number).parse::<f64>() else { return cell(text, Kind::Text) };
        total += value * unit;
    }
    if number.is_empty() && text.starts_with("PT") { seconds(f64::round(total)) } else { cell(text, Kind::Text) }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    #[test]
    fn excels_dates_are_dates() {
        let check = |value: f64, is_1904: bool, text: &str, kind: Kind| {
            let time = ExcelDateTime::new(value, ExcelDateTimeType::DateTime, is_1904);
            assert_eq!(excel_time(time), cell(text, kind), "{value}");
        };
        check(23_915.0, false, "1965-06-22", Kind::Date);
        check(22_453.0, true, "1965-06-22", Kind::Date);
        check(1.0, false, "1900-01-01", Kind::Date);
        check(61.0, false, "1900-03-01", Kind::Date);
        check(42_348.604_166_666_664, false, "2015-12-10T14:30", Kind::Date);
        check(0.604_166_666_666_666_6, false, "14:30", Kind::Time);
        let long = ExcelDateTime::new(1.5, ExcelDateTimeType::TimeDelta, false);
        assert_eq!(excel_time(long), cell("36:00", Kind::Text));
    }

    #[test]
    fn open_document_has_dates_in_iso_8601() {
        assert_eq!(iso_time("1965-06-22T00:00:00"), cell("1965-06-22", Kind::Date));
        assert_eq!(iso_time("1965-06-22T14:30:00"), cell("1965-06-22T14:30", Kind::Date));
        assert_eq!(iso_time("1965-06-22T14:30:05"), cell("1965-06-22T14:30:05", Kind::Date));
        assert_eq!(duration("PT14H30M00S"), cell("14:30", Kind::Time));
        assert_eq!(duration("PT0S"), cell("00:00", Kind::Time));
        assert_eq!(duration("P1Y"), cell("P1Y", Kind::Text));
    }
}
