//! The program in a window: takes in results and keys, applies messages, shows the panels.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use egui::text_selection::LabelSelectionState;
use egui::{Frame, Margin, Panel, Ui, Vec2};

use crate::crash::{self, CrashReport};
use crate::open_at::OpenAt;
use crate::paint::Theme;
use crate::timeline::Axis;

use super::capture_panel;
use super::chart_drops;
use super::chart_panel;
use super::desktop::{Desktop, DialogLog, NativeDesktop};
use super::entry_panel;
use super::event_list;
use super::explorer;
use super::export_form;
use super::filter_panel;
use super::finder_panel;
use super::form::{FormTarget, RecordForm};
use super::form_panel;
use super::import_form;
use super::inspector;
use super::loaded_document::StartupDocument;
use super::menu;
use super::message::{FrameEvent, Message};
use super::omission_bar;
use super::overlays;
use super::record_panel::{RecordPlacement, TEXT_BESIDE};
use super::recovery::Recovery;
use super::regions::{self, Place, Region};
use super::roles;
use super::runtime::{self, Runtime};
use super::session::{PanelSizes, SizedPanel, WindowPlace};
use super::several_panel;
use super::shortcuts::Shortcuts;
use super::state::State;
use super::ui_command::UiCommand;

/// The smallest size at which everything still has its place, in points.
const SMALLEST: [f32; 2] = [320.0, 240.0];

/// The program in a window.
pub struct App {
    state: State,
    runtime: Runtime,
    cache: inspector::Cache,
    preview: export_form::PreviewTexture,
    messages: Vec<Message>,
    recovery: Recovery,
    /// When the program began, until the first frame has been drawn.
    started: Option<Instant>,
}

impl App {
    /// The program with a document, in an egui context that this dresses.
    #[must_use]
    pub fn new(context: &egui::Context, startup: impl Into<StartupDocument>, desktop: Arc<dyn Desktop>) -> Self {
        context.add_plugin(super::text::VisualOrder::default());
        context.add_plugin(Shortcuts::default());
        context.set_fonts(super::fonts::definitions());
        for theme in [egui::Theme::Light, egui::Theme::Dark] {
            context.style_mut_of(theme, |style| super::style::style(&Theme::of(theme), style));
        }
        // Where the system does not say, paper is light.
        context.options_mut(|options| {
            options.fallback_theme = egui::Theme::Light;
            // The size of text is a setting, which is remembered and said.
            options.zoom_with_keyboard = false;
        });
        let (state, effects) = State::new(startup.into());
        let runtime = Runtime::new(desktop, context.clone());
        for effect in effects {
            runtime.perform(effect);
        }
        Self {
            state,
            runtime,
            cache: inspector::Cache::default(),
            preview: export_form::PreviewTexture::default(),
            messages: Vec::new(),
            recovery: Recovery::default(),
            started: None,
        }
    }

    /// Keeps unsaved changes in this folder, and offers what earlier processes have left there.
    #[must_use]
    pub fn keeping_unsaved_in(mut self, folder: PathBuf) -> Self {
        let found = self.runtime.keep_unsaved_in(folder);
        self.apply(FrameEvent::KeepsUnsaved(found).into());
        self
    }

    /// Remembers the documents that are shown in this file.
    #[must_use]
    pub fn keeping_recent_in(mut self, file: PathBuf) -> Self {
        let known = self.runtime.keep_recent_in(file);
        self.apply(FrameEvent::KeepsRecent(known).into());
        self
    }

    /// Keeps in this file what a person chooses for the program.
    #[must_use]
    pub fn keeping_preferences_in(mut self, file: PathBuf) -> Self {
        let found = self.runtime.keep_preferences_in(file);
        self.apply(FrameEvent::KeepsPreferences(Box::new(found)).into());
        self
    }

    /// Remembers in this file where the window was, its panels, and places in documents; shows what was shown of the document.
    #[must_use]
    pub fn keeping_session_in(mut self, file: PathBuf) -> Self {
        let (session, problem) = self.runtime.keep_session_in(file);
        self.apply(FrameEvent::KeepsSession(Box::new(session), problem).into());
        self
    }

