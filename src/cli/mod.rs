//! The command line: arguments as typed -> a [`Task`] whose every value is checked.

mod data;
mod dates;
mod import;
mod new;
mod paths;
mod window;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{ArgMatches, Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};
use egui::{Vec2, vec2};

use crate::date::Date;
use crate::export::{
    Format, LEAST_PAGE, Look, MAX_SIDE, NotesContent, POINTS_PER_INCH, POINTS_PER_MM, PageSetup, PageSize, Room, TextAs,
};
use crate::open_at::OpenAt;

pub use data::DataExport;
use data::FileFormat;
use dates::date;
pub use import::Import;
pub use new::New;
use paths::input;
pub use paths::{Input, Output};
use window::TypedWindow;

/// What the program is asked to do.
#[derive(Debug)]
pub struct Command {
    /// Tell on standard error what each stage cost.
    pub verbose: bool,
    /// The work.
    pub task: Task,
}

/// The work of one run.
#[derive(Debug)]
pub enum Task {
    /// Show a document in a window.
    Window {
        /// The document.
        input: Input,
        /// Give times in which much happens more of the width, whatever the document says.
        even: bool,
        /// Where in the document it opens; `None` where it was left.
        place: Option<Box<OpenAt>>,
    },
    /// Draw a document as a picture.
    Export(Box<Export>),
    /// Write a document as data for other programs.
    Data(DataExport),
    /// Make a document from a file of another program.
    Import(Box<Import>),
    /// Write a document to start from.
    New(New),
    /// Say what is wrong with documents.
    Check {
        /// The documents.
        inputs: Vec<Input>,
        /// How to say it.
        format: CheckFormat,
    },
    /// Print the events of a document.
    List {
        /// The document.
        input: Input,
        /// How to print them.
        format: ListFormat,
    },
}

/// A picture from the command line.
#[derive(Debug)]
pub struct Export {
    /// The document.
    pub input: Input,
    /// Where the picture goes.
    pub output: Output,
    /// What kind of file it is.
    pub format: Format,
    /// Page, resolution and look.
    pub setup: PageSetup,
    /// The whole timeline, whatever view the document asks for.
    pub whole: bool,
    /// Give times in which much happens more of the width, whatever the document says.
    pub even: bool,
    /// Left edge of the picture.
    pub from: Option<Date>,
    /// Right edge of the picture.
    pub to: Option<Date>,
    /// Id of the event that is marked.
    pub select: Option<String>,
    /// Ids of the groups of lanes that are folded.
    pub fold: Vec<String>,
    /// What the events that are shown must meet, as in a search.
    pub filter: Option<String>,
}

/// How `check` reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people: each problem with the line that it is in.
    Human,
    /// For programs: one JSON array.
    Json,
}

/// How `list` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// Columns for people.
    Table,
    /// Comma-separated values, RFC 4180.
    Csv,
    /// One JSON array.
    Json,
}

/// A desktop timeline that says where every claim comes from and how exactly it is dated.
#[derive(Debug, Parser)]
#[command(name = "longview", version, args_conflicts_with_subcommands = true)]
struct Typed {
    #[command(subcommand)]
    command: Option<TypedCommand>,
    /// The document to show; without it ./timeline.ron, else the built-in example; - reads standard input
    file: Option<PathBuf>,
    #[command(flatten)]
    window: TypedWindow,
    /// Tell on standard error what each stage cost
    #[arg(short, long, global = true)]
    verbose: bool,
}

#[derive(Debug, Subcommand)]
enum TypedCommand {
    /// Draw a document as a picture, or write it as data for other programs; needs no display
    Export(Box<TypedExport>),
    /// Make a document from what another program wrote: a table, a calendar, a family tree, a timeline
    Import(Box<import::TypedImport>),
    /// Write a commented document to start from
    New(new::TypedNew),
    /// Say what is wrong with documents, as <file:line:column>; exit code 1 on an error
    Check {
        /// The documents; without one ./timeline.ron, else the built-in example
        files: Vec<PathBuf>,
        /// How to say it
        #[arg(long, value_enum, default_value_t = CheckFormat::Human)]
        format: CheckFormat,
    },
    /// Print the events in time order
    List {
        /// The document; without it ./timeline.ron, else the built-in example
        file: Option<PathBuf>,
        /// How to print them
        #[arg(long, value_enum, default_value_t = ListFormat::Table)]
        format: ListFormat,
    },
}

