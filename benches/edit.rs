//! What a change of a large document costs until it is in the text, in the timeline and in the picture; and what it costs to
//! show a file of which another program has changed one event, and to make events of the sentences of a text.
//!
//! `cargo bench --bench edit`, or with how many events: `cargo bench --bench edit -- 100000`. Each figure is the median of
//! five rounds.

mod synthetic;
#[path = "synthetic/write.rs"]
mod write;

use std::error::Error;
use std::io::Write as _;
use std::sync::Arc;
use std::time::Instant;

use eframe::App as _;
use egui::{Context, Pos2, RawInput, Rect};
use longview::app::{App, CaptureMessage, DialogLog, Gesture, LoadedDocument, NativeDesktop, UiCommand};
use longview::document::{self, DocPath, Value};
use longview::edit::{Intent, difference, edit};
use longview::reopen::Change;
use longview::timeline::{EventIndex, Timeline};
use synthetic::Form;

static LOG: DialogLog = DialogLog::new();

const ROUNDS: usize = 5;

/// The changes that are measured: a name, and the intent for an event with a number, in a round.
type Make = fn(usize, usize) -> Intent<'static>;

const CHANGES: [(&str, Make); 6] = [
    ("title", |number, round| set(number, "title", format!("Changed {round}"))),
    ("date", |number, round| set(number, "date", format!("{}-05-06", 1950 + round))),
    ("lane", |number, round| set(number, "lane", format!("lane{}", round % 8))),
    ("new event", |number, round| Intent::Insert { list: events(), index: number, value: event(round) }),
    ("event less", |number, _| Intent::Remove { list: events(), index: number }),
    ("title of all", |_, round| Intent::Set {
        path: DocPath::root().field("title"),
        value: Value::Text(format!("Title {round}").into()),
    }),
];

fn events() -> DocPath {
    DocPath::root().field("events")
}

fn set(number: usize, field: &'static str, text: String) -> Intent<'static> {
    Intent::Set { path: events().index(number).field(field), value: Value::Text(text.into()) }
}

fn event(round: usize) -> Value<'static> {
    let field = |name: &'static str, text: &str| (name, Value::Text(text.to_owned().into()));
    let id = format!("new{round}");
    Value::Item(vec![field("id", &id), field("lane", "lane1"), field("title", "New"), field("date", "1990-05-06")])
}

/// The most important event of all, whose title is in the picture.
fn most_important(timeline: &Timeline) -> Option<(EventIndex, usize)> {
    let found = *timeline.index().most_important(timeline.extent, 1, 1).first()?;
    Some((found, timeline.number_in_document(found)?))
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_unstable_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}

fn since(before: Instant) -> f64 {
    before.elapsed().as_secs_f64() * 1e3
}

/// The steps of a change: finding it in the text, reading what is near it, the text, and all the rest.
fn steps(text: &str, out: &mut dyn std::io::Write) -> Result<(), Box<dyn Error>> {
    let opened = longview::open(text);
    let mut timeline = Arc::new(opened.timeline.ok_or("no timeline")?);
    let mut text = opened.text;
    let mut alone = Arc::new((*text).clone());
    writeln!(out, "{:14} {:>8} {:>8} {:>8} {:>8} {:>8}", "steps, ms", "splices", "read", "text", "order", "all")?;
    for (name, make) in CHANGES {
        let mut times: [Vec<f64>; 5] = Default::default();
        for round in 0..ROUNDS {
            let (_, number) = most_important(&timeline).ok_or("no event")?;
            let intent = make(number, round);
            let before = Instant::now();
            let splices = edit(&text, &intent, timeline.list_position(number))?;
            let found = since(before);
            let reading = Instant::now();
            let change = Change::of(&timeline, &text, &splices).ok_or("all must be read")?;
            let read = since(reading);
            // The same in a text that is alone, to tell what it is of the whole.
            let writing = Instant::now();
            alone = splices.apply_to(alone);
            let written = since(writing);
            let changing = Instant::now();
            let (opened, _) = change.apply(timeline, text, &splices);
            let changed = since(changing);
            (timeline, text) = (Arc::new(opened.timeline.ok_or("no timeline")?), opened.text);
            let all = found + read + changed;
            for (list, time) in times.iter_mut().zip([found, read, written, (changed - written).max(0.0), all]) {
                list.push(time);
            }
        }
        let [found, read, written, rest, all] = times.map(median);
        writeln!(out, "{name:14} {found:8.1} {read:8.1} {written:8.1} {rest:8.1} {all:8.1}")?;
    }
    Ok(())
}

