//! Arguments -> window, export, check or list; prints errors; exit code.
//!
//! Exit codes: 0 done, 1 the document or the task failed, 2 the command line is wrong.

use std::fmt::Write as _;
use std::io::{IsTerminal as _, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use longview::Example;
use longview::app::{self, DialogLog, LoadedDocument, StartupDocument};
use longview::cli::{self, Export, Input, Output, Task};
use longview::clock;
use longview::crash;
use longview::document::{Diagnostic, Severity, nearest};
use longview::export::{
    DocumentPictures, Format, InputFile, Picture, check_output, check_standard_output, write_file, write_file_with,
};
use longview::interchange;
use longview::layout::{Pictures, View};
use longview::listing::{self, Checked};
use longview::media::{self, Thoroughness};
use longview::open_at::{OpenAt, no_event};
use longview::progress::Progress;
use longview::query::{self, Projection};
use longview::timeline::{Axis, Item, Timeline};

fn main() -> ExitCode {
    let started = Instant::now();
    let command = match cli::parse(std::env::args_os()) {
        Ok(command) => command,
        Err(error) => {
            // Only a closed terminal can refuse this, and then nobody reads it.
            drop(error.print());
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let result = crash::catch("carrying out the command", || run(command, started));
    match result.unwrap_or_else(|report| Err(format!("{}\n{}", report.summary(), report.text(&[])))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            let message =
                if message.ends_with('\n') || message.is_empty() { message } else { format!("longview: {message}\n") };
            say(&message);
            ExitCode::from(1)
        }
    }
}

/// Carries out what the command line asks for.
fn run(command: cli::Command, started: Instant) -> Result<(), String> {
    let mut watch = Stopwatch { verbose: command.verbose, last: started };
    match command.task {
        Task::Window { input, even, place } => {
            window(&input, even, place.map(|place| *place), command.verbose.then_some(started))
        }
        Task::Export(export) => picture(&export, &mut watch),
        Task::Data(export) => data(&export, &mut watch),
        Task::Import(task) => import(&task, &mut watch),
        Task::New(task) => new_document(&task),
        Task::Check { inputs, format } => check(&inputs, format),
        Task::List { input, format } => open(&input, &mut watch)
            .and_then(|timeline| listing::events(&timeline, format))
            .and_then(|text| print(text.as_bytes())),
    }
}

/// Tells on standard error what each stage cost.
struct Stopwatch {
    verbose: bool,
    last: Instant,
}

impl Stopwatch {
    fn lap(&mut self, stage: &str) {
        let now = Instant::now();
        self.tell(stage, now.duration_since(self.last));
        self.last = now;
    }

    fn tell(&self, stage: &str, cost: Duration) {
        if self.verbose {
            say(&format!("{stage:<8}{:>9.2} ms\n", cost.as_secs_f64() * 1e3));
        }
    }
}

fn say(text: &str) {
    // With standard error closed there is nobody to tell.
    drop(std::io::stderr().write_all(text.as_bytes()));
}

/// Writes to standard output. A reader that has had enough, such as `head`, is no error.
fn print(bytes: &[u8]) -> Result<(), String> {
    let mut output = std::io::stdout().lock();
    match output.write_all(bytes).and_then(|()| output.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(format!("cannot write: {error}")),
        _ => Ok(()),
    }
}

/// The name of a document and its bytes.
fn read(input: &Input) -> Result<(String, Vec<u8>), String> {
    let from_file = |path: &Path| {
        let bytes = std::fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        Ok((path.display().to_string(), bytes))
    };
    match input {
        Input::File(path) => from_file(path),
        Input::Default if Path::new(DEFAULT).exists() => from_file(Path::new(DEFAULT)),
        Input::Default => Ok(("built-in example".to_owned(), Example::Report.text().as_bytes().to_vec())),
        Input::Standard => {
            let mut bytes = Vec::new();
            let read = std::io::stdin().lock().read_to_end(&mut bytes);
            read.map(|_| ("standard input".to_owned(), bytes))
                .map_err(|error| format!("cannot read standard input: {error}"))
        }
    }
}

/// The logger of the process while it shows a window: only what the desktop's dialogs report is of use.
static DIALOG_LOG: DialogLog = DialogLog::new();

/// The document that is shown where none is named.
const DEFAULT: &str = "timeline.ron";

/// Opens a document, or a file of another program, of which the report is said on standard error.
fn open_file(name: &str, bytes: Vec<u8>, progress: &Progress) -> Result<longview::Opened, String> {
    let options = longview::import::Options { today: clock::today(), ..Default::default() };
    let opened =
        longview::open_file(bytes, file_name(name), None, &options, progress).ok_or("reading was cancelled")?;
    if let Some(report) = &opened.report {
        say(&report.human(name));
    }
    Ok(opened.document)
}

/// The folder that the pictures of a document are in; `None` for standard input and the example.
fn folder_of(input: &Input) -> Option<PathBuf> {
    let path = match input {
        Input::File(path) => path.as_path(),
        Input::Default if Path::new(DEFAULT).exists() => Path::new(DEFAULT),
        Input::Default | Input::Standard => return None,
    };
    path.parent().map(Path::to_path_buf)
}

/// Adds warnings about the pictures of a document without errors.
fn look_at_pictures(opened: &mut longview::Opened, input: &Input, thoroughness: Thoroughness) {
    if let (Some(timeline), Some(folder), false) = (&opened.timeline, folder_of(input), opened.has_errors()) {
        opened.diagnostics.extend(media::warnings(timeline, &opened.text, &folder, thoroughness));
        opened.diagnostics.sort_by_key(|problem| problem.span.start);
    }
}

/// Returns the name of a file without its folder.
fn file_name(path: &str) -> &str {
    Path::new(path).file_name().and_then(|name| name.to_str()).unwrap_or(path)
}

fn open(input: &Input, watch: &mut Stopwatch) -> Result<Timeline, String> {
    let (name, bytes) = read(input)?;
    watch.lap("read");
    let mut opened = open_file(&name, bytes, &Progress::timed(Instant::now()))?;
    look_at_pictures(&mut opened, input, Thoroughness::Quick);
    watch.tell("parse", opened.cost.parse);
    watch.tell("resolve", opened.cost.resolve);
    watch.tell("index", opened.cost.index);
    watch.last = Instant::now();
    let is_wrong = opened.has_errors();
    let report: String = opened.diagnostics.iter().map(|problem| problem.human(&name, &opened.text)).collect();
    match opened.timeline {
        Some(timeline) if !is_wrong => {
            say(&report);
            Ok(timeline)
        }
        _ => Err(report),
    }
}

fn window(input: &Input, even: bool, place: Option<OpenAt>, started: Option<Instant>) -> Result<(), String> {
    let opening = match input {
        Input::File(path) => StartupDocument::from_path(path),
        Input::Default if Path::new(DEFAULT).exists() => StartupDocument::from_path(Path::new(DEFAULT)),
        Input::Default => LoadedDocument::example(Example::Report).into(),
        Input::Standard => {
            let (name, bytes) = read(input)?;
            let options = longview::import::Options { today: clock::today(), ..Default::default() };
            LoadedDocument::from_any_bytes(name, bytes, &options).into()
        }
    };
    // What is asked for is not there: that is better said than shown. A document that is read later says it in its window.
    if let (StartupDocument::Ready(loaded), Some(place)) = (&opening, &place)
        && let Some(timeline) = &loaded.timeline
    {
        place.view(timeline.scale(timeline.axis), timeline)?;
        place.item(timeline)?;
    }
    let unreadable = match &opening {
        StartupDocument::Ready(loaded) => loaded.unreadable.clone(),
        StartupDocument::Later(_) => None,
    };
    let no_display = |why: &str| {
        format!("no window can be opened here: {why}; `longview export -o timeline.png` draws the picture without one")
    };
    // The window system's own message for this is long and names libraries.
    let variables = ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"];
    let set = |name: &&str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if cfg!(all(unix, not(target_os = "macos"))) && !variables.iter().any(set) {
        // Without a window to say what is wrong with the document, it is said here.
        if let StartupDocument::Ready(loaded) = &opening {
            let said = loaded.diagnostics.iter().map(|problem| problem.human(&loaded.name, &loaded.text));
            say(&said.collect::<String>());
        }
        return Err(unreadable.unwrap_or_else(|| no_display("there is no display")));
    }
    // Another logger, if there is one, hears what the dialogs report instead.
    if log::set_logger(&DIALOG_LOG).is_ok() {
        log::set_max_level(log::LevelFilter::Error);
    }
    let ended = app::run(opening, even.then_some(Axis::Even), place, started, &DIALOG_LOG);
    ended.map_err(|error| unreadable.unwrap_or_else(|| no_display(error.lines().next().unwrap_or("the window failed"))))
}

/// The files that a document comes from.
fn files_of(input: &Input) -> Vec<InputFile> {
    match input {
        Input::File(path) => vec![InputFile::at(path)],
        Input::Default if Path::new(DEFAULT).exists() => vec![InputFile::at(Path::new(DEFAULT))],
        Input::Default => Vec::new(),
        Input::Standard => InputFile::standard_input().into_iter().collect(),
    }
}

fn picture(export: &Export, watch: &mut Stopwatch) -> Result<(), String> {
    let inputs = files_of(&export.input);
    if export.output == Output::Standard && std::io::stdout().is_terminal() && export.format != Format::Svg {
        return Err("a terminal cannot show the picture: send it to a file or to a program".to_owned());
    }
    check_target(&export.output, &inputs)?;
    let timeline = open(&export.input, watch)?;
    let selected = match &export.select {
        None => None,
        Some(id) => {
            let event = timeline.event_by_id(id);
            Some(Item::Event(event.ok_or_else(|| no_event(id, &timeline))?))
        }
    };
    let view = view(export, &timeline)?;
    let (projection, words) = shown(&export.fold, export.filter.as_deref(), &timeline)?;
    let mut setup = export.setup.clone();
    setup.subtitle = subtitle(setup.subtitle, words, &timeline);
    let timeline = Arc::new(timeline);
    let picture = Picture {
        projection,
        pictures: folder_of(&export.input).map(|folder| pictures(&timeline, folder)).unwrap_or_default(),
        timeline,
        view,
        setup,
        selected,
        scroll: 0.0,
        arrangement: longview::layout::Arrangement::default(),
    };
    let progress = Progress::timed(Instant::now());
    let exported = picture.export(export.format, &progress).map_err(|error| error.to_string())?;
    for (stage, cost) in progress.stages() {
        watch.tell(stage, cost);
    }
    watch.last = Instant::now();
    match &export.output {
        Output::File(path) => write_file(path, &exported.bytes, &inputs).map_err(|error| error.to_string())?,
        Output::Standard => print(&exported.bytes)?,
    }
    watch.lap("write");
    for note in exported.left_out {
        say(&format!("longview: note: {note}\n"));
    }
    for warning in exported.substitutes.warnings() {
        say(&format!("longview: warning: {warning}\n"));
    }
    Ok(())
}

/// Writes a document as data for other programs.
fn data(export: &cli::DataExport, watch: &mut Stopwatch) -> Result<(), String> {
    let inputs = files_of(&export.input);
    check_target(&export.output, &inputs)?;
    let timeline = open(&export.input, watch)?;
    let (projection, _) = shown(&[], export.filter.as_deref(), &timeline)?;
    let progress = Progress::timed(Instant::now());
    let mut notes = Vec::new();
    let mut fill = |out: &mut dyn std::io::Write| -> std::io::Result<()> {
        notes = interchange::write(export.format, &timeline, &projection, out, &progress)?;
        Ok(())
    };
    let written = match &export.output {
        Output::File(path) => write_file_with(path, &inputs, fill).map_err(|error| error.to_string())?,
        Output::Standard => {
            let mut out = std::io::BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
            fill(&mut out).and_then(|()| out.flush())
        }
    };
    match written {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => return Err(format!("cannot write: {error}")),
        _ => {}
    }
    watch.lap("write");
    for note in notes {
        say(&format!("longview: note: {note}\n"));
    }
    Ok(())
}

/// Checks that an output is none of the input files.
fn check_target(output: &Output, inputs: &[InputFile]) -> Result<(), String> {
    let checked = match output {
        Output::File(path) => check_output(path, inputs),
        Output::Standard => check_standard_output(inputs),
    };
    checked.map_err(|error| error.to_string())
}

/// The pictures in the folder of a document.
fn pictures(timeline: &Timeline, folder: PathBuf) -> DocumentPictures {
    let sizes = Arc::new(Pictures::new(media::sizes(timeline, &folder)));
    let read = |timeline: &Timeline, event, folder: &Path| media::thumbnail_of(timeline, event, folder).ok();
    DocumentPictures { sizes, folder: Some(folder), read: Some(read), ..DocumentPictures::default() }
}

/// The line under the headline of a picture, with what of the document is shown if not all is.
fn subtitle(own: Option<String>, shown: Option<String>, timeline: &Timeline) -> Option<String> {
    let Some(shown) = shown else { return own };
    let own = own.or_else(|| timeline.subtitle.clone()).unwrap_or_default();
    Some(if own.is_empty() { shown } else { format!("{own} · {shown}") })
}

/// What is shown where the groups with these ids are folded and events must meet a filter; and what is said of that.
fn shown(ids: &[String], filter: Option<&str>, timeline: &Timeline) -> Result<(Projection, Option<String>), String> {
    for id in ids {
        let lane = timeline.lanes.iter().find(|lane| lane.id == *id);
        let Some(lane) = lane else {
            let near = nearest(id, timeline.lanes.iter().map(|lane| lane.id.as_str()));
            let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            return Err(format!("there is no lane `{id}`{near}"));
        };
        if !lane.is_group() {
            return Err(format!("no lane is in the lane `{id}`, so it cannot be folded"));
        }
    }
    let is_folded = |lane| timeline.lane(lane).is_some_and(|lane| ids.contains(&lane.id));
    let typed = filter.unwrap_or_default();
    let search = query::Search::new(typed);
    let shown = query::narrowed(timeline, &search, &is_folded, &Progress::default());
    let shown = shown.unwrap_or_else(|| query::folded(timeline, &is_folded));
    let words = (!search.is_empty()).then(|| search.shown_words(typed, timeline, &shown));
    Ok((shown, words))
}

/// What the picture shows: `--from` and `--to`, and for what is not given the document's own view.
fn view(export: &Export, timeline: &Timeline) -> Result<View, String> {
    let scale = timeline.scale(if export.even { Axis::Even } else { timeline.axis });
    if export.whole {
        return Ok(View::whole_on(scale, timeline));
    }
    let asked = OpenAt { from: export.from.clone(), to: export.to.clone(), ..OpenAt::default() };
    Ok(asked.view(scale, timeline)?.unwrap_or_else(|| View::home_on(scale, timeline)))
}

/// Writes a document to start from.
fn new_document(task: &cli::New) -> Result<(), String> {
    let text = task.title.as_ref().map_or_else(|| task.template.text().to_owned(), |title| task.template.titled(title));
    let Output::File(path) = &task.output else { return print(text.as_bytes()) };
    let shown = path.display();
    // The name is taken first, so that a file that appears meanwhile is not replaced.
    match std::fs::File::create_new(path) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            return Err(format!("{shown} exists already; choose another name, or open it with `longview {shown}`"));
        }
        // Of all else, the writer knows more.
        Err(_) => return write_file(path, text.as_bytes(), &[]).map_err(|error| error.to_string()),
        Ok(_) => {}
    }
    if let Err(error) = write_file(path, text.as_bytes(), &[]) {
        // What was to be there is not.
        drop(std::fs::remove_file(path));
        return Err(error.to_string());
    }
    say(&format!("{shown} is written; `longview {shown}` opens it\n"));
    Ok(())
}