#[derive(Debug, Args)]
struct TypedExport {
    /// The document; without it ./timeline.ron, else the built-in example; - reads standard input
    file: Option<PathBuf>,
    /// The file to write; its ending says the format: .png, .svg or .pdf for a picture, .csv for a table, .json for the
    /// whole document, .ics for a calendar, .timelinejs.json for timelines on web pages; - writes to standard output
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// The format, where no ending says it; all other options are for pictures
    #[arg(long, value_parser = PossibleValuesParser::new(FileFormat::NAMES).try_map(format_named))]
    format: Option<FileFormat>,
    /// Width and height of the page in points, which are pixels at scale 1; the height may be auto: as tall as everything
    /// needs
    #[arg(long, value_name = "WIDTHxHEIGHT", default_value = "1280x800", value_parser = size)]
    size: Size,
    /// A page instead: a4, a3, letter, each also with -portrait, slide, square, or a size such as 200x150mm
    #[arg(long, value_name = "PAGE", value_parser = page, conflicts_with = "size")]
    page: Option<PageSize>,
    /// One page of a PDF, on which what has no room is left out and said; without it the chart goes on to further pages
    #[arg(long)]
    fit: bool,
    /// Pixels for each point of a PNG [default: 2]
    #[arg(long, value_parser = scale, allow_negative_numbers = true)]
    scale: Option<f32>,
    /// Dots per inch of a PNG instead: 96 for each of --scale [default on paper: 300]
    #[arg(long, value_name = "DOTS", value_parser = dots, allow_negative_numbers = true, conflicts_with = "scale")]
    dpi: Option<f32>,
    /// Free space around the chart, in millimetres [default: 12 on paper, else 0]
    #[arg(long, value_name = "MM", value_parser = margin, allow_negative_numbers = true)]
    margin: Option<f32>,
    /// A headline instead of the document's; empty for none
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// A line under it instead of the document's; empty for none
    #[arg(long, value_name = "TEXT")]
    subtitle: Option<String>,
    /// What becomes of text in an SVG: text, with the fonts in the file, or outlines, for programs that have no fonts
    #[arg(long, value_enum, default_value_t = TextAs::Text)]
    text: TextAs,
    /// Number the events, and add notes on all of them, below the chart or on further pages of a PDF: their sources,
    /// descriptions, or both
    #[arg(
        long,
        value_enum,
        value_name = "CONTENT",
        num_args = 0..=1,
        require_equals = true,
        default_value_t = NotesContent::None,
        default_missing_value = "both",
        hide_default_value = true
    )]
    notes: NotesContent,
    /// No pictures of events, which are else shown where there is room
    #[arg(long)]
    no_pictures: bool,
    /// Colours of the picture; print is for white paper, and its colours differ in grey too
    #[arg(long, value_enum, default_value_t = Look::Light)]
    theme: Look,
    /// The whole timeline, whatever view the document asks for
    #[arg(long, conflicts_with_all = ["from", "to"])]
    whole: bool,
    /// Even time: give the times in which much happens more of the width
    #[arg(long)]
    even: bool,
    /// Left edge: any date of a document, such as 1965
    #[arg(long, value_name = "DATE", value_parser = date, allow_hyphen_values = true)]
    from: Option<Date>,
    /// Right edge: any date of a document, such as 2015-12-10
    #[arg(long, value_name = "DATE", value_parser = date, allow_hyphen_values = true)]
    to: Option<Date>,
    /// The event to mark
    #[arg(long, value_name = "EVENT_ID")]
    select: Option<String>,
    /// A group of lanes to show in one, by its id; may be given several times
    #[arg(long, value_name = "LANE_ID")]
    fold: Vec<String>,
    /// Show only the events that are found for this: words, #tag, @lane, -@lane, before:1965
    #[arg(long, value_name = "TEXT", value_parser = crate::open_at::search, allow_hyphen_values = true)]
    filter: Option<String>,
}

