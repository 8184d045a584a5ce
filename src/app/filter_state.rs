//! What the window remembers of the filter: the conditions that events must meet to be shown.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::query::{Facets, Search};

/// The filter of a document. It is a search, whose terms are shown one by one.
#[derive(Debug, Default)]
pub struct EventFilter {
    /// The terms, as they are typed in a search.
    pub terms: String,
    /// The same, as they are read.
    pub search: Search,
    /// What each of them means, in the document that is shown.
    pub(super) words: Vec<String>,
    /// Whether the form is shown in which it is chosen.
    pub is_open: bool,
    /// The terms that are typed in the form.
    pub typed: String,
    /// The name that is typed for the filter.
    pub name: String,
    /// What there is to choose from, in which version of the document.
    pub facets: Option<(u64, Arc<Facets>)>,
    /// Whether a job must be started that finds the events.
    pub(super) awaits: bool,
}

impl EventFilter {
    /// Whether anything is filtered.
    #[must_use]
    pub fn is_active(&self) -> bool {
        !self.search.is_empty()
    }

    /// Returns each term as it is typed, and what it means.
    pub fn chips(&self) -> impl Iterator<Item = (&str, &str)> {
        self.search.tokens(&self.terms).zip(self.words.iter().map(String::as_str))
    }

    /// Whether a term is part of it.
    #[must_use]
    pub fn has(&self, term: &str) -> bool {
        self.chips().any(|(own, _)| own == term)
    }
}

/// A filter with a name, which is kept in the settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedFilter {
    /// Its name.
    pub name: String,
    /// Its terms.
    pub terms: String,
}

/// What is done with the filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilterMessage {
    /// Show the form, or hide it.
    Show(bool),
    /// Add a term, or take it out.
    Toggle(String),
    /// Add terms.
    Add(String),
    /// Take a term out, by its position.
    Remove(usize),
    /// Have these terms and no others.
    Set(String),
    /// Show only what is in the time that is in view.
    TimeInView,
    /// Set the terms that are typed in the form.
    Type(String),
    /// Set the name that is typed in the form.
    Name(String),
    /// Keep the filter in the settings, under the name that is typed.
    Keep,
    /// Forget the filter of this name.
    Forget(String),
}
