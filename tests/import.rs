//! Files of other programs become the documents that are expected of them, with the reports that are.
//!
//! `tests/fixtures/import/` has a folder for each format, with files of it; beside each are the document, `NAME.ron`, and the
//! report, `NAME.report.txt`, which is the error of a file that is refused. `NAME.options`, if there is one, is what is written
//! behind the file on the command line. `LONGVIEW_UPDATE_IMPORTS=1 cargo test --test import` writes the first two: read the
//! difference.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use longview::cli::{self, Task};
use longview::import::{
    Counts, DateOrder, Extent, Field, Format, Import, ImportError, Options, Preview, TableOptions, convert, import,
    preview,
};
use longview::open;
use longview::progress::Progress;

fn options() -> Options {
    Options { today: Some("2026-01-01".to_owned()), ..Options::default() }
}

fn read(bytes: &[u8], name: &str, from: Option<Format>) -> Result<Import, ImportError> {
    import(bytes, name, from, &options(), &Progress::default())
}

fn name_of(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

/// The entries of a folder, in order.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    entries
}

/// The files of all formats, each with the name of its folder.
fn files() -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import");
    let endings = [".ron", ".report.txt", ".options"];
    let is_expected = |path: &PathBuf| endings.iter().any(|ending| name_of(path).ends_with(ending));
    entries(&root)
        .into_iter()
        .flat_map(|folder| entries(&folder).into_iter().map(move |path| (name_of(&folder), path)))
        .filter(|(_, path)| !is_expected(path))
        .collect()
}

/// What the command line says of a file.
fn options_of(path: &Path) -> (Option<Format>, Options) {
    let beside = path.with_file_name(format!("{}.options", name_of(path)));
    let typed = fs::read_to_string(beside).unwrap_or_default();
    let line = ["longview", "import", "FILE"].into_iter().chain(typed.split_whitespace());
    let command = cli::parse(line.map(Into::into)).expect("options");
    let Task::Import(task) = command.task else { unreachable!("the line is that of an import") };
    (task.from, Options { living: task.living, table: task.table, ..options() })
}

/// Imports a file as the command line beside it says.
fn read_file(path: &Path) -> Result<Import, ImportError> {
    let (from, options) = options_of(path);
    import(&fs::read(path).expect("a file"), &name_of(path), from, &options, &Progress::default())
}

