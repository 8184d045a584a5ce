//! The command line: arguments as typed -> a [`Task`] whose every value is checked.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use egui::{Vec2, vec2};

use crate::export::picture_path;
use crate::timeline::Date;

/// What the program is asked to do.
#[derive(Debug)]
pub struct Command {
    /// Tell on standard error what each stage cost.
    pub verbose: bool,
    /// The work.
    pub task: Task,
}

/// Where a document comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// `./timeline.ron` where there is one, else the built-in example.
    Default,
    /// Standard input.
    Standard,
    /// A file.
    File(PathBuf),
}

/// The work of one run.
#[derive(Debug)]
pub enum Task {
    /// Show a document in a window.
    Window(Input),
    /// Draw a document as a picture.
    Export(Box<Export>),
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
    /// The file to write.
    pub output: PathBuf,
    /// Width and height, in points.
    pub size: Vec2,
    /// Pixels for each point.
    pub scale: f32,
    /// The dark theme instead of the light one.
    pub dark: bool,
    /// Left edge of the picture.
    pub from: Option<Date>,
    /// Right edge of the picture.
    pub to: Option<Date>,
    /// Id of the event that is marked.
    pub select: Option<String>,
}

/// How `check` reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people: each problem with the line that it stands in.
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
    /// Tell on standard error what each stage cost
    #[arg(short, long, global = true)]
    verbose: bool,
}

#[derive(Debug, Subcommand)]
enum TypedCommand {
    /// Draw a document as a picture; needs no display
    Export(Box<TypedExport>),
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
    /// The picture to write; its ending says the format: .png, .svg or .pdf
    #[arg(short, long, value_name = "OUT", value_parser = picture_path)]
    output: PathBuf,
    /// Width and height of the page in points, which are pixels at scale 1
    #[arg(long, value_name = "WIDTHxHEIGHT", default_value = "1280x800", value_parser = size)]
    size: Vec2,
    /// Pixels for each point
    #[arg(long, default_value_t = 2.0, value_parser = scale)]
    scale: f32,
    /// Colours of the picture
    #[arg(long, value_enum, default_value_t = TypedTheme::Light)]
    theme: TypedTheme,
    /// Left edge: any date of a document, such as 1965
    #[arg(long, value_name = "DATE", value_parser = date, allow_hyphen_values = true)]
    from: Option<Date>,
    /// Right edge: any date of a document, such as 2015-12-10
    #[arg(long, value_name = "DATE", value_parser = date, allow_hyphen_values = true)]
    to: Option<Date>,
    /// The event to mark
    #[arg(long, value_name = "EVENT_ID")]
    select: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum TypedTheme {
    Light,
    Dark,
}

/// Reads the arguments of a process, the program's name first.
///
/// # Errors
/// What clap has to say: what is wrong with the arguments, or the help that was asked for. Its exit code is 2 or 0.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, clap::Error> {
    let typed = Typed::try_parse_from(arguments)?;
    let task = match typed.command {
        None => Task::Window(input(typed.file)),
        Some(TypedCommand::Export(export)) => Task::Export(Box::new(checked(*export)?)),
        Some(TypedCommand::Check { files, format }) => {
            let inputs = if files.is_empty() {
                vec![Input::Default]
            } else {
                files.into_iter().map(|file| input(Some(file))).collect()
            };
            Task::Check { inputs, format }
        }
        Some(TypedCommand::List { file, format }) => Task::List { input: input(file), format },
    };
    Ok(Command { verbose: typed.verbose, task })
}

fn input(file: Option<PathBuf>) -> Input {
    match file {
        None => Input::Default,
        Some(file) if file.as_os_str() == "-" => Input::Standard,
        Some(file) => Input::File(file),
    }
}

fn checked(typed: TypedExport) -> Result<Export, clap::Error> {
    let starts = typed.from.as_ref().and_then(Date::earliest);
    let ends = typed.to.as_ref().and_then(Date::latest);
    if let (Some(start), Some(end)) = (starts, ends)
        && start >= end
    {
        let message = "--from must be before --to";
        return Err(clap::Error::raw(clap::error::ErrorKind::ValueValidation, format!("{message}\n")));
    }
    Ok(Export {
        input: input(typed.file),
        output: typed.output,
        size: typed.size,
        scale: typed.scale,
        dark: typed.theme == TypedTheme::Dark,
        from: typed.from,
        to: typed.to,
        select: typed.select,
    })
}

fn size(text: &str) -> Result<Vec2, String> {
    let wrong = || "a size is written as WIDTHxHEIGHT, such as 1920x1080".to_owned();
    let (width, height) = text.split_once(['x', 'X', '×']).ok_or_else(wrong)?;
    let side = |text: &str| text.trim().parse::<u16>().map_err(|_| wrong());
    let (width, height) = (side(width)?, side(height)?);
    if width < 480 || height < 320 {
        return Err("a chart needs at least 480x320".to_owned());
    }
    Ok(vec2(f32::from(width), f32::from(height)))
}

fn scale(text: &str) -> Result<f32, String> {
    let scale: f32 = text.parse().map_err(|_| "a scale is a number, such as 2".to_owned())?;
    if (0.1..=16.0).contains(&scale) { Ok(scale) } else { Err("a scale is between 0.1 and 16".to_owned()) }
}

fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).map_err(|error| match error.hint {
        Some(hint) => format!("{} ({hint})", error.message),
        None => error.message,
    })
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
        assert!(matches!(command.task, Task::Window(Input::Default)));
        let command = parsed("longview a.ron -v").expect("a window");
        assert!(command.verbose && matches!(command.task, Task::Window(Input::File(_))));
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
        assert_eq!((export.size, export.dark), (vec2(1920.0, 1080.0), true));
        assert_eq!(export.select.as_deref(), Some("x"));
        assert_eq!(export.from.map(|date| date.words()).as_deref(), Some("1960"));
    }

    #[test]
    fn what_is_wrong_is_said_and_ends_with_code_2() {
        for (line, says) in [
            ("longview export", "--output"),
            ("longview export -o a.gif", "no picture format"),
            ("longview export -o a", "needs the ending"),
            ("longview export -o a.png --size 10", "WIDTHxHEIGHT"),
            ("longview export -o a.png --size 10x10", "at least 480x320"),
            ("longview export -o a.png --scale 0", "between 0.1 and 16"),
            ("longview export -o a.png --from 1990 --to 1980", "must be before"),
            ("longview export -o a.png --from 30.February", "--from"),
            ("longview list --format xml", "xml"),
        ] {
            let error = parsed(line).expect_err(line);
            assert_eq!(error.exit_code(), 2, "{line}");
            assert!(error.to_string().contains(says), "{line}: {error}");
        }
    }
}