/// A window, and the time of its frames.
struct Window {
    context: Context,
    host: eframe::Frame,
    app: App,
    time: f64,
}

impl Window {
    fn new(text: &str) -> Self {
        let context = Context::default();
        let loaded = LoadedDocument::from_bytes(None, "large".to_owned(), text);
        let app = App::new(&context, loaded, Arc::new(NativeDesktop::new(&LOG)));
        Self { context, host: eframe::Frame::_new_kittest(), app, time: 0.0 }
    }

    /// Draws a frame, and returns how long it took in milliseconds.
    fn frame(&mut self) -> f64 {
        self.time += 1.0 / 60.0;
        let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, egui::vec2(1920.0, 1080.0)));
        let input = RawInput { screen_rect, time: Some(self.time), focused: true, ..Default::default() };
        let before = Instant::now();
        let mut output = self.context.run_ui(input, |ui| {
            self.app.logic(&ui.ctx().clone(), &mut self.host);
            self.app.ui(ui, &mut self.host);
        });
        output.textures_delta.clear();
        std::hint::black_box(self.context.tessellate(output.shapes, output.pixels_per_point));
        since(before)
    }

    /// Draws frames until the view rests. Returns the longest time of one.
    fn rest(&mut self) -> f64 {
        let mut longest = 0.0_f64;
        for _ in 0..45 {
            longest = longest.max(self.frame());
            std::thread::sleep(std::time::Duration::from_millis(8));
        }
        longest
    }
}

/// What the user waits for: the change of all that is shown, and the first frame with it.
fn in_window(text: &str, out: &mut dyn std::io::Write) -> Result<(), Box<dyn Error>> {
    let mut window = Window::new(text);
    window.rest();
    writeln!(out, "{:14} {:>8} {:>8} {:>8} {:>8}", "window, ms", "change", "frame", "all", "later")?;
    let line = |name: &str, times: [Vec<f64>; 4], out: &mut dyn std::io::Write| {
        let [change, frame, all, later] = times.map(median);
        writeln!(out, "{name:14} {change:8.1} {frame:8.1} {all:8.1} {later:8.1}")
    };
    for (name, make) in CHANGES {
        let [mut does, mut undoes]: [[Vec<f64>; 4]; 2] = Default::default();
        for round in 0..ROUNDS {
            let (_, number) = most_important(window.app.state().timeline()).ok_or("no event")?;
            let gesture = Gesture::new("change", vec![make(number, round)]);
            for (command, times) in [(UiCommand::Edit(Box::new(gesture)), &mut does), (UiCommand::Undo, &mut undoes)] {
                let before = Instant::now();
                window.app.apply(command.into());
                let changed = since(before);
                let frame = window.frame();
                let later = window.rest();
                for (list, time) in times.iter_mut().zip([changed, frame, changed + frame, later]) {
                    list.push(time);
                }
            }
        }
        line(name, does, out)?;
        line("  taken back", undoes, out)?;
    }
    Ok(())
}

