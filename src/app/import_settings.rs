//! What is chosen about an import, as the form has it, and as the command line says it.

use std::collections::BTreeMap;
use std::path::Path;

use crate::import::{self, ColumnName, DateOrder, Field, Format, TableOptions};

/// What is chosen in the import form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportSettings {
    /// The format of the file, if it is not found by itself.
    pub from: Option<Format>,
    /// Whether persons who may be living are imported.
    pub living: bool,
    /// What columns hold, by their positions; others are matched by themselves.
    pub columns: BTreeMap<usize, Field>,
    /// The number of the row that names the columns; 0 if there is none.
    pub header: Option<usize>,
    /// Which number is the day in a date such as 3/4/1990.
    pub order: Option<DateOrder>,
    /// The name of the sheet of a spreadsheet.
    pub sheet: Option<String>,
    /// The first of the hundred years that years of two digits lie in, as typed.
    pub century: String,
    /// The time zone, as typed.
    pub zone: String,
    /// The day of times of day that have none, as typed.
    pub on: String,
}

impl ImportSettings {
    /// Returns the options of a table. What was typed and is wrong is not in them.
    #[must_use]
    pub fn table(&self) -> TableOptions {
        TableOptions {
            columns: self.columns.iter().map(|(column, field)| (*field, ColumnName::At(*column))).collect(),
            header: self.header,
            order: self.order,
            century: typed(&self.century, import::century).unwrap_or_default(),
            zone: typed(&self.zone, import::zone).unwrap_or_default(),
            on: typed(&self.on, import::day).unwrap_or_default(),
            sheet: self.sheet.clone(),
        }
    }

    /// Returns what is wrong with the century.
    #[must_use]
    pub fn century_error(&self) -> Option<String> {
        typed(&self.century, import::century).err()
    }

    /// Returns what is wrong with the time zone.
    #[must_use]
    pub fn zone_error(&self) -> Option<String> {
        typed(&self.zone, import::zone).err()
    }

    /// Returns what is wrong with the day of times.
    #[must_use]
    pub fn on_error(&self) -> Option<String> {
        typed(&self.on, import::day).err()
    }

    /// Returns whether anything that was typed is wrong.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        self.century_error().or_else(|| self.zone_error()).or_else(|| self.on_error()).is_some()
    }

    /// Chooses what a column holds; `None` lets it be matched by itself. A field that only one column may hold leaves the
    /// others that were chosen for it.
    pub fn choose(&mut self, column: usize, field: Option<Field>) {
        self.columns.retain(|_, chosen| field.is_none_or(|field| field.is_list() || *chosen != field));
        match field {
            Some(field) => self.columns.insert(column, field),
            None => self.columns.remove(&column),
        };
    }

    /// Chooses a sheet; what was chosen about the columns of another one is forgotten.
    pub fn choose_sheet(&mut self, sheet: &str) {
        (self.sheet, self.header) = (Some(sheet.to_owned()), None);
        self.columns.clear();
    }
}

/// Returns what was typed; `None` if nothing was.
fn typed<T>(text: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>, String> {
    if text.trim().is_empty() { Ok(None) } else { read(text).map(Some) }
}

/// How a file is imported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportChoices {
    /// What was chosen in the form.
    pub settings: ImportSettings,
    /// How a table is read: what was chosen, and what was understood otherwise.
    pub table: TableOptions,
}

impl ImportChoices {
    /// Returns the line for a shell that imports a file like this, and writes the document beside it.
    #[must_use]
    pub fn command_line(&self, file: &Path) -> String {
        let path = |path: &Path| {
            let text = path.to_string_lossy();
            // A path is no option.
            if text.starts_with('-') { format!("./{text}") } else { text.into_owned() }
        };
        let mut words = ["longview", "import"].map(str::to_owned).to_vec();
        words.push(path(file));
        if let Some(format) = self.settings.from {
            words.extend(["--from".to_owned(), format.name().to_owned()]);
        }
        words.extend(self.settings.living.then(|| "--living".to_owned()));
        words.extend(self.table.arguments());
        words.extend(["-o".to_owned(), path(&file.with_extension("ron"))]);
        words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
    }
}

/// Returns a word as a shell takes it for one.
fn quoted(word: &str) -> String {
    let is_plain =
        |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':' | '=' | ',' | '+' | '@' | '%');
    let is_plain = |c: char| is_plain(c) || cfg!(windows) && c == '\\';
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else if cfg!(windows) {
        format!("\"{}\"", word.replace('"', "\\\""))
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_of_one_column_leaves_the_column_that_had_it() {
        let mut settings = ImportSettings::default();
        for (column, field) in [(0, Field::Date), (1, Field::Tags), (2, Field::Date), (3, Field::Tags)] {
            settings.choose(column, Some(field));
        }
        assert_eq!(settings.columns, BTreeMap::from([(1, Field::Tags), (2, Field::Date), (3, Field::Tags)]));
        settings.choose(1, None);
        assert_eq!(settings.columns, BTreeMap::from([(2, Field::Date), (3, Field::Tags)]));
        settings.choose_sheet("Other");
        assert!(settings.columns.is_empty());
    }

    #[test]
    fn what_is_typed_is_read_or_wrong() {
        let settings = ImportSettings { century: " 19 ".to_owned(), zone: "Mars".to_owned(), ..Default::default() };
        assert_eq!((settings.table().century, settings.table().zone), (Some(1900), None));
        assert_eq!(settings.century_error(), None);
        assert!(settings.zone_error().is_some() && settings.is_wrong());
        assert!(!ImportSettings::default().is_wrong());
    }

    #[cfg(not(windows))]
    #[test]
    fn words_are_quoted_for_the_shell() {
        let check = |word: &str, expect: &str| assert_eq!(quoted(word), expect);
        check("--date", "--date");
        check("a b", "'a b'");
        check("it's", r"'it'\''s'");
        check("", "''");
        check("$HOME", "'$HOME'");
        check("Année", "Année");
        check("~", "'~'");
        check("a\nb", "'a\nb'");
        let choices = ImportChoices {
            settings: ImportSettings { from: Some(Format::Csv), living: true, ..Default::default() },
            table: TableOptions { columns: vec![(Field::Date, "The Day".into())], ..Default::default() },
        };
        assert_eq!(
            choices.command_line(Path::new("-a.csv")),
            "longview import ./-a.csv --from csv --living --date 'The Day' -o ./-a.ron"
        );
    }
}