    /// Keeps in this folder what documents were made of, so that an update from a file knows what a person has changed.
    #[must_use]
    pub fn keeping_origins_in(mut self, folder: PathBuf) -> Self {
        self.runtime.keep_origins_in(folder);
        self
    }

    /// Follows the file of the document: what another program changes in it is shown.
    #[must_use]
    pub fn watching_files(mut self) -> Self {
        self.apply(FrameEvent::WatchesFiles.into());
        self
    }

    /// What the window remembers.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Waits until all jobs have ended, with those that follow from them, and applies their results.
    pub fn finish_jobs(&mut self) {
        while let Some(message) = self.runtime.wait() {
            self.apply(message);
        }
    }

    /// Whether any job has not sent its result yet.
    #[must_use]
    pub fn has_jobs(&self) -> bool {
        self.runtime.has_jobs()
    }

    /// Applies a message and carries out its effects. If that panics, the state goes back to what was drawn last.
    pub fn apply(&mut self, message: Message) {
        let applied = crash::catch("carrying out a command", || {
            for effect in self.state.apply(message) {
                self.runtime.perform(effect);
            }
        });
        if let Err(report) = applied {
            self.recover(report, Vec2::ZERO);
        }
    }

    /// Goes back to what was drawn last, after a panic in a window of this size, in points.
    fn recover(&mut self, report: CrashReport, size: Vec2) {
        let event = self.recovery.failed(report, size);
        for effect in self.state.apply(event.into()) {
            self.runtime.perform(effect);
        }
    }
}

/// Whether the keys that copy mean the selected events: desktops turn them into an event of its own, which belongs to a
/// field, and to text that is selected.
fn copies_events(context: &egui::Context, state: &State) -> bool {
    let has_text = || context.plugin::<LabelSelectionState>().lock().has_selection();
    context.input(|input| input.events.contains(&egui::Event::Copy))
        && (event_list::has_focus(context)
            || state.selected_event().is_some() && !context.text_edit_focused() && !state.has_overlay() && !has_text())
}

