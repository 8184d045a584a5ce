//! The window: state, messages, effects, panels.
//!
//! Panels read [`State`] and push [`Message`]s; only [`State::apply`] changes the state; what it asks of the world is
//! an [`Effect`], whose result comes back as a command. So every user action can be tested without a window.

mod chart_panel;
mod dialog;
mod export_form;
mod export_state;
mod inspector;
mod menu;
mod message;
mod navigation;
mod omission_bar;
mod overlays;
mod paragraph;
mod prose;
mod record_panel;
mod recovery;
mod rows;
mod runtime;
mod shortcuts;
mod state;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use egui::{Frame, Margin, Panel, Ui};

use crate::crash;
use crate::paint::{self, Theme};

pub use export_state::{ExportForm, ExportJob, ExportSettings};
pub use message::{Message, UiCommand};
pub use record_panel::{RecordPanel, RecordPlacement};
pub use runtime::{Desktop, DialogResult, Effect, LoadedDocument, NativeDesktop, Runtime, StartupDocument};
pub use state::{Loading, Notice, ScrollRange, State};

/// The smallest size at which everything still has its place, in points.
const SMALLEST: [f32; 2] = [320.0, 240.0];

/// What the choices of the export form are stored under.
const CHOICES: &str = "export";

/// The program in a window.
pub struct App {
    state: State,
    effects: Runtime,
    cache: inspector::Cache,
    preview: export_form::PreviewTexture,
    messages: Vec<Message>,
    recovery: recovery::Recovery,
    /// When the program began, until the first frame has been drawn.
    started: Option<Instant>,
}

impl App {
    /// The program with a document, in an egui context that this dresses.
    #[must_use]
    pub fn new(context: &egui::Context, loaded: LoadedDocument, desktop: Arc<dyn Desktop>) -> Self {
        context.add_plugin(paint::VisualOrder::default());
        context.add_plugin(shortcuts::Shortcuts::default());
        context.set_fonts(loaded.fonts.as_deref().cloned().unwrap_or_else(paint::definitions));
        for theme in [egui::Theme::Light, egui::Theme::Dark] {
            context.style_mut_of(theme, |style| paint::style(&Theme::of(theme), style));
        }
        // Where the system does not say, paper is light.
        context.options_mut(|options| options.fallback_theme = egui::Theme::Light);
        let state = State::new(loaded);
        let effects = Runtime::new(desktop, context.clone());
        effects.perform(Effect::SetTitle(state.window_title()));
        Self {
            state,
            effects,
            cache: inspector::Cache::default(),
            preview: export_form::PreviewTexture::default(),
            messages: Vec::new(),
            recovery: recovery::Recovery::default(),
            started: None,
        }
    }

    /// The same, with a document that is read while the window is already there.
    #[must_use]
    pub fn loading(mut self, path: PathBuf) -> Self {
        for effect in self.state.start_loading(path) {
            self.effects.perform(effect);
        }
        self
    }

    /// What the window remembers.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Waits until all that is under way outside has ended, with what follows from it, and takes the results in.
    pub fn finish_effects(&mut self) {
        while let (true, result) = self.effects.wait() {
            if let Some(command) = result {
                self.apply(command);
            }
        }
    }

