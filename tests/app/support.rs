//! A window without a display, and a desktop that answers as a test says.

use std::path::Path;
use std::sync::{Arc, Mutex};

use egui::{
    Event, Key, Modifiers, MouseWheelUnit, Pos2, TouchPhase, Vec2, ViewportCommand, ViewportEvent, ViewportId, vec2,
};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use longview::Example;
use longview::app::{App, Desktop, DialogResult, Gesture, LoadedDocument, UiCommand};
use longview::document::{DocPath, Severity, Value};
use longview::edit::Intent;
use longview::interchange::Format;
use longview::timeline::Timeline;

/// A desktop that answers as the test says, and notes what it was asked.
pub struct TestDesktop {
    answer: DialogResult,
    asked: Mutex<Vec<String>>,
}

impl TestDesktop {
    pub fn new(answer: DialogResult) -> Arc<Self> {
        Arc::new(Self { answer, asked: Mutex::default() })
    }

    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("no test panics while it asks").clone()
    }

    fn note(&self, what: String) {
        self.asked.lock().expect("no test panics while it asks").push(what);
    }
}

impl Desktop for TestDesktop {
    fn ask_save(&self, name: &str, _: Option<&Path>) -> DialogResult {
        self.note(format!("save {name}"));
        self.answer.clone()
    }

    fn ask_save_text(&self, name: &str, folder: Option<&Path>) -> DialogResult {
        self.ask_save(name, folder)
    }

    fn ask_save_document(&self, name: &str, folder: Option<&Path>) -> DialogResult {
        self.ask_save(name, folder)
    }

    fn ask_save_data(&self, name: &str, _: Format, folder: Option<&Path>) -> DialogResult {
        self.ask_save(name, folder)
    }

    fn ask_open(&self, _: Option<&Path>) -> DialogResult {
        self.note("open".to_owned());
        self.answer.clone()
    }

    fn ask_import(&self, _: Option<&Path>) -> DialogResult {
        self.note("import".to_owned());
        self.answer.clone()
    }

    fn ask_text(&self, _: Option<&Path>) -> DialogResult {
        self.note("text".to_owned());
        self.answer.clone()
    }

    fn ask_media(&self, _: Option<&Path>) -> DialogResult {
        self.note("media".to_owned());
        self.answer.clone()
    }

    fn reveal(&self, folder: &Path) -> Result<(), String> {
        self.note(format!("reveal {}", folder.display()));
        Ok(())
    }
}

pub fn window_on(loaded: LoadedDocument, desktop: Arc<TestDesktop>, size: Vec2) -> Harness<'static, App> {
    let mut harness = Harness::builder()
        .with_size(size)
        .with_max_steps(60)
        .with_step_dt(0.05)
        .with_theme(egui::Theme::Light)
        .build_eframe(move |creation| App::new(&creation.egui_ctx, loaded, desktop));
    // Fonts of the system are searched for some documents.
    harness.state_mut().finish_jobs();
    harness.run();
    harness
}

pub fn window() -> Harness<'static, App> {
    window_on(
        LoadedDocument::example(Example::Report),
        TestDesktop::new(DialogResult::Unavailable),
        vec2(1280.0, 800.0),
    )
}

/// A window on a document in a file.
pub fn window_on_file(path: &Path) -> Harness<'static, App> {
    window_on(LoadedDocument::from_path(path), TestDesktop::new(DialogResult::Unavailable), vec2(1280.0, 800.0))
}

/// Waits until all that was started outside has ended, and shows what came of it.
pub fn finish(harness: &mut Harness<'static, App>) {
    // The frame that shows a result may start the next job: a preview of what it changed, for one.
    for _ in 0..20 {
        harness.run_steps(2);
        harness.state_mut().finish_jobs();
        harness.run();
        if !harness.state().has_jobs() {
            break;
        }
    }
    assert!(!harness.state().has_jobs(), "jobs start each other for ever");
}

/// Clicks what starts something outside, and waits for its end.
pub fn click_and_finish(harness: &mut Harness<'static, App>, label: &str) {
    harness.get_by_label(label).click();
    finish(harness);
}

pub fn press(harness: &mut Harness<'static, App>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
}

/// Replaces what stands in a field by what is typed; leaves the field with Tab.
pub fn type_into(harness: &mut Harness<'static, App>, field: &str, text: &str) {
    // Its name stands before it.
    harness.get_all_by_label(field).last().expect("a field").click();
    harness.run();
    press(harness, Modifiers::COMMAND, Key::A);
    match text {
        "" => press(harness, Modifiers::NONE, Key::Delete),
        _ => harness.event(Event::Text(text.to_owned())),
    }
    harness.run();
    press(harness, Modifiers::NONE, Key::Tab);
}