/// Reads the arguments of a process, the program's name first.
///
/// # Errors
/// What clap has to say: what is wrong with the arguments, or the help that was asked for. Its exit code is 2 or 0.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, clap::Error> {
    let matches = Typed::command().try_get_matches_from(arguments)?;
    let typed = Typed::from_arg_matches(&matches).map_err(|error| error.format(&mut Typed::command()))?;
    let task = match typed.command {
        None => typed
            .window
            .checked()
            .map(|(even, place)| Task::Window { input: input(typed.file), even, place })
            .map_err(wrong)?,
        Some(TypedCommand::Export(export)) => exported(*export, matches.subcommand_matches("export"))?,
        Some(TypedCommand::Import(typed)) => Task::Import(Box::new(typed.checked().map_err(wrong)?)),
        Some(TypedCommand::New(typed)) => Task::New(typed.checked()),
        Some(TypedCommand::Check { files, format }) => {
            let inputs = if files.is_empty() {
                vec![Input::Default]
            } else {
                files.into_iter().map(|file| input(Some(file))).collect()
            };
            if inputs.iter().filter(|input| **input == Input::Standard).count() > 1 {
                return Err(wrong("standard input can be read only once: give - once"));
            }
            Task::Check { inputs, format }
        }
        Some(TypedCommand::List { file, format }) => Task::List { input: input(file), format },
    };
    Ok(Command { verbose: typed.verbose, task })
}

fn format_named(name: String) -> Result<FileFormat, String> {
    FileFormat::named(&name).ok_or(name)
}

/// Checks the arguments of `export`.
fn exported(typed: TypedExport, arguments: Option<&ArgMatches>) -> Result<Task, clap::Error> {
    let (output, format) = data::output(typed.output.clone(), typed.format).map_err(|message| wrong(&message))?;
    match format {
        FileFormat::Picture(format) => Ok(Task::Export(Box::new(checked(typed, output, format)?))),
        FileFormat::Data(format) => {
            data::no_options_of_pictures(arguments).map_err(|message| wrong(&message))?;
            Ok(Task::Data(DataExport { input: input(typed.file), output, format, filter: typed.filter }))
        }
    }
}

fn checked(typed: TypedExport, output: Output, format: Format) -> Result<Export, clap::Error> {
    dates::in_order(typed.from.as_ref(), typed.to.as_ref()).map_err(wrong)?;
    if typed.text == TextAs::Outlines && format != Format::Svg {
        return Err(wrong("--text outlines is for an SVG: a PNG has no text, and a PDF has its fonts embedded"));
    }
    let setup = setup(&typed, format).map_err(|message| wrong(&message))?;
    Ok(Export {
        input: input(typed.file),
        output,
        format,
        setup,
        whole: typed.whole,
        even: typed.even,
        from: typed.from,
        to: typed.to,
        select: typed.select,
        fold: typed.fold,
        filter: typed.filter,
    })
}

/// What is wrong with arguments that are right each by itself.
fn wrong(message: &str) -> clap::Error {
    clap::Error::raw(clap::error::ErrorKind::ValueValidation, format!("{message}\n"))
}

fn setup(typed: &TypedExport, format: Format) -> Result<PageSetup, String> {
    let Size { points, is_auto } = typed.size;
    let page = typed.page.unwrap_or(PageSize::Custom(points));
    let room = match (is_auto, typed.fit) {
        (true, true) => return Err("--fit is for a page of a fixed height, not for --size with auto".to_owned()),
        (true, false) => Room::TallPage,
        (false, false) if format == Format::Pdf => Room::FurtherPages,
        (false, _) => Room::OnePage,
    };
    let usual = PageSetup::new(page);
    let most = page.most_margin() / POINTS_PER_MM;
    if let Some(margin) = typed.margin.filter(|margin| *margin > most) {
        let [width, height] = [LEAST_PAGE.x, LEAST_PAGE.y];
        return Err(format!(
            "a margin of {margin} mm leaves too little of this page: a chart needs at least {width}x{height} points, so \
             that the margin can be {:.1} mm at most",
            (most * 10.0).floor() / 10.0
        ));
    }
    let usual_scale = if page.is_paper() { 300.0 / POINTS_PER_INCH } else { 2.0 };
    Ok(PageSetup {
        room,
        margin: typed.margin.map_or(usual.margin, |mm| mm * POINTS_PER_MM),
        scale: typed.scale.or(typed.dpi.map(|dots| dots / POINTS_PER_INCH)).unwrap_or(usual_scale),
        look: typed.theme,
        pictures: !typed.no_pictures,
        notes: typed.notes,
        text: typed.text,
        title: typed.title.clone(),
        subtitle: typed.subtitle.clone(),
        ..usual
    })
}

