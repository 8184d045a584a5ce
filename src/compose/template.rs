//! Documents to start from.

use crate::document::{DocPath, Value};
use crate::edit::{Intent, edit};

/// A document to start from: commented, so that it says itself what it may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    /// A title and a lane.
    Blank,
    /// The claims of a report, each with its source.
    Report,
    /// A life, with the world around it.
    Life,
    /// A project: phases, decisions, and what goes on.
    Project,
}

impl Template {
    /// All of them; the first is the usual one.
    pub const ALL: [Self; 4] = [Self::Blank, Self::Report, Self::Life, Self::Project];

    /// Returns the name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Blank => "blank",
            Self::Report => "report",
            Self::Life => "life",
            Self::Project => "project",
        }
    }

    /// Returns the template with a name.
    ///
    /// ```
    /// use longview::compose::Template;
    ///
    /// assert_eq!(Template::named("report"), Some(Template::Report));
    /// assert_eq!(Template::named("novel"), None);
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|template| template.name() == name)
    }

    /// Returns the name in a menu.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Blank => "Blank Timeline",
            Self::Report => "Claims of a Report",
            Self::Life => "A Life",
            Self::Project => "A Project",
        }
    }

    /// Returns what it is for, in a sentence without a full stop.
    #[must_use]
    pub fn description(self) -> &'static str {
        match self {
            Self::Blank => "A title and a lane, for anything",
            Self::Report => "A source and what it says: each event with its place in the source and its basis",
            Self::Life => "Birth, work and death of a person, and the world around them",
            Self::Project => "Phases, decisions and what goes on, with a series of figures",
        }
    }

    /// Returns the document with a title of its own.
    ///
    /// ```
    /// use longview::compose::Template;
    ///
    /// assert!(Template::Blank.titled("Rome").contains("title: \"Rome\""));
    /// ```
    #[must_use]
    pub fn titled(self, title: &str) -> String {
        let value = Value::Text(title.into());
        let intent = Intent::Set { path: DocPath::root().field("title"), value };
        // Every template has a title.
        edit(self.text(), &intent, None).map_or_else(|_| self.text().to_owned(), |splices| splices.apply(self.text()))
    }

    /// Returns the document.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Blank => include_str!("../../assets/templates/blank.ron"),
            Self::Report => include_str!("../../assets/templates/report.ron"),
            Self::Life => include_str!("../../assets/templates/life.ron"),
            Self::Project => include_str!("../../assets/templates/project.ron"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_is_a_good_document() {
        for template in Template::ALL {
            let opened = crate::open(template.text().as_bytes());
            let is_empty = template == Template::Blank;
            let nothing = "nothing is in this timeline: it has no event, no era and no value of a series";
            let said: Vec<&str> = opened.diagnostics.iter().map(|problem| problem.message.as_str()).collect();
            assert_eq!(said, if is_empty { vec![nothing] } else { Vec::new() }, "{template:?}");
            let timeline = opened.timeline.expect("a timeline");
            assert!(!timeline.lanes.is_empty(), "{template:?}");
            assert_eq!(timeline.events.is_empty(), is_empty, "{template:?}");
            // What there is to say is said in comments.
            assert!(template.text().contains("// "), "{template:?}");
        }
    }

    #[test]
    fn names_are_theirs_alone() {
        for template in Template::ALL {
            assert_eq!(Template::named(template.name()), Some(template));
        }
    }
}
