//! The one function that changes the state.

use std::path::PathBuf;

use egui::ThemePreference;

use crate::layout::RowMode;
use crate::timeline::{Axis, is_web_or_mail};

use super::effect::{Effect, Job};
use super::jobs::Awaited;
use super::leaving::Resolution;
use super::message::{FrameEvent, JobResult, Message};
use super::navigation::{PAN_STEP, ZOOM_STEP};
use super::preferences::{Preference, TextSize};
use super::settling::Settling;
use super::state::{FailedDocument, SavePath, State};
use super::ui_command::UiCommand;
use super::unsaved::RecoveryChoice;

impl State {
    /// Changes the state as a message says; returns what must happen outside.
    ///
    /// The result of a job that is no longer awaited changes nothing.
    pub fn apply(&mut self, message: Message) -> Vec<Effect> {
        let mut effects = match message {
            Message::Ui(command) => {
                let view = self.view;
                let departure = self.departure(&command);
                let effects = self.command(command);
                self.depart(departure);
                if self.view != view {
                    self.settling = Settling::moved(self.now);
                }
                effects
            }
            Message::Job(id, result) => match self.jobs.finish(id) {
                Some(job) => self.finish_job(job, result),
                None => Vec::new(),
            },
            Message::FileTouched(moved_to) => {
                self.file_touched(moved_to);
                Vec::new()
            }
            Message::Frame(FrameEvent::SettlesSlowly(held)) => self.settle(held).into_iter().collect(),
            Message::Frame(FrameEvent::RecordPlaced(placement)) => self.record_placed(placement),
            Message::Frame(FrameEvent::KeepsRecent(known)) => self.keep_recent(known).into_iter().collect(),
            Message::Frame(FrameEvent::KeepsPreferences(found)) => self.keeps_preferences(*found),
            Message::Frame(event) => {
                self.frame(event);
                Vec::new()
            }
        };
        effects.extend(self.follow_captured());
        effects.extend(self.seek_captured_fonts());
        effects.extend(self.renew_form());
        effects.extend(self.group());
        effects.extend(self.run_filter());
        effects.extend(self.follow_with_list());
        effects.extend(self.search());
        effects.extend(self.preview());
        effects.extend(self.preview_import());
        effects.extend(self.read_picture());
        effects.extend(self.read_thumbnails());
        effects.extend(self.look_at_file());
        effects.extend(self.retitle());
        effects.extend(self.autosave());
        effects.extend(self.write_preferences());
        effects.extend(self.save_session());
        self.note_selected_events();
        self.say();
        effects
    }

    /// Does what the user commands, where that reaches outside.
    pub(super) fn command(&mut self, command: UiCommand) -> Vec<Effect> {
        if let Some(message) = self.explorer_message(&command) {
            self.explore(message);
            return Vec::new();
        }
        // What is typed is part of what is saved, taken back or shown to others.
        let mut effects = if command.is_about_document() { self.apply_all_drafts() } else { Vec::new() };
        effects.extend(self.write(command).unwrap_or_else(|command| self.reach_out(command)));
        effects
    }