fn page(text: &str) -> Result<PageSize, String> {
    let lower = text.to_ascii_lowercase();
    if let Some(page) = PageSize::NAMED.into_iter().find(|page| page.name() == Some(lower.as_str())) {
        return Ok(page);
    }
    let names = PageSize::NAMED.map(|page| page.name().unwrap_or_default()).join(", ");
    let wrong = || format!("a page is one of {names}, or a size such as 200x120mm");
    let (width, height) = lower.strip_suffix("mm").and_then(|size| size.split_once('x')).ok_or_else(wrong)?;
    let side = |text: &str| text.trim().parse::<f32>().map_err(|_| wrong()).map(|mm| mm * POINTS_PER_MM);
    let points = vec2(side(width)?, side(height)?);
    let least = (LEAST_PAGE / POINTS_PER_MM).ceil();
    if !(points.x >= LEAST_PAGE.x && points.y >= LEAST_PAGE.y) {
        return Err(format!("a chart needs at least {}x{}mm", least.x, least.y));
    }
    let most = (MAX_SIDE as f32 / POINTS_PER_MM).floor();
    if points.max_elem() > MAX_SIDE as f32 {
        return Err(format!("a page is at most {most}x{most}mm"));
    }
    Ok(PageSize::Paper(points))
}

fn dots(text: &str) -> Result<f32, String> {
    let dots: f32 = text.parse().map_err(|_| "dots per inch are a number, such as 300".to_owned())?;
    if (10.0..=1536.0).contains(&dots) { Ok(dots) } else { Err("dots per inch are between 10 and 1536".to_owned()) }
}

fn margin(text: &str) -> Result<f32, String> {
    let margin: f32 = text.parse().map_err(|_| "a margin is a number of millimetres, such as 12".to_owned())?;
    if (0.0..=50.0).contains(&margin) { Ok(margin) } else { Err("a margin is between 0 and 50 mm".to_owned()) }
}

/// The size of a page in points.
#[derive(Clone, Copy, Debug)]
struct Size {
    points: Vec2,
    /// Whether the height is as large as it must be; that of `points` is then the least.
    is_auto: bool,
}

fn size(text: &str) -> Result<Size, String> {
    let wrong = || "a size is written as WIDTHxHEIGHT, such as 1920x1080 or 1920xauto".to_owned();
    let (width, height) = text.split_once(['x', 'X', '×']).ok_or_else(wrong)?;
    let side = |text: &str| {
        let digits = text.trim();
        let is_whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse::<f32>().ok().filter(|_| is_whole).ok_or_else(wrong)
    };
    let is_auto = height.trim().eq_ignore_ascii_case("auto");
    let points = vec2(side(width)?, if is_auto { LEAST_PAGE.y } else { side(height)? });
    if points.max_elem() > MAX_SIDE as f32 {
        return Err(format!("a picture is at most {MAX_SIDE}x{MAX_SIDE}"));
    }
    if points.x < LEAST_PAGE.x || points.y < LEAST_PAGE.y {
        return Err(format!("a chart needs at least {}x{}", LEAST_PAGE.x, LEAST_PAGE.y));
    }
    Ok(Size { points, is_auto })
}