pub fn shows(harness: &Harness<'static, App>, text: &str) -> bool {
    // What was said last stays in the tree, though it is nowhere to be seen.
    harness.query_all_by_label_contains(text).any(|node| node.accesskit_node().live() == egui::accesskit::Live::Off)
}

pub fn chart_at(harness: &Harness<'static, App>, x: f32, y: f32) -> Pos2 {
    let rect = harness.state().state().chart_rect;
    rect.min + rect.size() * vec2(x, y)
}

pub fn wheel(harness: &mut Harness<'static, App>, at: Pos2, delta: Vec2, modifiers: Modifiers) {
    harness.hover_at(at);
    harness.run();
    turn_wheel(harness, at, delta, modifiers);
    harness.run();
}

/// Turns the wheel at a point, and shows the frame in which that begins.
pub fn turn_wheel(harness: &mut Harness<'static, App>, at: Pos2, delta: Vec2, modifiers: Modifiers) {
    harness.hover_at(at);
    let (unit, source) = (MouseWheelUnit::Point, egui::MouseWheelSource::Wheel);
    harness.event_modifiers(Event::MouseWheel { unit, source, delta, phase: TouchPhase::Move, modifiers }, modifiers);
    harness.step();
}

/// Lets the view come to rest, and its marks to their rows.
pub fn rest(harness: &mut Harness<'static, App>) {
    harness.run();
    harness.run_steps(12);
    harness.run();
}

/// The chart of a window's document, placed in a rectangle as the window would.
pub fn placed(harness: &Harness<'static, App>, rect: egui::Rect) -> longview::layout::Chart {
    placed_at(harness, rect, 0.0)
}

/// The same, scrolled down by so many points.
pub fn placed_at(harness: &Harness<'static, App>, rect: egui::Rect, scroll: f32) -> longview::layout::Chart {
    use longview::layout::{Request, View, chart};
    let state = harness.state().state();
    let (timeline, projection) = (state.timeline(), state.projection());
    let request = Request { scroll, ..Request::window(timeline, projection, View::home(timeline), rect) };
    longview::app::canvas::Canvas::with(&harness.ctx, |canvas| chart(request, canvas.engine()))
}

/// The chart as the window shows it now.
pub fn chart_now(harness: &Harness<'static, App>) -> longview::layout::Chart {
    chart_with(harness, &harness.state().state().arrangement)
}

/// The chart as the window would show it with other rows from an earlier frame.
pub fn chart_with(
    harness: &Harness<'static, App>,
    arrangement: &longview::layout::Arrangement,
) -> longview::layout::Chart {
    use longview::layout::{Request, chart};
    let state = harness.state().state();
    let request = Request {
        scroll: state.scroll,
        pinned: state.selected_event(),
        pinned_era: state.selected_era(),
        arrangement,
        rows: state.rows,
        pictures: state.picture_sizes(),
        ..Request::window(state.timeline(), state.projection(), state.view, state.chart_rect)
    };
    longview::app::canvas::Canvas::with(&harness.ctx, |canvas| chart(request, canvas.engine()))
}

/// A line of text in the chart.
#[derive(Debug)]
pub struct ChartText {
    pub words: String,
    /// Its first line, in points.
    pub rect: egui::Rect,
    /// In points.
    pub baseline: f32,
}

/// The lines of text in the chart of a window, as last drawn.
pub fn chart_texts(harness: &Harness<'static, App>) -> Vec<ChartText> {
    use longview::paint::{Emphasis, Input, Theme};
    use longview::scene::{Builder, Node, walk};
    let state = harness.state().state();
    let (timeline, placed) = (state.timeline(), chart_now(harness));
    let theme = Theme::light();
    let scene = longview::app::canvas::Canvas::with(&harness.ctx, |canvas| {
        let mut scene = Builder::new(state.chart_rect.size(), theme.paper, 1.0, canvas.engine());
        let emphasis = Emphasis::default();
        let images = longview::paint::Images::new();
        let input = Input { chart: &placed, timeline, emphasis, theme: &theme, images: &images, describes: false };
        longview::paint::chart(&mut scene, &input);
        scene.finish()
    });
    let mut texts = Vec::new();
    walk(&scene.nodes, &mut |node| {
        if let Node::Text(text) = node {
            texts.push(ChartText {
                words: text.layout.text.clone(),
                rect: egui::Rect::from_min_size(text.at, text.layout.size),
                baseline: text.at.y + text.layout.first_baseline(),
            });
        }
    });
    texts
}

