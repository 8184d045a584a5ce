//! What the window does after a panic: it shows what happened, returns to the last place that was drawn, and goes on.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Ui, ViewportCommand};

use crate::crash::CrashReport;

use super::effect::{Effect, Job};
use super::export_state::ExportForm;
use super::jobs::Awaited;
use super::message::{FrameEvent, Message, Place};
use super::settling::Settling;
use super::state::State;
use super::ui_command::UiCommand;

/// After so many frames in a row that panicked, no further frame of the document is tried unasked.
const MOST_TRIES: u32 = 2;

/// Frames that panicked since the last one that was drawn.
#[derive(Debug, Default)]
pub(super) struct Recovery {
    panics: u32,
    report: Option<Arc<CrashReport>>,
    /// The size of the window, in points, when it was given up: another size is tried.
    size: egui::Vec2,
    /// What was shown when the last frame was drawn.
    last_good: Option<Place>,
}

impl Recovery {
    /// A frame was drawn to its end.
    pub fn succeeded(&mut self, state: &State) {
        *self = Self { last_good: Some(state.place()), ..Self::default() };
    }

    /// A frame panicked in a window of this size, in points. Returns what the state is to be told.
    pub fn failed(&mut self, report: CrashReport, size: egui::Vec2) -> FrameEvent {
        let report = Arc::new(report);
        self.panics += 1;
        self.size = size;
        self.report = Some(Arc::clone(&report));
        FrameEvent::Panicked { place: self.last_good.clone(), report: (self.panics == 1).then_some(report) }
    }

    /// Whether the document is not drawn, since that has panicked again and again at this size.
    pub fn has_given_up(&self, size: egui::Vec2) -> bool {
        self.panics >= MOST_TRIES && size == self.size
    }

    /// What is shown instead of the document. It consists of labels and buttons only.
    pub fn show(&mut self, ui: &mut Ui, messages: &mut Vec<Message>) {
        egui::CentralPanel::default().show(ui, |ui| {
            egui::ScrollArea::vertical().show(ui, |ui| self.choices(ui, messages));
        });
    }

    fn choices(&mut self, ui: &mut Ui, messages: &mut Vec<Message>) {
        ui.heading("The timeline cannot be drawn");
        let Some(report) = self.report.clone() else { return };
        ui.label(report.summary());
        ui.label(&report.message);
        ui.label("Your document is unchanged. Another size of the window, or the whole timeline, may work.");
        ui.horizontal_wrapped(|ui| {
            if ui.button("Try Again").clicked() {
                self.panics = 0;
            }
            if ui.button("Show the Whole Timeline").clicked() {
                self.panics = 0;
                self.last_good = None;
                messages.push(Message::Ui(UiCommand::Fit));
            }
            if ui.button("Save Report…").clicked() {
                messages.push(Message::Ui(UiCommand::SaveReport(report)));
            }
            if ui.button("Close").clicked() {
                ui.ctx().send_viewport_cmd(ViewportCommand::Close);
            }
        });
    }
}

impl State {
    /// Returns to `place`, or to the whole document if there is none; closes what is open over the chart.
    pub(super) fn recover(&mut self, place: Option<Place>, report: Option<Arc<CrashReport>>) {
        let settings = self.export.settings.clone();
        self.cancel_pictures();
        self.export = ExportForm { settings, ..ExportForm::default() };
        (self.save_path, self.report_open) = (None, false);
        (self.open_path, self.problems_open, self.help_open, self.reveal) = (None, false, false, false);
        (self.history_open, self.leaving, self.conflict) = (false, None, None);
        // They are offered again at the next start.
        self.unsaved.found.clear();
        self.forget_rows();
        if let Some(place) = place.filter(|place| place.document == self.documents_shown) {
            self.stay_at(place.view);
            (self.scroll, self.selected) = (place.scroll, place.selected);
        } else {
            self.stay_at(self.home());
            (self.scroll, self.selected) = (0.0, None);
        }
        if let Some(report) = report {
            self.crash_notice(report, "Your document is unchanged, and the view is the last good one.");
        }
    }

    /// A job panicked: its result is awaited no longer.
    pub(super) fn job_crashed(&mut self, job: &Awaited, report: CrashReport) {
        if matches!(job, Awaited::Preview) {
            self.export.preview.take(Err(report.summary()));
        }
        if matches!(job, Awaited::Settle(_)) {
            self.settling = Settling::default();
        }
        if let Awaited::KeepUnsaved(version) = job {
            // It would be tried again and again.
            self.unsaved.written = *version;
        }
        if matches!(job, Awaited::SaveDocument(_)) {
            self.leaving = None;
        }
        if let Awaited::Picture(file) = job {
            self.take_picture(file.clone(), Err(report.summary()));
        }
        if let Awaited::Thumbnail(event) = job {
            self.take_thumbnail(*event, None);
        }
        self.crash_notice(Arc::new(report), "Your document is unchanged.");
    }

    /// Saves the report of a panic where the user says.
    pub(super) fn save_report(&mut self, report: &CrashReport) -> Vec<Effect> {
        let size = self.chart_rect.size();
        let theme = if self.dark { "dark" } else { "light" };
        let details = [
            format!("chart:  {} x {} points, {theme}", size.x, size.y),
            format!("shown:  {}", self.timeline().counts_words()),
        ];
        let job =
            Job::SaveReport { text: report.text(&details), folder: self.folder(), documents: self.document_paths() };
        vec![Effect::Start(self.jobs.start(Awaited::SaveReport), job)]
    }

    pub(super) fn report_saved(&mut self, saved: Result<Option<PathBuf>, String>) {
        match saved {
            Ok(None) => {}
            Ok(Some(path)) => self.notice(format!("Saved the report as {}", path.display()), Some(path), false),
            Err(error) => self.notice(error, None, true),
        }
    }
}
