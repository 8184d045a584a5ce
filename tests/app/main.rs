//! Every user action, by label and key, in the program's own window without a display: what is done, and what the
//! panel, the chart and the file system then say.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod accessibility;
mod beginning;
mod by_keyboard;
mod capture;
mod coming_back;
mod crash;
mod crowd;
mod dialogs;
mod drafts;
mod dragging;
mod editing;
mod even;
mod event_list;
mod explorer;
mod export;
mod figures;
mod files;
mod filtering;
mod finding;
mod form_focus;
mod forms;
mod from_report;
mod gestures;
mod hovering;
mod import_form;
mod imports;
mod keys;
mod lanes;
mod measuring;
mod preferences;
mod races;
mod record;
mod rest;
mod saving;
mod several;
mod sizes;
mod support;
mod targets;
mod text;
mod thumbnails;
mod titles;
mod tooltips;
mod unsaved;
mod updating;
mod view;
mod watching;
mod writing;
