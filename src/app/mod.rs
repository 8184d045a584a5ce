//! The window: state, messages, effects, panels.
//!
//! Panels read [`State`] and push [`Message`]s; only [`State::apply`] changes the state; what it asks of the world is
//! an [`Effect`]. Work that takes time is a [`Job`], whose result comes back as a message with the [`JobId`] of the
//! effect that started it. So every user action can be tested without a window.

mod apply;
pub mod canvas;
mod chart_panel;
mod contents;
mod desktop;
mod details;
mod dialog;
mod documents;
mod effect;
mod explorer;
mod exploring;
mod export_form;
mod export_job;
mod export_settings;
mod export_state;
mod exporting;
mod folding;
pub mod fonts;
mod glide;
mod icon;
mod inspector;
mod jobs;
mod lane_names;
mod lane_state;
mod loaded_document;
mod menu;
mod message;
mod navigation;
mod omission_bar;
mod overlays;
mod paragraph;
mod pictures;
mod prose;
mod reading;
mod readout;
mod record_panel;
mod recovery;
mod resting;
mod rows;
mod runtime;
mod saving;
mod settling;
mod shortcuts;
mod state;
mod style;
mod subscription;
mod text;
mod textures;
mod ui_command;
mod window;
mod words;

pub use desktop::{Desktop, DialogLog, DialogResult, NativeDesktop};
pub use effect::{DocumentSource, Effect, Job};
pub use explorer::{Explorer, ExplorerMessage};
pub use export_job::ExportJob;
pub use export_settings::{ExportSettings, PageChoice};
pub use export_state::{ExportForm, Preview};
pub use jobs::{Awaited, JobId, Jobs, Loading};
pub use loaded_document::{DocumentFonts, FoundFonts, LoadedDocument, StartupDocument};
pub use message::{ExportOutcome, FrameEvent, JobResult, Message, ScrollRange};
pub use record_panel::{RecordPanel, RecordPlacement};
pub use runtime::Runtime;
pub use state::{FailedDocument, Notice, OpenDocument, State};
pub use subscription::Subscription;
pub use ui_command::{Entry, UiCommand};
pub use window::{App, run};
