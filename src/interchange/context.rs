//! What events refer to: lanes and sources, by their ids.

use std::collections::HashMap;

use crate::document::{Lane, Source, Timeline};

/// The lanes and sources of a document, by their ids.
#[derive(Debug)]
pub struct Context<'d> {
    /// The document.
    pub head: &'d Timeline,
    lanes: HashMap<&'d str, &'d Lane>,
    sources: HashMap<&'d str, &'d Source>,
}

impl<'d> Context<'d> {
    /// Finds what is in a document.
    #[must_use]
    pub fn new(head: &'d Timeline) -> Self {
        Self {
            head,
            lanes: head.lanes.iter().map(|lane| (lane.id.as_str(), lane)).collect(),
            sources: head.sources.iter().map(|source| (source.id.as_str(), source)).collect(),
        }
    }

    /// Returns the source with an id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&'d Source> {
        self.sources.get(id).copied()
    }

    /// Returns the title of a lane.
    #[must_use]
    pub fn lane_title(&self, id: &str) -> &'d str {
        self.lanes.get(id).map_or("", |lane| &lane.title)
    }

    /// Returns the colour of a lane, if it has one of its own.
    #[must_use]
    pub fn lane_color(&self, id: &str) -> Option<&'d str> {
        self.lanes.get(id)?.color.as_deref()
    }

    /// Returns the titles of a lane and of the lanes around it, the outermost first.
    #[must_use]
    pub fn lane_titles(&self, id: &str) -> Vec<&'d str> {
        let lane = |id: &str| self.lanes.get(id).copied();
        let around = std::iter::successors(lane(id), |inner| lane(inner.parent.as_deref()?));
        // No document nests deeper, and a cycle ends.
        let mut titles: Vec<&str> =
            around.take(crate::document::MAX_LANE_DEPTH).map(|lane| lane.title.as_str()).collect();
        titles.reverse();
        titles
    }
}