fn scale(text: &str) -> Result<f32, String> {
    let scale: f32 = text.parse().map_err(|_| "a scale is a number, such as 2".to_owned())?;
    if (0.1..=16.0).contains(&scale) { Ok(scale) } else { Err("a scale is between 0.1 and 16".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command, clap::Error> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn every_task_is_understood() {
        let command = parsed("longview").expect("a window");
        assert!(matches!(command.task, Task::Window { input: Input::Default, even: false, place: None }));
        let command = parsed("longview a.ron -v").expect("a window");
        assert!(
            command.verbose && matches!(command.task, Task::Window { input: Input::File(_), even: false, place: None })
        );
        let command = parsed("longview a.ron --even").expect("a window");
        assert!(matches!(command.task, Task::Window { even: true, .. }));
        let command = parsed("longview export -o a.png --even").expect("a picture");
        assert!(matches!(command.task, Task::Export(export) if export.even));
        let command = parsed("longview check a.ron - --format json").expect("a check");
        let Task::Check { inputs, format } = command.task else { panic!("no check") };
        assert_eq!(inputs, [Input::File("a.ron".into()), Input::Standard]);
        assert_eq!(format, CheckFormat::Json);
        let command = parsed("longview list --format csv").expect("a list");
        assert!(matches!(command.task, Task::List { input: Input::Default, format: ListFormat::Csv }));
    }

    #[test]
    fn an_export_is_checked_as_it_is_read() {
        let line =
            "longview export a.ron -o b.png --size 1920x1080 --scale 3 --theme dark --from 1960 --to 2020 --select x";
        let Task::Export(export) = parsed(line).expect("an export").task else { panic!("no export") };
        let PageSetup { page, scale, look, .. } = export.setup;
        assert_eq!((page, scale, look), (PageSize::Custom(vec2(1920.0, 1080.0)), 3.0, Look::Dark));
        assert_eq!(export.select.as_deref(), Some("x"));
        assert_eq!(export.from.map(|date| date.words()).as_deref(), Some("1960"));
    }

    #[test]
    fn a_page_has_a_size_a_margin_and_dots() {
        let setup = |line: &str| {
            let Task::Export(export) = parsed(line).expect(line).task else { panic!("no export") };
            export.setup
        };
        let paper = setup("longview export -o b.png --page a4 --theme print");
        assert_eq!((paper.page, paper.look), (PageSize::A4, Look::Print));
        assert!((paper.scale - 3.125).abs() < 1e-6, "300 dots per inch");
        assert!((paper.margin / POINTS_PER_MM - 12.0).abs() < 1e-3);
        let slide = setup("longview export -o b.png --page slide --margin 5 --dpi 192 --title A --subtitle B");
        assert!((slide.scale - 2.0).abs() < 1e-6 && (slide.margin / POINTS_PER_MM - 5.0).abs() < 1e-3);
        assert_eq!((slide.title.as_deref(), slide.subtitle.as_deref()), (Some("A"), Some("B")));
        let own = setup("longview export -o b.pdf --page 200x150mm").page.points() / POINTS_PER_MM;
        assert!((own.x - 200.0).abs() < 1e-3 && (own.y - 150.0).abs() < 1e-3);
    }

    #[test]
    fn a_picture_goes_to_a_file_or_to_standard_output() {
        let check = |line: &str, output: Output, format: Format| {
            let Task::Export(export) = parsed(line).expect(line).task else { panic!("no export") };
            assert_eq!((export.output, export.format), (output, format), "{line}");
        };
        check("longview export -o a.SVG", Output::File("a.SVG".into()), Format::Svg);
        check("longview export -o a.pdf --format pdf", Output::File("a.pdf".into()), Format::Pdf);
        check("longview export -o a --format png", Output::File("a".into()), Format::Png);
        check("longview export -o - --format svg --text outlines", Output::Standard, Format::Svg);
    }

    #[test]
    fn data_goes_to_a_file_or_to_standard_output() {
        use crate::interchange::Format as Data;
        let check = |line: &str, output: Output, format: Data| {
            let Task::Data(export) = parsed(line).expect(line).task else { panic!("no data") };
            assert_eq!((export.output, export.format), (output, format), "{line}");
        };
        check("longview export x.ron -v -o a.JSON", Output::File("a.JSON".into()), Data::Json);
        check("longview export -o a.timelinejs.json", Output::File("a.timelinejs.json".into()), Data::TimelineJs);
        check("longview export -o a.json --format timelinejs", Output::File("a.json".into()), Data::TimelineJs);
        check("longview export -o - --format ics", Output::Standard, Data::ICalendar);
    }

    #[test]
    fn height_and_notes_are_chosen() {
        let setup = |line: &str| {
            let Task::Export(export) = parsed(line).expect(line).task else { panic!("no export") };
            export.setup
        };
        let room = |line: &str, expect: Room| assert_eq!(setup(line).room, expect, "{line}");
        room("longview export -o b.png --size 1920x1080", Room::OnePage);
        room("longview export -o b.png --page a4", Room::OnePage);
        room("longview export -o b.pdf --page a4", Room::FurtherPages);
        room("longview export -o - --format pdf", Room::FurtherPages);
        room("longview export -o b.pdf --page a4 --fit", Room::OnePage);
        for line in ["longview export -o b.png --size 1920xauto", "longview export -o b.pdf --size 1920xAuto"] {
            room(line, Room::TallPage);
            assert_eq!(setup(line).page.points().x, 1920.0);
        }
        let notes = |line: &str, expect: NotesContent| assert_eq!(setup(line).notes, expect, "{line}");
        notes("longview export -o b.pdf", NotesContent::None);
        notes("longview export -o b.pdf --notes", NotesContent::Both);
        notes("longview export --notes a.ron -o b.pdf", NotesContent::Both);
        notes("longview export -o b.pdf --notes=sources", NotesContent::Sources);
        notes("longview export -o b.pdf --notes=descriptions", NotesContent::Descriptions);
        notes("longview export -o b.pdf --notes=both", NotesContent::Both);
    }

    #[test]
    fn pictures_are_shown_unless_that_is_declined() {
        let shows = |line: &str| {
            let Task::Export(export) = parsed(line).expect(line).task else { panic!("no export") };
            export.setup.pictures
        };
        assert!(shows("longview export -o b.png") && !shows("longview export -o b.png --no-pictures"));
    }

    #[test]
    fn what_is_wrong_is_said_and_ends_with_code_2() {
        for (line, says) in [
            ("longview export", "--output"),
            ("longview export -o a.gif", "no picture format"),
            ("longview export -o a", "needs the ending"),
            ("longview export -o a.png --size 10", "WIDTHxHEIGHT"),
            ("longview export -o a.png --size 100000x100000", "at most 16384x16384"),
            ("longview export -o a.png --size 640x99999999999999999999999999999999999999999", "at most 16384x16384"),
            ("longview export -o a.png --size 800.5x600", "WIDTHxHEIGHT"),
            ("longview export -o a.png --size 1e3x600", "WIDTHxHEIGHT"),
            ("longview export -o a.png --size 10x10", "at least 320x240"),
            ("longview export -o a.png --size 10xauto", "at least 320x240"),
            ("longview export -o a.png --size autox900", "WIDTHxHEIGHT"),
            ("longview export -o a.png --size 900xauto --fit", "--fit"),
            ("longview export -o a.png --notes=everything", "--notes"),
            ("longview export -o a.png --size 319x900", "at least 320x240"),
            ("longview export -o a", "needs the ending"),
            ("longview export -o a.png --format pdf", "does not agree"),
            ("longview export -o a.gif --format png", "no picture format"),
            ("longview export -o -", "--format png, svg or pdf"),
            ("longview export -o a.json --format png", "does not agree"),
            ("longview export -o a.csv --format json", "does not agree"),
            ("longview export -o a.txt", "as data, write .csv"),
            ("longview export -o a.json --size 800x600", "--size is for a picture"),
            ("longview export -o - --format json --whole", "--whole is for a picture"),
            ("longview export -o - --format gif", "--format"),
            ("longview export -o a.png --text outlines", "for an SVG"),
            ("longview export -o - --format pdf --text outlines", "for an SVG"),
            ("longview export -o a.png --size 400x300 --margin 20", "7.9 mm at most"),
            ("longview export -o a.png --size 320x240 --margin 0.1", "0.0 mm at most"),
            ("longview export -o a.png --page 200x120mm --margin 50", "28.2 mm at most"),
            ("longview export -o a.png --page 9000x100mm", "at most 4334x4334mm"),
            ("longview export -o a.png --page infx100mm", "at most 4334x4334mm"),
            ("longview export -o a.png --page NaNx100mm", "at least"),
            ("longview export -o a.png --scale nan", "between 0.1 and 16"),
            ("longview export -o a.png --scale 17", "between 0.1 and 16"),
            ("longview export -o a.png --dpi 1e9", "between 10 and 1536"),
            ("longview export -o a.png --margin inf", "between 0 and 50"),
            ("longview export -o a.png --scale 0", "between 0.1 and 16"),
            ("longview export -o a.png --from 1990 --to 1980", "must be before"),
            ("longview export -o a.png --from 30.February", "--from"),
            ("longview export -o a.png --page a9", "a page is one of a4, a4-portrait"),
            ("longview export -o a.png --page 20x20mm", "at least 85x64mm"),
            ("longview export -o a.png --page a4 --size 640x480", "--size"),
            ("longview export -o a.png --dpi 300 --scale 2", "--scale"),
            ("longview export -o a.png --dpi 3", "between 10 and 1536"),
            ("longview export -o a.png --margin 90", "between 0 and 50"),
            ("longview export -o a.png --margin -3", "between 0 and 50"),
            ("longview export -o a.png --whole --from 1990", "--from"),
            ("longview --from 1990 --to 1980", "must be before"),
            ("longview --to 30.February", "--to"),
            ("longview --find before:soon", "--find"),
            ("longview --find x --select y", "--select"),
            ("longview list --format xml", "xml"),
            ("longview check - a.ron -", "only once"),
        ] {
            let error = parsed(line).expect_err(line);
            assert_eq!(error.exit_code(), 2, "{line}");
            assert!(error.to_string().contains(says), "{line}: {error}");
        }
    }
}