/// Makes a document from a file of another program, and says on standard error what became of it.
fn import(task: &cli::Import, watch: &mut Stopwatch) -> Result<(), String> {
    let inputs = files_of(&task.input);
    for output in [Some(&task.output), task.report.as_ref()].into_iter().flatten() {
        check_target(output, &inputs)?;
    }
    if let Output::File(path) = &task.output
        && path.exists()
        && !task.replace
    {
        let path = path.display();
        return Err(format!("{path} exists, and its changes would be lost: say --replace, or another -o"));
    }
    let (name, bytes) = read(&task.input)?;
    watch.lap("read");
    let options = longview::import::Options { living: task.living, today: clock::today(), table: task.table.clone() };
    let progress = Progress::timed(Instant::now());
    let mut report = None;
    let mut convert = |out: &mut dyn std::io::Write| {
        let mut out = TextOutput { out, is_closed: false };
        let made = longview::import::convert(&bytes, file_name(&name), task.from, &options, &progress, &mut out);
        match made {
            Ok(made) => report = Some(made),
            // A reader that has had enough, such as `head`, is no error.
            Err(_) if out.is_closed => {}
            Err(error) => return Err(error.human(&name)),
        }
        Ok(())
    };
    match &task.output {
        Output::File(path) => write_file_with(path, &inputs, convert).map_err(|error| error.to_string())??,
        Output::Standard => {
            let mut out = std::io::BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
            convert(&mut out)?;
            match out.flush() {
                Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                    return Err(format!("cannot write: {error}"));
                }
                _ => {}
            }
        }
    }
    watch.lap("import");
    let Some(report) = report else { return Ok(()) };
    say(&report.human(&name));
    if let Some(output) = &task.report {
        put(output, (report.json() + "\n").as_bytes(), &inputs)?;
    }
    Ok(())
}