impl eframe::App for App {
    fn logic(&mut self, context: &egui::Context, _: &mut eframe::Frame) {
        let now = context.input(|input| input.time);
        self.apply(FrameEvent::Tick(now).into());
        if context.input(|input| input.pointer.any_down() || input.pointer.any_released()) {
            self.apply(FrameEvent::PointerHeld.into());
        }
        if let Some(event) = window_place(context, &self.state) {
            self.apply(event.into());
        }
        // What the last frame reports is about the document that it has drawn, so it comes before a newer one.
        let results = self.runtime.results();
        for message in std::mem::take(&mut self.messages).into_iter().chain(results) {
            self.apply(message);
        }
        for path in chart_drops::elsewhere(context, &self.state) {
            self.apply(UiCommand::DropFile(path, None).into());
        }
        if !context.text_edit_focused() && !egui::Popup::is_any_open(context) {
            let pasted = context.input(|input| {
                let texts = input.events.iter();
                let text =
                    |event: &egui::Event| if let egui::Event::Paste(text) = event { Some(text.clone()) } else { None };
                texts.filter_map(text).collect::<Vec<_>>()
            });
            for text in pasted {
                self.apply(UiCommand::Paste(text).into());
            }
        }
        if copies_events(context, &self.state) {
            self.apply(UiCommand::CopyEvents.into());
        }
        if context.input(|input| input.viewport().close_requested()) && self.state.holds_window() {
            context.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.apply(UiCommand::Quit.into());
        }
        let mut keys = Shortcuts::pressed(context);
        if !self.state.has_overlay() {
            keys.extend(back_or_forward(context));
        }
        let may_take_focus = chart_panel::may_take_focus(context);
        let selects = keys.iter().any(UiCommand::selects) && may_take_focus;
        for command in keys {
            self.apply(command.into());
        }
        if selects {
            self.apply(FrameEvent::FocusFollows.into());
        }
        if self.state.lanes.focuses && !may_take_focus {
            self.apply(FrameEvent::LaneFocused.into());
        }
        let in_record = self.state.record.is_shown() && self.cache.has_focus();
        let in_idle_line = entry_panel::is_idle(context, &self.state);
        let target = self.state.forms.open.as_ref().map(RecordForm::target);
        let in_new_event = target == Some(&FormTarget::NewEvent) && self.state.record.is_shown();
        Shortcuts::set_place(context, self.state.over(), [in_record, in_idle_line, in_new_event]);
        self.runtime.subscribe(&self.state.subscriptions(), now);
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        let session = self.state.session_to_keep();
        self.runtime.keep_session(session);
        // Nothing is unsaved any more, or it was given up; what is typed in forms may be kept.
        self.runtime.end(self.state.kept_at_end().as_ref());
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        let paper = if visuals.dark_mode { Theme::dark().paper } else { Theme::light().paper };
        paper.to_normalized_gamma_f32()
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
                    self.recover(report, size);
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
        let frame = Frame::new().inner_margin(Margin::symmetric(10, 0));
        let bar =
            Panel::top("bar").exact_size(37.0).frame(frame).show(ui, |ui| menu::show(ui, state, &theme, messages));
        regions::begin(ui.ctx());
        regions::add(ui.ctx(), Region::Bar, bar.response.rect, None);
        omission_bar::show(ui, state, &theme, messages);
        filter_panel::chips(ui, state, messages);

        let placement = RecordPlacement::of(ui.available_size(), state.capture.open);
        if placement != state.record.placement {
            messages.push(FrameEvent::RecordPlaced(placement).into());
        }
        let record_is_shown = state.record.at(placement).is_shown();
        if state.capture.open && !(record_is_shown && placement == RecordPlacement::InsteadOfText) {
            let sized = capture_panel(ui, state.sitting.session.panels, |ui| {
                capture_panel::show(ui, state, &theme, messages);
            });
            messages.extend(sized.map(Message::Frame));
        }
        let size = ui.available_size();
        // Its place is taken first, and what is in it comes after the chart: so are both read.
        let record = record_is_shown.then(|| {
            let (place, sized) = record_panel(ui, (placement, state.capture.open), size, state.sitting.session.panels);
            messages.extend(sized.map(Message::Frame));
            place
        });
        if !(record_is_shown && placement == RecordPlacement::Instead) {
            chart_and_list(ui, state, &theme, messages);
        }
        if let Some(place) = record {
            regions::add(ui.ctx(), Region::Record, place.room, None);
            place.show(ui, "record", |ui| {
                if state.forms.open.is_some() {
                    form_panel::show(ui, state, &theme, self.cache.prose(), messages);
                } else if state.has_several() {
                    several_panel::show(ui, state, messages);
                } else {
                    inspector::show(ui, state, &theme, &mut self.cache, messages);
                }
            });
        }
        self.floating(ui, &theme);
    }

    /// Shows what floats over the panels, and gives the focus to another part of the window if that is asked for.
    fn floating(&mut self, ui: &Ui, theme: &Theme) {
        let state = &self.state;
        let messages = &mut self.messages;
        finder_panel::show(ui.ctx(), state, theme, messages);
        overlays::show(ui.ctx(), state, theme, messages);
        filter_panel::show(ui.ctx(), state, theme, messages);
        if let Some(form) = &state.import {
            import_form::show(
                ui.ctx(),
                (form, state.documents_shown > 0),
                state.jobs.previewed_import(),
                theme,
                messages,
            );
        }
        if state.export.open {
            export_form::show(ui.ctx(), state, theme, &mut self.preview, messages);
        }
        roles::status(ui, state.said());
        roles::name_window(ui, &state.window_title());
        if let Some(forward) = state.sitting.walks {
            regions::walk(ui, forward);
            messages.push(FrameEvent::Walked.into());
        }
        regions::give_back(ui.ctx(), self.state.has_overlay() || self.state.finder.is_some());
        regions::ring(ui.ctx(), theme);
    }
}

/// The chart and the list of events, below it or in its place.
fn chart_and_list(ui: &mut Ui, state: &State, theme: &Theme, messages: &mut Vec<Message>) {
    let list = event_list::place(ui, state);
    if !list.as_ref().is_some_and(|(_, covers_chart)| *covers_chart) {
        let chart = egui::CentralPanel::no_frame().show(ui, |ui| chart_or_explorer(ui, state, theme, messages));
        regions::add(ui.ctx(), Region::Chart, chart.response.rect, chart_panel::stop(ui.ctx()));
    }
    if let Some((place, _)) = list {
        place.show(ui, "event list", |ui| event_list::show(ui, state, theme, messages));
    }
}