    /// Does what the user commands, where that is about files, jobs and other documents.
    fn reach_out(&mut self, command: UiCommand) -> Vec<Effect> {
        match command {
            UiCommand::Open => self.ask_open(),
            UiCommand::Reload => self.reload(),
            UiCommand::Import => self.ask_import(),
            UiCommand::ImportForm(message) => self.change_import(message),
            UiCommand::Finder(message) => self.change_finder(message),
            UiCommand::Update(message) => self.change_update(&message),
            UiCommand::OpenFile(path) => self.open_file(path),
            UiCommand::SaveDocument => self.save_document(),
            UiCommand::Leave(choice) => self.leave(choice),
            UiCommand::Resolve(resolution) => self.resolve(resolution),
            UiCommand::Recovery(choice) => self.choose_recovery(choice),
            UiCommand::SaveAs => self.ask_save_document(),
            UiCommand::SaveTyped => self.save_typed(),
            UiCommand::ExportData(format) => self.ask_export_data(format),
            UiCommand::OpenExample(example) => self.open_example(example),
            UiCommand::OpenTyped => self.open_typed(),
            UiCommand::CopyPicture => self.copy(),
            UiCommand::Edit(gesture) => self.carry_out(*gesture),
            UiCommand::Drag(message) => self.drag(message),
            UiCommand::MoveDate(handle, steps) => self.move_date(handle, steps.into()),
            UiCommand::MoveToLane(by) => self.move_to_lane(by.into()),
            UiCommand::MoveLane(by) => self.move_lane(by.into()),
            UiCommand::CopyEvents => self.copy_events(),
            UiCommand::CopyRecord => self.copy_record(),
            UiCommand::Filter(message) => self.change_filter(message),
            UiCommand::Undo => self.undo(),
            UiCommand::Redo => self.redo(),
            UiCommand::GoToEdit(done) => self.go_to_edit(done),
            UiCommand::ChangeCapture(message) => self.change_capture(message),
            UiCommand::CaptureFile => self.ask_text(),
            UiCommand::Paste(text) => self.paste(&text),
            UiCommand::DropFile(path, place) => self.drop_file(path, place),
            UiCommand::Drop(choice) => self.drop_as(choice),
            UiCommand::Save => self.save(),
            UiCommand::SaveReport(report) => self.save_report(&report),
            UiCommand::Reveal(file) => {
                let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
                let folder = folder.map_or_else(|| PathBuf::from("."), PathBuf::from);
                vec![Effect::Start(self.jobs.start(Awaited::Reveal), Job::Reveal(folder))]
            }
            UiCommand::OpenUrl(url) if is_web_or_mail(&url) => vec![Effect::OpenUrl(url)],
            UiCommand::OpenUrl(url) => {
                self.notice(format!("Only addresses of the web and of mail are opened, not {url}"), None, true);
                Vec::new()
            }
            UiCommand::Quit => self.quit(),
            other => self.command_window(other),
        }
    }

    /// Does what the user commands, where that is about the window and the clipboard.
    fn command_window(&mut self, command: UiCommand) -> Vec<Effect> {
        match command {
            UiCommand::SwitchTheme => {
                self.prefer(Preference::Theme(if self.dark { ThemePreference::Light } else { ThemePreference::Dark }))
            }
            UiCommand::SetTheme(theme) => self.prefer(Preference::Theme(theme)),
            UiCommand::Prefer(preference) => self.prefer(preference),
            UiCommand::TextLarger => self.prefer(Preference::TextSize(self.preferences.text_size.larger())),
            UiCommand::TextSmaller => self.prefer(Preference::TextSize(self.preferences.text_size.smaller())),
            UiCommand::TextUsual => self.prefer(Preference::TextSize(TextSize::default())),
            UiCommand::CopyLink => self.copy_link(),
            UiCommand::CopyText(text) => vec![Effect::CopyText(text)],
            UiCommand::FullScreen => {
                self.sitting.full_screen = !self.sitting.full_screen;
                vec![Effect::SetFullScreen(self.sitting.full_screen)]
            }
            inside => {
                self.change(inside);
                Vec::new()
            }
        }
    }