/// An output of bytes that text is written to.
struct TextOutput<'o> {
    out: &'o mut dyn std::io::Write,
    /// Whether it is a pipe whose reader is gone.
    is_closed: bool,
}

impl std::fmt::Write for TextOutput<'_> {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.out.write_all(text.as_bytes()).map_err(|error| {
            self.is_closed = error.kind() == std::io::ErrorKind::BrokenPipe;
            std::fmt::Error
        })
    }
}

/// Writes to a file or to standard output.
fn put(output: &Output, bytes: &[u8], inputs: &[InputFile]) -> Result<(), String> {
    match output {
        Output::File(path) => write_file(path, bytes, inputs).map_err(|error| error.to_string()),
        Output::Standard => print(bytes),
    }
}

fn check(inputs: &[Input], format: cli::CheckFormat) -> Result<(), String> {
    let mut documents = Vec::new();
    let mut unreadable = String::new();
    for input in inputs {
        match read(input) {
            Ok((file, bytes)) => {
                let mut opened = open_file(&file, bytes, &Progress::default())?;
                look_at_pictures(&mut opened, input, Thoroughness::Decoded);
                let longview::Opened { text, diagnostics, .. } = opened;
                documents.push(Checked { file, text, diagnostics });
            }
            Err(error) => {
                writeln!(unreadable, "longview: {error}").map_err(|error| error.to_string())?;
            }
        }
    }
    print(listing::problems(&documents, format)?.as_bytes())?;
    let is_error = |problem: &Diagnostic| problem.severity == Severity::Error;
    let failed = documents.iter().any(|document| document.diagnostics.iter().any(is_error));
    if failed || !unreadable.is_empty() { Err(unreadable) } else { Ok(()) }
}