/// The chart, or the explorer in its place.
fn chart_or_explorer(ui: &mut Ui, state: &State, theme: &Theme, messages: &mut Vec<Message>) {
    let Some(explorer) = &state.explorer else { return chart_panel::show(ui, state, theme, messages) };
    let mut changes = Vec::new();
    explorer::show(ui, explorer, state.timeline(), theme, &mut changes);
    messages.extend(changes.into_iter().map(|change| Message::Ui(UiCommand::Explorer(change))));
}

/// Takes the place of the record, in a window with this much room under the menus, in points.
/// Returns its size, too, if the user is changing it.
fn record_panel(
    ui: &mut Ui,
    (placement, has_text): (RecordPlacement, bool),
    size: Vec2,
    sizes: PanelSizes,
) -> (Place, Option<FrameEvent>) {
    let frame = Frame::new().inner_margin(Margin::symmetric(if size.x < 420.0 { 10 } else { 20 }, 8));
    match placement {
        RecordPlacement::Beside => {
            // Never more than the chart can spare, also after the window has become smaller.
            let widest = (size.x * 0.38).round().clamp(240.0, 560.0);
            // Beside a text, chart and text give way: a form is no form in less.
            let least = if has_text { widest.min(320.0) } else { 240.0 };
            let width = (size.x * 0.3).clamp(least, 400.0);
            let width = sizes.get(SizedPanel::RecordBeside).unwrap_or(width);
            let panel = Panel::right("record").default_size(width).size_range(220.0..=widest).frame(frame);
            let shown = panel.show(ui, Place::take);
            (shown.inner, resized(ui, SizedPanel::RecordBeside, width, shown.response.rect.width()))
        }
        RecordPlacement::InsteadOfText => {
            let panel = Panel::left("record for text").default_size((size.x * 0.42).clamp(270.0, 420.0));
            (panel.size_range(220.0..=size.x * 0.5).frame(frame).show(ui, Place::take).inner, None)
        }
        RecordPlacement::Below => {
            let height = sizes.get(SizedPanel::RecordBelow).unwrap_or(size.y * 0.4);
            let panel = Panel::bottom("record below").default_size(height);
            let shown = panel.size_range(120.0..=size.y * 0.5).frame(frame).show(ui, Place::take);
            (shown.inner, resized(ui, SizedPanel::RecordBelow, height, shown.response.rect.height()))
        }
        RecordPlacement::Instead => (egui::CentralPanel::no_frame().frame(frame).show(ui, Place::take).inner, None),
    }
}

/// Returns the size of a panel that the user is changing from what was known.
fn resized(ui: &Ui, panel: SizedPanel, known: f32, size: f32) -> Option<FrameEvent> {
    let changes = (size - known).abs() > 0.5 && ui.input(|input| input.pointer.is_decidedly_dragging());
    changes.then_some(FrameEvent::PanelSized(panel, size))
}

/// Returns where the window is, if that is news.
fn window_place(context: &egui::Context, state: &State) -> Option<FrameEvent> {
    let zoom = context.zoom_factor();
    let (place, full_screen) = context.input(|input| {
        let viewport = input.viewport();
        let size = viewport.inner_rect.map(|rect| (rect.size() * zoom).into());
        let position = viewport.outer_rect.map(|rect| (rect.min.to_vec2() * zoom).into());
        let is_maximized = viewport.maximized.unwrap_or(false);
        (WindowPlace { size, position, is_maximized }, viewport.fullscreen)
    });
    let full_screen = full_screen.unwrap_or(state.sitting.full_screen);
    let is_new = (place, full_screen) != (state.sitting.session.window, state.sitting.full_screen);
    (place.size.is_some() && is_new).then_some(FrameEvent::WindowPlaced(place, full_screen))
}

/// Returns what the further buttons of a mouse mean that are pressed.
fn back_or_forward(context: &egui::Context) -> Option<UiCommand> {
    context.input(|input| match &input.pointer {
        pointer if pointer.button_pressed(egui::PointerButton::Extra1) => Some(UiCommand::Back),
        pointer if pointer.button_pressed(egui::PointerButton::Extra2) => Some(UiCommand::Forward),
        _ => None,
    })
}