    /// Does what the user commands, where that changes only the state.
    fn change(&mut self, command: UiCommand) {
        match command {
            UiCommand::Export => {
                self.export.open = true;
                self.export.replaces = None;
            }
            UiCommand::SetExport(settings) => self.export.set(*settings),
            UiCommand::PreviewPage(page) => self.export.preview.page = page,
            UiCommand::SetExportPath(path) => {
                self.export.path = Some(path);
                self.export.replaces = None;
            }
            UiCommand::CancelExport => self.cancel_export(),
            UiCommand::SetOpenPath(path) => self.open_path = Some(path),
            UiCommand::SetSavePath(path) => {
                let what = self.save_path.as_ref().map(|save| save.what).unwrap_or_default();
                self.save_path = Some(SavePath { path, what, replaces: None });
            }
            UiCommand::ImportReport => self.report_open = !self.report_open && self.has_report(),
            UiCommand::ImportChoices => self.import_anew(),
            UiCommand::CancelLoading => self.cancel_loading(),
            UiCommand::ScrollUp => self.scroll_by(-1.0),
            UiCommand::ScrollDown => self.scroll_by(1.0),
            UiCommand::Scroll(scroll) => self.scroll_to(scroll),
            UiCommand::Record => self.record.toggle(),
            UiCommand::NextRegion => self.sitting.walks = Some(true),
            UiCommand::PreviousRegion => self.sitting.walks = Some(false),
            UiCommand::Actions => self.sitting.asks_actions = self.documents_shown > 0 && !self.record.covers_chart(),
            UiCommand::Measure => self.measure(),
            UiCommand::ChangeMeasures(message) => self.change_measures(message),
            UiCommand::Clear if self.drag.is_some() => self.drag = None,
            UiCommand::Clear => self.clear(),
            UiCommand::Explore => self.explore_selected(),
            UiCommand::Explorer(message) => self.explore(message),
            UiCommand::FilterEvents => self.filter.is_open = !self.filter.is_open && self.documents_shown > 0,
            UiCommand::ClearFilter => self.set_filter(String::new()),
            UiCommand::HideLane => self.hide_lane(),
            UiCommand::EventList => self.toggle_list(),
            UiCommand::PlaceEventList => self.place_list(),
            UiCommand::List(message) => self.change_list(message),
            UiCommand::Problems => self.show_problems(!self.problems_open),
            UiCommand::ShowProblems(open) => self.show_problems(open),
            UiCommand::Help => self.show_help(!self.help_open),
            UiCommand::ShowHelp(open) => self.show_help(open),
            UiCommand::Settings => self.settings_open = !self.settings_open,
            UiCommand::Find => self.find(),
            UiCommand::Capture => self.toggle_capture(),
            UiCommand::EditHistory => self.history_open = !self.history_open && self.documents_shown > 0,
            UiCommand::Dismiss(id) => self.notices.retain(|notice| notice.id != id),
            elsewhere => self.navigate(&elsewhere),
        }
    }

    /// Moves the view or the selection. All other commands have been carried out before.
    fn navigate(&mut self, command: &UiCommand) {
        match command {
            UiCommand::ZoomIn => self.zoom(ZOOM_STEP),
            UiCommand::ZoomOut => self.zoom(1.0 / ZOOM_STEP),
            &UiCommand::Zoom { factor, at } => {
                let view = self.view.zoomed(factor, at).not_beyond(self.timeline().extent, at);
                self.show(view);
            }
            UiCommand::Fit => self.jump_to(self.home()),
            UiCommand::FitSelected => self.fit_selected(),
            UiCommand::PanLeft => self.glide_to(self.target().panned(-PAN_STEP)),
            UiCommand::PanRight => self.glide_to(self.target().panned(PAN_STEP)),
            UiCommand::EvenTime => self.set_axis(match self.axis() {
                Axis::Linear => Axis::Even,
                Axis::Even => Axis::Linear,
            }),
            UiCommand::FitRows => self.toggle_rows(RowMode::Fit),
            UiCommand::AllRows => self.toggle_rows(RowMode::All),
            UiCommand::Pictures => {
                self.hides_pictures = !self.hides_pictures;
                self.pictures_changed();
            }
            &UiCommand::SetAxis(axis) => self.set_axis(axis),
            &UiCommand::Pan(fraction) => self.show(self.view.panned(fraction)),
            &UiCommand::Show(view) => self.show(view),
            &UiCommand::Glide(view) => self.jump_to(view),
            UiCommand::Previous => self.step(self.step_from_selected(false)),
            UiCommand::Next => self.step(self.step_from_selected(true)),
            UiCommand::First => self.step(self.projection().next(None)),
            UiCommand::Last => self.step(self.projection().previous(None)),
            UiCommand::Select(id) => self.selected = Some(id.clone()),
            UiCommand::Deselect => self.selected = None,
            UiCommand::ShowDocument => {
                self.selected = None;
                self.record.show();
            }
            UiCommand::Visit(id) => self.visit(id.clone()),
            UiCommand::Back => self.go_back(),
            UiCommand::Forward => self.go_forward(),
            lanes => self.change_lanes(lanes),
        }
    }

