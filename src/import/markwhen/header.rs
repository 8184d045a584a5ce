//! The header of a page: as much of YAML as Markwhen uses in it.

use std::collections::HashMap;

/// What is said of a tag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tag {
    pub color: Option<String>,
    pub zone: Option<String>,
}

/// The header of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    pub title: Option<String>,
    pub description: Option<String>,
    pub zone: Option<String>,
    /// Whether the day is before the month.
    pub day_first: bool,
    /// The tags, by name in lower case.
    pub tags: HashMap<String, Tag>,
    /// What else it says: the number of a line and the line.
    pub others: Vec<(usize, String)>,
}

impl Header {
    /// Reads the lines of a header, each with its number.
    pub fn read(lines: &[(usize, &str)]) -> Self {
        let mut header = Self::default();
        let mut lines =
            lines.iter().filter(|(_, line)| !line.trim().is_empty() && !line.trim().starts_with("---")).peekable();
        while let Some((number, line)) = lines.next() {
            let Some((key, value)) = entry(line) else {
                header.others.push((*number, line.trim().to_owned()));
                continue;
            };
            let mut nested: Vec<(usize, &str)> = Vec::new();
            while let Some((number, line)) = lines.next_if(|(_, line)| line.starts_with([' ', '\t'])) {
                nested.push((*number, line));
            }
            header.entry(*number, line, key, &value, &nested);
        }
        header
    }

    fn entry(&mut self, number: usize, line: &str, key: &str, value: &str, nested: &[(usize, &str)]) {
        match key.to_ascii_lowercase().as_str() {
            "title" => self.title = Some(text(value, nested)).filter(|text| !text.is_empty()),
            "description" => self.description = Some(text(value, nested)).filter(|text| !text.is_empty()),
            "timezone" | "tz" => self.zone = Some(value.to_owned()),
            "dateformat" if value.starts_with(['d', 'D', 'M', 'm']) => self.day_first = value.starts_with(['d', 'D']),
            name if name.starts_with('#') => self.tag(name.trim_start_matches('#'), value, nested),
            // Tags may be listed under a key of their own.
            "tags" => {
                for (number, line) in nested {
                    match entry(line) {
                        Some((name, value)) => self.tag(name.trim_start_matches('#'), &value, &[]),
                        None => self.others.push((*number, line.trim().to_owned())),
                    }
                }
            }
            _ => {
                self.others.push((number, line.trim().to_owned()));
                self.others.extend(nested.iter().map(|(number, line)| (*number, line.trim().to_owned())));
            }
        }
    }

    fn tag(&mut self, name: &str, value: &str, nested: &[(usize, &str)]) {
        let mut tag = Tag { color: Some(value.to_owned()).filter(|color| !color.is_empty()), zone: None };
        for (number, line) in nested {
            match entry(line).map(|(key, value)| (key.to_ascii_lowercase(), value)) {
                Some((key, value)) if key == "color" => tag.color = Some(value),
                Some((key, value)) if matches!(key.as_str(), "timezone" | "tz") => tag.zone = Some(value),
                _ => self.others.push((*number, line.trim().to_owned())),
            }
        }
        self.tags.insert(name.to_lowercase(), tag);
    }

    /// Returns what is said of a tag.
    pub fn of_tag(&self, name: &str) -> Option<&Tag> {
        self.tags.get(&name.to_lowercase())
    }
}

/// Reads `key: value`, the value without quotation marks and without a comment.
pub(super) fn entry(line: &str) -> Option<(&str, String)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim().trim_matches(['"', '\'']);
    if key.is_empty() || !(value.is_empty() || value.starts_with(char::is_whitespace)) {
        return None;
    }
    let value = value.split_once(" //").map_or(value, |(value, _)| value).trim();
    let quoted = ['"', '\''].iter().find_map(|mark| value.strip_prefix(*mark)?.strip_suffix(*mark));
    Some((key, quoted.unwrap_or(value).to_owned()))
}

/// Returns a text: on one line, or in a block below it.
fn text(value: &str, nested: &[(usize, &str)]) -> String {
    let lines = nested.iter().map(|(_, line)| line.trim());
    match value {
        "|" | "|-" | "|+" => lines.collect::<Vec<_>>().join("\n"),
        ">" | ">-" | ">+" => lines.collect::<Vec<_>>().join(" "),
        _ => std::iter::once(value).chain(lines).collect::<Vec<_>>().join(" ").trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_read() {
        let text = "---\ntitle: \"A: b\"\ndescription: |\n  one\n  two\ntimezone: +5\ndateFormat: d/M/y\n#Travel: blue // trips\n\
            #London:\n  color: green\n  timezone: Europe/London\ntags:\n  work: red\nview: a@e.org\nnonsense\n---";
        let lines: Vec<(usize, &str)> = text.lines().enumerate().map(|(index, line)| (index + 1, line)).collect();
        let header = Header::read(&lines);
        assert_eq!(header.title.as_deref(), Some("A: b"));
        assert_eq!(header.description.as_deref(), Some("one\ntwo"));
        assert_eq!((header.zone.as_deref(), header.day_first), (Some("+5"), true));
        let tag = |color: &str, zone: Option<&str>| Tag { color: Some(color.into()), zone: zone.map(str::to_owned) };
        assert_eq!(header.of_tag("travel"), Some(&tag("blue", None)));
        assert_eq!(header.of_tag("London"), Some(&tag("green", Some("Europe/London"))));
        assert_eq!(header.of_tag("work"), Some(&tag("red", None)));
        assert_eq!(header.others, [(14, "view: a@e.org".to_owned()), (15, "nonsense".to_owned())]);
    }
}