/// The panel of a text: beside the chart, or above it in a narrow window.
/// Returns its size if the user is changing it.
fn capture_panel(ui: &mut Ui, sizes: PanelSizes, text: impl FnOnce(&mut Ui)) -> Option<FrameEvent> {
    let size = ui.available_size();
    let frame = Frame::new().inner_margin(Margin::symmetric(12, 8));
    if size.x >= TEXT_BESIDE {
        let width = sizes.get(SizedPanel::TextBeside).unwrap_or((size.x * 0.28).round().clamp(240.0, 480.0));
        let panel = Panel::left("capture").default_size(width);
        let shown = panel.size_range(220.0..=size.x * 0.5).frame(frame).show(ui, text);
        regions::add(ui.ctx(), Region::Text, shown.response.rect, None);
        resized(ui, SizedPanel::TextBeside, width, shown.response.rect.width())
    } else {
        let height = sizes.get(SizedPanel::TextAbove).unwrap_or(size.y * 0.5);
        let panel = Panel::top("capture above").default_size(height);
        let shown = panel.size_range(120.0..=size.y * 0.6).frame(frame).show(ui, text);
        regions::add(ui.ctx(), Region::Text, shown.response.rect, None);
        resized(ui, SizedPanel::TextAbove, height, shown.response.rect.height())
    }
}

/// Tells on standard error how long the first frame took.
fn report_first_frame(started: Instant) {
    use std::io::Write as _;
    let line = format!("first frame {:.1} ms\n", started.elapsed().as_secs_f64() * 1e3);
    // With nobody listening there is nobody to tell.
    drop(std::io::stderr().write_all(line.as_bytes()));
}

/// Opens the window and runs until it is closed. With `axis`, time is laid out like this, whatever the document says;
/// at `place` in the document; with `started`, tells how long the first frame took. `log` is the log in which the desktop's dialogs report errors.
///
/// # Errors
/// Why no window could be opened.
pub fn run(
    startup: StartupDocument,
    axis: Option<Axis>,
    place: Option<OpenAt>,
    started: Option<Instant>,
    log: &'static DialogLog,
) -> Result<(), String> {
    let storage = runtime::storage_folder();
    let session = storage.as_ref().map(|folder| folder.join("session"));
    let known = session.clone().map(runtime::window_place).unwrap_or_default();
    let mut viewport = egui::ViewportBuilder::default()
        .with_title("Longview")
        .with_app_id("longview")
        .with_inner_size(known.size.unwrap_or([1280.0, 800.0]))
        .with_maximized(known.is_maximized)
        .with_clamp_size_to_monitor_size(true)
        .with_min_inner_size(SMALLEST);
    if let Some(position) = known.position {
        viewport = viewport.with_position(position);
    }
    if let Some(icon) = super::icon::icon() {
        viewport = viewport.with_icon(Arc::new(icon));
    }
    let options = eframe::NativeOptions { viewport, persist_window: false, dithering: false, ..Default::default() };
    let create: eframe::AppCreator<'_> = Box::new(move |creation| {
        let mut app = App::new(&creation.egui_ctx, startup, Arc::new(NativeDesktop::new(log)));
        app = app.watching_files();
        if let Some(folder) = storage {
            app = app.keeping_unsaved_in(folder.join("unsaved")).keeping_origins_in(folder.join("origins"));
            app = app.keeping_recent_in(folder.join("recent"));
            app = app.keeping_preferences_in(folder.join("preferences.ron"));
        }
        if let Some(session) = session {
            app = app.keeping_session_in(session);
        }
        if let Some(place) = place {
            app.apply(FrameEvent::OpensAt(Box::new(place)).into());
        }
        if let Some(axis) = axis {
            app.apply(UiCommand::SetAxis(axis).into());
        }
        Ok(Box::new(App { started, ..app }))
    });
    let ended = crash::catch("running the window", || eframe::run_native("longview", options, create));
    let ended = ended.map_err(|report| format!("{}\n{}", report.summary(), report.text(&[])))?;
    ended.map_err(|error| match error {
        eframe::Error::AppCreation(error) => error.to_string(),
        error => format!("the display cannot be reached, or cannot draw with OpenGL ({error})"),
    })
}