    /// Takes in what a frame reports.
    fn frame(&mut self, event: FrameEvent) {
        match event {
            FrameEvent::Tick(now) => {
                self.sitting.said.begin_frame();
                self.advance(now);
                self.settling.advance(now);
                self.expire_notices();
            }
            FrameEvent::WatchesFiles => self.watch_files(),
            FrameEvent::KeepsUnsaved(found) => self.keep_unsaved(found),
            FrameEvent::PointerHeld => {
                self.settling.put_off(self.now);
                self.sitting.trail.hold(self.now);
            }
            FrameEvent::KeepsSession(session, problem) => self.keep_session(*session, problem),
            FrameEvent::ActionsShown => self.sitting.asks_actions = false,
            FrameEvent::Walked => self.sitting.walks = None,
            FrameEvent::OpensAt(place) => self.open_at(*place),
            FrameEvent::WindowPlaced(place, full_screen) => self.window_placed(place, full_screen),
            FrameEvent::PanelSized(panel, size) => self.panel_sized(panel, size),
            FrameEvent::Drawn { rect, dark, scrolls } => {
                if rect.size() != self.chart_rect.size() {
                    self.lay_out_anew(Settling::moved(self.now));
                }
                (self.chart_rect, self.dark, self.scrolls) = (rect, dark, scrolls);
            }
            FrameEvent::Arranged(arrangement) => self.arranged(*arrangement),
            FrameEvent::Settled(settled) => self.take_rows(*settled),
            // These reach outside.
            FrameEvent::SettlesSlowly(_)
            | FrameEvent::KeepsRecent(_)
            | FrameEvent::RecordPlaced(_)
            | FrameEvent::KeepsPreferences(_) => {}
            FrameEvent::Revealed(scroll) => self.scroll_to(scroll),
            FrameEvent::DraggedUnselected => self.sitting.drag_advice.give(self.now),
            FrameEvent::FocusFollows => self.focuses = self.selected.is_some(),
            FrameEvent::Focused => self.focuses = false,
            FrameEvent::CaptureFocused => {
                (self.capture.focuses_title, self.capture.focuses_text) = (false, false);
            }
            FrameEvent::ListDrawn(page) => {
                self.list.page = page;
                if let Some(row) = self.list.cursor {
                    self.list.reveal(row);
                }
            }
            FrameEvent::ListFocused => self.list.focuses = false,
            FrameEvent::RecordFocused => self.record.focuses = false,
            FrameEvent::LaneFocused => self.lanes.focuses = false,
            FrameEvent::Panicked { place, report } => self.recover(place, report),
        }
    }

    /// Takes in the result of a job that was awaited.
    fn finish_job(&mut self, job: Awaited, result: JobResult) -> Vec<Effect> {
        match (job, result) {
            (job, JobResult::Crashed(report)) => self.job_crashed(&job, report),
            (Awaited::AskOpen, JobResult::Dialog(answer)) => return self.open_answered(answer),
            (Awaited::AskMedia, JobResult::Dialog(answer)) => return self.media_answered(answer),
            (Awaited::AskImport, JobResult::Dialog(answer)) => self.import_answered(answer),
            (Awaited::AskText, JobResult::Dialog(answer)) => return self.text_answered(answer),
            (Awaited::Text(_), JobResult::TextRead(read)) => self.take_text(read),
            (Awaited::Cited, JobResult::Cited(cited)) => self.capture.take_cited(cited),
            (Awaited::CapturedFonts, JobResult::Fonts(found)) => {
                return self.set_fonts(found.fonts).into_iter().collect();
            }
            (Awaited::CopyPicture(picture), JobResult::PictureCopied(copied)) => {
                return self.picture_copied(picture, copied);
            }
            (Awaited::Search(_), JobResult::Searched(Some(searched))) => self.take_searched(*searched),
            (Awaited::Update(text), JobResult::UpdateFound(found)) => return self.take_update(&text, found),
            (Awaited::PreviewImport(_), JobResult::ImportPreviewed(found)) => self.take_preview(found),
            (Awaited::AskSave, JobResult::Dialog(answer)) => return self.save_answered(answer),
            (Awaited::AskSaveDocument, JobResult::Dialog(answer)) => return self.save_document_answered(answer),
            (Awaited::AskSaveData(format), JobResult::Dialog(answer)) => return self.data_answered(format, answer),
            (Awaited::ExportData(_), JobResult::DataExported(result)) => self.data_exported(result),
            (Awaited::SaveDocument(saving), JobResult::DocumentSaved(saved)) => {
                return self.document_saved(saving, saved);
            }
            (Awaited::Load(_), JobResult::Loaded(Some(loaded))) => return self.take_document(*loaded),
            (Awaited::KeepUnsaved(version), JobResult::UnsavedKept(kept)) => self.unsaved_kept(version, kept),
            (Awaited::Reread(basis), JobResult::Reread(found)) => return self.take_reread(&basis, found),
            (Awaited::KeepRecent, JobResult::RecentKept(Some(files))) => self.recent = Some(files),
            (Awaited::KeepPreferences(written), JobResult::PreferencesKept(kept)) => {
                self.preferences_kept(*written, kept);
            }
            (Awaited::Recover, JobResult::Recovered(recovered)) => return self.take_recovered(recovered),
            (Awaited::Reopen(_), JobResult::Loaded(Some(loaded))) => return self.take_reopened(*loaded),
            (Awaited::PictureProblems, JobResult::PictureProblems(found)) => self.add_problems(found),
            (Awaited::Fonts, JobResult::Fonts(found)) => return self.take_fonts(found).into_iter().collect(),
            (Awaited::Group(_), JobResult::Grouped) => self.folded_anew(),
            (Awaited::Filter(_), JobResult::Filtered(Some(projection))) => self.set_projection(projection),
            (Awaited::Facets(version), JobResult::Facets(facets)) => self.take_facets(version, facets),
            (Awaited::List { made_of, .. }, JobResult::Listed(listing)) => self.take_listing(made_of, listing),
            (Awaited::Settle(job), JobResult::Settled(settled)) => self.settled(&job, *settled),
            (Awaited::Picture(file), JobResult::Picture(picture)) => self.take_picture(file, picture),
            (Awaited::Sizes, JobResult::Sizes(sizes)) => self.take_sizes(sizes),
            (Awaited::Thumbnail(event), JobResult::Thumbnail(image)) => self.take_thumbnail(event, image),
            (Awaited::Export(_), JobResult::Exported(result)) => self.exported(result),
            (Awaited::Copy(_), JobResult::Copied(drawn)) => return self.copied(drawn),
            (Awaited::Preview, JobResult::Previewed(drawn)) => self.export.preview.take(drawn),
            (Awaited::Reveal, JobResult::Revealed(Err(error))) => self.notice(error, None, true),
            (Awaited::SaveReport, JobResult::ReportSaved(saved)) => self.report_saved(saved),
            // A job that has nothing to tell. No job gives the result of another kind.
            _ => {}
        }
        Vec::new()
    }