    /// Does what a command says, as a key or a button would. One that panics changes nothing but what it says.
    pub fn apply(&mut self, message: Message) {
        let applied = crash::catch("carrying out a command", || {
            for effect in self.state.apply(message) {
                self.effects.perform(effect);
            }
        });
        if let Err(report) = applied {
            self.recovery.failed(report, &mut self.state, egui::Vec2::ZERO);
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, context: &egui::Context, _: &mut eframe::Frame) {
        for command in self.effects.results() {
            self.apply(command);
        }
        let keys = shortcuts::Shortcuts::pressed(context);
        let selects = keys.iter().any(|action| action.selects()) && chart_panel::may_take_focus(context);
        self.messages.extend(keys.into_iter().map(Message::Ui));
        self.messages.extend(selects.then_some(Message::Focus));
        self.messages.push(Message::Tick(context.input(|input| input.time)));
        for command in std::mem::take(&mut self.messages) {
            self.apply(command);
        }
        let in_record = self.state.record.is_shown() && self.cache.has_focus();
        shortcuts::Shortcuts::set_place(context, self.state.has_overlay(), in_record);
        if self.state.is_moving() {
            context.request_repaint();
        } else if self.state.loading.is_some() || self.state.export.job.is_some() {
            context.request_repaint_after(std::time::Duration::from_millis(50));
        } else if self.state.notices.iter().any(|notice| !notice.is_error) {
            context.request_repaint_after(std::time::Duration::from_secs(1));
        }
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        eframe::set_value(storage, CHOICES, &self.state.export.settings);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        let paper = if visuals.dark_mode { Theme::dark().paper } else { Theme::light().paper };
        paper.to_normalized_gamma_f32()
    }

    /// What egui remembers of panels and menus is of one sitting.
    fn persist_egui_memory(&self) -> bool {
        false
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        let size = ui.ctx().content_rect().size();
        if self.recovery.has_given_up(size) {
            self.recovery.show(ui, &mut self.messages);
        } else {
            match crash::catch("drawing a frame", || self.frame(ui)) {
                Ok(()) => self.recovery.succeeded(&self.state),
                Err(report) => {
                    // Half of a frame has been laid out and pushed.
                    self.messages.clear();
                    self.cache = inspector::Cache::default();
                    self.recovery.failed(report, &mut self.state, size);
                    ui.ctx().request_repaint();
                }
            }
        }
        if !self.messages.is_empty() {
            ui.ctx().request_repaint();
        }
        if let Some(started) = self.started.take() {
            report_first_frame(started);
        }
    }
}

impl App {
    /// Shows all panels.
    fn frame(&mut self, ui: &mut Ui) {
        let theme = Theme::of(ui.ctx().theme());
        let state = &self.state;
        let messages = &mut self.messages;
        // The window is cleared to paper, and nothing fills it once more: without a graphics card that would be most of
        // what a frame costs.
        let bar = Frame::new().inner_margin(Margin::symmetric(10, 0));
        Panel::top("bar").exact_size(37.0).frame(bar).show(ui, |ui| menu::show(ui, state, &theme, messages));
        omission_bar::show(ui, state, &theme, messages);

        let size = ui.available_size();
        let room = RecordPlacement::of(size);
        if room != state.record.room {
            messages.push(Message::Resized(room));
        }
        let mut record = |ui: &mut Ui, messages: &mut Vec<Message>| {
            inspector::show(ui, state, &theme, &mut self.cache, messages);
        };
        let record_is_shown = state.record.in_room(room).is_shown();
        let frame = Frame::new().inner_margin(Margin::symmetric(if size.x < 420.0 { 10 } else { 20 }, 8));
        match room {
            _ if !record_is_shown => {}
            RecordPlacement::Beside => {
                // Never more than the chart can spare, also after the window has become smaller.
                let widest = (size.x * 0.38).clamp(240.0, 560.0);
                let width = (size.x * 0.3).clamp(240.0, 400.0);
                let panel = Panel::right("record").default_size(width).size_range(220.0..=widest).frame(frame);
                panel.show(ui, |ui| record(ui, messages));
            }
            RecordPlacement::Below => {
                let panel = Panel::bottom("record below").default_size(size.y * 0.4);
                let panel = panel.size_range(120.0..=size.y * 0.5).frame(frame);
                panel.show(ui, |ui| record(ui, messages));
            }
            RecordPlacement::Instead => {
                egui::CentralPanel::no_frame().frame(frame).show(ui, |ui| record(ui, messages));
            }
        }
        if !(record_is_shown && room == RecordPlacement::Instead) {
            egui::CentralPanel::no_frame().show(ui, |ui| chart_panel::show(ui, state, &theme, messages));
        }
        overlays::show(ui.ctx(), state, &theme, messages);
        if state.export.open {
            export_form::show(ui.ctx(), state, &theme, &mut self.preview, messages);
        }
    }
}

/// "1 event", "100,000 events".
fn count_words(count: usize, one: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {one}{plural}", crate::timeline::number(count as f64))
}

fn report_first_frame(started: Instant) {
    use std::io::Write as _;
    let line = format!("first frame {:.1} ms\n", started.elapsed().as_secs_f64() * 1e3);
    // With nobody listening there is nobody to tell.
    drop(std::io::stderr().write_all(line.as_bytes()));
}

/// Opens the window and runs until it is closed. With `started`, tells how long the first frame took.
///
/// # Errors
/// Why no window could be opened.
pub fn run(opening: StartupDocument, started: Option<Instant>) -> Result<(), String> {
    let (first, later) = match opening {
        StartupDocument::Ready(loaded) => (*loaded, None),
        StartupDocument::Large(path) => (LoadedDocument::waiting(&path), Some(path)),
    };
    let mut viewport = egui::ViewportBuilder::default()
        .with_title("Longview")
        .with_app_id("longview")
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size(SMALLEST);
    if let Some(icon) = crate::export::icon(64) {
        viewport = viewport.with_icon(Arc::new(icon));
    }
    let options = eframe::NativeOptions { viewport, persist_window: false, dithering: false, ..Default::default() };
    let create: eframe::AppCreator<'_> = Box::new(move |creation| {
        let mut app = App::new(&creation.egui_ctx, first, Arc::new(NativeDesktop));
        if let Some(choices) = creation.storage.and_then(|storage| eframe::get_value(storage, CHOICES)) {
            app.apply(Message::Choose(Box::new(choices)));
        }
        let app = if let Some(path) = later { app.loading(path) } else { app };
        Ok(Box::new(App { started, ..app }))
    });
    let ended = crash::catch("running the window", || eframe::run_native("longview", options, create));
    let ended = ended.map_err(|report| format!("{}\n{}", report.summary(), report.text(&[])))?;
    ended.map_err(|error| match error {
        eframe::Error::AppCreation(error) => error.to_string(),
        error => {
            // What comes before the last colon names libraries and places in their source.
            let words = error.to_string();
            let why = words.rsplit(": ").next().unwrap_or_default();
            format!("the display cannot be reached, or cannot draw with OpenGL ({why})")
        }
    })
}