#[test]
fn files_become_the_documents_expected_of_them() {
    let update = std::env::var_os("LONGVIEW_UPDATE_IMPORTS").is_some();
    let mut wrong = Vec::new();
    let files = files();
    assert!(!files.is_empty());
    for (folder, path) in files {
        let name = name_of(&path);
        let (text, report) = match read_file(&path) {
            Ok(found) => {
                assert_eq!(Some(found.report.format), Format::named(&folder).or(Some(found.report.format)), "{name}");
                (found.text(), found.report.human(&name))
            }
            Err(error) => (String::new(), error.human(&name)),
        };
        for (ending, text) in [(".ron", text), (".report.txt", report)] {
            let beside = path.with_file_name(format!("{name}{ending}"));
            if text.is_empty() {
                assert!(!beside.exists(), "{name} is refused: {}", beside.display());
            } else if update {
                fs::write(&beside, &text).expect("a written file");
            } else if fs::read_to_string(&beside).ok().as_deref() != Some(&text) {
                wrong.push(format!("{}:\n{text}", beside.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is written is a document without errors, of as many events as the report says, and the same each time.
#[test]
fn documents_of_imports_have_no_errors() {
    for (_, path) in files() {
        let (bytes, name) = (fs::read(&path).expect("a file"), name_of(&path));
        let (from, options) = options_of(&path);
        let mut written = String::new();
        let converted = convert(&bytes, &name, from, &options, &Progress::default(), &mut written);
        let found = match read_file(&path) {
            Ok(found) => found,
            Err(error) => {
                assert_eq!(converted, Err(error), "{name}");
                continue;
            }
        };
        let text = found.text();
        // What is written piece by piece is the same, and is counted the same.
        assert_eq!(converted.map(|report| report.json()), Ok(found.report.json()), "{name}");
        assert!(written == text, "{name} differs when it is written in pieces");
        let opened = open(text.clone());
        let problems: Vec<String> = opened.diagnostics.iter().map(|problem| problem.human(&name, &text)).collect();
        assert!(!opened.has_errors(), "{}", problems.join("\n"));
        let timeline = opened.timeline.expect("a timeline");
        assert_eq!(timeline.events.len(), found.report.events, "{name}");
        assert_eq!(read_file(&path).expect("an import").text(), text, "{name}");
        // Cut anywhere, it is an error or a document without errors.
        for part in 1..8 {
            let cut = bytes.get(..bytes.len() * part / 8).unwrap_or_default();
            if let Ok(found) = read(cut, &name, Some(found.report.format)) {
                assert!(!open(found.text()).has_errors(), "{name} cut at {part} of 8");
            }
        }
    }
}

/// Files that are made to exhaust give an error or a document in time, in any format that takes them.
#[test]
fn hostile_files_are_bounded() {
    let many = 50_000;
    let events = "<event start='1965' title='&lt;b&gt;'>&lt;b&gt;</event>".repeat(many / 50);
    let parents: Vec<String> = (0..2000)
        .map(|id| format!("{{\"id\": {id}, \"content\": \"g{id}\", \"nestedGroups\": [{}]}}", (id + 1) % 2000))
        .collect();
    let files = [
        "[".repeat(many),
        "{\"a\":".repeat(many),
        "{a:[".repeat(many),
        "<data><event start='1'>".repeat(many / 10),
        format!("<data>{events}"),
        format!("<data><event start='1' title='a'>{}</event></data>", "<b>".repeat(many)),
        format!("<data><event start='1' title='{}'/></data>", "&amp;".repeat(many)),
        "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><data><event start='1' title='&b;'>&b;</event></data>".to_owned(),
        format!("{{\"events\": [{{\"start_date\": {{\"year\": \"{}\"}}, \"text\": {{\"headline\": \"a\"}}}}]}}", "9".repeat(many)),
        format!("{{\"groups\": [{}], \"items\": [{{\"content\": \"a\", \"start\": 1e300, \"group\": 7}}]}}", parents.join(",")),
        format!("{{\"items\": [{{\"content\": \"{}\", \"start\": \"1965-01-01\"}}]}}", "<ul><li>".repeat(many / 10)),
        String::new(),
        "\u{feff}".to_owned(),
    ];
    bounded(&[Format::TimelineJs, Format::Simile, Format::Vis], &files);
}

/// Returns what is made of each number below `count`, one after another.
fn joined(count: usize, of: impl Fn(usize) -> String) -> String {
    (0..count).map(of).collect::<Vec<_>>().concat()
}

#[test]
fn hostile_calendars_and_timelines_are_bounded() {
    let many = 20_000;
    let event = |rule: &str| format!("BEGIN:VEVENT\nDTSTART:19700101T000000\nRRULE:{rule}\nSUMMARY:a\nEND:VEVENT\n");
    let calendar = |events: &str| format!("BEGIN:VCALENDAR\n{events}END:VCALENDAR\n");
    let categories =
        joined(2_000, |id| format!("<category><name>{id}</name><parent>{}</parent></category>", (id + 1) % 2_000));
    let files = [
        calendar(&event("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30").repeat(100)),
        calendar(&event("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=9").repeat(100)),
        calendar(&event("FREQ=SECONDLY;COUNT=18446744073709551615").replace("SUMMARY:a", &format!("DESCRIPTION:{}", "a".repeat(many)))),
        calendar(&event("FREQ=YEARLY").replace("SUMMARY:a", "DURATION:P999999999W")),
        calendar(&event("FREQ=DAILY").replace("SUMMARY:a", &format!("EXDATE:{}", "19700101T000000,".repeat(many)))),
        format!("BEGIN:VCALENDAR\n{}{}", "BEGIN:X\n".repeat(many), "END:Y\n".repeat(many)),
        format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDESCRIPTION:{}", "\n a".repeat(many)),
        calendar(&format!("BEGIN:VEVENT\n{}END:VEVENT\n", "URL:https://e.org\nRELATED-TO:a\nCATEGORIES:a,b\n".repeat(many / 10))),
        "2001: a\ngroup b\n# c\n".repeat(many / 10),
        format!("2001: {}\n{}", "[".repeat(many), "[a](".repeat(many)),
        format!("2001: {}", "#a #b ".repeat(many)),
        format!("1 {}day: a", "week ".repeat(many)),
        format!("{}: a", "999999999 years ".repeat(many / 10)),
        "9999-12-31 every 1 second: a\n".repeat(4),
        format!("<timeline><version>1.0.0</version>{}", "<a>".repeat(many)),
        format!(
            "<timeline><version>1</version><categories>{categories}</categories><events>{}</events></timeline>",
            "<event><start>1-1-1</start><end>1-1-1</end><text>a</text><category>7</category></event>".repeat(many / 50)
        ),
        "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><timeline><version>1</version><events><event><start>&a;</start></event></events></timeline>".to_owned(),
        String::new(),
    ];
    bounded(&[Format::ICalendar, Format::Markwhen, Format::TimelineProject], &files);
}

/// Asserts that each file, read as each format, is an error or a document without errors, in time.
fn bounded(formats: &[Format], files: &[String]) {
    for format in formats {
        for (number, file) in files.iter().enumerate() {
            let begun = Instant::now();
            if let Ok(found) = read(file.as_bytes(), "a", Some(*format)) {
                let text = found.text();
                assert!(!open(text.clone()).has_errors(), "{} {number}: {:.2000}", format.name(), text);
            }
            // Without optimization.
            assert!(begun.elapsed() < Duration::from_secs(20), "{} {number}: {:?}", format.name(), begun.elapsed());
        }
    }
}

/// Family trees, bibliographies and lists that are made to exhaust.
#[test]
fn hostile_records_are_bounded() {
    let many = 20_000;
    let repeated = |begin: &str, line: &str| format!("{begin}{}", line.repeat(many));
    let strings = joined(60, |n| format!("@string{{s{} = s{n} # s{n} # s{n} # {{x}}}}\n", n + 1));
    let timelines = joined(many / 10, |n| {
        let around = (n + 1) % (many / 10);
        format!(
            "{{\"parentTimelineId\": \"{around}\", \"timeline\": {{\"id\": \"{n}\", \"title\": \"t{n}\", \"exhibits\": []}}}},"
        )
    });
    let row = "{\"item\": \"http://www.wikidata.org/entity/Q1\", \"a\": \"1\", \"date\": \"1965-01-01T00:00:00Z\"},";
    let levels = joined(many, |n| format!("{} NOTE @N@\n", n.min(99)));
    let files = [
        "[".repeat(many),
        "{\"a\":".repeat(many),
        repeated("0 HEAD\n0 @A@ INDI\n", "1 FAMS @F@\n1 FAMC @F@\n") + "0 @F@ FAM\n1 HUSB @A@\n1 CHIL @A@\n",
        repeated("0 HEAD\n0 @A@ INDI\n1 BIRT\n", "2 SOUR @S@\n2 DATE 1800\n") + "0 @S@ SOUR\n1 REPO @S@\n",
        repeated("0 HEAD\n0 @A@ INDI\n", "1 OCCU x\n"),
        repeated("0 HEAD\n0 @A@ INDI\n1 NAME x\n", "no level\n"),
        repeated("0 HEAD\n", "0 @A@ INDI\n1 DEAT Y\n") + &repeated("0 @F@ FAM\n", "1 CHIL @A@\n1 HUSB @A@\n"),
        format!("0 HEAD\n0 @N@ NOTE @N@\n{levels}0 @A@ INDI\n1 NOTE @N@\n"),
        "@string{a = a}@string{b = c # b}@string{c = b # c}@book{k, title = a # b # c, crossref = {k}, xdata = {k}}"
            .to_owned(),
        format!("@string{{s0 = {{x}}}}\n{strings}@book{{k, title = s60, year = s60}}"),
        repeated("", "\n@book{a"),
        format!("@book{{k, title = {}x{}}}", "{".repeat(many), "}".repeat(many)),
        repeated("@book{k, author = {", "a and ") + "}}",
        format!("{{\"timelines\": [{timelines}{{}}], \"exhibits\": []}}"),
        format!(
            "{{\"title\": \"a\", \"exhibits\": [], \"timelines\": {}{}}}",
            "[{\"timelines\":".repeat(50),
            "[]".to_owned() + &"}]".repeat(50)
        ),
        format!("[{}{{}}]", row.repeat(many)),
        format!("[{{{}\"z\": 1}}]", joined(many, |n| format!("\"k{n}\": {n},"))),
        format!("[{{\"title\": \"a\", \"date\": {}1{}}}]", "[".repeat(100), "]".repeat(100)),
    ];
    let formats = [Format::Gedcom, Format::Wikidata, Format::ChronoZoom, Format::BibLatex, Format::Csl, Format::Json];
    for format in formats {
        for (number, file) in files.iter().enumerate() {
            let begun = Instant::now();
            if let Ok(found) = read(file.as_bytes(), "a", Some(format)) {
                let text = found.text();
                let opened = open(text.clone());
                let problems: Vec<String> =
                    opened.diagnostics.iter().map(|problem| problem.human("a", &text)).collect();
                assert!(!opened.has_errors(), "{} {number}: {}", format.name(), problems.join("\n"));
            }
            // Without optimization.
            assert!(begun.elapsed() < Duration::from_secs(20), "{} {number}: {:?}", format.name(), begun.elapsed());
        }
    }
}

/// Returns what the command line makes of arguments behind a file.
fn typed(arguments: &[String]) -> (Option<Format>, Options) {
    let line = ["longview", "import", "FILE"].into_iter().map(str::to_owned).chain(arguments.iter().cloned());
    let command = cli::parse(line.map(Into::into)).expect("arguments that are understood");
    let Task::Import(task) = command.task else { unreachable!("the line is that of an import") };
    (task.from, Options { living: task.living, table: task.table, ..options() })
}

fn looked_at(bytes: &[u8], name: &str, from: Option<Format>, options: &Options, extent: Extent) -> Preview {
    preview(bytes, name, from, options, extent, &Progress::default()).expect("a preview")
}

/// What a preview counts is what an import makes, and its command line makes what it shows.
#[test]
fn previews_tell_what_imports_make_and_how_to_repeat_them() {
    let mut tables = 0;
    for (_, path) in files() {
        let (bytes, name) = (fs::read(&path).expect("a file"), name_of(&path));
        let (from, options) = options_of(&path);
        let Ok(shown) = preview(&bytes, &name, from, &options, Extent::Whole, &Progress::default()) else {
            assert!(read_file(&path).is_err(), "{name}");
            continue;
        };
        let Some(table) = &shown.table else {
            assert_eq!(read_file(&path).map(|found| found.report.events), Ok(shown.counts.events()), "{name}");
            continue;
        };
        tables += 1;
        if table.question.is_some() {
            assert!(read_file(&path).is_err_and(|error| error.asks), "{name}");
            continue;
        }
        let made = read_file(&path).expect("an import");
        assert_eq!(made.report.events, shown.counts.events(), "{name}");
        let is_wrong = |event: &&longview::import::Noted<longview::document::Event>| event.item.date.is_none();
        let undated = shown.counts.undated + shown.counts.not_understood;
        assert_eq!(made.draft.events.iter().filter(is_wrong).count(), undated, "{name}");
        // With all that was understood said, the same is understood, and nothing is concluded any more.
        let arguments = table.options.arguments();
        let said = Options { table: table.options.clone(), ..options.clone() };
        let again = looked_at(&bytes, &name, from, &said, Extent::Whole);
        let fields = |preview: &Preview| -> Vec<_> {
            preview.columns.iter().map(|column| column.field.map(|(field, _)| field)).collect()
        };
        let kept = |field: &Option<Field>| field.filter(|field| *field != Field::Line);
        let kept = |preview: &Preview| fields(preview).iter().map(kept).collect::<Vec<_>>();
        assert_eq!((kept(&again), &again.rows, again.counts), (kept(&shown), &shown.rows, shown.counts), "{name}");
        assert_eq!(again.table.as_ref().map(|table| &table.conclusions), Some(&Vec::new()), "{name}");
        let (_, parsed) = typed(&arguments);
        let written =
            |options: &Options| import(&bytes, &name, from, options, &Progress::default()).expect("text").text();
        assert_eq!(written(&parsed), written(&said), "{name}: {arguments:?}");
        let same = |text: String| text.lines().filter(|line| !line.starts_with("//")).collect::<Vec<_>>().join("\n");
        assert_eq!(same(written(&said)), same(made.text()), "{name}: {arguments:?}");
    }
    assert!(tables >= 10);
}

#[test]
fn previews_say_what_dates_are_read_as() {
    let check = |text: &str, options: TableOptions, expect: &[(&str, &str)]| {
        let options = Options { table: options, ..self::options() };
        let shown = looked_at(text.as_bytes(), "a.csv", None, &options, Extent::Whole);
        let cells = shown.rows.iter().flat_map(|row| {
            row.readings.iter().map(|reading| {
                let other = reading.other.as_ref().map(|other| format!(" (not {other})")).unwrap_or_default();
                (row.cells[reading.column].clone(), format!("{}{other}", reading.words))
            })
        });
        let cells: Vec<(String, String)> = cells.collect();
        let cells: Vec<(&str, &str)> = cells.iter().map(|(cell, words)| (cell.as_str(), words.as_str())).collect();
        assert_eq!(cells, expect, "{text}");
    };
    let day_first = || TableOptions { order: Some(DateOrder::DayMonth), ..TableOptions::default() };
    check(
        "date,title\n5/6/1965,a\n13/6/1965,b\n",
        TableOptions::default(),
        &[
            ("5/6/1965", "5 June 1965, dated to the day (not 6 May 1965, dated to the day)"),
            ("13/6/1965", "13 June 1965, dated to the day"),
        ],
    );
    check(
        "date,title\n5/6/1965,a\n7/8/1965,b\n",
        TableOptions::default(),
        &[("5/6/1965", "either number may be the day"), ("7/8/1965", "either number may be the day")],
    );
    check(
        "date,title\n5/6/1965,a\n",
        day_first(),
        &[("5/6/1965", "5 June 1965, dated to the day (not 6 May 1965, dated to the day)")],
    );
    check(
        "start,end,title\n1200,present,a\n,,b\n1300,?,c\n",
        TableOptions::default(),
        &[
            ("1200", "1200, dated to the year"),
            ("present", "goes on"),
            ("", "undated"),
            ("1300", "1300, dated to the year"),
            ("?", "not known"),
        ],
    );
    check("Year,Month,Title\n1965,6,a\n", TableOptions::default(), &[("1965", "June 1965, dated to the month")]);
    check(
        "date,title\n31 June 1965,a\n1 July 1965,b\n",
        TableOptions::default(),
        &[("31 June 1965", "June 1965 has 30 days"), ("1 July 1965", "1 July 1965, dated to the day")],
    );
}

#[test]
fn previews_count_what_is_dated_and_list_what_is_not_understood() {
    let text = "date,title,place\n1965,a,x\n,b,y\nabout the time it became known,c,z\n,,heading\n";
    let shown = looked_at(text.as_bytes(), "a.csv", None, &options(), Extent::Whole);
    assert_eq!(shown.counts, Counts { dated: 1, undated: 1, not_understood: 1, left_out: 1 });
    let [row] = shown.not_understood.as_slice() else { unreachable!("one row: {:?}", shown.not_understood) };
    assert_eq!((row.place.0, row.cells[0].as_str()), (4, "about the time it became known"));
    assert!(!row.readings[0].is_understood);
}

/// The beginning of a large table is enough to match its columns, and takes no time.
#[test]
fn the_beginning_of_a_table_is_looked_at_before_all_of_it() {
    let rows = joined(30_000, |row| format!("{},Event {row},{}\n", 1000 + row % 900, ["a", "b", "c"][row % 3]));
    let text = format!("when,what,who\n{rows}13/5/1965,late,a\nabout then,later,a\n");
    let first = looked_at(text.as_bytes(), "a.csv", None, &options(), Extent::First);
    let whole = looked_at(text.as_bytes(), "a.csv", None, &options(), Extent::Whole);
    assert_eq!((&first.columns, &first.rows), (&whole.columns, &whole.rows));
    assert_eq!((first.is_whole, whole.is_whole), (false, true));
    assert!(first.counts.events() < 2_001);
    assert_eq!(whole.counts, Counts { dated: 30_001, undated: 0, not_understood: 1, left_out: 0 });
    assert_eq!((whole.rows.len(), whole.not_understood.len()), (200, 1), "what is shown is bounded");
    let progress = Progress::default();
    progress.cancel();
    assert!(preview(text.as_bytes(), "a.csv", None, &options(), Extent::Whole, &progress).is_err());
}

#[test]
fn columns_and_header_are_what_the_user_says() {
    let text = "Trips,,\nwhen,what,memo\n1965,a,b\n1966,c,d\n";
    let check = |arguments: &[&str], expect: &[Option<Field>], events: usize| {
        let arguments: Vec<String> = arguments.iter().map(|&word| word.to_owned()).collect();
        let (from, options) = typed(&arguments);
        let shown = looked_at(text.as_bytes(), "a.csv", from, &options, Extent::Whole);
        let fields: Vec<_> = shown.columns.iter().map(|column| column.field.map(|(field, _)| field)).collect();
        assert_eq!((fields.as_slice(), shown.counts.events()), (expect, events), "{arguments:?}");
    };
    let (date, title) = (Some(Field::Date), Some(Field::Title));
    check(&["--header", "2"], &[date, title, None], 2);
    check(&["--header=2", "--line", "memo"], &[date, title, Some(Field::Line)], 2);
    check(&["--unused", "memo"], &[date, title, Some(Field::Unused)], 2);
    check(&["--field", "year=when", "--unused=C"], &[Some(Field::Year), title, Some(Field::Unused)], 2);
    let wrong = |arguments: &[&str]| {
        let line = ["longview", "import", "FILE"].into_iter().chain(arguments.iter().copied());
        cli::parse(line.map(Into::into)).expect_err("arguments that are wrong").to_string()
    };
    assert!(wrong(&["--field", "when"]).contains("year=Jahr"));
    assert!(wrong(&["--field", "whenever=A"]).contains("a field is one of title, date"));
    // What is not used is counted, and what names a row that there is not is an error.
    let (_, options) = typed(&["--unused".to_owned(), "memo".to_owned()]);
    let made = import(text.as_bytes(), "a.csv", None, &options, &Progress::default()).expect("an import");
    assert!(made.report.human("a.csv").contains("2 dropped: the column “memo”, which is not used: rows 3, 4"));
    assert!(!made.text().contains("- memo"));
    let (_, options) = typed(&["--header=99".to_owned()]);
    assert!(import(text.as_bytes(), "a.csv", None, &options, &Progress::default()).is_err());
}

#[test]
fn arguments_stand_for_columns_whatever_they_are_called() {
    let check = |text: &str, expect: &[&str]| {
        let shown = looked_at(text.as_bytes(), "a.csv", None, &options(), Extent::Whole);
        let arguments = shown.table.map(|table| table.options.arguments()).unwrap_or_default();
        assert_eq!(arguments, expect, "{text}");
    };
    check("date,title\n1965,a\n1966,b\n", &["--date", "date", "--title", "title"]);
    check("-date,title\n1965,a\n1966,b\n", &["--date=-date", "--title", "title"]);
    check("Year,Title,Title\n1965,a,b\n1966,c,d\n", &["--field", "year=Year", "--title", "Title"]);
    check("date,title\n1/13/65,a\n", &["--date", "date", "--title", "title", "--century", "1965", "--month-day"]);
}
