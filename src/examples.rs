//! The documents that the program carries, so that it has something to show from any folder.

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Example {
    /// Korea-Japan relations, 1965 to 2015: `timeline.ron`.
    Report,
    /// The universe to today: `timelines/deep-time.ron`.
    DeepTime,
    /// The first landing on the Moon, by the minute: `timelines/apollo-11.ron`.
    Apollo,
    /// Antiquity, with years BCE and doubtful dates: `timelines/antiquity.ron`.
    Antiquity,
}

impl Example {
    /// All of them; the first is shown where no document is named.
    pub const ALL: [Self; 4] = [Self::Report, Self::DeepTime, Self::Apollo, Self::Antiquity];

    /// The name in a menu.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Report => "Korea and Japan",
            Self::DeepTime => "Deep Time",
            Self::Apollo => "Apollo 11",
            Self::Antiquity => "Antiquity",
        }
    }

    /// The document.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Report => include_str!("../timeline.ron"),
            Self::DeepTime => include_str!("../timelines/deep-time.ron"),
            Self::Apollo => include_str!("../timelines/apollo-11.ron"),
            Self::Antiquity => include_str!("../timelines/antiquity.ron"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Example;

    #[test]
    fn every_example_is_a_good_document() {
        for example in Example::ALL {
            let opened = crate::open(example.text().as_bytes());
            assert_eq!(opened.diagnostics, [], "{example:?}");
            assert!(opened.timeline.is_some_and(|timeline| !timeline.events.is_empty()), "{example:?}");
        }
    }

    #[test]
    fn every_claim_of_an_example_names_a_source() {
        for example in Example::ALL {
            let timeline = crate::open(example.text().as_bytes()).timeline.unwrap_or_default();
            for event in &timeline.events {
                assert!(!event.citations.is_empty(), "{} of {example:?} has no source", event.id);
            }
        }
    }
}