/// All that was painted last, with what is within other shapes.
pub fn painted_shapes<'h>(harness: &'h Harness<'static, App>) -> Vec<&'h egui::Shape> {
    fn collect<'s>(shape: &'s egui::Shape, found: &mut Vec<&'s egui::Shape>) {
        match shape {
            egui::Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, found)),
            _ => found.push(shape),
        }
    }
    let mut found = Vec::new();
    harness.output().shapes.iter().for_each(|clipped| collect(&clipped.shape, &mut found));
    found
}

/// The texts that egui painted last; those of the chart are a mesh.
pub fn texts<'h>(harness: &'h Harness<'static, App>) -> Vec<&'h egui::epaint::TextShape> {
    let shapes = painted_shapes(harness).into_iter();
    shapes.filter_map(|shape| if let egui::Shape::Text(text) = shape { Some(text) } else { None }).collect()
}

/// The name that the chart gives the treaty.
pub const TREATY: &str = "Treaty on Basic Relations, 1965";

/// Width and height that a PNG's header gives, after decoding all of it.
pub fn png_size(path: &Path) -> [u32; 2] {
    let file = std::io::BufReader::new(std::fs::File::open(path).expect("the picture"));
    let mut reader = png::Decoder::new(file).read_info().expect("a PNG header");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size that fits memory")];
    let info = reader.next_frame(&mut pixels).expect("whole pixel data");
    [info.width, info.height]
}

/// The path of an event by its id.
fn path_of(timeline: &Timeline, id: &str) -> DocPath {
    let events = &timeline.events;
    let event = events.indices().find(|event| events.get(event.get()).is_some_and(|event| event.id == id));
    event.and_then(|event| events.path(event)).expect("an event")
}

/// The gesture that gives a field of an event another text.
pub fn set(timeline: &Timeline, id: &str, field: &'static str, value: &str) -> Gesture {
    let path = path_of(timeline, id).field(field);
    let value = Value::Text(value.to_owned().into());
    Gesture::new(format!("change {field} of {id}"), vec![Intent::Set { path, value }])
}

/// Gives a field of an event another text.
pub fn edit(harness: &mut Harness<'static, App>, id: &str, field: &'static str, value: &str) {
    let gesture = set(harness.state().state().timeline(), id, field, value);
    harness.state_mut().apply(UiCommand::Edit(Box::new(gesture)).into());
    harness.run();
}

/// The text of the document.
pub fn text(harness: &Harness<'static, App>) -> String {
    harness.state().state().document.text.to_string()
}

/// The id of the event whose mark has this label.
pub const TREATY_ID: &str = "treaty";

/// Types words where the focus is.
pub fn typed(harness: &mut Harness<'static, App>, words: &str) {
    harness.event(Event::Text(words.to_owned()));
    harness.run();
}

/// Clicks what has this label.
pub fn click(harness: &mut Harness<'static, App>, label: &str) {
    harness.get_by_label(label).click();
    harness.run();
}

/// Chooses from a list, whose name begins with a label.
pub fn choose(harness: &mut Harness<'static, App>, list: &str, choice: &str) {
    harness.get_all_by_label_contains(list).last().expect("a list").click();
    harness.run();
    harness.get_all_by_label(choice).last().expect("a choice").click();
    harness.run();
}

/// Takes the last change back.
pub fn undo(harness: &mut Harness<'static, App>) {
    harness.state_mut().apply(UiCommand::Undo.into());
    harness.run();
}

/// Checks that the document has no error, and returns the name of the last change.
#[track_caller]
pub fn last_change(harness: &Harness<'static, App>) -> String {
    let document = &harness.state().state().document;
    let errors: Vec<_> = document.problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    document.editing.next_undo().unwrap_or_default().to_owned()
}

/// Clicks twice at a point.
pub fn double_click(harness: &mut Harness<'static, App>, at: egui::Pos2) {
    harness.hover_at(at);
    harness.run();
    for pressed in [true, false, true, false] {
        let button = egui::PointerButton::Primary;
        harness.event(Event::PointerButton { pos: at, button, pressed, modifiers: Modifiers::NONE });
        harness.step();
    }
    harness.run();
}

/// Asks the window to close; returns whether it does.
pub fn closes(harness: &mut Harness<'static, App>) -> bool {
    let root = harness.input_mut().viewports.entry(ViewportId::ROOT).or_default();
    root.events.push(ViewportEvent::Close);
    harness.step();
    let commands = &harness.output().viewport_output[&ViewportId::ROOT].commands;
    let cancelled = commands.contains(&ViewportCommand::CancelClose);
    if let Some(root) = harness.input_mut().viewports.get_mut(&ViewportId::ROOT) {
        root.events.clear();
    }
    harness.run();
    !cancelled
}