    /// Closes what is topmost, and clears the selection only if nothing is open.
    fn clear(&mut self) {
        if !self.unsaved.found.is_empty() {
            self.choose_recovery(RecoveryChoice::Later);
        } else if self.conflict.is_some() {
            self.resolve(Resolution::Later);
        } else if self.dropped.take().is_some() {
            // Nothing is done with it.
        } else if self.leaving.as_ref().is_some_and(|leaving| !leaving.saves) {
            self.leaving = None;
        } else if self.settings_open {
            self.settings_open = false;
        } else if self.filter.is_open {
            self.filter.is_open = false;
        } else if self.help_open {
            self.help_open = false;
        } else if self.asks_lines() {
            self.quick_entry = None;
        } else if self.history_open {
            self.history_open = false;
        } else if self.problems_open {
            self.show_problems(false);
        } else if self.open_path.take().is_some() || self.save_path.take().is_some() {
            self.leaving = None;
        } else if self.import.is_some() {
            self.cancel_import();
        } else if self.report_open {
            self.report_open = false;
        } else if self.export.open {
            self.cancel_export();
        } else if self.jobs.loading().is_some() {
            self.cancel_loading();
        } else if self.sitting.measuring.is_active {
            self.end_measuring();
        } else if self.escape_search() {
            // View and selection are as before.
        } else if self.record.covers_chart() || self.record.covers_text() {
            self.record.toggle();
        } else if self.explorer.take().is_some() {
            // The chart is shown again.
        } else {
            self.selected = None;
            self.lanes.current = None;
        }
    }

    /// Shows or hides the list of problems; only one list is shown at a time.
    pub(super) fn show_problems(&mut self, open: bool) {
        self.problems_open = open;
        self.help_open &= !open;
        // Once its problem has been read, another file that cannot be read is forgotten.
        let is_other = |failed: &mut FailedDocument| failed.unreadable.is_some() && failed.path != self.document.path;
        if !open && self.documents_shown > 0 {
            self.failed.take_if(is_other);
        }
    }

    /// Shows or hides the list of keys; only one list is shown at a time.
    fn show_help(&mut self, open: bool) {
        self.help_open = open;
        self.problems_open &= !open;
    }
}