/// Events that are made of a text beside the chart: until one is in the chart, and until its sentence is marked.
fn captured(text: &str, out: &mut dyn std::io::Write) -> Result<(), Box<dyn Error>> {
    let mut window = Window::new(text);
    window.rest();
    let capture = |window: &mut Window, message| window.app.apply(UiCommand::ChangeCapture(message).into());
    let report: Vec<String> = (0..400).map(|n| format!("In May {} the council met again.", 1600 + n)).collect();
    window.app.apply(UiCommand::Capture.into());
    capture(&mut window, CaptureMessage::Source(None));
    capture(&mut window, CaptureMessage::NewSource("A report".to_owned()));
    let before = Instant::now();
    capture(&mut window, CaptureMessage::Paste(report.join("\n\n")));
    window.frame();
    window.app.finish_jobs();
    let read = since(before);
    window.rest();
    let events = window.app.state().timeline().events.len();
    let mut times: [Vec<f64>; 4] = Default::default();
    for round in 0..ROUNDS {
        let selecting = Instant::now();
        capture(&mut window, CaptureMessage::Select(3 * round));
        let selected = since(selecting) + window.frame();
        capture(&mut window, CaptureMessage::Title(format!("Captured {round}")));
        let before = Instant::now();
        capture(&mut window, CaptureMessage::Add);
        let changed = since(before);
        window.frame();
        let shown = since(before);
        window.app.finish_jobs();
        window.frame();
        let marked = since(before);
        window.rest();
        for (list, time) in times.iter_mut().zip([selected, changed, shown, marked]) {
            list.push(time);
        }
    }
    if window.app.state().timeline().events.len() != events + ROUNDS {
        return Err("an event is missing".into());
    }
    let [selected, changed, shown, marked] = times.map(median);
    writeln!(
        out,
        "captured, ms: text read {read:.1}, sentence selected {selected:.1}, event added {changed:.1}, shown {shown:.1}, \
         sentence marked {marked:.1}"
    )?;
    Ok(())
}

/// A file of which one event was changed elsewhere.
fn from_file(text: &str, out: &mut dyn std::io::Write) -> Result<(), Box<dyn Error>> {
    let opened = longview::open(text);
    let mut timeline = Arc::new(opened.timeline.ok_or("no timeline")?);
    let mut text = opened.text;
    let mut times: [Vec<f64>; 5] = Default::default();
    for round in 0..ROUNDS {
        let (_, number) = most_important(&timeline).ok_or("no event")?;
        let intent = set(number, "date", format!("{}-05-06", 1950 + round));
        let newer = edit(&text, &intent, timeline.list_position(number))?.apply(&text);
        let mut file = tempfile::NamedTempFile::new()?;
        file.write_all(newer.as_bytes())?;
        drop(newer);
        let before = Instant::now();
        let bytes = std::fs::read(file.path())?;
        let read = since(before);
        let decoding = Instant::now();
        let newer = Arc::new(document::decode(bytes).map_err(|(_, wrong)| wrong.message)?);
        let decoded = since(decoding);
        let comparing = Instant::now();
        let splices = difference(&text, &newer);
        let compared = since(comparing);
        let changing = Instant::now();
        let change = Change::of(&timeline, &text, &splices).ok_or("all must be read")?;
        let (opened, _) = change.apply_read(timeline, newer);
        let changed = since(changing);
        let all = since(before);
        (timeline, text) = (Arc::new(opened.timeline.ok_or("no timeline")?), opened.text);
        for (list, time) in times.iter_mut().zip([read, decoded, compared, changed, all]) {
            list.push(time);
        }
    }
    let [read, decoded, compared, changed, all] = times.map(median);
    writeln!(
        out,
        "changed elsewhere, ms: read {read:.1}, decoded {decoded:.1}, compared {compared:.1}, changed {changed:.1}, all {all:.1}"
    )?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let count = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(1_000_000);
    let mut bytes = Vec::new();
    let form = std::env::args().map(|name| Form::named(&name)).find(|form| *form != Form::Spread);
    write::write(count, form.unwrap_or(Form::Spread), &mut bytes)?;
    let text = String::from_utf8(bytes)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{count} events, {:.1} MB", text.len() as f64 / 1e6)?;
    let before = Instant::now();
    drop(longview::open(text.as_str()));
    writeln!(out, "opened as a whole: {:.0} ms", since(before))?;
    steps(&text, &mut out)?;
    in_window(&text, &mut out)?;
    captured(&text, &mut out)?;
    from_file(&text, &mut out)?;
    Ok(())
}
